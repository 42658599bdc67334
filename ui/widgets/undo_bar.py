"""The bar that says what was just removed and takes it back."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.buttons import IconButton, push_button
from ui.widgets.labels import Text

__all__ = ["UndoBar"]


class UndoBar(QFrame):
    """Shows one sentence and *Undo* for a while; hidden otherwise."""

    def __init__(self, parent: QWidget | None = None, *, seconds: float = 12.0) -> None:
        super().__init__(parent)
        self.setObjectName("undoBar")
        self.setProperty("kind", "bar")
        self._undo: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 6, 6)
        self.label = Text("")
        row.addWidget(self.label, 1)
        self.button = push_button(self.tr("Undo"), "undoButton", "link")
        self.button.clicked.connect(self._take_back)
        row.addWidget(self.button)
        close = IconButton("close", self.tr("Dismiss"), "undoBar.dismiss", size=16)
        close.clicked.connect(self.dismiss)
        row.addWidget(close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    def offer(self, text: str, undo: Callable[[], None]) -> None:
        """Says `text` and calls `undo` if the user takes it back in time."""
        self.label.setText(text)
        self.setAccessibleName(text)
        self._undo = undo
        self.show()
        self._timer.start()

    def dismiss(self) -> None:
        """Takes the bar away; what was done stays done."""
        self._timer.stop()
        self._undo = None
        self.hide()

    def _take_back(self) -> None:
        undo = self._undo
        self.dismiss()
        if undo is not None:
            undo()
