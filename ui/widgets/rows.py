"""A row of a form: label and one sentence of help at the left, the control at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.labels import Text

__all__ = ["SettingRow"]


class SettingRow(QWidget):
    """Label, help and control; ``below`` puts a wide control under the words."""

    def __init__(
        self, label: str, help_text: str, control: QWidget, parent: QWidget | None = None, *,
        below: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.control = control
        self.label = Text(label)
        self.help = Text(help_text, "help")
        self.label.setBuddy(control)
        if not control.accessibleName():
            control.setAccessibleName(label)
        control.setAccessibleDescription(help_text)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.label)
        if help_text:
            words.addWidget(self.help)
        box = QVBoxLayout(self) if below else QHBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 4)
        box.setSpacing(8 if below else 24)
        box.addLayout(words, 1)
        if below:
            box.addWidget(control)
        else:
            box.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
