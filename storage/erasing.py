"""Making deletion real beyond the row: freed space, the log, backups, copies set aside.

Overwriting freed pages and FTS5's secure-delete are on, yet are not enough: when pages are
rearranged, pieces of old rows and search words stay in the gaps. So after a deletion the whole
database is written anew (VACUUM), the write-ahead log is emptied, and older copies of the
database are deleted; where there were backups, one fresh backup takes their place.

The wish to erase is stored in the same transaction as the deletion and taken back only when all
of it was done; after a crash, a full disk or a busy reader the next opening finishes the job.

Not erased: bytes that the disk itself keeps (flash wear levelling, file system snapshots). They
are encrypted, and the keys of deleted sealed files are gone with their rows.
"""

import contextlib

from storage.backups import Backups
from storage.database import Database
from storage.errors import StoreError

_PENDING, _HAD_BACKUP = "erase_pending", "erase_had_backup"


def mark_pending(database: Database) -> None:
    """Stores the wish that older copies are erased; call it inside of a transaction."""
    database.execute("INSERT OR REPLACE INTO counters (name, value) VALUES (?, 1)", (_PENDING,))


class Eraser:
    """Erases once after each transaction in which deletions asked for it."""

    def __init__(self, database: Database, backups: Backups | None) -> None:
        self._db = database
        self._backups = backups
        self._asked = False

    def request(self) -> None:
        """Erases after the present transaction is kept. Call it inside of one."""
        if self._asked or self._backups is None:
            return
        self._asked = True
        mark_pending(self._db)
        self._db.after_commit(self._erase_now, self._forget)

    def finish(self) -> None:
        """Finishes an erasure that was interrupted, if there is one."""
        if self._backups is not None and self.pending:
            self._erase_now()

    @property
    def pending(self) -> bool:
        """Whether something deleted may still be found in old pages or copies."""
        return bool(self._db.value("SELECT value FROM counters WHERE name = ?", (_PENDING,)))

    def _forget(self) -> None:
        self._asked = False

    def _erase_now(self) -> None:
        """Erases; what hinders it (no room, a busy reader) leaves it pending."""
        self._asked = False
        with contextlib.suppress(StoreError):
            if self._erase():
                self._db.execute(
                    "DELETE FROM counters WHERE name IN (?, ?)", (_PENDING, _HAD_BACKUP)
                )

    def _erase(self) -> bool:
        backups = self._backups
        if backups is None:
            return True
        if backups.list():
            self._db.execute(
                "INSERT OR REPLACE INTO counters (name, value) VALUES (?, 1)", (_HAD_BACKUP,)
            )
        backups.erase()
        self._db.execute("VACUUM")
        emptied = self._db.truncate_log()
        if self._db.value("SELECT value FROM counters WHERE name = ?", (_HAD_BACKUP,)):
            backups.make(self._db)
        return emptied
