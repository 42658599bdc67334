"""A switch: on or off, taking effect at once."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.theme.palette import colours

__all__ = ["Switch"]


class Switch(QAbstractButton):
    """A checkable switch without text; its accessible name says what it switches."""

    def __init__(
        self, text: str, name: str, parent: QWidget | None = None, *, checked: bool = False
    ) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """The fixed size of the switch."""
        return QSize(44, 26)

    def minimumSizeHint(self) -> QSize:
        """The same as `sizeHint`."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws track, knob, and a ring while it has the keyboard."""
        chosen, on = colours(), self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(2, (self.height() - 22) / 2, 40, 22)
        if self.hasFocus():
            painter.setPen(QPen(QColor(chosen.accent), 1.2))
            painter.drawRoundedRect(track.adjusted(-1.5, -1.5, 1.5, 1.5), 12.5, 12.5)
        painter.setPen(QPen(QColor(chosen.accent if on else chosen.muted), 1.2))
        painter.setBrush(QColor(chosen.accent if on else chosen.hover))
        if not self.isEnabled():
            painter.setOpacity(0.45)
        painter.drawRoundedRect(track.adjusted(0.6, 0.6, -0.6, -0.6), 10.4, 10.4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(chosen.on_accent if on else chosen.muted))
        x = track.right() - 11 if on else track.left() + 11
        painter.drawEllipse(QPointF(x, track.center().y()), 7, 7)
        painter.end()
