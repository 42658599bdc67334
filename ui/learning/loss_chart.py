"""The loss curve, raw and smoothed, drawn as it comes."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.forms.units import number_text
from ui.learning.run_state import LossCurve
from ui.theme import colours

__all__ = ["LossChart"]


class LossChart(QWidget):
    """Loss in nats per token over the steps of one attempt."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lossChart")
        self.setAccessibleName(self.tr("Loss curve"))
        self.setMinimumHeight(170)
        self._curve = LossCurve()
        self._last_step = 1

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(520, 180)

    def show_curve(self, curve: LossCurve, steps: int) -> None:
        """Draws `curve`; the right edge is step `steps`."""
        self._curve = curve
        self._last_step = max(steps, curve.steps[-1] if curve.steps else 1, 1)
        if curve.smooth:
            words = self.tr("Smoothed loss now {loss}").format(loss=number_text(curve.smooth[-1]))
            self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws axis, figures, the raw and the smoothed line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        left = metrics.horizontalAdvance("00.0") + 10
        box = QRectF(self.rect()).adjusted(left, 8, -8, -metrics.height() - 8)
        if not self._curve.steps:
            painter.setPen(QColor(colours().muted))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("The curve begins soon")
            )
            return
        top = max([*self._curve.raw, *self._curve.smooth, 1e-6]) * 1.05
        self._draw_axis(painter, box, top)
        accent = QColor(colours().accent)
        faint = QColor(accent)
        faint.setAlphaF(0.4)
        painter.setPen(QPen(faint, 1.2))
        painter.drawPolyline(self._line(box, top, self._curve.raw))
        painter.setPen(QPen(accent, 2.2))
        painter.drawPolyline(self._line(box, top, self._curve.smooth))

    def _draw_axis(self, painter: QPainter, box: QRectF, top: float) -> None:
        chosen = colours()
        for part in (0.0, 0.5, 1.0):
            y = box.bottom() - part * box.height()
            painter.setPen(QPen(QColor(chosen.border), 1))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(QColor(chosen.muted))
            words = QRectF(0, y - 10, box.left() - 8, 20)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(words, align, number_text(part * top, 1))
        painter.setPen(QColor(chosen.muted))
        height = painter.fontMetrics().height() + 2
        below = QRectF(box.left(), box.bottom() + 4, box.width(), height)
        legend = self.tr("loss: raw pale, smoothed strong")
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, legend)
        words_right = self.tr("step {step} of {steps}").format(
            step=self._curve.steps[-1], steps=self._last_step
        )
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, words_right)

    def _line(self, box: QRectF, top: float, values: list[float]) -> QPolygonF:
        """Points in pixels; no more of them than pixels."""
        stride = max(1, len(values) // max(1, int(box.width())))
        shown = list(range(0, len(values), stride))
        if shown[-1] != len(values) - 1:
            shown.append(len(values) - 1)
        return QPolygonF(
            [
                QPointF(
                    box.left() + box.width() * self._curve.steps[at] / self._last_step,
                    box.bottom() - box.height() * min(values[at] / top, 1.0),
                )
                for at in shown
            ]
        )
