"""Skills: tasks taught from labelled rows. Commands and their events.

`TeachSkill` and `ApplySkill` are model commands, `ListSkills` and `DeleteSkill` library commands.
"""

from dataclasses import dataclass, field

from engine.contract.base import CommandBase, Done, EventBase
from storage.skill_records import SkillRecord, SkillReport

__all__ = [
    "ApplySkill", "DeleteSkill", "ListSkills", "SkillAnswer", "SkillApplied", "SkillProgress",
    "SkillTaught", "SkillsListed", "TeachSkill",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TeachSkill(CommandBase):
    """Teaches ``name`` from the rows of ``train``; ``test`` serves only the last figures.

    Both are JSONL, CSV or TSV files. ``text_field`` and ``label_field`` None look for the usual
    names; rows with a question and an answer teach to write. ``label_words`` (label, words) says a
    label in words that the model knows. ``target`` None takes the usual one. A skill of the same
    name is replaced by a new one that is kept. A stop that keeps examines what there is.
    """

    name: str = field(repr=False)
    train: str = field(repr=False)
    test: str = field(repr=False)
    target: float | None = None
    max_minutes: float | None = None
    seed: int = 0
    text_field: str | None = None
    label_field: str | None = None
    label_words: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class ApplySkill(CommandBase):
    """Applies a skill to ``text``, or to every row of the file ``path``; exactly one is given."""

    name: str = field(repr=False)
    text: str | None = field(default=None, repr=False)
    path: str | None = field(default=None, repr=False)
    text_field: str | None = None


@dataclass(frozen=True, kw_only=True)
class ListSkills(CommandBase):
    """All skills, newest first."""


@dataclass(frozen=True, kw_only=True)
class DeleteSkill(CommandBase):
    """Destroys a skill's key and file."""

    name: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SkillProgress(EventBase):
    """Where teaching or applying stands.

    ``phase``: prepare, untuned, train, validate, test, apply. ``loss`` is the mean of the last
    steps in nats, ``validation`` the best score so far on rows held back from the training file
    (accuracy; for written answers the negative loss). ``fraction`` of the whole, 0 to 1.
    """

    phase: str
    attempt: int = 0
    step: int = 0
    steps: int = 0
    fraction: float = 0.0
    loss: float | None = None
    validation: float | None = None
    seconds_left: float | None = None


@dataclass(frozen=True, kw_only=True)
class SkillTaught(Done):
    """Teaching ended; the report says how, and whether the skill was kept."""

    report: SkillReport


@dataclass(frozen=True, kw_only=True)
class SkillAnswer:
    """What a skill says to one text.

    ``confidence`` is the share of belief in ``answer``, 0 to 1, and ``others`` are the next best
    labels with theirs; both are empty for written answers. ``row_id`` is the row's own id if any.
    """

    answer: str = field(repr=False)
    confidence: float | None = None
    others: tuple[tuple[str, float], ...] = field(default=(), repr=False)
    row_id: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class SkillApplied(Done):
    """The skill's answers, in the order of the texts."""

    answers: tuple[SkillAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class SkillsListed(Done):
    """All skills, newest first."""

    skills: tuple[SkillRecord, ...]
