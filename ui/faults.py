"""Mistakes of our own code: told by type and place, never by words that may be the user's."""

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

__all__ = ["FaultWatch"]

_log = logging.getLogger("ui")


class FaultWatch(QObject):
    """Catches exceptions that no one caught.

    Signals:
        caught: type and place of the exception, for example ``KeyError in view.py:12``.
    """

    caught = Signal(str)
    _seen = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: Callable[..., object] | None = None
        self._seen.connect(self.caught, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Takes the place of `sys.excepthook` until `remove`."""
        self._before = sys.excepthook
        sys.excepthook = self._hook

    def remove(self) -> None:
        """Gives the place back."""
        if self._before is not None:
            sys.excepthook = self._before
            self._before = None

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        frames = traceback.extract_tb(trace)
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        _log.critical("uncaught %s in %s", kind.__name__, place)
        self._seen.emit(f"{kind.__name__} in {place}")
