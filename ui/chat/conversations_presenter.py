"""The list of conversations: reads, searches, renames, pins, deletes and takes back. No widgets."""

import time

from PySide6.QtCore import QObject, QTimer, Signal

from engine.contract import (
    ChatsImported,
    Command,
    ConversationsListed,
    DeleteConversation,
    Event,
    ExportChats,
    ListConversations,
    MessagesFound,
    PinConversation,
    RenameConversation,
    RestoreConversation,
    SearchMessages,
    SetRetention,
)
from storage.records import ConversationRecord
from ui.chat.conversation_model import Row, group_rows, hit_rows
from ui.engine_client import EngineClient

__all__ = ["ConversationsPresenter"]

_PAGE = 1000
_SEARCH_PAUSE_MS = 180


class ConversationsPresenter(QObject):
    """Signals.

    rows_changed: the rows to show, as a list of `Row`.
    deleted: (conversation id, title) of one that can be taken back.
    erased: id of one that is gone for good.
    exported: (path, messages) of an export.
    """

    rows_changed = Signal(list)
    deleted = Signal(str, str)
    erased = Signal(str)
    exported = Signal(str, int)

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self.records: list[ConversationRecord] = []
        self.query = ""
        self._limit = _PAGE
        self._newest = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        client.finished.connect(self._follow_up)

    # -- reading ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the list anew."""
        command = ListConversations(limit=self._limit)
        self._newest = command.job
        self._client.request(command, self._listed, owner=self)

    def _listed(self, event: ConversationsListed) -> None:
        if event.job != self._newest:
            return
        self.records = list(event.conversations)
        if not self.query:
            self._show_all()

    def more(self) -> None:
        """Reads further conversations when the end of the list comes into view."""
        if not self.query and len(self.records) >= self._limit:
            self._limit += _PAGE
            self.refresh()

    def search(self, text: str) -> None:
        """Searches all messages for `text` after a short pause; nothing shows the list again."""
        self.query = text.strip()
        if self.query:
            self._pause.start()
        else:
            self._pause.stop()
            self._show_all()

    def _search(self) -> None:
        query = self.query
        if query:
            self._client.request(
                SearchMessages(query=query), lambda event: self._found(query, event), owner=self
            )

    def _found(self, query: str, event: MessagesFound) -> None:
        if query != self.query:
            return
        wanted = query.casefold()
        titles = [r for r in self.records if wanted in r.title.casefold()]
        rows: list[Row] = [row for row in group_rows(titles, time.time()) if row.id]
        self.rows_changed.emit(rows + hit_rows(event.hits))

    def _show_all(self) -> None:
        self.rows_changed.emit(group_rows(self.records, time.time()))

    # -- changing ---------------------------------------------------------------------------------

    def rename(self, conversation_id: str, title: str) -> None:
        """Gives a conversation another title."""
        self._change(RenameConversation(conversation_id=conversation_id, title=title))

    def pin(self, conversation_id: str, pinned: bool) -> None:
        """Keeps a conversation at the top, or no longer."""
        self._change(PinConversation(conversation_id=conversation_id, pinned=pinned))

    def keep_for(self, conversation_id: str, days: int | None) -> None:
        """Erases it that many days after its newest message; 0 never, None as the setting."""
        self._change(SetRetention(conversation_id=conversation_id, days=days))

    def delete(self, conversation_id: str, *, forever: bool = False) -> None:
        """Hides a conversation, or erases it with all that was learned from it."""
        title = next((r.title for r in self.records if r.id == conversation_id), "")
        command = DeleteConversation(conversation_id=conversation_id, forever=forever)

        def done(_event: object) -> None:
            if forever:
                self.erased.emit(conversation_id)
            else:
                self.deleted.emit(conversation_id, title)

        self._client.request(command, done, owner=self)

    def restore(self, conversation_id: str) -> None:
        """Takes a deletion back."""
        self._change(RestoreConversation(conversation_id=conversation_id))

    def export(self, conversation_id: str, path: str) -> None:
        """Writes one conversation as Markdown, in plain text, to a file that the user chose."""
        command = ExportChats(path=path, format="markdown", conversation_id=conversation_id)
        self._client.request(
            command, lambda event: self.exported.emit(event.path, event.messages), owner=self
        )

    def _change(self, command: Command) -> None:
        self._client.request(command, lambda _event: None, owner=self)

    def _follow_up(self, command: Command, ended: Event) -> None:
        changes = (
            RenameConversation, PinConversation, DeleteConversation, RestoreConversation,
            SetRetention,
        )  # fmt: skip
        if isinstance(command, changes) or isinstance(ended, ChatsImported):
            self.refresh()
