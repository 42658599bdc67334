"""Making deletion real beyond the row: the log, the backups, the copies set aside.

The database overwrites freed pages and the search index drops removed words at once. What stays
is the write-ahead log, which is emptied, and older copies of the database, which are deleted;
where there were backups, one fresh backup takes their place.

Not erased: bytes that the disk itself keeps (flash wear levelling, file system snapshots). They
are encrypted, and the keys of deleted files are gone with their rows.
"""

import contextlib

from storage.backups import Backups
from storage.database import Database
from storage.errors import StoreError


class Eraser:
    """Runs once after the transaction in which deletions asked for it."""

    def __init__(self, database: Database, backups: Backups | None) -> None:
        self._db = database
        self._backups = backups
        self._requested = False

    def request(self) -> None:
        """Erases after the present transaction is kept. Call it inside of one."""
        if not self._requested:
            self._requested = True
            self._db.after_commit(self._erase, self._forget_request)

    def _forget_request(self) -> None:
        self._requested = False

    def _erase(self) -> None:
        self._requested = False
        if self._backups is None:
            return
        self._db.truncate_log()
        had_backup = bool(self._backups.list())
        self._backups.erase()
        if had_backup:
            with contextlib.suppress(StoreError):
                self._backups.make(self._db)
