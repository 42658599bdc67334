"""How an attempt trains, and what the next one does differently after what validation said."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from engine.skills.probe import Reading
from storage.skill_records import RecipeValue, SkillAttempt

_LAYERS_SHARE = 0.4
_WORTH = 0.01
_FEWEST_STEPS, _MOST_EPOCHS = 150, 30.0
_UNDERFIT = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How one attempt trains.

    ``rate`` of the adapter and ``head_rate`` rise over the first steps and fall linearly to 0
    over ``epochs``; ``dropout`` is that of the features. ``layers`` counts the adapted layers,
    which end at depth ``depth``; ``pool`` is how the vectors there are read, ``frame`` how the
    texts are put before the model.
    """

    frame: str
    depth: int
    layers: int
    pool: str
    rank: int = 16
    rate: float = 5e-4
    head_rate: float = 1e-3
    epochs: float = 5.0
    batch: int = 16
    dropout: float = 0.1

    def as_dict(self) -> dict[str, RecipeValue]:
        """Plain values for the report."""
        return asdict(self)


def reading_turns(readings: Sequence[Reading]) -> list[Reading]:
    """Which reading each attempt takes: frame after frame, then other depths of each.

    Attempts that read differently err at different texts, which is what averaging them lives on.

    Args:
        readings: Best first.
    """
    by_frame: dict[str, list[Reading]] = {}
    for reading in readings:
        kept = by_frame.setdefault(reading.frame, [])
        near = not kept or reading.accuracy > kept[0].accuracy - 2 * _WORTH
        if near and reading.depth not in [one.depth for one in kept]:
            kept.append(reading)
    most = max(map(len, by_frame.values()))
    return [kept[turn] for turn in range(most) for kept in by_frame.values() if turn < len(kept)]


def first_recipe(reading: Reading, layers: int, rows: int) -> Recipe:
    """The recipe to begin with.

    Args:
        reading: Where frozen vectors told most.
        layers: How many the model has.
        rows: How many rows there are to train on.
    """
    recipe = _read_at(Recipe(frame="", depth=1, layers=1, pool="last"), reading, layers)
    fewest = _FEWEST_STEPS * recipe.batch / max(rows, 1)
    return replace(recipe, epochs=min(_MOST_EPOCHS, max(recipe.epochs, fewest)))


def adjusted(
    recipe: Recipe, frozen: float, last: SkillAttempt, turn: Reading, layers: int
) -> tuple[Recipe, str]:
    """The next recipe and why, as a short code.

    What fell apart takes smaller steps; what is worse than its frozen beginning too. Else the next
    reading has its turn, with longer training where the rows were not learned.

    Args:
        recipe: That of the last attempt.
        frozen: Accuracy of a frozen classifier where the last attempt read, 0 to 1.
        last: What became of it.
        turn: Where the next attempt reads if nothing went wrong.
        layers: How many the model has.
    """
    if last.note == "diverged":
        return replace(recipe, rate=recipe.rate / 4), "smaller_steps"
    if last.validation < frozen - _WORTH:
        return _read_at(replace(recipe, rate=recipe.rate / 2), turn, layers), "smaller_steps"
    moved = _read_at(recipe, turn, layers)
    if float(last.recipe.get("last_loss", 0.0)) > _UNDERFIT and recipe.epochs < _MOST_EPOCHS:
        return replace(moved, epochs=min(_MOST_EPOCHS, recipe.epochs * 1.5)), "longer"
    same = (turn.frame, turn.depth) == (recipe.frame, recipe.depth)
    return moved, "another_fifth" if same else "another_reading"


def _read_at(recipe: Recipe, reading: Reading, layers: int) -> Recipe:
    adapted = min(reading.depth, max(1, round(_LAYERS_SHARE * layers)))
    return replace(
        recipe, frame=reading.frame, depth=reading.depth, layers=adapted, pool=reading.pool
    )
