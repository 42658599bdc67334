"""Frames that group: a card, a notice, an empty list's hint, a dividing line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.theme.icons import icon_pixmap
from ui.theme.palette import colours
from ui.widgets.labels import Heading, Text

__all__ = ["Card", "EmptyState", "Notice", "line"]


class Card(QFrame):
    """A framed group with an optional heading and one sentence of help. Add to `body`."""

    def __init__(self, title: str = "", help_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 18, 20, 18)
        self.body.setSpacing(12)
        if title:
            self.setAccessibleName(title)
            self.body.addWidget(Heading(title))
        if help_text:
            self.body.addWidget(Text(help_text, "help"))


class Notice(QFrame):
    """One quiet sentence with an optional row of buttons; ``kind``: notice or warning."""

    def __init__(
        self, text: str = "", kind: str = "notice", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 10, 9)
        row.setSpacing(10)
        self.label = Text(text)
        row.addWidget(self.label, 1)
        self.buttons = QHBoxLayout()
        row.addLayout(self.buttons)

    def say(self, text: str) -> None:
        """Shows `text`; an empty one hides the notice."""
        self.label.setText(text)
        self.setVisible(bool(text))


class EmptyState(QWidget):
    """What an empty list shows: an icon, what belongs here, and how it gets here."""

    def __init__(
        self, icon_name: str, title: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 32, 16, 32)
        box.setSpacing(8)
        self._icon, self._picture = icon_name, QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._picture.setPixmap(icon_pixmap(icon_name, 36, colours().muted, 2.0))
        box.addWidget(self._picture)
        self._title, self._words = Heading(title), Text(text, "muted")
        for label in (self._title, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(label)

    def say(self, title: str, text: str = "") -> None:
        """Shows another title and sentence; without a sentence the title stands alone."""
        self._title.setText(title)
        self._words.setText(text)
        self._words.setVisible(bool(text))


def line(parent: QWidget | None = None) -> QFrame:
    """A thin horizontal line."""
    frame = QFrame(parent)
    frame.setProperty("kind", "line")
    frame.setFixedHeight(1)
    return frame
