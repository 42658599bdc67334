"""One piece of code: its language, a copy button, and the code itself without wrapping."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QGuiApplication,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from ui.chat.code_runs import code_runs
from ui.theme.palette import colours
from ui.widgets.buttons import IconButton
from ui.widgets.labels import Text
from ui.widgets.rich_text import RichText

__all__ = ["CodeBlock"]

_MOST_LINES = 400
_OPEN_LINES = 4
"""While code is being written, about so many lines at its end are coloured with each batch."""


class _CodeText(RichText):
    """Code: scrolls sideways; taller than the screen only up to a limit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("codeText", parent)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def replace_end(self, position: int, runs: list[tuple[str, str]]) -> int:
        """Writes `runs` in place of all behind document `position`; returns where they end."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        look = QTextCharFormat()
        look.setFont(self.font())
        for text, colour in runs:
            if colour:
                look.setForeground(QColor(colour))
            else:
                look.clearForeground()
            cursor.insertText(text, look)
        return int(cursor.position())

    def extra_height(self) -> int:
        """Room for the sideways scroll bar when there is one."""
        wide = self.document().idealWidth() > self.width()
        return self.horizontalScrollBar().sizeHint().height() + 2 if wide else 0

    def fit(self) -> None:
        """Limits very long code, which then scrolls by itself."""
        super().fit()
        most = self.fontMetrics().lineSpacing() * _MOST_LINES
        if self.height() > most:
            self.setFixedHeight(most)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Takes the wheel for sideways scrolling only."""
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            QTextBrowser.wheelEvent(self, event)
            return
        event.ignore()


class CodeBlock(QWidget):
    """A frame with a head line (language, copy) and the code, and the gap below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = ""
        self._settled, self._position = "", 0
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 2, 0, 12)
        frame = QFrame()
        frame.setProperty("kind", "code")
        outer.addWidget(frame)
        box = QVBoxLayout(frame)
        box.setContentsMargins(14, 4, 8, 10)
        box.setSpacing(2)
        head = QHBoxLayout()
        self._language = Text("", "tiny", wrap=False)
        head.addWidget(self._language, 1)
        self._copy = IconButton("copy", self.tr("Copy code"), "copyCodeButton", size=16)
        self._copy.clicked.connect(self._take)
        head.addWidget(self._copy)
        box.addLayout(head)
        self._text = _CodeText()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 0.95)
        self._text.setFont(font)
        self._text.setAccessibleName(self.tr("Code"))
        box.addWidget(self._text)

    def show_code(self, code: str, language: str, *, growing: bool = False) -> None:
        """Shows `code`, coloured when `language` is known.

        Code that is `growing` and begins as before gets only its last lines coloured anew. What
        reaches over many lines, as a long comment, may look otherwise until the code is complete.
        """
        if not (growing and self._settled and code.startswith(self._settled)):
            self._settled, self._position = "", 0
        self._code, dark = code, colours().dark
        self._language.setText(language or self.tr("code"))
        settled = _settled_lines(code[len(self._settled) :]) if growing else ""
        if settled:
            runs = code_runs(settled, language, dark=dark)
            self._position = self._text.replace_end(self._position, runs)
            self._settled += settled
        end = code_runs(code[len(self._settled) :], language, dark=dark)
        self._text.replace_end(self._position, end)
        self._text.fit()

    @property
    def is_pieced(self) -> bool:
        """Whether the code was coloured in pieces and wants to be coloured as a whole."""
        return bool(self._settled)

    def set_width(self, width: int) -> None:
        """Lays out for `width` pixels, frame included."""
        self._text.set_width(width - 24)

    def _take(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self._copy.set_meaning("check", self.tr("Copied"))
        QTimer.singleShot(1500, self._copy, self._offer)

    def _offer(self) -> None:
        self._copy.set_meaning("copy", self.tr("Copy code"))


def _settled_lines(code: str) -> str:
    """The beginning of growing `code` that need not be coloured with every batch any more."""
    lines = code.split("\n")
    if len(lines) <= 2 * _OPEN_LINES:
        return ""
    return "\n".join(lines[:-_OPEN_LINES]) + "\n"
