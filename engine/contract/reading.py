"""The model reads chats for facts. A model command and its events."""

from dataclasses import dataclass

from engine.contract.base import CommandBase, Done, EventBase

__all__ = ["ChatsRead", "ReadChats", "ReadingProgress"]


@dataclass(frozen=True, kw_only=True)
class ReadChats(CommandBase):
    """Has the model read the messages that the rules collected, where the settings want it.

    Nothing is loaded where nothing is to be read. Waiting replies go first, between two messages.
    A stop leaves what was found so far in the inbox. Tells `ReadingProgress`; answered by
    `ChatsRead`.
    """


@dataclass(frozen=True, kw_only=True)
class ReadingProgress(EventBase):
    """``read`` of ``messages`` are done; ``found`` facts came to the inbox."""

    read: int
    messages: int
    found: int


@dataclass(frozen=True, kw_only=True)
class ChatsRead(Done):
    """All was read: so many messages, and so many new facts."""

    messages: int
    found: int
    seconds: float
