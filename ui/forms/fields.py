"""Number and choice fields whose wheel lets the page scroll until they are chosen."""

import math

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from ui.theme import colours, icon_pixmap
from ui.widgets import IconButton

__all__ = ["ChoiceField", "NumberField"]

_CHARACTERS = 24
_ARROW = 14
_INNER = "border: none; padding: 0; min-height: 0; background: transparent;"


def _field_width(widget: QWidget) -> int:
    """The width in pixels that all fields of a form share, in the widget's font."""
    return round(widget.fontMetrics().averageCharWidth() * _CHARACTERS)


class _Spin(QDoubleSpinBox):
    """A number without arrows of its own; its line fills the whole frame."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places the line, which a style sheet would leave without width."""
        super().resizeEvent(event)
        self.lineEdit().setGeometry(self.rect().adjusted(9, 1, -9, -1))

    def changeEvent(self, event: QEvent) -> None:
        """Places the line anew after the style did."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.lineEdit().setGeometry(self.rect().adjusted(9, 1, -9, -1))

    def showEvent(self, event: QShowEvent) -> None:
        """Places the line once the style is known."""
        super().showEvent(event)
        self.lineEdit().setGeometry(self.rect().adjusted(9, 1, -9, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Passes the wheel on while the field has no focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class NumberField(QWidget):
    """A number with one button down and one up; the keyboard's arrows do the same."""

    def __init__(self, name: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spin = _Spin()
        self.spin.setObjectName(name)
        self.spin.setAccessibleName(text)
        self.spin.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.spin.setKeyboardTracking(False)
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.spin.lineEdit().setStyleSheet(_INNER)
        less = IconButton("down", self.tr("Less"), f"{name}.less", size=_ARROW)
        more = IconButton("up", self.tr("More"), f"{name}.more", size=_ARROW)
        less.setAccessibleName(self.tr("Less: {name}").format(name=text))
        more.setAccessibleName(self.tr("More: {name}").format(name=text))
        less.clicked.connect(self.spin.stepDown)
        more.clicked.connect(self.spin.stepUp)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.spin, 1)
        for button in (less, more):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Wide enough for the longest word that stands for a number."""
        return QSize(_field_width(self), super().sizeHint().height())

    def set_bounds(self, low: float, high: float, step: float) -> None:
        """Takes the bounds, and as many decimals as `step` has."""
        self.spin.setDecimals(max(0, -math.floor(math.log10(step) + 1e-9)))
        self.spin.setRange(low, high)
        self.spin.setSingleStep(step)


class ChoiceField(QComboBox):
    """One of a few words, with an arrow that tells that there are more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as a number's field."""
        return QSize(_field_width(self), super().sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Passes the wheel on while the field has no focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the field and its arrow in the theme's colours."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = QPoint(self.width() - _ARROW - 9, (self.height() - _ARROW) // 2)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(place, icon_pixmap("down", _ARROW, colours().muted, ratio))
