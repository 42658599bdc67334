"""Who may have the profile's files open, and when they may be replaced."""

import contextlib
import threading
from collections import Counter
from collections.abc import Iterator

__all__ = ["Gate"]


class Gate:
    """Lets lanes work side by side, and one of them alone when it replaces files."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._working: Counter[int] = Counter()
        self._alone: int | None = None

    @contextlib.contextmanager
    def working(self) -> Iterator[None]:
        """Held by a lane during a command; waits while another lane is alone. May be nested."""
        me = threading.get_ident()
        with self._changed:
            self._changed.wait_for(lambda: self._alone in {None, me})
            self._working[me] += 1
        try:
            yield
        finally:
            with self._changed:
                self._working[me] -= 1
                self._working += Counter()
                self._changed.notify_all()

    @contextlib.contextmanager
    def alone(self, patience_s: float) -> Iterator[bool]:
        """Keeps all other lanes out; False when one was still at work after `patience_s`."""
        me = threading.get_ident()
        with self._changed:
            free = self._changed.wait_for(lambda: self._others(me) == 0, patience_s)
            if free:
                self._alone = me
        try:
            yield free
        finally:
            if free:
                with self._changed:
                    self._alone = None
                    self._changed.notify_all()

    def _others(self, me: int) -> int:
        """Lanes at work, without this one; another that is alone counts too."""
        busy = sum(count for lane, count in self._working.items() if lane != me)
        return busy + (self._alone not in {None, me})
