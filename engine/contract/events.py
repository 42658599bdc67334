"""Events: what the engine tells. Terminal ones (`Done` kinds, `Stopped`, `Failed`) end a job."""

from dataclasses import dataclass, field

from engine.contract.base import Done, EventBase
from engine.contract.comparing import ComparedAnswers, ComparedVersions, ComparisonsListed
from engine.contract.failures import FailureKind
from engine.contract.learned import (
    AdapterExported,
    AdapterImported,
    Examined,
    Explained,
    ExplainedSource,
    ExplainedWord,
    Forgotten,
)
from engine.contract.offline import NetworkAttempt
from engine.contract.reading import ChatsRead, ReadingProgress
from engine.contract.remembering import MemoriesListed
from engine.contract.safekeeping import BackupInfo, KeysChanged, ProfileReplaced
from engine.contract.skills import (
    SkillAnswer,
    SkillApplied,
    SkillProgress,
    SkillsListed,
    SkillTaught,
)
from storage.records import (
    AdapterRecord,
    AuditRecord,
    ConversationRecord,
    ExampleRecord,
    MessageRecord,
    ModelRecord,
    ReportCard,
    SearchHit,
)
from storage.settings import SettingValue

__all__ = [
    "Acknowledged", "AdapterExported", "AdapterImported", "AdaptersListed", "BackupInfo",
    "ChatsExported", "ChatsImported", "ChatsRead", "ComparedAnswers", "ComparedVersions",
    "ComparisonsListed", "ConversationChanged", "ConversationOpened",
    "ConversationsListed", "Diagnosed", "Done", "Event", "Examined", "ExampleReviewed",
    "ExamplesListed", "Explained", "ExplainedSource", "ExplainedWord", "Failed", "Forgotten",
    "HardwareInfo", "JobPaused", "KeysChanged", "LearnDone", "LearnProgress", "LearnStarted",
    "MemoriesListed", "MessagesFound", "ModelFit", "ModelImported", "ModelInfo", "ModelLoaded",
    "ModelLoading", "ModelsListed", "PrivacyRead", "ProfileCreated", "ProfileReplaced",
    "ProfileState", "ProfileUnlocked", "ReadingProgress", "ReplyDone", "ReplyStarted",
    "ReplyTokens", "ReplyUsage", "SettingsRead", "SkillAnswer", "SkillApplied", "SkillProgress",
    "SkillTaught", "SkillsListed", "StatusRead", "Stopped", "StoredItem",
]  # fmt: skip

ProfileState = str
"""One of ``new``, ``locked``, ``open``, ``damaged``, ``in_use`` and ``key_missing``."""


@dataclass(frozen=True, kw_only=True)
class Acknowledged(Done):
    """The command took effect and has nothing more to tell."""


@dataclass(frozen=True, kw_only=True)
class Failed(EventBase):
    """The job failed and changed nothing more. ``detail`` is one sentence that says what to do."""

    kind: FailureKind
    detail: str


@dataclass(frozen=True, kw_only=True)
class Stopped(EventBase):
    """The user stopped the job. For a reply, ``message`` is what was kept of it."""

    message: MessageRecord | None = None


# -- the profile ----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class HardwareInfo:
    """This machine. Memory in bytes."""

    cpu: str
    cores: int
    memory_bytes: int
    gpu: str | None
    gpu_memory_bytes: int
    system: str


@dataclass(frozen=True, kw_only=True)
class StatusRead(Done):
    """State of the profile and the machine. ``key_slots``: keyring, passphrase, recovery."""

    state: ProfileState
    detail: str
    profile_path: str
    key_slots: tuple[str, ...]
    keyring_available: bool
    keyring_name: str
    hardware: HardwareInfo


@dataclass(frozen=True, kw_only=True)
class ProfileCreated(Done):
    """The profile is made and open; show the recovery key once."""

    recovery_key: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ProfileUnlocked(Done):
    """The profile is open."""


@dataclass(frozen=True, kw_only=True)
class StoredItem:
    """One kind of stored data: how many, how large, in which file under the profile."""

    name: str
    count: int
    size_bytes: int
    path: str


@dataclass(frozen=True, kw_only=True)
class PrivacyRead(Done):
    """What is stored, the newest lines of the audit trail, and the backups, newest first.

    ``clock_is_doubtful``: the clock jumped, so nothing is erased for its age until it proves right.
    ``network_guard``: ``filter``, ``hook``, ``left_out`` or ``none``, see `engine.offline.guard`.
    ``refused_connections``: attempts that were refused since the profile was made.
    """

    profile_path: str
    key_slots: tuple[str, ...]
    items: tuple[StoredItem, ...]
    audit: tuple[AuditRecord, ...]
    backups: tuple[BackupInfo, ...] = ()
    clock_is_doubtful: bool = False
    network_guard: str = "none"
    refused_connections: int = 0


@dataclass(frozen=True, kw_only=True)
class Diagnosed(Done):
    """Facts as (section, name, value) and ``problems`` as sentences; no problem is good news."""

    facts: tuple[tuple[str, str, str], ...]
    problems: tuple[str, ...]
    attempts: tuple[NetworkAttempt, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SettingsRead(Done):
    """Every setting's present value by key."""

    values: tuple[tuple[str, SettingValue], ...] = field(repr=False)


# -- chats ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ConversationsListed(Done):
    """Conversations in list order."""

    conversations: tuple[ConversationRecord, ...]


@dataclass(frozen=True, kw_only=True)
class ConversationOpened(Done):
    """A conversation and the messages of its shown branch, oldest first."""

    conversation: ConversationRecord
    messages: tuple[MessageRecord, ...]


@dataclass(frozen=True, kw_only=True)
class ConversationChanged(Done):
    """A conversation after rename, pin, consent, deletion or restore."""

    conversation: ConversationRecord


@dataclass(frozen=True, kw_only=True)
class MessagesFound(Done):
    """Search hits, best first."""

    hits: tuple[SearchHit, ...]


@dataclass(frozen=True, kw_only=True)
class ChatsImported(Done):
    """How much came in."""

    conversations: int
    messages: int
    skipped: int


@dataclass(frozen=True, kw_only=True)
class ChatsExported(Done):
    """How much went out, and where."""

    path: str = field(repr=False)
    conversations: int
    messages: int


# -- learning and memory --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ExamplesListed(Done):
    """Examples, newest first."""

    examples: tuple[ExampleRecord, ...]


@dataclass(frozen=True, kw_only=True)
class ExampleReviewed(Done):
    """An example after review."""

    example: ExampleRecord


@dataclass(frozen=True, kw_only=True)
class AdaptersListed(Done):
    """All adapters, newest first."""

    adapters: tuple[AdapterRecord, ...]


@dataclass(frozen=True, kw_only=True)
class LearnStarted(EventBase):
    """Training begins. ``examples`` counts the approved ones."""

    examples: int
    recipe: tuple[tuple[str, SettingValue], ...]


@dataclass(frozen=True, kw_only=True)
class LearnProgress(EventBase):
    """Where the loop stands. ``phase``: collect, prepare, exam_before, train, exam_after.

    Losses in nats per token; ``fraction`` of the whole run done, 0 to 1.
    """

    phase: str
    attempt: int
    step: int
    steps: int
    fraction: float
    loss: float | None = None
    smoothed_loss: float | None = None
    tokens_per_s: float = 0.0
    seconds_left: float | None = None
    memory_bytes: int = 0


@dataclass(frozen=True, kw_only=True)
class JobPaused(EventBase):
    """The training stands still until `Resume`; ``paused`` False tells that it goes on."""

    paused: bool


@dataclass(frozen=True, kw_only=True)
class LearnDone(Done):
    """The loop ended; the report card says how."""

    report: ReportCard


# -- models and replies ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ModelInfo:
    """A loaded model.

    ``path_taken`` says which code runs it (for example "int4 CPU decoder"), ``fallback_reason``
    why it is not the fast one (empty when it is). Memory in bytes, context in tokens.
    """

    model_id: str
    name: str
    architecture: str
    parameters: int
    device: str
    path_taken: str
    fallback_reason: str
    context_length: int
    memory_bytes: int


@dataclass(frozen=True, kw_only=True)
class ModelFit:
    """A model on disk beside this machine. ``fit``: fits, tight or too_large."""

    model: ModelRecord
    weights_bytes: int
    context_bytes: int
    fit: str
    active: bool


@dataclass(frozen=True, kw_only=True)
class ModelsListed(Done):
    """Models on disk."""

    models: tuple[ModelFit, ...]


@dataclass(frozen=True, kw_only=True)
class ModelImported(Done):
    """A model passed its checks and was added."""

    model: ModelRecord


@dataclass(frozen=True, kw_only=True)
class ModelLoading(EventBase):
    """Loading goes on; ``fraction`` 0 to 1."""

    fraction: float


@dataclass(frozen=True, kw_only=True)
class ModelLoaded(Done):
    """The model is ready to answer."""

    info: ModelInfo


@dataclass(frozen=True, kw_only=True)
class ReplyStarted(EventBase):
    """The question is stored and the answer begins.

    ``dropped_messages`` counts older messages that did not fit the context;
    ``memories`` are the remembered facts put into the prompt, ``past_turns`` the lines of earlier
    chats.
    """

    conversation: ConversationRecord
    question: MessageRecord | None
    answer_id: str
    dropped_messages: int = 0
    memories: tuple[str, ...] = field(default=(), repr=False)
    past_turns: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class ReplyTokens(EventBase):
    """A batch of streamed text. ``sequence`` counts up from 0 within the job."""

    sequence: int
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ReplyUsage:
    """Figures of one answer: counts in tokens, times in seconds."""

    prompt_tokens: int
    tokens: int
    first_token_s: float
    tokens_per_s: float
    model: str
    adapter: str | None
    strength: float
    context_length: int


@dataclass(frozen=True, kw_only=True)
class ReplyDone(Done):
    """The answer is complete and stored."""

    conversation: ConversationRecord
    message: MessageRecord
    usage: ReplyUsage


Event = (
    Acknowledged | Failed | Stopped
    | StatusRead | ProfileCreated | ProfileUnlocked | KeysChanged | ProfileReplaced
    | PrivacyRead | Diagnosed | SettingsRead
    | ConversationsListed | ConversationOpened | ConversationChanged | MessagesFound
    | ChatsImported | ChatsExported
    | ExamplesListed | ExampleReviewed | MemoriesListed | AdaptersListed
    | LearnStarted | LearnProgress | JobPaused | LearnDone
    | Examined | Forgotten | Explained | AdapterExported | AdapterImported
    | SkillProgress | SkillTaught | SkillApplied | SkillsListed
    | ComparedAnswers | ComparedVersions | ComparisonsListed | ReadingProgress | ChatsRead
    | ModelsListed | ModelImported | ModelLoading | ModelLoaded
    | ReplyStarted | ReplyTokens | ReplyDone
)  # fmt: skip
