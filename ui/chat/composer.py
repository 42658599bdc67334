"""The composer: the text field, pasted texts, chips, and the button that sends or stops."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.chat.chips import ChipRow
from ui.chat.composer_edit import ComposerEdit
from ui.status.state import AppState
from ui.widgets.buttons import IconButton, allow, forbid, push_button
from ui.widgets.labels import set_kind

__all__ = ["Composer"]


class Composer(QFrame):
    """A rounded frame to write in.

    Signals:
        sent: the whole text, pasted parts included.
        stop_asked: the answer shall stop.
    """

    sent = Signal(str)
    stop_asked = Signal()

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "composer")
        self._pasted: list[str] = []
        self._busy = False
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 10, 10)
        box.setSpacing(8)
        self._parts = QHBoxLayout()
        self._parts.setAlignment(Qt.AlignmentFlag.AlignLeft)
        box.addLayout(self._parts)
        self.field = ComposerEdit("composer", self.tr("Message"))
        self.field.setPlaceholderText(self.tr("Write a message"))
        self.field.submitted.connect(self._send)
        self.field.pasted_long.connect(self._keep)
        self.field.textChanged.connect(self._update)
        self.field.focus_changed.connect(lambda on: set_kind(self, "focused", on))
        box.addWidget(self.field)
        row = QHBoxLayout()
        self.chips = ChipRow(state)
        row.addWidget(self.chips, 1)
        self._button = IconButton("send", self.tr("Send"), "sendButton", kind="send", size=20)
        self._button.clicked.connect(self._pressed)
        row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        box.addLayout(row)
        self._update()

    # -- text -------------------------------------------------------------------------------------

    def text(self) -> str:
        """What would be sent: the written text, then each pasted one."""
        return "\n\n".join([part for part in (self.field.toPlainText().strip(), *self._pasted)
                            if part])  # fmt: skip

    def set_text(self, text: str) -> None:
        """Puts `text` into the field, before what is there already."""
        now = self.field.toPlainText()
        self.field.set_text(f"{text}\n\n{now}" if now.strip() else text)

    def clear(self) -> None:
        """Empties the composer."""
        self.field.clear()
        for _ in range(len(self._pasted)):
            self._forget(0)

    def _keep(self, text: str) -> None:
        words = self.tr("Pasted text, {count} characters")
        label = words.format(count=QLocale().toString(len(text)))
        chip = push_button(label, "pastedChip", "chip", "close")
        chip.setToolTip(self.tr("Sent with the message; press to remove it"))
        self._pasted.append(text)
        self._parts.addWidget(chip)
        chip.clicked.connect(lambda: self._forget(self._parts.indexOf(chip)))
        self._update()

    def _forget(self, at: int) -> None:
        del self._pasted[at]
        item = self._parts.takeAt(at)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        self._update()

    # -- sending ----------------------------------------------------------------------------------

    def set_busy(self, busy: bool) -> None:
        """While an answer is written, the button stops it."""
        self._busy = busy
        if busy:
            self._button.set_meaning("stop", self.tr("Stop (Esc)"))
            self._button.setObjectName("stopButton")
        else:
            self._button.set_meaning("send", self.tr("Send (Enter)"))
            self._button.setObjectName("sendButton")
        self._update()

    def _update(self) -> None:
        if self._busy or self.text():
            allow(self._button)
        else:
            forbid(self._button, self.tr("Write something first"))

    def _pressed(self) -> None:
        if self._busy:
            self.stop_asked.emit()
        else:
            self._send()

    def _send(self) -> None:
        text = self.text()
        if text and not self._busy:
            self.clear()
            self.sent.emit(text)
