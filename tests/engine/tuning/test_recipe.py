from dataclasses import replace

import pytest

from engine.tuning.recipe import Recipe, adjusted, first_recipe
from storage.settings import defaults


def test_more_facts_take_more_steps():
    steps = [first_recipe(defaults(), facts, 0).steps for facts in (1, 3, 20, 100)]
    assert steps == sorted(steps)
    assert steps[0] >= 40
    assert steps[-1] > 1.5 * steps[2]
    assert {first_recipe(defaults(), facts, 0).replay for facts in (3, 100)} == {6, 5}


def test_more_effort_takes_more_steps():
    steps = [first_recipe({**defaults(), "preset": preset}, 20, 0).steps
             for preset in ("quick", "balanced", "thorough")]  # fmt: skip
    assert steps[0] < steps[1] < steps[2]


def test_settings_win_over_the_preset():
    chosen = {**defaults(), "steps": 7, "learning_rate": 0.002, "rank": 4, "alpha": 8.0,
              "replay_weight": 0.5, "optimizer": "sgd"}  # fmt: skip
    recipe = first_recipe(chosen, 20, 5)
    assert (recipe.steps, recipe.learning_rate, recipe.rank, recipe.alpha) == (7, 0.002, 4, 8.0)
    assert (recipe.replay_weight, recipe.optimizer, recipe.seed) == (0.5, "sgd", 5)


@pytest.mark.parametrize(
    ("reason", "better"),
    [
        ("text_worse", lambda new, old: new.learning_rate < old.learning_rate),
        ("general_worse", lambda new, old: new.replay_weight > old.replay_weight),
        ("personal_weak", lambda new, old: new.steps > old.steps),
        ("abstain_weak", lambda new, old: new.never > old.never),
        ("diverged", lambda new, old: new.learning_rate < old.learning_rate / 2),
    ],
)
def test_each_finding_changes_the_next_recipe(reason, better):
    recipe = Recipe(steps=100)
    changed = adjusted(recipe, (reason,))
    assert better(changed, recipe)
    assert changed.seed != recipe.seed


def test_a_recipe_survives_as_plain_values():
    recipe = Recipe(steps=9, optimizer="sgd")
    assert Recipe(**recipe.as_dict()) == recipe
    assert replace(recipe) == recipe
