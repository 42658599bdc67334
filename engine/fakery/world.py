"""Everything that a scripted engine knows, kept in memory and nowhere else."""

import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

from engine.contract import BackupInfo, EngineError, FailureKind
from storage.records import (
    AdapterRecord,
    AuditRecord,
    ComparisonRecord,
    ConversationRecord,
    ExampleRecord,
    MemoryRecord,
    MessageRecord,
    MessageState,
    ModelRecord,
    Role,
)
from storage.settings import SettingValue, defaults
from storage.skill_records import SkillRecord

__all__ = ["FAKE_MODEL", "World"]

FAKE_MODEL = ModelRecord(
    id="0" * 64,
    name="Scripted model",
    path="",
    format="gguf",
    architecture="llama",
    parameters=134_515_008,
    size_bytes=98_000_000,
    licence="Apache-2.0",
    embedded=True,
)


def _missing(what: str) -> EngineError:
    return EngineError(FailureKind.NOT_FOUND, f"This {what} is no longer there; refresh the list.")


class World:
    """Records by id. Both lanes use it; hold `lock` while reading or changing it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.state = "new"
        self.passphrase: str | None = None
        self.conversations: dict[str, ConversationRecord] = {}
        self.deleted: set[str] = set()
        self.messages: dict[str, MessageRecord] = {}
        self.collected: set[str] = set()
        self.read: set[str] = set()
        self.rewritten: dict[str, str] = {}
        self.examples: dict[str, ExampleRecord] = {}
        self.memories: dict[str, MemoryRecord] = {}
        self.adapters: dict[str, AdapterRecord] = {}
        self.activations: list[str | None] = []
        self.comparisons: list[ComparisonRecord] = []
        self.skills: dict[str, SkillRecord] = {}
        self.models: dict[str, ModelRecord] = {FAKE_MODEL.id: FAKE_MODEL}
        self.settings: dict[str, SettingValue] = defaults()
        self.audit: list[AuditRecord] = []
        self.backups: list[BackupInfo] = []
        self.loaded = False
        self._position = 0

    def clear(self) -> None:
        """Forgets everything; the profile is new."""
        self.state, self.passphrase = "new", None
        self.deleted, self.collected, self.read = set(), set(), set()
        self.rewritten = {}
        self.conversations, self.messages, self.examples = {}, {}, {}
        self.memories, self.adapters, self.skills = {}, {}, {}
        self.activations, self.audit, self.backups = [], [], []
        self.comparisons = []
        self.settings = defaults()

    # -- conversations and messages ---------------------------------------------------------------

    def conversation(self, conversation_id: str) -> ConversationRecord:
        """The conversation, counted anew; raises `EngineError` when it is not there."""
        if conversation_id not in self.conversations:
            raise _missing("conversation")
        count = sum(m.conversation_id == conversation_id for m in self.messages.values())
        return replace(self.conversations[conversation_id], message_count=count)

    def add_conversation(
        self, title: str = "", *, consent: bool = False, temporary: bool = False
    ) -> ConversationRecord:
        """A new conversation at the top of the list."""
        now = time.time()
        made = ConversationRecord(
            id=uuid4().hex, title=title, created_at=now, updated_at=now,
            consent=consent, temporary=temporary,
        )  # fmt: skip
        self.conversations[made.id] = made
        return made

    def change_conversation(self, record: ConversationRecord) -> ConversationRecord:
        """Puts a changed record in place."""
        self.conversations[record.id] = record
        return self.conversation(record.id)

    def message(self, message_id: str) -> MessageRecord:
        """The message with its siblings; raises `EngineError` when it is not there."""
        if message_id not in self.messages:
            raise _missing("message")
        found = self.messages[message_id]
        siblings = (
            other.id
            for other in self.messages.values()
            if (other.conversation_id, other.parent_id) == (found.conversation_id, found.parent_id)
        )
        return replace(found, sibling_ids=tuple(siblings))

    def add_message(
        self,
        conversation_id: str,
        parent_id: str | None,
        role: Role,
        text: str,
        state: MessageState = MessageState.COMPLETE,
    ) -> MessageRecord:
        """Appends a message below its parent and shows its branch."""
        self._position += 1
        now = time.time()
        made = MessageRecord(
            id=uuid4().hex, conversation_id=conversation_id, parent_id=parent_id,
            position=self._position, role=role, text=text, created_at=now, state=state,
        )  # fmt: skip
        self.messages[made.id] = made
        owner = self.conversation(conversation_id)
        self.change_conversation(replace(owner, leaf_id=made.id, updated_at=now))
        return self.message(made.id)

    def set_text(self, message_id: str, text: str, state: MessageState) -> MessageRecord:
        """Replaces the text of a message that is being written."""
        self.messages[message_id] = replace(self.message(message_id), text=text, state=state)
        return self.message(message_id)

    def branch(self, conversation_id: str) -> tuple[MessageRecord, ...]:
        """The shown branch, oldest first."""
        path: list[MessageRecord] = []
        at = self.conversation(conversation_id).leaf_id
        while at is not None:
            path.append(self.message(at))
            at = path[-1].parent_id
        return tuple(reversed(path))

    def newest_leaf(self, message_id: str) -> str:
        """The last message below `message_id`, always taking the newest child."""
        at = self.message(message_id).id
        while children := [m for m in self.messages.values() if m.parent_id == at]:
            at = max(children, key=lambda child: child.position).id
        return at

    def purge(self, conversation_id: str) -> None:
        """Erases a conversation with its messages, examples and memories."""
        sources = {m.id for m in self.messages.values() if m.conversation_id == conversation_id}
        self.messages = {k: m for k, m in self.messages.items() if k not in sources}
        self.examples = {
            k: e for k, e in self.examples.items() if e.conversation_id != conversation_id
        }
        self.memories = {
            k: m for k, m in self.memories.items() if m.source_message_id not in sources
        }
        self.conversations.pop(conversation_id, None)
        self.deleted.discard(conversation_id)

    # -- the rest ---------------------------------------------------------------------------------

    def example(self, example_id: str) -> ExampleRecord:
        """The example; raises `EngineError` when it is not there."""
        if example_id not in self.examples:
            raise _missing("example")
        return self.examples[example_id]

    def memory(self, memory_id: str) -> MemoryRecord:
        """The memory; raises `EngineError` when it is not there."""
        if memory_id not in self.memories:
            raise _missing("memory")
        return self.memories[memory_id]

    def remember(self, text: str, **kept: str | None) -> MemoryRecord:
        """Adds a memory."""
        now = time.time()
        made = MemoryRecord(
            id=uuid4().hex, text=text, created_at=now, updated_at=now,
            source_message_id=kept.get("source_message_id"), example_id=kept.get("example_id"),
        )  # fmt: skip
        self.memories[made.id] = made
        return made

    def adapter(self, adapter_id: str) -> AdapterRecord:
        """The adapter; raises `EngineError` when it is not there."""
        if adapter_id not in self.adapters:
            raise _missing("adapter")
        return self.adapters[adapter_id]

    def active_adapter(self) -> AdapterRecord | None:
        """The adapter that is switched on, if any."""
        return next((a for a in self.adapters.values() if a.active), None)

    def activate(self, adapter_id: str | None, *, remember: bool = True) -> None:
        """Switches one adapter on and the others off."""
        before = self.active_adapter()
        if remember:
            self.activations.append(before.id if before else None)
        self.adapters = {k: replace(a, active=k == adapter_id) for k, a in self.adapters.items()}

    def note(self, action: str, detail: str = "") -> None:
        """Adds a line to the audit trail."""
        self.audit.append(
            AuditRecord(position=len(self.audit) + 1, at=time.time(), action=action, detail=detail)
        )

    def facts_known(self) -> Iterable[ExampleRecord]:
        """The examples that the active adapter was trained on."""
        active = self.active_adapter()
        return (self.examples[i] for i in (active.example_ids if active else ())
                if i in self.examples)  # fmt: skip
