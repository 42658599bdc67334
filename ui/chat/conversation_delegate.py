"""Draws the rows of the conversation list."""

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.chat.conversation_model import ROW, Row, RowKind
from ui.theme.icons import icon_pixmap
from ui.theme.palette import Colours, colours
from ui.widgets.formats import date_text

__all__ = ["ConversationDelegate", "heading_text", "marked_snippet"]

_Index = QModelIndex | QPersistentModelIndex
_BEGIN, _END = "\ue000", "\ue001"
_PAD = 10


def heading_text(key: str) -> str:
    """A heading of the list in the user's language."""
    texts = {
        "Pinned": QCoreApplication.translate("Conversations", "Pinned"),
        "Today": QCoreApplication.translate("Conversations", "Today"),
        "Last seven days": QCoreApplication.translate("Conversations", "Last seven days"),
        "Earlier": QCoreApplication.translate("Conversations", "Earlier"),
    }
    return texts[key]


def marked_snippet(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """The snippet without its marks, and (start, length) of each marked part."""
    text, marks, start = "", [], -1
    for letter in " ".join(snippet.split()):
        if letter == _BEGIN:
            start = len(text)
        elif letter == _END:
            if start >= 0:
                marks.append((start, len(text) - start))
            start = -1
        else:
            text += letter
    return text, marks


class ConversationDelegate(QStyledItemDelegate):
    """Headings small and muted; a conversation in one line; a hit with two lines of snippet."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Height by kind of row."""
        row: Row = index.data(ROW)
        line = QFontMetrics(self._font(option)).lineSpacing()
        heights = {
            RowKind.HEADING: round(line * 1.9), RowKind.CHAT: line + 16, RowKind.HIT: line * 3 + 18
        }  # fmt: skip
        return QSize(100, heights[row.kind])

    @staticmethod
    def _font(option: QStyleOptionViewItem) -> QFont:
        font: QFont = option.font
        return font

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draws one row."""
        row: Row = index.data(ROW)
        chosen = colours()
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font(option))
        if row.kind is RowKind.HEADING:
            self._paint_heading(painter, rect, row, chosen)
        else:
            self._paint_ground(painter, option, rect, chosen)
            self._paint_title(painter, rect, row, chosen)
            if row.kind is RowKind.HIT:
                self._paint_snippet(painter, rect, row, chosen)
        painter.restore()

    @staticmethod
    def _paint_heading(painter: QPainter, rect: QRect, row: Row, chosen: Colours) -> None:
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(chosen.muted))
        place = rect.adjusted(_PAD, 0, -_PAD, -4)
        flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, flags, heading_text(row.title))

    @staticmethod
    def _paint_ground(
        painter: QPainter, option: QStyleOptionViewItem, rect: QRect, chosen: Colours
    ) -> None:
        state: QStyle.StateFlag = option.state
        colour = ""
        if state & QStyle.StateFlag.State_Selected:
            colour = chosen.selected
        elif state & QStyle.StateFlag.State_MouseOver:
            colour = chosen.hover
        if colour:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(rect).adjusted(0, 1, 0, -1), 8, 8)

    @staticmethod
    def _paint_title(painter: QPainter, rect: QRect, row: Row, chosen: Colours) -> None:
        metrics = painter.fontMetrics()
        place = rect.adjusted(_PAD, 0, -_PAD, 0)
        if row.kind is RowKind.HIT:
            place = rect.adjusted(_PAD, 4, -_PAD, 0)
            place.setHeight(metrics.lineSpacing() + 6)
        middle = Qt.AlignmentFlag.AlignVCenter
        room = place.width()
        if row.pinned:
            ratio = painter.device().devicePixelRatioF()
            pixmap = icon_pixmap("pin", 14, chosen.muted, ratio)
            at = QPointF(place.right() - 14, place.center().y() - 7)
            painter.drawPixmap(at, pixmap)
            room -= 20
        elif row.kind is RowKind.HIT:
            date = date_text(row.at)
            wide = metrics.horizontalAdvance(date)
            painter.setPen(QColor(chosen.muted))
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | middle, date)
            room -= wide + 8
        painter.setPen(QColor(chosen.text))
        title = row.title or QCoreApplication.translate("Conversations", "Untitled")
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | middle, text)

    @staticmethod
    def _paint_snippet(painter: QPainter, rect: QRect, row: Row, chosen: Colours) -> None:
        text, marks = marked_snippet(row.snippet)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.92)
        layout = QTextLayout(text, font)
        ranges = []
        for start, length in marks:
            part = QTextLayout.FormatRange()
            part.start, part.length = start, length
            look = QTextCharFormat()
            look.setBackground(QColor(chosen.mark))
            look.setForeground(QColor(chosen.text))
            part.format = look
            ranges.append(part)
        layout.setFormats(ranges)
        layout.beginLayout()
        top = 0.0
        for _ in range(2):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(rect.width() - 2 * _PAD)
            line.setPosition(QPointF(0, top))
            top += line.height()
        layout.endLayout()
        painter.setPen(QColor(chosen.muted))
        y = rect.top() + 12 + painter.fontMetrics().lineSpacing()
        layout.draw(painter, QPointF(rect.left() + _PAD, y))

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: _Index
    ) -> QWidget:
        """A line to type a new title in."""
        field = QLineEdit(parent)
        field.setObjectName("renameField")
        field.setAccessibleName(QCoreApplication.translate("Conversations", "New title"))
        field.setMaxLength(200)
        return field
