"""A list of records: two lines of text and a badge each, drawn by one delegate."""

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import colours

__all__ = ["BADGE_ROLE", "DETAIL_ROLE", "ID_ROLE", "MUTED_ROLE", "RecordList", "RecordModel"]

Index = QModelIndex | QPersistentModelIndex

ID_ROLE = int(Qt.ItemDataRole.UserRole)
DETAIL_ROLE = ID_ROLE + 1
BADGE_ROLE = ID_ROLE + 2
MUTED_ROLE = ID_ROLE + 3

_PAD = 10


class RecordModel(QAbstractListModel):
    """Base of the item models: subclasses give `data` for the roles of this module."""

    def row_of(self, record_id: str) -> int:
        """The row that shows `record_id`; -1 when none does."""
        for row in range(self.rowCount()):
            if self.index(row).data(ID_ROLE) == record_id:
                return row
        return -1


class _RecordDelegate(QStyledItemDelegate):
    """Draws the first line, a quieter second one, and a badge at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines and their padding."""
        return QSize(120, option.fontMetrics.lineSpacing() * 2 + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws ground, both lines and the badge."""
        chosen = colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect.adjusted(1, 1, -1, -1)
        self._ground(painter, option, box)
        inner = box.adjusted(_PAD, _PAD - 2, -_PAD, 2 - _PAD)
        badge = str(index.data(BADGE_ROLE) or "")
        width = self._badge(painter, option, inner, badge) if badge else 0
        step = option.fontMetrics.lineSpacing()
        first = QRect(inner.left(), inner.top(), inner.width() - width, step + 2)
        second = QRect(inner.left(), inner.top() + step + 1, inner.width() - width, step + 2)
        colour = chosen.muted if index.data(MUTED_ROLE) else chosen.text
        self._line(painter, option.font, first, str(index.data()), colour)
        small = QFont(option.font)
        small.setPointSizeF(small.pointSizeF() * 0.92)
        self._line(painter, small, second, str(index.data(DETAIL_ROLE) or ""), chosen.muted)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        chosen = colours()
        state = option.state
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(chosen.accent_soft))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(chosen.hover))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(chosen.accent))
        painter.drawRoundedRect(box, 8, 8)

    def _badge(
        self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, badge: str
    ) -> int:
        chosen = colours()
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(badge) + 16
        height = painter.fontMetrics().height() + 4
        box = QRect(inner.right() - width, inner.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(chosen.warning_soft))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(chosen.warning))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, badge)
        return width + 10

    def _line(self, painter: QPainter, font: QFont, box: QRect, text: str, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        one_line = " ".join(text.split())
        shown = painter.fontMetrics().elidedText(
            one_line, Qt.TextElideMode.ElideRight, box.width()
        )
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(align), shown)


class RecordList(QListView):
    """Shows a `RecordModel`.

    Signals:
        picked: (id) another record is current; empty when none is.
    """

    picked = Signal(str)

    def __init__(
        self, name: str, text: str, model: RecordModel, rows: int = 6, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._records = model
        self._rows = rows
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setModel(model)
        self.setItemDelegate(_RecordDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        model.modelReset.connect(self._fit)
        self._fit()

    def current_id(self) -> str:
        """The current record; empty when there is none."""
        return str(self.currentIndex().data(ID_ROLE) or "")

    def pick(self, record_id: str, fallback_row: int = 0) -> None:
        """Makes `record_id` current, or the record in `fallback_row` where it is gone."""
        row = self._records.row_of(record_id)
        last = self._records.rowCount() - 1
        if row < 0:
            row = min(fallback_row, last)
        if row >= 0:
            self.setCurrentIndex(self._records.index(row))
        else:
            self.picked.emit("")

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tells which record is current now."""
        super().currentChanged(current, previous)
        self.picked.emit(str(current.data(ID_ROLE) or ""))

    def changeEvent(self, event: QEvent) -> None:
        """Takes another height when font or style change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Takes its height once the style is known."""
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its records, up to a few rows; more are scrolled to."""
        step = max(self.sizeHintForRow(0), self.fontMetrics().lineSpacing())
        shown = max(1, min(self._records.rowCount(), self._rows))
        self.setFixedHeight(shown * step + 2)
