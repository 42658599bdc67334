"""Ctrl+K: a small window to jump to a conversation or a page by typing part of its name."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

__all__ = ["JumpDialog", "matching"]

_MOST = 50


def matching(
    places: Sequence[tuple[str, str]], typed: str
) -> list[tuple[str, str]]:
    """The (title, key) pairs whose title holds every typed word; those that begin so first."""
    words = typed.casefold().split()
    found = [p for p in places if all(word in p[0].casefold() for word in words)]
    start = words[0] if words else ""
    found.sort(key=lambda place: not place[0].casefold().startswith(start))
    return found[:_MOST]


class JumpDialog(QDialog):
    """A field and the places that match.

    Signals:
        chosen: the key of a place.
    """

    chosen = Signal(str)

    def __init__(self, places: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("jumpDialog")
        self.setWindowTitle(self.tr("Jump to"))
        self.setModal(True)
        self.resize(460, 360)
        self._places = places
        box = QVBoxLayout(self)
        self.field = QLineEdit()
        self.field.setObjectName("jumpField")
        self.field.setAccessibleName(self.tr("Jump to a chat or a page"))
        self.field.setPlaceholderText(self.tr("Jump to a chat or a page"))
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self._choose)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("jumpList")
        self.list.setAccessibleName(self.tr("Places"))
        self.list.itemActivated.connect(lambda _item: self._choose())
        self.list.itemClicked.connect(lambda _item: self._choose())
        box.addWidget(self.field)
        box.addWidget(self.list, 1)
        self._fill("")

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
        return False

    def _fill(self, typed: str) -> None:
        self.list.clear()
        for title, key in matching(self._places, typed):
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
