"""Editing a message in its place; the edited one becomes a new version beside the old."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.chat.composer_edit import ComposerEdit
from ui.widgets.buttons import push_button
from ui.widgets.labels import Text

__all__ = ["MessageEditor"]


class MessageEditor(QWidget):
    """A text field with *Cancel* and *Ask again*, or *Keep this answer* where it is one.

    Signals:
        sent: the new text.
        cancelled: the user left it as it was.
    """

    sent = Signal(str)
    cancelled = Signal()

    def __init__(
        self, text: str, parent: QWidget | None = None, *, answer: bool = False
    ) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        name = self.tr("Write the answer you wanted") if answer else self.tr("Edit the message")
        self.field = ComposerEdit("editField", name, bare=False)
        self.field.set_text(text)
        self.field.submitted.connect(self._send)
        box.addWidget(self.field)
        row = QHBoxLayout()
        hint = self.tr("The old version stays; switch between them below the message.")
        if answer:
            hint = self.tr(
                "The old answer stays. Where learning is allowed, the difference comes to the "
                "inbox."
            )
        row.addWidget(Text(hint, "help"), 1)
        cancel = push_button(self.tr("Cancel"), "editCancelButton", "quiet")
        cancel.clicked.connect(self.cancelled)
        does = self.tr("Keep this answer") if answer else self.tr("Ask again")
        send = push_button(does, "editSendButton", "primary")
        send.clicked.connect(self._send)
        row.addWidget(cancel)
        row.addWidget(send)
        box.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape cancels."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _send(self) -> None:
        text = self.field.toPlainText().strip()
        if text:
            self.sent.emit(text)
