"""How strongly the adapter acts, 0 to 150 per cent."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from ui.widgets.formats import percent_text
from ui.widgets.labels import Text

__all__ = ["StrengthSlider"]

_STEP = 5


class StrengthSlider(QWidget):
    """A slider with its value in words.

    Signals:
        chosen: the new strength, 0 to 1.5, once the user lets go or presses a key.
    """

    chosen = Signal(float)

    def __init__(self, strength: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(250)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        head = QHBoxLayout()
        head.addWidget(Text(self.tr("Strength")), 1)
        self._value = Text("", "muted", wrap=False)
        head.addWidget(self._value)
        box.addLayout(head)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setObjectName("strengthSlider")
        self.slider.setAccessibleName(self.tr("Strength of the adapter in per cent"))
        self.slider.setRange(0, 150)
        self.slider.setSingleStep(_STEP)
        self.slider.setPageStep(25)
        self.slider.setValue(round(strength * 100))
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderReleased.connect(self._tell)
        box.addWidget(self.slider)
        box.addWidget(Text(self.tr("0 % answers as if nothing had been learned."), "help"))
        self._say()

    def _moved(self, _value: int) -> None:
        self._say()
        if not self.slider.isSliderDown():
            self._tell()

    def _tell(self) -> None:
        self.chosen.emit(round(self.slider.value() / _STEP) * _STEP / 100)

    def _say(self) -> None:
        self._value.setText(percent_text(self.slider.value() / 100))
