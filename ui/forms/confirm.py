"""Asking once more, in the place where the act was chosen: what would be lost, do it or not."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets import Text, push_button

__all__ = ["Confirm"]


class Confirm(QFrame):
    """Hidden until `ask`; *Cancel* has the keyboard, so that Enter destroys nothing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "warning")
        self._act: Callable[[], None] | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 12, 14, 12)
        box.setSpacing(10)
        self.words = Text("")
        box.addWidget(self.words)
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel = push_button(self.tr("Cancel"), f"{name}.cancel")
        self.cancel.clicked.connect(self.dismiss)
        self.yes = push_button(self.tr("Yes"), f"{name}.yes", "danger")
        self.yes.clicked.connect(self._do)
        row.addWidget(self.cancel)
        row.addWidget(self.yes)
        box.addLayout(row)
        self.hide()

    def ask(self, words: str, yes: str, act: Callable[[], None]) -> None:
        """Says in `words` what would be lost; `act` runs when the button `yes` is pressed."""
        self._act = act
        self.words.setText(words)
        self.setAccessibleName(words)
        self.yes.setText(yes)
        self.yes.setAccessibleName(yes)
        self.show()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Takes the question away; nothing is done."""
        self._act = None
        self.hide()

    def _do(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is *Cancel*."""
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)
