"""Frozen row types of the store: what the repositories return and what every layer may hold.

Plain data, standard library only. Every field that can hold the user's words is
``repr=False``, so that a log line or a traceback cannot leak it. Times are Unix seconds (UTC);
order never depends on them but on ``position``, which the store counts up itself.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """Who wrote a message."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class MessageState(StrEnum):
    """How far a message got. Only an answer is ever anything but complete.

    ``CUT``: it reached the most tokens that an answer may have, and had more to say.
    """

    STREAMING = "streaming"
    COMPLETE = "complete"
    CUT = "cut"
    STOPPED = "stopped"
    FAILED = "failed"


class ExampleKind(StrEnum):
    """What a learning example was made from."""

    FACT = "fact"
    PREFERENCE = "preference"
    CORRECTION = "correction"
    REWRITTEN = "rewritten"
    LIKED = "liked"
    DISLIKED = "disliked"


FEEDBACK_KINDS = frozenset((ExampleKind.REWRITTEN, ExampleKind.LIKED, ExampleKind.DISLIKED))
"""What was made from the user's opinion of an answer: it shapes style and tells no fact."""


class ExampleStatus(StrEnum):
    """What the user decided in the inbox."""

    PENDING = "pending"
    APPROVED = "approved"
    NEVER = "never"


class AdapterState(StrEnum):
    """Life of an adapter. Only ``READY`` ones may be switched on."""

    READY = "ready"
    REJECTED = "rejected"
    RETIRED = "retired"


class Verdict(StrEnum):
    """How a run of the learning loop ended."""

    ACTIVATED = "activated"
    REJECTED = "rejected"
    NOTHING_TO_LEARN = "nothing_to_learn"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationRecord:
    """One conversation. ``leaf_id`` is the last message of the branch that is shown.

    ``retention_days``: None follows the setting, 0 is for ever. ``memory``: whether facts and past
    turns may be put into its prompts; None follows the setting.
    """

    id: str
    title: str = field(repr=False)
    created_at: float
    updated_at: float
    pinned: bool = False
    consent: bool = False
    temporary: bool = False
    leaf_id: str | None = None
    message_count: int = 0
    retention_days: int | None = None
    memory: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRecord:
    """One message: a node of the conversation's tree, so an edit never erases what followed.

    ``sibling_ids`` are all messages in this one's place, itself among them, in order of age.
    """

    id: str
    conversation_id: str
    parent_id: str | None
    position: int
    role: Role
    text: str = field(repr=False)
    created_at: float
    state: MessageState = MessageState.COMPLETE
    consent: bool | None = None
    rating: int = 0
    model_id: str | None = None
    adapter_id: str | None = None
    strength: float = 0.0
    sibling_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One message found by full-text search; ``snippet`` marks hits with U+E000 and U+E001."""

    conversation_id: str
    message_id: str
    title: str = field(repr=False)
    snippet: str = field(repr=False)
    created_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleRecord:
    """One candidate for learning, as the inbox shows it.

    ``noun`` is the asked-for thing as a noun phrase in the user's own person ("my dog's name"),
    empty where none exists; ``question`` asks for it in the user's person; ``answer`` is the
    assistant's full sentence; ``value`` is the part of it that must be right.
    ``redactions`` names the kinds that were removed from the source, never their text.
    For `FEEDBACK_KINDS`, ``question`` is what the user had asked, ``answer`` the answer that was
    rewritten, liked or disliked (a rewritten one as it should be), ``source_text`` the model's own
    answer; ``noun`` and ``value`` are empty.
    """

    id: str
    kind: ExampleKind
    noun: str = field(repr=False)
    question: str = field(repr=False)
    answer: str = field(repr=False)
    value: str = field(repr=False)
    language: str = "en"
    status: ExampleStatus = ExampleStatus.PENDING
    conversation_id: str | None = None
    source_message_id: str | None = None
    source_text: str = field(default="", repr=False)
    redactions: tuple[str, ...] = ()
    weight: float = 1.0
    created_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryRecord:
    """One editable fact that may be retrieved into the prompt."""

    id: str
    text: str = field(repr=False)
    enabled: bool = True
    source_message_id: str | None = None
    example_id: str | None = None
    created_at: float = 0.0
    updated_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamFigures:
    """What the exam measured on one model. Rates are 0 to 1; losses are nats per token.

    ``None`` means that the part had no questions.
    """

    personal_recall: float | None = None
    personal_questions: int = 0
    personal_nll: float | None = None
    abstain_rate: float | None = None
    abstain_questions: int = 0
    general_accuracy: float | None = None
    general_questions: int = 0
    general_nll: float | None = None
    text_perplexity: float | None = None
    leaked_values: int = 0
    leak_probes: int = 0
    style_accuracy: float | None = None
    style_questions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRecord:
    """One training attempt inside a run of the loop."""

    number: int
    recipe: dict[str, float | int | str]
    steps: int
    final_loss: float
    seconds: float
    tokens_trained: int
    passed: bool
    reasons: tuple[str, ...] = ()
    figures: ExamFigures | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCard:
    """The outcome of a run of the learning loop: the untuned model beside the tuned one.

    ``reasons`` names the gate's findings as short codes (``personal_not_better``,
    ``general_worse``, ``leaked``); the window and the terminal put them into words.
    """

    verdict: Verdict
    adapter_id: str | None
    seconds: float
    tokens_trained: int
    examples: int
    untuned: ExamFigures
    tuned: ExamFigures
    attempts: tuple[AttemptRecord, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdapterRecord:
    """One version of the personal adapter. Its weights are the sealed file ``file_id``."""

    id: str
    version: int
    created_at: float
    model_id: str
    state: AdapterState
    file_id: str
    size_bytes: int
    active: bool = False
    seed: int = 0
    recipe: dict[str, float | int | str] = field(default_factory=dict)
    example_ids: tuple[str, ...] = ()
    report: ReportCard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRecord:
    """How often which of two versions was preferred in a blind comparison.

    The ids are those of adapters, None for the untuned model.
    """

    id: str
    created_at: float
    first_id: str | None
    second_id: str | None
    first_better: int
    second_better: int
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRecord:
    """One model on disk. ``id`` is the SHA-256 of its weights file(s), 64 hex digits."""

    id: str
    name: str
    path: str
    format: str
    architecture: str
    parameters: int
    size_bytes: int
    licence: str = ""
    embedded: bool = False
    added_at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    """One line of the audit trail: what happened, never what was said."""

    position: int
    at: float
    action: str
    detail: str
