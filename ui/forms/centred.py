"""A quiet screen for one question: a narrow column in the middle of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

__all__ = ["Centred"]

_CHARACTERS = 62


class Centred(QScrollArea):
    """Add parts with `add`; what does not fit is scrolled to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frame = QWidget()
        frame.setProperty("kind", "column")
        across = QHBoxLayout(frame)
        across.setContentsMargins(28, 28, 28, 28)
        column = QWidget()
        column.setMaximumWidth(round(self.fontMetrics().averageCharWidth() * _CHARACTERS * 1.12))
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(14)
        self.body.addStretch(1)
        self.body.addStretch(1)
        self.setWidget(frame)

    def add(self, part: QWidget | QLayout) -> None:
        """Adds a part at the end of the column."""
        at = self.body.count() - 1
        if isinstance(part, QWidget):
            self.body.insertWidget(at, part)
        else:
            self.body.insertLayout(at, part)
