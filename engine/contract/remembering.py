"""The memory: remembered facts, and whether a conversation uses them. Library commands."""

from dataclasses import dataclass, field

from engine.contract.base import CommandBase, Done
from storage.records import MemoryRecord

__all__ = [
    "DeleteMemory", "ListMemories", "MemoriesListed", "SaveMemory", "SetConversationMemory",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ListMemories(CommandBase):
    """Every remembered fact."""


@dataclass(frozen=True, kw_only=True)
class SaveMemory(CommandBase):
    """Adds a fact (``memory_id`` None) or edits one."""

    text: str = field(repr=False)
    memory_id: str | None = None
    enabled: bool = True


@dataclass(frozen=True, kw_only=True)
class DeleteMemory(CommandBase):
    """Forgets one fact in the memory."""

    memory_id: str


@dataclass(frozen=True, kw_only=True)
class SetConversationMemory(CommandBase):
    """Uses the memory in a conversation, or not; None follows the setting."""

    conversation_id: str
    use: bool | None


@dataclass(frozen=True, kw_only=True)
class MemoriesListed(Done):
    """Remembered facts, newest first."""

    memories: tuple[MemoryRecord, ...]
