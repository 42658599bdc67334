"""The ledger of connections: how many were made (none ever is) and how many were refused."""

from storage.counters import reserve, total
from storage.database import Database

REFUSED = "connections_refused"


class Ledger:
    """Counts since the profile was made. Numbers only: no address is written down."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add_refused(self, count: int) -> None:
        """Adds attempts that a guard refused; nothing is written for none."""
        if count > 0:
            reserve(self._db, count, REFUSED)

    @property
    def refused(self) -> int:
        """Attempts that a guard refused since the profile was made."""
        return total(self._db, REFUSED)
