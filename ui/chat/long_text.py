"""What the user wrote: plain text; a very long one is folded and opens in a frame of its own."""

import re

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ui.widgets.buttons import push_button
from ui.widgets.rich_text import RichText

__all__ = ["LongText", "breakable"]

_FOLD_CHARACTERS = 3000
_FOLD_LINES = 40
_UNBROKEN = re.compile(r"[!-~]{1000}")


def breakable(text: str) -> str:
    """`text` with line ends put into very long runs without any space.

    Qt needs half a minute to lay out a million letters that cannot be broken anywhere.
    """
    return _UNBROKEN.sub(lambda run: run.group() + "\n", text)


class LongText(QWidget):
    """Plain text; beyond some screens only its beginning until the user asks for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        self._whole = ""
        self._text = RichText("plainText")
        self._text.setAccessibleName(self.tr("Message text"))
        box.addWidget(self._text)
        self._button = push_button("", "showAllButton", "link")
        self._button.clicked.connect(self._unfold)
        box.addWidget(self._button)
        self._full: QPlainTextEdit | None = None

    def show_text(self, text: str) -> None:
        """Shows `text`, folded when it is long."""
        if text != self._whole:
            self._fold()
        self._whole = text
        begin = "\n".join(text[:_FOLD_CHARACTERS].split("\n")[:_FOLD_LINES])
        folded = len(begin) < len(text)
        self._text.show_plain(f"{begin}…" if folded else text)
        words = self.tr("Show all {count} characters")
        self._button.setText(words.format(count=QLocale().toString(len(text))))
        self._button.setAccessibleName(self._button.text())
        self._button.setVisible(folded and self._full is None)

    def set_width(self, width: int) -> None:
        """Lays out for `width` pixels."""
        self._text.set_width(width)

    def _fold(self) -> None:
        if self._full is not None:
            self._full.hide()
            self._full.deleteLater()
            self._full = None
            self._text.show()

    def _unfold(self) -> None:
        full = QPlainTextEdit()
        full.setReadOnly(True)
        full.setObjectName("fullText")
        full.setAccessibleName(self.tr("Whole message"))
        full.setFixedHeight(self.fontMetrics().lineSpacing() * 24)
        full.setPlainText(breakable(self._whole))
        layout = self.layout()
        if layout is not None:
            layout.addWidget(full)
        self._full = full
        self._text.hide()
        self._button.hide()
        self.updateGeometry()
