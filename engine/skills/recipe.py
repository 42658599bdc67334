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
    which end at depth ``depth``; ``pool`` is how the vectors there are read.
    """

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


def first_recipe(readings: Sequence[Reading], layers: int, rows: int) -> Recipe:
    """The recipe to begin with: read where frozen vectors told most.

    Args:
        readings: Best first.
        layers: How many the model has.
        rows: How many rows there are to train on.
    """
    recipe = _read_at(Recipe(depth=1, layers=1, pool="last"), readings[0], layers)
    fewest = _FEWEST_STEPS * recipe.batch / max(rows, 1)
    return replace(recipe, epochs=min(_MOST_EPOCHS, max(recipe.epochs, fewest)))


def adjusted(
    recipe: Recipe, readings: Sequence[Reading], last: SkillAttempt, layers: int
) -> tuple[Recipe, str]:
    """The next recipe and why, as a short code.

    What fell apart takes smaller steps; what is worse than its frozen beginning too; what has not
    learned its own rows trains longer; else another place of the model is read, so that the
    attempts that are averaged differ.
    """
    start = next(r.accuracy for r in readings if (r.depth, r.pool) == (recipe.depth, recipe.pool))
    loss = float(last.recipe.get("last_loss", 0.0))
    if last.note == "diverged":
        return replace(recipe, rate=recipe.rate / 4), "smaller_steps"
    if last.validation < start - _WORTH:
        return replace(recipe, rate=recipe.rate / 2), "smaller_steps"
    if loss > _UNDERFIT and recipe.epochs < _MOST_EPOCHS:
        return replace(recipe, epochs=min(_MOST_EPOCHS, recipe.epochs * 1.5)), "longer"
    other = next(
        (r for r in readings if r.depth != recipe.depth and r.accuracy > start - 2 * _WORTH), None
    )
    if other is None:
        return recipe, "another_fifth"
    return _read_at(recipe, other, layers), "another_depth"


def _read_at(recipe: Recipe, reading: Reading, layers: int) -> Recipe:
    adapted = min(reading.depth, max(1, round(_LAYERS_SHARE * layers)))
    return replace(recipe, depth=reading.depth, layers=adapted, pool=reading.pool)
