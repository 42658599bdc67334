"""Frozen row types of skills: what was taught, how well it does, how it came about.

Plain data, standard library only, as in `storage.records`. Labels and names are the user's words
and stay out of every ``repr``. Rates are 0 to 1, losses nats per token, times seconds.
"""

from dataclasses import dataclass, field
from enum import StrEnum

RecipeValue = float | int | str


class SkillKind(StrEnum):
    """What a skill does with a text: names its class, or writes an answer."""

    CLASSIFICATION = "classification"
    GENERATION = "generation"


class SkillVerdict(StrEnum):
    """How teaching ended. ``BETTER``: no target was set and it beats the untuned model."""

    TARGET_MET = "target_met"
    TARGET_NOT_MET = "target_not_met"
    BETTER = "better"
    NOT_BETTER = "not_better"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFigures:
    """One class on the test rows; ``rows`` counts those that truly belong to it."""

    label: str = field(repr=False)
    rows: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillFigures:
    """What an examination found; None or empty where the kind of skill has no such figure.

    ``confusion``: one row a true class, one column an answered class, in the order of
    ``classes``. ``exact_match``, ``token_f1`` and ``chrf`` compare written answers with the
    expected ones. ``examined`` counts the rows that were answered: the untuned model and written
    answers may be given a part of the test rows only.
    """

    accuracy: float | None = None
    macro_precision: float | None = None
    macro_recall: float | None = None
    macro_f1: float | None = None
    classes: tuple[ClassFigures, ...] = ()
    confusion: tuple[tuple[int, ...], ...] = ()
    nll_per_token: float | None = None
    perplexity: float | None = None
    exact_match: float | None = None
    token_f1: float | None = None
    chrf: float | None = None
    examined: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillAttempt:
    """One training run inside of teaching.

    ``validation`` is its score on rows held back from the training file: accuracy, or for written
    answers the loss. ``note`` says why its recipe was chosen, as a short code.
    """

    number: int
    recipe: dict[str, RecipeValue]
    steps: int
    seconds: float
    validation: float
    note: str
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillReport:
    """How a skill was taught: the untuned model beside the tuned one on the test rows.

    ``target`` is the accuracy (for written answers the token F1) that was asked for, None for
    none. ``untuned_method`` says how the untuned model answered. ``dropped`` counts rows left out
    of training by reason code. ``validation`` is the kept skill's score on rows that it was not
    trained on, from the training file. ``stopped``: the user ended it early.
    """

    name: str = field(repr=False)
    kind: SkillKind
    verdict: SkillVerdict
    kept: bool
    target: float | None
    train_rows: int
    test_rows: int
    dropped: tuple[tuple[str, int], ...]
    tuned: SkillFigures
    untuned: SkillFigures
    untuned_method: str
    majority_accuracy: float | None
    validation: float | None
    attempts: tuple[SkillAttempt, ...]
    seconds: float
    seed: int
    stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillRecord:
    """One skill. Its weights are the sealed file ``file_id``."""

    id: str
    name: str = field(repr=False)
    created_at: float
    model_id: str
    file_id: str
    size_bytes: int
    report: SkillReport
