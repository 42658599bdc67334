"""Two versions beside each other: the same questions, answered by both. Commands and events.

`CompareVersions` is a model command, `KeepComparison` and `ListComparisons` library commands.
Which answer stands where, and that nobody is told before choosing, is the asker's business.
"""

from dataclasses import dataclass, field

from engine.contract.base import CommandBase, Done, EventBase
from storage.records import ComparisonRecord

__all__ = [
    "CompareVersions", "ComparedAnswers", "ComparedVersions", "ComparisonsListed",
    "KeepComparison", "ListComparisons",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CompareVersions(CommandBase):
    """Answers the same questions with two versions, from the likeliest words, memory off.

    ``first`` and ``second`` are ``off``, ``active`` or an adapter's id. Without ``questions``,
    ``count`` of them are drawn: from what was taught and from the shipped general ones. Tells
    `ComparedAnswers` as they come; answered by `ComparedVersions`.
    """

    first: str = "off"
    second: str = "active"
    questions: tuple[str, ...] = field(default=(), repr=False)
    count: int = 5


@dataclass(frozen=True, kw_only=True)
class ComparedAnswers(EventBase):
    """Both answers to question ``number`` (from 0) of ``count``."""

    number: int
    count: int
    question: str = field(repr=False)
    first: str = field(repr=False)
    second: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ComparedVersions(Done):
    """All was asked. The ids are those of the adapters used, None for the untuned model.

    ``alike``: how many answers were the same word for word.
    """

    first_id: str | None
    second_id: str | None
    questions: int
    alike: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class KeepComparison(CommandBase):
    """Stores how often which version was preferred; None is the untuned model.

    Answered by `ComparisonsListed`.
    """

    first_id: str | None
    second_id: str | None
    first_better: int
    second_better: int
    same: int


@dataclass(frozen=True, kw_only=True)
class ListComparisons(CommandBase):
    """All that were kept, newest first. Answered by `ComparisonsListed`."""


@dataclass(frozen=True, kw_only=True)
class ComparisonsListed(Done):
    """Comparisons, newest first; those with a deleted adapter are gone with it."""

    comparisons: tuple[ComparisonRecord, ...]
