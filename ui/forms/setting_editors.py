"""One editor widget a setting type: switch, choice, number, line, text. All look alike outside."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from storage.settings import Setting, SettingValue
from ui.forms.fields import ChoiceField, NumberField
from ui.forms.setting_words import choice_text, label_text, special_text, unit_text
from ui.widgets import Switch

__all__ = ["SettingEditor", "make_editor"]

PERCENT_KEYS = frozenset({"font_scale", "adapter_strength"})
"""Factors that people know as percentages: 1.0 is shown as 100 %."""

_TEXT_PAUSE_MS = 700


class _Area(QPlainTextEdit):
    """Several lines of text; tells when the keyboard leaves it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells that editing is over."""
        super().focusOutEvent(event)
        self.left.emit()


class SettingEditor(QWidget):
    """The editor of one setting.

    Signals:
        edited: (value) the user chose another value. `set_value` never emits it.
    """

    edited = Signal(object)

    def __init__(
        self, setting: Setting, control: QWidget, parent: QWidget | None = None, *,
        shown: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setting = setting
        self.control = control
        control.setObjectName(f"setting.{setting.key}")
        control.setAccessibleName(label_text(setting))
        self.setFocusProxy(control)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(shown or control)

    def value(self) -> SettingValue:
        """The value that is shown."""
        raise NotImplementedError

    def set_value(self, value: SettingValue) -> None:
        """Shows `value` without telling anyone."""
        self.control.blockSignals(True)
        self._show(value)
        self.control.blockSignals(False)

    def _show(self, value: SettingValue) -> None:
        raise NotImplementedError

    def _tell(self, *_changed: object) -> None:
        self.edited.emit(self.value())


class SwitchEditor(SettingEditor):
    """On or off."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._switch = Switch(label_text(setting), f"setting.{setting.key}")
        super().__init__(setting, self._switch, parent)
        self._switch.toggled.connect(self._tell)

    def value(self) -> SettingValue:
        """True when on."""
        return self._switch.isChecked()

    def _show(self, value: SettingValue) -> None:
        self._switch.setChecked(bool(value))


class ChoiceEditor(SettingEditor):
    """One of a few words."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._combo = ChoiceField()
        super().__init__(setting, self._combo, parent)
        for choice in setting.choices:
            self._combo.addItem(choice_text(setting.key, choice), choice)
        self._combo.currentIndexChanged.connect(self._tell)

    def value(self) -> SettingValue:
        """The stored name of the choice."""
        return str(self._combo.currentData())

    def _show(self, value: SettingValue) -> None:
        self._combo.setCurrentIndex(self._combo.findData(value))


class NumberEditor(SettingEditor):
    """A number within its bounds; known factors are shown as percentages."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._whole = isinstance(setting.default, int)
        self._factor = 100.0 if setting.key in PERCENT_KEYS else 1.0
        self._field = NumberField(f"setting.{setting.key}", label_text(setting))
        super().__init__(setting, self._field.spin, parent, shown=self._field)
        step = (setting.step or 1.0) * self._factor
        self._field.set_bounds(
            (setting.minimum or 0.0) * self._factor, (setting.maximum or 0.0) * self._factor, step
        )
        self._field.spin.setSuffix(unit_text(setting.key))
        self._field.spin.setSpecialValueText(special_text(setting.key))
        self._field.spin.valueChanged.connect(self._tell)

    def value(self) -> SettingValue:
        """The number, in the setting's own unit and type."""
        number = self._field.spin.value() / self._factor
        return round(number) if self._whole else round(number, 6)

    def _show(self, value: SettingValue) -> None:
        self._field.spin.setValue(float(value) * self._factor)


class LineEditor(SettingEditor):
    """One line of text, taken when the keyboard leaves it or on Enter."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._line = QLineEdit()
        super().__init__(setting, self._line, parent)
        self._line.setMinimumWidth(220)
        self._line.editingFinished.connect(self._tell)

    def value(self) -> SettingValue:
        """The text."""
        return self._line.text()

    def _show(self, value: SettingValue) -> None:
        self._line.setText(str(value))


class AreaEditor(SettingEditor):
    """Several lines of text, taken after a pause in typing and when the keyboard leaves it."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        self._area = _Area()
        super().__init__(setting, self._area, parent)
        self._area.setTabChangesFocus(True)
        self._area.setFixedHeight(self._area.fontMetrics().lineSpacing() * 4 + 18)
        self._told = self._area.toPlainText()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TEXT_PAUSE_MS)
        self._timer.timeout.connect(self._tell_once)
        self._area.textChanged.connect(self._timer.start)
        self._area.left.connect(self._tell_once)

    def value(self) -> SettingValue:
        """The text."""
        return self._area.toPlainText()

    def _show(self, value: SettingValue) -> None:
        self._told = str(value)
        if self._area.toPlainText() != value and not self._timer.isActive():
            self._area.setPlainText(str(value))

    def _tell_once(self) -> None:
        self._timer.stop()
        if self._area.toPlainText() != self._told:
            self._told = self._area.toPlainText()
            self._tell()


def make_editor(setting: Setting, parent: QWidget | None = None) -> SettingEditor:
    """The right editor for a setting's type and bounds."""
    if isinstance(setting.default, bool):
        return SwitchEditor(setting, parent)
    if isinstance(setting.default, int | float):
        return NumberEditor(setting, parent)
    if setting.choices:
        return ChoiceEditor(setting, parent)
    return AreaEditor(setting, parent) if setting.multiline else LineEditor(setting, parent)
