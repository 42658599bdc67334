"""Erasing what was kept long enough. On the library lane."""

import logging
import time

from engine.library.chats import erase
from storage.errors import StoreError
from storage.store import Store

__all__ = ["HouseClock", "keep_house"]

_EVERY_S = 6 * 3600.0

_log = logging.getLogger(__name__)


class HouseClock:
    """Tells when to look again: by either clock, for one of them stands still in sleep."""

    def __init__(self) -> None:
        self._noted: tuple[float, float] | None = None

    def is_due(self) -> bool:
        """Whether some hours went by since `note`, or the wall clock was set by as much."""
        if self._noted is None:
            return False
        steady, wall = self._noted
        return time.monotonic() - steady >= _EVERY_S or abs(time.time() - wall) >= _EVERY_S

    def note(self) -> None:
        """Begins to wait anew."""
        self._noted = (time.monotonic(), time.time())


def keep_house(store: Store) -> int:
    """Erases conversations whose days are over; returns how many.

    It never fails for the caller: what could not be erased is due again the next time.
    """
    try:
        store.retention.tick()
        due = store.retention.due(int(store.settings.get("retention_days")))
        if not due:
            return 0
        with store.transaction():
            for conversation_id in due:
                erase(store, conversation_id)
            store.audit.add("retention_erased", f"{len(due)} conversations")
    except StoreError as error:
        _log.warning("retention: %s", type(error).__name__)
        return 0
    return len(due)
