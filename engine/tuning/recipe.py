"""The recipe of one training attempt, from preset, settings and the size of the task."""

from dataclasses import asdict, dataclass, replace

from engine.tuning.gate import harmed
from storage.settings import SettingValue

_FACTS_A_STEP, _FEWEST_A_STEP = 6, 4
_NEVER_SHARE = 0.8
_REPLAY_A_STEP = 6
_FACTS_OF_MANY, _NEVER_OF_MANY, _REPLAY_OF_MANY = 8, 5, 5
_MANY_FACTS, _FEWER_ROUNDS = 20, 0.25
"""Above so many facts, what one fact teaches about question forms helps the others."""
_LEAST_SHARE, _SHARE_A_FACT = 0.25, 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Everything that decides how one attempt trains.

    ``learning_rate`` falls linearly to 0 over ``steps``. Each step takes ``facts`` fact exchanges,
    ``never`` declined ones, ``told`` (one every other step, at 0.5) answered from the chat itself,
    and ``replay`` general ones whose divergence from the untuned model counts ``replay_weight``
    times. The ``upper`` share of the layers gets an adapter, and what was trained is kept at
    ``strength`` of its full effect.
    """

    optimizer: str = "adamw"
    learning_rate: float = 1e-3
    rank: int = 16
    upper: float = 2 / 3
    alpha: float = 32.0
    steps: int = 110
    replay_weight: float = 1.0
    facts: int = _FACTS_A_STEP
    never: int = 5
    told: float = 0.5
    replay: int = _REPLAY_A_STEP
    clip: float = 1.0
    strength: float = 1.0
    seed: int = 0

    def as_dict(self) -> dict[str, float | int | str]:
        """Plain values for the adapter's record."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """What a preset means.

    ``rounds`` over each fact, bounds on the steps, the most attempts, ``phrasings`` in the exam for
    each fact, and the share of the shipped general questions that the replay takes.
    """

    rounds: float
    fewest_steps: int
    most_steps: int
    attempts: int
    phrasings: int
    replay_share: float

    def share_for(self, facts: int) -> float:
        """The share of general questions for `facts` facts: a short training needs fewer."""
        return min(self.replay_share, _LEAST_SHARE + _SHARE_A_FACT * facts)


EFFORTS: dict[str, Effort] = {
    "quick": Effort(
        rounds=30, fewest_steps=40, most_steps=600, attempts=2, phrasings=1, replay_share=0.4
    ),
    "balanced": Effort(
        rounds=46, fewest_steps=60, most_steps=1200, attempts=3, phrasings=2, replay_share=1.0
    ),
    "thorough": Effort(
        rounds=60, fewest_steps=90, most_steps=4000, attempts=5, phrasings=3, replay_share=1.0
    ),
}
"""Presets by the value of the setting ``preset``."""

_RATES = {"adamw": 1e-3, "sgd": 0.1}


def first_recipe(settings: dict[str, SettingValue], facts: int, seed: int) -> Recipe:
    """The recipe to begin with for `facts` facts; a setting of 0 leaves a value to the preset."""
    effort = EFFORTS[str(settings["preset"])]
    optimizer = str(settings["optimizer"])
    many = facts > 2 * _MANY_FACTS
    each = _FACTS_OF_MANY if many else min(max(facts, _FEWEST_A_STEP), _FACTS_A_STEP)
    rounds = effort.rounds * min(1.0, _MANY_FACTS / max(facts, 1)) ** _FEWER_ROUNDS
    wanted = round(rounds * facts / each)
    steps = int(settings["steps"]) or min(max(wanted, effort.fewest_steps), effort.most_steps)
    return Recipe(
        optimizer=optimizer,
        learning_rate=float(settings["learning_rate"]) or _RATES[optimizer],
        rank=int(settings["rank"]),
        alpha=float(settings["alpha"]),
        steps=steps,
        facts=each,
        never=_NEVER_OF_MANY if many else round(each * _NEVER_SHARE),
        replay=_REPLAY_OF_MANY if many else _REPLAY_A_STEP,
        replay_weight=float(settings["replay_weight"]),
        seed=seed,
    )


def adjusted(recipe: Recipe, reasons: tuple[str, ...]) -> Recipe:
    """The next recipe after the gate's findings.

    What was harmed is held more, what was weak is trained longer, and a training that fell apart
    takes smaller steps.
    """
    changed = recipe
    if harmed(reasons):
        changed = replace(
            changed,
            learning_rate=changed.learning_rate * 0.6,
            replay_weight=max(changed.replay_weight, 0.5) * 2,
        )
    if {"personal_not_better", "personal_weak"} & set(reasons):
        changed = replace(changed, steps=round(changed.steps * 1.5), facts=changed.facts + 1)
    if "abstain_weak" in reasons:
        changed = replace(changed, never=changed.never + 2, steps=round(changed.steps * 1.15))
    if "diverged" in reasons:
        changed = replace(changed, learning_rate=recipe.learning_rate / 4)
    return replace(changed, seed=recipe.seed + 1)
