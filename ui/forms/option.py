"""One of several answers: a circle and its words, drawn in the theme's colours."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QWidget

from ui.theme import colours

__all__ = ["Option"]

_CIRCLE = 16
_GAP = 10


class Option(QRadioButton):
    """A radio button; the whole row can be clicked."""

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Circle, gap and words."""
        words = self.fontMetrics().size(0, self.text())
        return QSize(_CIRCLE + _GAP + words.width() + 8, max(words.height() + 8, _CIRCLE + 8))

    def minimumSizeHint(self) -> QSize:
        """The same as `sizeHint`."""
        return self.sizeHint()

    def hitButton(self, _pos: object) -> bool:
        """Words and circle alike choose the answer."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the circle, its dot, the words, and a ring while it has the keyboard."""
        chosen = colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        centre = QPointF(_CIRCLE / 2 + 3, self.height() / 2)
        edge = chosen.accent if self.isChecked() or self.hasFocus() else chosen.muted
        painter.setPen(QPen(QColor(edge), 1.6))
        painter.setBrush(QColor(chosen.surface))
        painter.drawEllipse(centre, _CIRCLE / 2 - 1, _CIRCLE / 2 - 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(chosen.accent), 1))
            painter.drawEllipse(centre, _CIRCLE / 2 + 2, _CIRCLE / 2 + 2)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(chosen.accent))
            painter.drawEllipse(centre, 4, 4)
        painter.setPen(QColor(chosen.text))
        words = QRectF(_CIRCLE + _GAP + 2, 0, self.width(), self.height())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
