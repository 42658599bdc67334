"""What was learned, looked at and taken back: exam, forgetting, explaining, adapters as files.

All but `ExportAdapter` need the model and run on the model lane.
"""

from dataclasses import dataclass, field

from engine.contract.base import CommandBase, Done
from storage.records import AdapterRecord, ExamFigures, ReportCard

__all__ = [
    "AdapterExported", "AdapterImported", "Examine", "Examined", "Explain", "Explained",
    "ExplainedSource", "ExplainedWord", "ExportAdapter", "Forget", "Forgotten", "ImportAdapter",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Examine(CommandBase):
    """Sits the active adapter, or the one of this id, down to a fresh exam beside no adapter.

    Nothing is trained and nothing is switched. Tells `LearnProgress`; answered by `Examined`.
    """

    adapter_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Examined(Done):
    """The exam's figures; ``tuned`` is None when no adapter is on.

    ``reasons`` are the gate's findings, the short codes of a report card. ``facts`` counts the
    approved examples that were asked about.
    """

    adapter_id: str | None
    facts: int
    untuned: ExamFigures
    tuned: ExamFigures | None
    reasons: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Forget(CommandBase):
    """Erases a conversation, or one fact, for good, and proves that it is gone.

    Just one of the two is given; ``fact_id`` is the id of a memory or of a learning example. What
    was made of it goes as well, and every adapter that learned it is switched off at once, before
    anything is measured. With ``retrain`` the facts that are left are then learned anew. Tells
    `LearnProgress` and, with ``retrain``, `LearnStarted`; answered by `Forgotten`. A stop ends
    the measuring or the training; what was erased stays erased.
    """

    conversation_id: str | None = None
    fact_id: str | None = None
    retrain: bool = False


@dataclass(frozen=True, kw_only=True)
class Forgotten(Done):
    """What is gone, and the proof: how many of the forgotten facts the model tells when asked.

    Each fact is asked in several wordings, memory off. Recalls are fractions from 0 to 1:
    ``recall_before`` with the adapter that was active, ``recall_after`` with what is active now,
    ``recall_untuned`` with none. They are None when there was nothing to ask, or the measuring
    was stopped. ``told_in_chat``: the message that told the fact still stands in its chat.
    ``report`` is the report card of the training without it.
    """

    examples_erased: int
    memories_erased: int
    messages_erased: int
    adapters_retired: tuple[str, ...]
    questions: int
    recall_before: float | None
    recall_untuned: float | None
    recall_after: float | None
    told_in_chat: bool = False
    report: ReportCard | None = None
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Explain(CommandBase):
    """What stands behind an answer: the stored one ``message_id``, or a fresh one to ``text``.

    A fresh answer is given with the active adapter and is not stored. Answered by `Explained`.
    """

    message_id: str | None = None
    text: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class ExplainedSource:
    """One thing behind an answer.

    ``kind``: ``memory`` or ``turn`` (was in the prompt), or ``example`` (the adapter was trained
    on it, and it fits question and answer). ``conversation_id`` is the chat that it comes from.
    """

    kind: str
    id: str
    text: str = field(repr=False)
    conversation_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ExplainedWord:
    """One word of the answer, with the spaces before it.

    The log-probabilities are in nats, summed over the word's tokens; ``instead`` is the beginning
    of what the model would likeliest have said there without the adapter.
    """

    text: str = field(repr=False)
    tuned_nats: float
    untuned_nats: float
    instead: str = field(default="", repr=False)

    @property
    def change(self) -> float:
        """Nats that the adapter added: above 0 it made the word likelier."""
        return self.tuned_nats - self.untuned_nats


@dataclass(frozen=True, kw_only=True)
class Explained(Done):
    """The explanation. Without an adapter both log-probabilities of every word are the same.

    ``adapter_gone``: the adapter that gave the answer was deleted or retired since, so that what
    it did cannot be told any more.
    """

    answer: str = field(repr=False)
    model: str
    adapter_id: str | None
    strength: float
    sources: tuple[ExplainedSource, ...]
    words: tuple[ExplainedWord, ...] = field(repr=False)
    adapter_gone: bool = False


@dataclass(frozen=True, kw_only=True)
class ExportAdapter(CommandBase):
    """Writes an adapter to the new folder ``path`` in PEFT's layout, in plain text.

    It is as private as the chats that it learned from. Answered by `AdapterExported`.
    """

    adapter_id: str
    path: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class AdapterExported(Done):
    """Where it went, and its size in bytes."""

    path: str = field(repr=False)
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class ImportAdapter(CommandBase):
    """Takes in a PEFT folder made for the model in use; it is not switched on.

    Only safetensors is read. Answered by `AdapterImported`.
    """

    path: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class AdapterImported(Done):
    """The new version."""

    adapter: AdapterRecord
