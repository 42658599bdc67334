"""Rows of settings: editor, help, reset to default, and the error beside the field it is about."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storage.settings import SETTINGS, Setting, SettingError, SettingValue
from ui.forms.setting_editors import make_editor
from ui.forms.setting_values import SettingValues
from ui.forms.setting_words import help_text, label_text
from ui.widgets import IconButton, SettingRow, Text

__all__ = ["SettingField", "SettingForm"]


class SettingField(QWidget):
    """One setting: its row, its reset button, its error.

    Signals:
        edited: (key, value) the user chose another value.
    """

    edited = Signal(str, object)

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self.editor = make_editor(setting)
        self.editor.edited.connect(lambda value: self.edited.emit(setting.key, value))
        words = label_text(setting), help_text(setting)
        self.editor.control.setAccessibleDescription(words[1])
        below = setting.multiline
        row = SettingRow(*words, self.editor, below=below)
        self._reset = IconButton(
            "undo", self.tr("Reset {name}").format(name=words[0]), f"setting.{setting.key}.reset"
        )
        self._reset.clicked.connect(lambda: self.edited.emit(setting.key, setting.default))
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)
        line = QHBoxLayout()
        line.addWidget(row, 1)
        top = Qt.AlignmentFlag.AlignTop if below else Qt.AlignmentFlag.AlignVCenter
        line.addWidget(self._reset, 0, top)
        self.error = Text("", "bad")
        self.error.setObjectName(f"setting.{setting.key}.error")
        self.error.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(line)
        box.addWidget(self.error)
        self.show_value(setting.default)

    def show_value(self, value: SettingValue) -> None:
        """Shows the stored value and takes an error away."""
        self.editor.set_value(value)
        self._reset.setVisible(value != self.setting.default)
        self.error.hide()

    def show_error(self, sentence: str) -> None:
        """Says why a value was not accepted."""
        self.error.setText(sentence)
        self.error.show()


class SettingForm(QWidget):
    """A column of settings bound to the stored values."""

    def __init__(
        self, keys: Iterable[str], values: SettingValues, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values = values
        self.fields = {key: SettingField(SETTINGS[key]) for key in keys}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        for field in self.fields.values():
            field.edited.connect(self._change)
            box.addWidget(field)
        values.changed.connect(self._show)
        values.refused.connect(self._refuse)
        self._show("")

    def _show(self, key: str) -> None:
        for field in self.fields.values():
            if key in ("", field.setting.key):
                field.show_value(self._values[field.setting.key])

    def _change(self, key: str, value: SettingValue) -> None:
        try:
            checked = SETTINGS[key].check(value)
        except SettingError as error:
            self._refuse(key, str(error))
            return
        self._values.change(key, checked)

    def _refuse(self, key: str, sentence: str) -> None:
        field = self.fields.get(key)
        if field is not None:
            field.show_value(self._values[key])
            field.show_error(sentence)
