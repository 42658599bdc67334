"""Tells when nobody has used the window for a while, and when copied text has been out too long."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from ui.status.steady import steady_seconds

__all__ = ["ClipboardCleaner", "IdleWatch"]

_INPUT = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove,
    QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
})  # fmt: skip
_LOOK_MS = 1000


class IdleWatch(QObject):
    """Counts minutes without input by a clock that cannot be set and goes on in sleep.

    After an input it listens again at the next look, so it may tell up to a second early. Every
    event of the window would pass through Python here, so it listens only while it counts.

    Signals:
        idle: the time is over.
    """

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._limit_s = 0.0
        self._since = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    def _listen(self) -> None:
        application = QGuiApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def _listen_later(self) -> None:
        application = QGuiApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def set_minutes(self, minutes: float) -> None:
        """Waits this long; 0 never tells."""
        self._timer.stop()
        self._listen_later()
        self._limit_s = minutes * 60
        if minutes > 0:
            self._listen()
            self._since = steady_seconds()
            self._timer.start(min(_LOOK_MS, max(1, round(self._limit_s * 250))))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Starts the count again at each input; one that comes after the time is over is late."""
        if self._timer.isActive() and event.type() in _INPUT:
            self._look()
            self._listen_later()
            self._since = steady_seconds()
        return False

    def _look(self) -> None:
        self._listen()
        if steady_seconds() - self._since >= self._limit_s:
            self._timer.stop()
            self._listen_later()
            self.idle.emit()


class ClipboardCleaner(QObject):
    """Takes what this program put on the clipboard away after a while, and when it ends.

    On X11 that includes the selection, which the middle button pastes.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._clear)
        self._seconds = 0.0
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._changed)
        if self._clipboard.supportsSelection():
            self._clipboard.selectionChanged.connect(self._changed)
        application = QGuiApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._leave)

    def set_seconds(self, seconds: float) -> None:
        """How long copied text stays; 0 leaves it."""
        self._seconds = seconds
        self._changed()

    def owns(self) -> bool:
        """Whether what is on the clipboard came from this program."""
        return bool(self._clipboard.ownsClipboard())

    def _owns_selection(self) -> bool:
        return self._clipboard.supportsSelection() and bool(self._clipboard.ownsSelection())

    def _changed(self) -> None:
        self._timer.stop()
        if self._seconds > 0 and (self.owns() or self._owns_selection()):
            self._timer.start(round(self._seconds * 1000))

    def _leave(self) -> None:
        """The program ends, or locks: what would be taken away later goes now."""
        if self._timer.isActive():
            self._timer.stop()
            self._clear()

    def _clear(self) -> None:
        if self._owns_selection():
            self._clipboard.clear(QClipboard.Mode.Selection)
        if self.owns():
            self._clipboard.clear()
