"""The text field that one writes messages in: grows with its text, sends on Enter."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

__all__ = ["ComposerEdit"]

_MOST_LINES = 12
LONG_PASTE = 10_000


class ComposerEdit(QPlainTextEdit):
    """A plain text field. Enter sends, Shift+Enter breaks the line, composing never sends.

    Signals:
        submitted: Enter was pressed outside of an input method.
        pasted_long: a text too long to edit smoothly was pasted; the owner keeps it aside.
        focus_changed: whether the field has the keyboard.
    """

    submitted = Signal()
    pasted_long = Signal(str)
    focus_changed = Signal(bool)

    def __init__(
        self, name: str, label: str, parent: QWidget | None = None, *, bare: bool = True
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._composing = False
        self._keeps_long_paste = bare
        if bare:
            self.setProperty("kind", "bare")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._grow)
        self._grow()

    def set_text(self, text: str) -> None:
        """Replaces the text and puts the cursor at its end."""
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)

    def composing(self) -> bool:
        """Whether an input method is composing right now."""
        return self._composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Notes whether composed text is still open."""
        super().inputMethodEvent(event)
        self._composing = bool(event.preeditString())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends, unless Shift is held or an input method composes."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not enter:
            if event.key() == Qt.Key.Key_Escape:
                event.ignore()
                return
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
        elif not self._composing:
            self.submitted.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes plain text; a very long one is handed over instead."""
        text = source.text()
        if self._keeps_long_paste and len(text) > LONG_PASTE:
            self.pasted_long.emit(text)
        elif text:
            self.insertPlainText(text)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tells that the field has the keyboard."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells that the keyboard went elsewhere; composing ends with it."""
        super().focusOutEvent(event)
        self._composing = False
        self.focus_changed.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grows or shrinks with the wrapping."""
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        lines = max(1, min(_MOST_LINES, round(self.document().size().height())))
        margins = self.contentsMargins()
        room = margins.top() + margins.bottom() + round(2 * self.document().documentMargin()) + 2
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + room)
