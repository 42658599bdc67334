"""One piece of code: its language, a copy button, and the code itself without wrapping."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontDatabase, QGuiApplication, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from ui.chat.code_html import code_html
from ui.theme.palette import colours
from ui.widgets.buttons import IconButton
from ui.widgets.labels import Text
from ui.widgets.rich_text import RichText

__all__ = ["CodeBlock"]

_MOST_LINES = 400


class _CodeText(RichText):
    """Code: scrolls sideways; taller than the screen only up to a limit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("codeText", parent)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

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

    def show_code(self, code: str, language: str) -> None:
        """Shows `code`, coloured when `language` is known."""
        self._code = code
        self._language.setText(language or self.tr("code"))
        font = self._text.font().family()
        style = f"pre {{ font-family: '{font}'; margin: 0; }}"
        self._text.show_html(code_html(code, language, dark=colours().dark), style)

    def set_width(self, width: int) -> None:
        """Lays out for `width` pixels, frame included."""
        self._text.set_width(width - 24)

    def _take(self) -> None:
        QGuiApplication.clipboard().setText(self._code)
        self._copy.set_meaning("check", self.tr("Copied"))
        QTimer.singleShot(1500, self._copy, self._offer)

    def _offer(self) -> None:
        self._copy.set_meaning("copy", self.tr("Copy code"))
