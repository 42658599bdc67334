"""Tells when nobody has used the window for a while, and when copied text has been out too long."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

__all__ = ["ClipboardCleaner", "IdleWatch"]

_INPUT = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove,
    QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
})  # fmt: skip


class IdleWatch(QObject):
    """Counts minutes without input. Uses a timer, so that setting the clock changes nothing.

    Signals:
        idle: the time is over.
    """

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        application = QGuiApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def set_minutes(self, minutes: float) -> None:
        """Waits this long; 0 never tells."""
        self._timer.stop()
        if minutes > 0:
            self._timer.start(round(minutes * 60_000))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Starts the count again at each input."""
        if event.type() in _INPUT and self._timer.isActive():
            self._timer.start()
        return False


class ClipboardCleaner(QObject):
    """Empties the clipboard some time after this program has put something there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._clear)
        self._seconds = 0.0
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._changed)

    def set_seconds(self, seconds: float) -> None:
        """How long copied text stays; 0 leaves it."""
        self._seconds = seconds
        self._changed()

    def owns(self) -> bool:
        """Whether what is on the clipboard came from this program."""
        return bool(self._clipboard.ownsClipboard())

    def _changed(self) -> None:
        self._timer.stop()
        if self._seconds > 0 and self.owns() and self._clipboard.text():
            self._timer.start(round(self._seconds * 1000))

    def _clear(self) -> None:
        if self.owns():
            self._clipboard.clear()
