"""The thread: one reading column that builds only the messages near what is on the screen."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from storage.records import MessageRecord
from ui.chat.message_view import MessageView
from ui.chat.view_pool import ViewPool
from ui.widgets.page import column_width

__all__ = ["ThreadView"]

_LEAST, _AROUND = 2, 4
_URGENT, _NEAR, _FAR = 300, 900, 1800
"""Pixels beyond the screen: built before the next frame, built when there is time, dropped."""
_BUDGET_S = 0.008
_MARGIN = 28


class ThreadView(QScrollArea):
    """Shows ``messages[first:last]``; near an edge more are filled in and far ones taken away.

    A frame has time for one or two messages. So what is about to be seen is built at once, what
    may be seen soon one by one between the frames, and widgets of far messages are used again.

    Signals:
        made: a `MessageView` was built, for the page to connect.
        filled: a `MessageView` shows another message than before, or its first one.
        at_end_changed: whether the newest message is in view.
    """

    made = Signal(object)
    filled = Signal(object)
    at_end_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("thread")
        self.setAccessibleName(self.tr("Conversation"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._messages: Sequence[MessageRecord] = ()
        self._first = 0
        self._views: list[MessageView] = []
        self._pool = ViewPool()
        self._later = QTimer(self)
        self._later.timeout.connect(self._prepare_one)
        self._follow = True
        self._busy = False
        self._build()
        bar = self.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        bar.rangeChanged.connect(self._range_changed)

    def _build(self) -> None:
        content = self._content = QWidget()
        content.setProperty("kind", "column")
        row = self._row = QHBoxLayout(content)
        row.setContentsMargins(_MARGIN, 24, _MARGIN, 8)
        self._column = QWidget()
        self._box = QVBoxLayout(self._column)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)
        self._box.addStretch(1)
        row.addStretch(1)
        row.addWidget(self._column, 100)
        row.addStretch(1)
        self.setWidget(content)
        self._limit_width()

    # -- what is shown ----------------------------------------------------------------------------

    def show_thread(self, messages: Sequence[MessageRecord], focus: str = "") -> None:
        """Shows another thread, at its end or at message `focus`."""
        self._messages = messages
        found = next((i for i, m in enumerate(messages) if m.id == focus), None)
        if found is None:
            self._show_end()
            self.to_end()
            return
        self._window(max(0, found - _AROUND), min(len(messages), found + _AROUND))
        self._follow = False
        view = self._views[found - self._first]
        self._settle()
        self.verticalScrollBar().setValue(self._y(view) - 24)
        self._later.start()

    def change_from(self, at: int, messages: Sequence[MessageRecord]) -> None:
        """Messages from index `at` on are new; goes to the end."""
        self._messages = messages
        if at < self._first or self._last() < at:
            self._show_end()
        else:
            while self._last() > at:
                self._drop(self._views.pop())
            self._append(len(messages) - at)
            self._pool.tidy()
        self.to_end()

    def update_message(self, at: int) -> None:
        """The message at index `at` changed."""
        if self._first <= at < self._last():
            self._views[at - self._first].show_record(self._messages[at])
            self._settle()

    def stream(self, text: str) -> None:
        """Appends streamed text to the last message, if it is built."""
        if self._views and self._last() == len(self._messages):
            self._views[-1].stream(text)

    def view_of(self, message_id: str) -> MessageView | None:
        """The widget of a message, if it is built."""
        return next((v for v in self._views if v.record.id == message_id), None)

    def last_view(self) -> MessageView | None:
        """The widget of the newest message, if it is built."""
        built = self._views and self._last() == len(self._messages)
        return self._views[-1] if built else None

    def render_anew(self) -> None:
        """Renders all again in the present colours and text size."""
        self._limit_width()
        for view in self._views:
            view.render_anew()
            view.set_width(self._column.width())
        self._settle()

    def to_end(self) -> None:
        """Scrolls to the newest message and stays there while it grows."""
        if self._last() < len(self._messages):
            self._show_end()
        self._follow = True
        self._settle()
        self._stick()
        QTimer.singleShot(0, self, self._stick)

    def to_start(self) -> None:
        """Scrolls to the first message."""
        self._window(0, min(len(self._messages), _LEAST))
        self._fill_screen(self._below, self._extend_down)
        self._follow = False
        self._settle()
        self.verticalScrollBar().setValue(0)

    # -- building and dropping --------------------------------------------------------------------

    def _last(self) -> int:
        return self._first + len(self._views)

    def _below(self) -> bool:
        return self._last() < len(self._messages)

    def _above(self) -> bool:
        return self._first > 0

    def _show_end(self) -> None:
        """As many of the newest messages as fill the screen; those above it follow."""
        self._window(max(0, len(self._messages) - _LEAST), len(self._messages))
        self._fill_screen(self._above, self._extend_up)

    def _fill_screen(self, more: Callable[[], bool], extend: Callable[[], None]) -> None:
        self._settle()
        while more() and self._content.sizeHint().height() < self.height() + _URGENT:
            extend()
        self._later.start()

    def _window(self, first: int, last: int) -> None:
        for view in self._views:
            self._drop(view)
        self._views, self._first = [], first
        self._append(last - first)
        self._pool.tidy()

    def _make(self, record: MessageRecord) -> MessageView:
        view = self._pool.take(record)
        if view is None:
            view = MessageView(record)
            self.made.emit(view)
        view.set_width(self._column_room())
        self.filled.emit(view)
        return view

    def _append(self, count: int) -> None:
        for _ in range(count):
            view = self._make(self._messages[self._last()])
            self._views.append(view)
            self._put(len(self._views) - 1, view)

    def _put(self, at: int, view: MessageView) -> None:
        """Inserts and shows at once: a layout ignores what is not shown yet."""
        self._box.insertWidget(at, view)
        view.show()

    def _drop(self, view: MessageView) -> None:
        self._box.removeWidget(view)
        self._pool.give(view)

    def _extend_up(self) -> None:
        """One more message above; what stands on the screen stays there."""
        anchor = self._views[0]
        before = self._y(anchor) - self.verticalScrollBar().value()
        bottom = self.verticalScrollBar().value() + self.height() + _FAR
        while len(self._views) > 1 and self._y(self._views[-1]) > bottom:
            self._drop(self._views.pop())
        self._first -= 1
        view = self._make(self._messages[self._first])
        self._views.insert(0, view)
        self._put(0, view)
        self._pool.tidy()
        self._hold(anchor, before)

    def _extend_down(self) -> None:
        """One more message below; what stands on the screen stays there."""
        anchor = self._views[-1]
        before = self._y(anchor) - self.verticalScrollBar().value()
        top = self.verticalScrollBar().value() - _FAR
        while len(self._views) > 1 and self._y(self._views[1]) < top:
            self._drop(self._views.pop(0))
            self._first += 1
        self._append(1)
        self._pool.tidy()
        self._hold(anchor, before)

    def _prepare(self, near: int) -> bool:
        """Builds one message where less than `near` pixels beyond the screen are there."""
        bar = self.verticalScrollBar()
        busy, self._busy = self._busy, True
        if self._views and self._above() and bar.value() < near:
            self._extend_up()
        elif self._views and self._below() and bar.value() > bar.maximum() - near:
            self._extend_down()
        else:
            near = 0
        self._busy = busy
        return near > 0

    def _prepare_one(self) -> None:
        if not self._prepare(_NEAR):
            self._later.stop()

    # -- geometry ---------------------------------------------------------------------------------

    def _limit_width(self) -> None:
        self._column.setMaximumWidth(column_width(self))

    def _column_room(self) -> int:
        return min(column_width(self), max(60, self.width() - 2 * _MARGIN - self._beside()))

    def _beside(self) -> int:
        """Width that the scroll bar takes, mirrored at the other side."""
        return 2 * (self.width() - self.viewport().width())

    def _settle(self) -> None:
        """Lays out now, so that places are right before the next line runs."""
        for part in (self._column, self._content):
            layout = part.layout()
            if layout is not None:
                layout.activate()
        QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _y(self, view: QWidget) -> int:
        return view.mapTo(self._content, QPoint(0, 0)).y()

    def _hold(self, anchor: QWidget, before: int) -> None:
        self._settle()
        self.verticalScrollBar().setValue(self._y(anchor) - before)

    def _stick(self) -> None:
        if self._follow:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _range_changed(self, _low: int, _high: int) -> None:
        if not self._busy:
            self._stick()

    def _scrolled(self, _value: int) -> None:
        if self._busy:
            return
        end = time.perf_counter() + _BUDGET_S
        while self._prepare(_URGENT) and time.perf_counter() < end:
            pass
        self._later.start()
        bar = self.verticalScrollBar()
        self._follow = not self._below() and bar.value() >= bar.maximum() - 30
        self.at_end_changed.emit(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stays centred beside the scroll bar, and at the newest message."""
        super().resizeEvent(event)
        beside = self.width() - self.viewport().width()
        self._row.setContentsMargins(_MARGIN + beside, 24, _MARGIN, 8)
        self._stick()
