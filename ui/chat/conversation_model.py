"""The rows of the conversation list: headings, conversations, search hits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from storage.records import ConversationRecord, SearchHit

__all__ = ["ROW", "ConversationModel", "Row", "RowKind", "group_rows"]

ROW = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex


class RowKind(StrEnum):
    """What a row is."""

    HEADING = "heading"
    CHAT = "chat"
    HIT = "hit"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``title`` and ``snippet`` may hold the user's words."""

    kind: RowKind
    title: str = field(repr=False)
    id: str = ""
    message_id: str = ""
    snippet: str = field(default="", repr=False)
    at: float = 0.0
    pinned: bool = False


def group_rows(records: Sequence[ConversationRecord], now: float) -> list[Row]:
    """Rows for `records` (pinned first, then newest first) under headings by day.

    Headings are the English keys Pinned, Today, Last seven days and Earlier.
    """
    midnight = datetime.fromtimestamp(now).replace(hour=0, minute=0, second=0, microsecond=0)
    week = (midnight - timedelta(days=6)).timestamp()
    rows: list[Row] = []
    last = ""
    for record in records:
        if record.pinned:
            heading = "Pinned"
        elif record.updated_at >= midnight.timestamp():
            heading = "Today"
        else:
            heading = "Last seven days" if record.updated_at >= week else "Earlier"
        if heading != last:
            rows.append(Row(RowKind.HEADING, heading))
            last = heading
        rows.append(_chat_row(record))
    return rows


def _chat_row(record: ConversationRecord) -> Row:
    return Row(
        RowKind.CHAT, record.title, record.id, at=record.updated_at, pinned=record.pinned
    )


def hit_rows(hits: Sequence[SearchHit]) -> list[Row]:
    """Rows for search hits, best first."""
    return [
        Row(RowKind.HIT, h.title, h.conversation_id, h.message_id, h.snippet, h.created_at)
        for h in hits
    ]


class ConversationModel(QAbstractListModel):
    """A flat list of rows.

    Signals:
        renamed: (conversation id, new title) after editing in place.
    """

    renamed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replaces all rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, number: int) -> Row:
        """The row at `number`."""
        return self._rows[number]

    def find(self, conversation_id: str) -> QModelIndex:
        """The place of a conversation, or an invalid index."""
        for number, row in enumerate(self._rows):
            if row.id == conversation_id and row.kind is RowKind.CHAT:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, or the whole `Row` for role `ROW`."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}. {row.snippet}" if row.snippet else row.title
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings can be neither chosen nor edited."""
        if not index.isValid() or self._rows[index.row()].kind is RowKind.HEADING:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._rows[index.row()].kind is RowKind.CHAT:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(
        self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tells a new title; the list changes when the engine has taken it."""
        title = " ".join(str(value).split())
        row = self._rows[index.row()]
        if role != Qt.ItemDataRole.EditRole or not title or title == row.title:
            return False
        self.renamed.emit(row.id, title)
        return True
