"""Chats in and out of the profile, by files that the user chose."""

from collections.abc import Callable, Iterator
from pathlib import Path

from engine.contract import (
    ChatsExported,
    ChatsImported,
    EngineError,
    ExportChats,
    FailureKind,
    ImportChats,
)
from engine.library.chat_file import FileChat, title_from
from engine.library.export_everything import Everything
from engine.library.exporting import FORMATS, Chat
from engine.library.reading import read_chats
from storage.files import write_atomically
from storage.messages import NewMessage
from storage.records import Role
from storage.store import Store

__all__ = ["export_chats", "import_chats", "transfer_chats"]

_PAGE = 500


def transfer_chats(
    store: Store, command: ImportChats | ExportChats, checkpoint: Callable[[], None]
) -> ChatsImported | ChatsExported:
    """Chats in or out; see `import_chats` and `export_chats`."""
    if isinstance(command, ImportChats):
        return import_chats(store, command, checkpoint)
    return export_chats(store, command, checkpoint)


def import_chats(
    store: Store, command: ImportChats, checkpoint: Callable[[], None]
) -> ChatsImported:
    """Imports every chat of the file in one transaction.

    With consent the chats may be learned from, and learning is switched on.

    Args:
        store: Where the chats go.
        command: The file and the consent.
        checkpoint: Called between chats; raises to stop, and then nothing is imported.

    Raises:
        EngineError: ``BAD_INPUT`` with the line or conversation that does not read.
    """
    chats = read_chats(Path(command.path), checkpoint)
    with store.transaction():
        for chat in chats:
            checkpoint()
            if chat.messages:
                _store_chat(store, chat, consent=command.consent)
        if command.consent:
            store.settings.set("learning_consent", True)
        told = [chat for chat in chats if chat.messages]
        store.audit.add("chats_imported", f"{len(told)} conversations")
    return ChatsImported(
        job=command.job,
        conversations=len(told),
        messages=sum(len(chat.messages) for chat in told),
        skipped=sum(chat.skipped for chat in chats),
    )


def _store_chat(store: Store, chat: FileChat, *, consent: bool) -> None:
    asked = (message.text for message in chat.messages if message.role is Role.USER)
    title = chat.title or title_from(next(asked, chat.messages[0].text))
    owner = store.conversations.create(title, consent=consent)
    new = [
        NewMessage(role=message.role, text=message.text, created_at=message.created_at)
        for message in chat.messages
    ]
    store.messages.add_many(owner.id, new)


def export_chats(
    store: Store, command: ExportChats, checkpoint: Callable[[], None]
) -> ChatsExported:
    """Writes the chosen conversations in plain text; an existing file is replaced at the end.

    Raises:
        EngineError: ``BAD_INPUT`` for an unknown format or a place that cannot be written.
    """
    writer = _writer(store, command, checkpoint)
    try:
        write_atomically(Path(command.path), (text.encode() for text in writer.parts()))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
        raise EngineError(
            FailureKind.BAD_INPUT, "The file cannot be written there; choose another folder."
        ) from None
    store.audit.add("chats_exported", f"{writer.conversations} conversations")
    return ChatsExported(
        job=command.job,
        path=command.path,
        conversations=writer.conversations,
        messages=writer.messages,
    )


def _writer(
    store: Store, command: ExportChats, checkpoint: Callable[[], None]
) -> "_Counter | Everything":
    if command.format == "everything":
        return Everything(store, checkpoint)
    if command.format not in FORMATS:
        raise EngineError(
            FailureKind.BAD_INPUT, "Choose the format jsonl, json, markdown or everything."
        )
    chats = _chats(store, command.conversation_id, checkpoint)
    return _Counter(chats, FORMATS[command.format])


def _chats(
    store: Store, conversation_id: str | None, checkpoint: Callable[[], None]
) -> Iterator[Chat]:
    if conversation_id is not None:
        chosen = store.conversations.get(conversation_id)
        yield chosen, tuple(store.messages.branch(chosen.id))
        return
    offset = 0
    while page := store.conversations.list(limit=_PAGE, offset=offset):
        for conversation in page:
            checkpoint()
            yield conversation, tuple(store.messages.branch(conversation.id))
        offset += len(page)


class _Counter:
    """Counts chats while they pass by."""

    def __init__(
        self, chats: Iterator[Chat], write: Callable[[Iterator[Chat]], Iterator[str]]
    ) -> None:
        self._chats = chats
        self._write = write
        self.conversations = 0
        self.messages = 0

    def parts(self) -> Iterator[str]:
        """Pieces of the file's text."""
        return self._write(iter(self))

    def __iter__(self) -> Iterator[Chat]:
        for conversation, messages in self._chats:
            self.conversations += 1
            self.messages += len(messages)
            yield conversation, messages
