"""Commands: what the window and the terminal may ask of the engine.

`LibraryCommand` runs on the library lane (lists, search, import: always live), `ModelCommand` on
the model lane (one at a time; tuning yields to replies between steps), `ControlCommand` at once
on the caller's thread (it only sets flags).
"""

from dataclasses import dataclass, field

from engine.contract.base import CommandBase, new_job
from engine.contract.comparing import CompareVersions, KeepComparison, ListComparisons
from engine.contract.learned import Examine, Explain, ExportAdapter, Forget, ImportAdapter
from engine.contract.reading import ReadChats
from engine.contract.remembering import (
    DeleteMemory,
    ListMemories,
    SaveMemory,
    SetConversationMemory,
)
from engine.contract.safekeeping import ERASE_WORD, BackUp, ChangeKeys, EraseAll, RestoreBackup
from engine.contract.skills import ApplySkill, DeleteSkill, ListSkills, TeachSkill
from storage.records import ExampleStatus
from storage.settings import SettingValue

__all__ = [
    "ERASE_WORD", "ActivateAdapter", "ActivateModel", "ApplySkill", "BackUp", "ChangeKeys",
    "ChangePassphrase", "ChangeSetting", "Command", "CompareVersions", "ControlCommand",
    "CreateProfile", "DeleteAdapter", "DeleteConversation", "DeleteMemory", "DeleteSkill",
    "Diagnose", "EraseAll", "Examine", "Explain", "ExportAdapter", "ExportChats", "Forget",
    "ImportAdapter", "ImportChats", "ImportModel", "KeepComparison", "Learn", "LibraryCommand",
    "ListAdapters", "ListComparisons", "ListConversations", "ListExamples", "ListMemories",
    "ListModels", "ListSkills", "LoadModel", "ModelCommand", "OpenConversation", "Pause",
    "PinConversation", "RateMessage", "ReadChats", "ReadPrivacy", "ReadSettings", "ReadStatus",
    "RenameConversation", "Reply", "ReplyOptions", "RestoreBackup", "RestoreConversation", "Resume",
    "ReviewExample", "RewriteAnswer", "RollBackAdapter", "SaveMemory", "SearchMessages",
    "SelectBranch", "SetConversationConsent", "SetConversationMemory", "SetMessageConsent",
    "SetRetention", "Stop", "TeachSkill", "Unlock", "new_job",
]  # fmt: skip


# -- the profile: made, opened, described ---------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ReadStatus(CommandBase):
    """Is there a profile, is it open, what hardware is here? Answered by `StatusRead`."""


@dataclass(frozen=True, kw_only=True)
class CreateProfile(CommandBase):
    """Makes a new profile and opens it. Without a passphrase the system keyring keeps the key."""

    passphrase: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class Unlock(CommandBase):
    """Opens the profile: by passphrase, by recovery key, or with neither by the keyring.

    ``restore`` first sets a damaged database aside and puts the newest good backup in its place.
    """

    passphrase: str | None = field(default=None, repr=False)
    recovery_key: str | None = field(default=None, repr=False)
    restore: bool = False


@dataclass(frozen=True, kw_only=True)
class ChangePassphrase(CommandBase):
    """Sets the passphrase lock; ``new`` None goes back to the keyring.

    ``recovery_key`` stands in for a forgotten ``current``; neither is needed while the keyring
    keeps the key.
    """

    current: str | None = field(default=None, repr=False)
    recovery_key: str | None = field(default=None, repr=False)
    new: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class ReadPrivacy(CommandBase):
    """What is stored, where, how large, and the audit trail."""


@dataclass(frozen=True, kw_only=True)
class Diagnose(CommandBase):
    """Hardware, versions, key status, integrity and what keeps the network away.

    With ``prove_offline`` every way to a network is tried; `Diagnosed.attempts` tells the outcome.
    """

    prove_offline: bool = False


@dataclass(frozen=True, kw_only=True)
class ReadSettings(CommandBase):
    """All settings with their present values."""


@dataclass(frozen=True, kw_only=True)
class ChangeSetting(CommandBase):
    """Sets one setting; bounds are checked by `storage.settings`."""

    key: str
    value: SettingValue = field(repr=False)


# -- chats ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ListConversations(CommandBase):
    """Conversations, pinned first, then newest first; ``deleted`` lists those awaiting undo."""

    limit: int = 1000
    offset: int = 0


@dataclass(frozen=True, kw_only=True)
class OpenConversation(CommandBase):
    """The messages of the shown branch, oldest first."""

    conversation_id: str


@dataclass(frozen=True, kw_only=True)
class SelectBranch(CommandBase):
    """Shows the branch that goes through ``message_id`` (to its newest leaf)."""

    conversation_id: str
    message_id: str


@dataclass(frozen=True, kw_only=True)
class RenameConversation(CommandBase):
    """Gives a conversation another title."""

    conversation_id: str
    title: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class PinConversation(CommandBase):
    """Keeps a conversation at the top of the list, or no longer."""

    conversation_id: str
    pinned: bool


@dataclass(frozen=True, kw_only=True)
class DeleteConversation(CommandBase):
    """Hides a conversation; ``forever`` erases it with its examples and memories."""

    conversation_id: str
    forever: bool = False


@dataclass(frozen=True, kw_only=True)
class RestoreConversation(CommandBase):
    """Undoes a deletion that was not forever."""

    conversation_id: str


@dataclass(frozen=True, kw_only=True)
class SearchMessages(CommandBase):
    """Full-text search over all stored messages."""

    query: str = field(repr=False)
    limit: int = 100


@dataclass(frozen=True, kw_only=True)
class RateMessage(CommandBase):
    """Thumb up (1), down (-1) or none (0) on an answer."""

    message_id: str
    rating: int


@dataclass(frozen=True, kw_only=True)
class RewriteAnswer(CommandBase):
    """Puts the user's own words in the place of an answer; the old one stays beside it.

    Answered by `ConversationOpened`.
    """

    message_id: str
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class SetConversationConsent(CommandBase):
    """Allows or forbids learning from a conversation."""

    conversation_id: str
    allowed: bool


@dataclass(frozen=True, kw_only=True)
class SetRetention(CommandBase):
    """Erases a conversation ``days`` after its newest message; 0 never, None as the setting."""

    conversation_id: str
    days: int | None


@dataclass(frozen=True, kw_only=True)
class SetMessageConsent(CommandBase):
    """Allows or forbids learning from one message; None follows its conversation."""

    message_id: str
    allowed: bool | None


@dataclass(frozen=True, kw_only=True)
class ImportChats(CommandBase):
    """Imports JSONL ``messages`` or a ChatGPT export (JSON or zip). All of it or nothing."""

    path: str = field(repr=False)
    consent: bool = False


@dataclass(frozen=True, kw_only=True)
class ExportChats(CommandBase):
    """Writes conversations in plain text to ``path``; format jsonl, json or markdown.

    The format ``everything`` writes all that is stored of the user, as JSON.
    """

    path: str = field(repr=False)
    format: str = "jsonl"
    conversation_id: str | None = None


# -- learning and memory --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ListExamples(CommandBase):
    """The inbox. Collects new candidates from consented messages first."""

    status: ExampleStatus | None = ExampleStatus.PENDING


@dataclass(frozen=True, kw_only=True)
class ReviewExample(CommandBase):
    """Approves, edits (texts that are not None) or forbids one candidate."""

    example_id: str
    status: ExampleStatus
    question: str | None = field(default=None, repr=False)
    answer: str | None = field(default=None, repr=False)
    value: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class ListAdapters(CommandBase):
    """All adapters of the profile, newest first."""


@dataclass(frozen=True, kw_only=True)
class ActivateAdapter(CommandBase):
    """Switches an adapter on; None switches all off."""

    adapter_id: str | None


@dataclass(frozen=True, kw_only=True)
class RollBackAdapter(CommandBase):
    """Goes back to what was active before the last activation."""


@dataclass(frozen=True, kw_only=True)
class DeleteAdapter(CommandBase):
    """Destroys an adapter's key and file; an active one is switched off first."""

    adapter_id: str


# -- models ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ListModels(CommandBase):
    """Models on disk with the memory each needs here."""


@dataclass(frozen=True, kw_only=True)
class ImportModel(CommandBase):
    """Checks a local GGUF file or safetensors folder and copies it into the profile."""

    path: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ActivateModel(CommandBase):
    """Makes a model the one in use; it is loaded by the next `LoadModel` or `Reply`."""

    model_id: str


@dataclass(frozen=True, kw_only=True)
class LoadModel(CommandBase):
    """Loads the model in use, so that the first reply need not wait."""


@dataclass(frozen=True, kw_only=True)
class ReplyOptions:
    """How to answer. None takes the setting. ``adapter`` is ``active``, ``off`` or an id."""

    adapter: str = "active"
    strength: float | None = None
    memory: bool | None = None
    past_chats: bool | None = None
    temperature: float | None = None
    max_tokens: int | None = None
    seed: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reply(CommandBase):
    """Stores the user's text (if any) after ``parent_id`` and streams an answer.

    ``conversation_id`` None starts a new conversation. ``parent_id`` None means the shown leaf, or
    with ``at_root`` the start of the conversation (to edit its first message). ``text`` None
    answers the user message ``parent_id`` anew (regenerate). To edit and branch, send the new text
    with the edited message's parent. With ``goes_on`` the answer ``parent_id`` is taken up where it
    ended: its own text grows, and `ReplyTokens` tells only what is new. A temporary conversation is
    never written anywhere.
    """

    conversation_id: str | None = None
    parent_id: str | None = None
    at_root: bool = False
    text: str | None = field(default=None, repr=False)
    goes_on: bool = False
    temporary: bool = False
    options: ReplyOptions = ReplyOptions()


@dataclass(frozen=True, kw_only=True)
class Learn(CommandBase):
    """Runs the learning loop to the end. ``overrides`` replaces learning settings by key.

    ``figures_to`` is a folder for TensorBoard files: numbers and the recipe, no words.
    """

    preset: str | None = None
    approve_all: bool = False
    max_minutes: float | None = None
    figures_to: str | None = field(default=None, repr=False)
    overrides: tuple[tuple[str, SettingValue], ...] = ()


# -- control --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Stop(CommandBase):
    """Sets the stop flag of job ``target`` at once. ``keep`` False discards a training."""

    target: str
    keep: bool = True


@dataclass(frozen=True, kw_only=True)
class Pause(CommandBase):
    """Pauses training job ``target`` at the next step."""

    target: str


@dataclass(frozen=True, kw_only=True)
class Resume(CommandBase):
    """Goes on with a paused training."""

    target: str


LibraryCommand = (
    ReadStatus | CreateProfile | Unlock | ChangePassphrase | ReadPrivacy | Diagnose
    | ReadSettings | ChangeSetting | ChangeKeys | EraseAll | BackUp | RestoreBackup
    | ListConversations | OpenConversation | SelectBranch | RenameConversation | PinConversation
    | DeleteConversation | RestoreConversation | SearchMessages | RateMessage
    | RewriteAnswer
    | SetConversationConsent | SetConversationMemory | SetMessageConsent | SetRetention
    | ImportChats | ExportChats
    | ListExamples | ReviewExample | ListMemories | SaveMemory | DeleteMemory
    | ListAdapters | ActivateAdapter | RollBackAdapter | DeleteAdapter
    | ExportAdapter | ListSkills | DeleteSkill | KeepComparison | ListComparisons
    | ListModels | ImportModel | ActivateModel
)  # fmt: skip
ModelCommand = (
    LoadModel | Reply | Learn | Examine | Forget | Explain | ImportAdapter
    | TeachSkill | ApplySkill | CompareVersions | ReadChats
)  # fmt: skip
ControlCommand = Stop | Pause | Resume
Command = LibraryCommand | ModelCommand | ControlCommand
