"""Copies of the database, encrypted with the same key, the newest few kept.

Before a backup every page of the database is checked, for SQLite copies a page that does not
decrypt as if nothing were wrong. The copy is checked too, and only then it takes its name; older
ones go only after that, so a database that went bad never pushes out a good copy. Names count up
and do not depend on the clock. Sealed files are not copied: they are never changed, only added
and deleted.
"""

import contextlib
from pathlib import Path

from storage.data_key import DataKey
from storage.database import DAMAGED, Database
from storage.errors import DatabaseDamaged, StoreError, disk_errors
from storage.files import PARTIAL_SUFFIX, sync_file, sync_folder
from storage.integrity import database_problems, pages_are_whole
from storage.profile import ProfilePaths

KEPT = 5
_PREFIX, _SUFFIX = "backup-", ".db"
DAMAGED_MARK = ".damaged-"


class Backups:
    """The backups of one profile."""

    def __init__(self, paths: ProfilePaths, key: DataKey, kept: int = KEPT) -> None:
        self._paths = paths
        self._key = key
        self._kept = kept

    def list(self) -> tuple[Path, ...]:
        """Backups on disk, newest first; whether they read is not looked at."""
        found = self._paths.backups.glob(f"{_PREFIX}*{_SUFFIX}")
        return tuple(sorted(found, key=_number, reverse=True))

    def make(self, database: Database) -> Path:
        """Makes and checks a backup, then lets the oldest go; returns its path.

        Raises `DiskFull`, or `DatabaseDamaged` when the database does not read to its end.
        """
        folder = self._paths.backups
        with disk_errors():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = max((_number(path) for path in self.list()), default=0) + 1
        target = folder / f"{_PREFIX}{number:08}{_SUFFIX}"
        partial = target.with_name(target.name + PARTIAL_SUFFIX)
        try:
            self._copy(database, partial)
            with disk_errors():
                sync_file(partial)
                partial.rename(target)
                sync_folder(folder)
        finally:
            _remove_database(partial)
        for old in self.list()[self._kept :]:
            _remove_database(old)
        return target

    def sealed_files(self) -> frozenset[str]:
        """Ids of the sealed files that backups and databases set aside still name."""
        aside = self._paths.root.glob(f"{self._paths.database.name}{DAMAGED_MARK}*")
        found: set[str] = set()
        for path in (*self.list(), *aside):
            with contextlib.suppress(StoreError):
                found |= self._sealed_in(path)
        return frozenset(found)

    def _sealed_in(self, path: Path) -> set[str]:
        database = Database(path, self._key.database_key)
        try:
            return {row[0] for row in database.rows("SELECT id FROM files")}
        finally:
            database.close()

    def newest_good(self) -> Path | None:
        """The newest backup that opens with this key and passes every check."""
        for path in self.list():
            if self.reads(path):
                return path
        return None

    def reads(self, path: Path) -> bool:
        """Whether the database at `path` opens with this key and passes every check."""
        try:
            database = Database(path, self._key.database_key)
        except StoreError:
            return False
        try:
            return not database_problems(database)
        except StoreError:
            return False
        finally:
            database.close()

    def erase(self) -> None:
        """Deletes every backup, and every damaged database that was set aside."""
        for path in self.list():
            _remove_database(path)
        aside = self._paths.root.glob(f"{self._paths.database.name}*{DAMAGED_MARK}*")
        halves = self._paths.backups.glob(f"{_PREFIX}*{PARTIAL_SUFFIX}*")
        for path in (*aside, *halves):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def _copy(self, database: Database, target: Path) -> None:
        if not pages_are_whole(database):
            raise DatabaseDamaged(DAMAGED)
        _remove_database(target)
        copy = Database(target, self._key.database_key, create=True)
        try:
            database.copy_to(copy)
            whole = pages_are_whole(copy)
        finally:
            copy.close()
        if not whole:
            raise StoreError("The backup did not read back; check the disk and try again.")


def _number(path: Path) -> int:
    digits = path.name.removeprefix(_PREFIX).removesuffix(_SUFFIX)
    return int(digits) if digits.isdigit() else 0


def _remove_database(path: Path) -> None:
    """Deletes a database file and what SQLite puts beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
