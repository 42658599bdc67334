"""The audit trail as a Qt list model."""

import re

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from storage.records import AuditRecord
from ui.forms.record_list import DETAIL_ROLE, ID_ROLE, RecordModel
from ui.forms.units import moment_text
from ui.privacy.words import action_text

__all__ = ["AuditModel"]

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ID = re.compile(r"[0-9a-f]{32,}")
"""Names of rows in the database; they tell a reader nothing."""


class AuditModel(RecordModel):
    """What happened and when, newest first; never what was said."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[AuditRecord, ...] = ()

    def show(self, lines: tuple[AuditRecord, ...]) -> None:
        """Replaces the rows when they differ."""
        if lines == self._lines:
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Number of lines; rows have no children."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the list draws and what a screen reader says."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        what, when = action_text(line.action), moment_text(line.at)
        bare = not line.detail or _ID.fullmatch(line.detail) is not None
        return {
            int(Qt.ItemDataRole.DisplayRole): what,
            int(Qt.ItemDataRole.AccessibleTextRole): f"{what}, {when}",
            DETAIL_ROLE: when if bare else f"{when} · {line.detail}",
            ID_ROLE: str(line.position),
        }.get(int(role))
