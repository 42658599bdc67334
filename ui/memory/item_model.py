"""Remembered facts as a Qt list model."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from storage.records import MemoryRecord
from ui.forms.record_list import BADGE_ROLE, DETAIL_ROLE, ID_ROLE, MUTED_ROLE, RecordModel

__all__ = ["MemoryModel"]

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class MemoryModel(RecordModel):
    """Facts with the words they came from; resting ones are drawn faintly."""

    def __init__(
        self, source: Callable[[MemoryRecord], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._rows: tuple[tuple[MemoryRecord, str], ...] = ()

    def show(self, facts: tuple[MemoryRecord, ...]) -> bool:
        """Replaces the rows; returns False when they are the same."""
        rows = tuple((fact, self._detail(fact)) for fact in facts)
        if rows == self._rows:
            return False
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def fact(self, memory_id: str) -> MemoryRecord | None:
        """The fact with that id, if it is shown."""
        return next((fact for fact, _detail in self._rows if fact.id == memory_id), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of facts; rows have no children."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the list draws and what a screen reader says."""
        if not index.isValid():
            return None
        fact, detail = self._rows[index.row()]
        resting = QCoreApplication.translate("MemoryModel", "Not used")
        badge = "" if fact.enabled else resting
        return {
            int(Qt.ItemDataRole.DisplayRole): fact.text,
            int(Qt.ItemDataRole.AccessibleTextRole): f"{fact.text} {badge}".strip(),
            DETAIL_ROLE: detail,
            BADGE_ROLE: badge,
            MUTED_ROLE: not fact.enabled,
            ID_ROLE: fact.id,
        }.get(int(role))

    def _detail(self, fact: MemoryRecord) -> str:
        source = self._source(fact)
        if source:
            return QCoreApplication.translate("MemoryModel", "From: {words}").format(words=source)
        if fact.source_message_id or fact.example_id:
            return QCoreApplication.translate("MemoryModel", "From a conversation")
        return QCoreApplication.translate("MemoryModel", "Added by you")
