"""A read-only text that is as tall as its content and loads nothing, whatever it is given."""

import math

from PySide6.QtCore import QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

__all__ = ["RichText"]


class RichText(QTextBrowser):
    """Shows safe HTML or plain text. Links are only told, never followed.

    Signals:
        link_clicked: the address of a clicked link, for the page to show and ask about.
    """

    link_clicked = Signal(str)

    def __init__(self, name: str = "text", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = ""
        self.setObjectName(name)
        self.setProperty("kind", "bare")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(lambda url: self.link_clicked.emit(_address(url)))

    def loadResource(self, _type: int, _name: QUrl | str) -> object:
        """Loads nothing: no picture, no style sheet, no file."""
        return b""

    def show_html(self, text: str, style: str = "") -> None:
        """Shows HTML that the caller made safe."""
        if style != self._style:
            self._style = style
            self.document().setDefaultStyleSheet(style)
        self.setHtml(text)
        self.fit()

    def show_plain(self, text: str) -> None:
        """Shows `text` as it is, line breaks included."""
        self.setPlainText(text)
        self.fit()

    def set_width(self, width: int) -> None:
        """Lays the text out for `width` pixels, before the widget is shown."""
        self.resize(width, self.height())
        self.fit()

    def fit(self) -> None:
        """Takes the height of the content at the present width."""
        document = self.document()
        if self.lineWrapMode() != QTextBrowser.LineWrapMode.NoWrap:
            document.setTextWidth(max(1, self.width()))
        self.setFixedHeight(math.ceil(document.size().height()) + self.extra_height())

    def extra_height(self) -> int:
        """Pixels that the widget needs besides its text."""
        return 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays out anew when the width changed."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def minimumSizeHint(self) -> QSize:
        """May become as narrow as the column wants."""
        return QSize(40, 10)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves scrolling to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leaves page keys to the page; keeps selecting and copying."""
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Escape}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copies plain text only."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data


def _address(url: QUrl) -> str:
    """The address in its encoded form, so that look-alike letters show."""
    return str(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
