"""The scaffold of a page: a title, one sentence, and one reading column that scrolls."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.errors import InlineError
from ui.widgets.labels import Heading, Text

__all__ = ["COLUMN_CHARACTERS", "Page", "column_width"]

COLUMN_CHARACTERS = 72


def column_width(widget: QWidget) -> int:
    """Width in pixels of a column of about 72 characters in the widget's font."""
    return round(widget.fontMetrics().averageCharWidth() * COLUMN_CHARACTERS * 1.2)


class Page(QWidget):
    """A scrolling page. Add with `add`; show failures in `error`; buttons go to `buttons`."""

    def __init__(
        self, title: str, subtitle: str = "", parent: QWidget | None = None, *, name: str = "page"
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self.area)
        frame = QWidget()
        frame.setProperty("kind", "column")
        row = QHBoxLayout(frame)
        row.setContentsMargins(28, 30, 28, 40)
        self.column = QWidget()
        self.column.setMaximumWidth(column_width(self))
        row.addStretch(1)
        row.addWidget(self.column, 100)
        row.addStretch(1)
        self.body = QVBoxLayout(self.column)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(16)
        self.buttons = QHBoxLayout()
        self.error = InlineError(f"{name}.error")
        self.error.appeared.connect(lambda: self.bring_into_view(self.error))
        self._head(title, subtitle)
        self.area.setWidget(frame)

    def _head(self, title: str, subtitle: str) -> None:
        row = QHBoxLayout()
        row.addWidget(Heading(title, "title"), 1)
        row.addLayout(self.buttons)
        self.body.addLayout(row)
        if subtitle:
            self.body.addWidget(Text(subtitle, "muted"))
        self.body.addWidget(self.error)
        self.body.addStretch(1)

    def bring_into_view(self, part: QWidget) -> None:
        """Scrolls to `part` once it has its place; of a part higher than the view, to its top."""

        def scroll() -> None:
            if self.isVisible() and part.isVisible():
                top = part.mapTo(self.column, part.rect().topLeft()).y()
                self.area.ensureVisible(0, top + part.height(), 0, 0)
                self.area.ensureVisible(0, top, 0, 40)

        QTimer.singleShot(0, self, scroll)

    def add(self, part: QWidget | QLayout) -> None:
        """Adds a part at the end of the column."""
        at = self.body.count() - 1
        if isinstance(part, QWidget):
            self.body.insertWidget(at, part)
        else:
            self.body.insertLayout(at, part)
