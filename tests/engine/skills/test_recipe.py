"""What the next attempt does differently after what became of the last one."""

from engine.skills.probe import Reading
from engine.skills.recipe import Recipe, adjusted, first_recipe, reading_turns
from storage.skill_records import SkillAttempt

READINGS = [
    Reading(frame=frame, depth=depth, pool=pool, accuracy=accuracy)
    for frame, depth, pool, accuracy in (
        ("question", 18, "both", 0.83), ("question", 18, "last", 0.825),
        ("plain", 24, "last", 0.82), ("question", 21, "both", 0.815), ("plain", 9, "mean", 0.7),
    )
]  # fmt: skip
FIRST = first_recipe(READINGS[0], 30, 1000)


def after(validation: float, last_loss: float = 0.1, note: str = "first") -> tuple[Recipe, str]:
    record = SkillAttempt(
        number=1, recipe=FIRST.as_dict() | {"last_loss": last_loss}, steps=100, seconds=1.0,
        validation=validation, note=note,
    )  # fmt: skip
    return adjusted(FIRST, 0.83, record, READINGS[2], 30)


def test_frames_take_turns_then_depths_about_as_good() -> None:
    turns = [(one.frame, one.depth) for one in reading_turns(READINGS)]
    assert turns == [("question", 18), ("plain", 24), ("question", 21)]


def test_what_went_well_gives_the_next_reading_its_turn() -> None:
    recipe, note = after(0.84)
    assert (recipe.frame, recipe.depth, note) == ("plain", 24, "another_reading")
    assert recipe.rate == FIRST.rate


def test_what_fell_apart_takes_smaller_steps_at_the_same_place() -> None:
    recipe, note = after(0.0, note="diverged")
    assert (recipe.frame, recipe.rate, note) == ("question", FIRST.rate / 4, "smaller_steps")


def test_what_got_worse_takes_smaller_steps() -> None:
    recipe, note = after(0.8)
    assert (recipe.rate, note) == (FIRST.rate / 2, "smaller_steps")


def test_what_was_not_learned_trains_longer() -> None:
    recipe, note = after(0.84, last_loss=0.6)
    assert recipe.epochs > FIRST.epochs
    assert note == "longer"


def test_few_rows_are_gone_over_more_often() -> None:
    assert first_recipe(READINGS[0], 30, 60).epochs > FIRST.epochs
