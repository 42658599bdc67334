"""A row of words of which one is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ui.widgets import push_button

__all__ = ["Pills"]


class Pills(QWidget):
    """Exclusive chips; ``(value, text)`` each, named ``<name>.<value>``.

    Signals:
        chosen: (value) the user chose another one.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.buttons = {}
        for value, text in choices:
            button = push_button(text, f"{name}.{value}", "chip")
            button.setCheckable(True)
            button.clicked.connect(lambda _on, chosen=value: self.chosen.emit(chosen))
            self._group.addButton(button)
            self.buttons[value] = button
            row.addWidget(button)
        row.addStretch(1)

    def choose(self, value: str) -> None:
        """Shows `value` as the chosen one without telling anyone."""
        self.buttons[value].setChecked(True)

    def set_text(self, value: str, text: str) -> None:
        """Changes the words of one choice."""
        self.buttons[value].setText(text)
        self.buttons[value].setAccessibleName(text)
