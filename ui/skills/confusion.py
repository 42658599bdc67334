"""The confusion matrix: a row a true label, a column an answer, darker where rows are many."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from storage.skill_records import SkillFigures
from ui.theme import colours

__all__ = ["MOST_LABELS", "ConfusionMatrix"]

MOST_LABELS = 12
"""With more labels than these a matrix is no longer read by eye."""

_PAD = 8


class ConfusionMatrix(QWidget):
    """Draws the matrix of an examination; right answers in the accent, wrong ones in red."""

    def __init__(self, figures: SkillFigures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confusionMatrix")
        self._labels = [" ".join(one.label.split()) for one in figures.classes]
        self._counts = figures.confusion
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.setAccessibleDescription(self._in_words())
        self.setToolTip(self._in_words())
        self.setMinimumHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """One line more than there are labels, and one for the heading."""
        return QSize(420, (len(self._labels) + 2) * self._row_height())

    def _row_height(self) -> int:
        return self.fontMetrics().lineSpacing() + 2 * _PAD

    def _in_words(self) -> str:
        """Each kind of mistake in a line."""
        words = self.tr("{count} of {true} answered as {given}")
        return "\n".join(
            words.format(count=count, true=self._labels[true], given=self._labels[given])
            for true, row in enumerate(self._counts)
            for given, count in enumerate(row)
            if given != true and count
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws headings, labels and cells."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, count = self._row_height(), len(self._labels)
        left = min(self._label_width(), self.width() // 3)
        cell = min((self.width() - left) // max(count, 1), 130)
        chosen = colours()
        painter.setPen(QColor(chosen.muted))
        heading = QRect(left, 0, self.width() - left, height)
        painter.drawText(heading, _left(), self.tr("answered as"))
        painter.drawText(QRect(0, height, left, height), _left(), self.tr("truly"))
        for place, label in enumerate(self._labels):
            box = QRect(left + place * cell, height, cell, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._short(label, cell - 6))
        for true, row in enumerate(self._counts):
            top = (true + 2) * height
            painter.setPen(QColor(chosen.text))
            box = QRect(0, top, left - 8, height)
            painter.drawText(box, _left(), self._short(self._labels[true], left - 8))
            self._draw_row(painter, QRect(left, top, cell, height), true, row)

    def _draw_row(self, painter: QPainter, first: QRect, true: int, row: tuple[int, ...]) -> None:
        """Cells from `first` on, coloured by their share of the row."""
        chosen, rows = colours(), max(sum(row), 1)
        for given, count in enumerate(row):
            colour = QColor(chosen.accent if given == true else chosen.danger)
            colour.setAlphaF(0.06 + 0.5 * count / rows if count else 0.0)
            box = first.translated(given * first.width(), 0).adjusted(2, 2, -2, -2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(box, 6, 6)
            painter.setPen(QColor(chosen.text if count else chosen.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count))

    def _label_width(self) -> int:
        metrics = self.fontMetrics()
        names = [*self._labels, self.tr("truly")]
        return max(metrics.horizontalAdvance(name) for name in names) + 16

    def _short(self, label: str, width: int) -> str:
        return self.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, max(width, 8))


def _left() -> int:
    return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
