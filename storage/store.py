"""The store of one profile: database, repositories, sealed files.

A store belongs to the thread that made it; every lane opens its own. Reading and writing from
several is safe (write-ahead log, one writer at a time).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.adapters import Adapters
from storage.aging import Aging
from storage.audit import Audit
from storage.backups import Backups
from storage.comparisons import Comparisons
from storage.conversations import Conversations
from storage.data_key import DataKey
from storage.database import DAMAGED, PAGE_BYTES, Database
from storage.erasing import Eraser
from storage.errors import DatabaseDamaged, StoreError, disk_errors
from storage.examples import Examples
from storage.files import PARTIAL_SUFFIX, sync_file, sync_folder
from storage.integrity import database_problems
from storage.judgements import Judgements
from storage.keys import KeyFile
from storage.ledger import Ledger
from storage.log_check import log_is_damaged
from storage.memories import Memories
from storage.messages import Messages
from storage.migrations import migrate, version_of
from storage.models import Models
from storage.profile import ProfilePaths
from storage.purging import Purger
from storage.rekeying import settle
from storage.reply_sources import ReplySources
from storage.retention import Retention
from storage.sealed_places import FolderPlace, MemoryPlace
from storage.setting_values import SettingValues
from storage.sizes import StoredFigure, stored_figures
from storage.skills import Skills
from storage.turns import Turns
from storage.vault import Vault


class Store:
    """Repositories over one connection. Made by `create`, `open` or `temporary` only."""

    def __init__(self, database: Database, paths: ProfilePaths | None, key: DataKey) -> None:
        self.closed = False
        self._db = database
        self._paths = paths
        self._backups = None if paths is None else Backups(paths, key)
        eraser = self._eraser = Eraser(database, self._backups)
        place = MemoryPlace() if paths is None else FolderPlace(paths.vault)
        self.vault = Vault(database, place, key.file_key)
        self.messages = Messages(database)
        self.turns = Turns(database)
        self.reply_sources = ReplySources(database)
        self.judgements = Judgements(database, self.messages, self.reply_sources)
        self.examples = Examples(database, eraser)
        self.memories = Memories(database, eraser)
        self.adapters = Adapters(database, self.vault, eraser)
        self.comparisons = Comparisons(database)
        self.skills = Skills(database, self.vault, eraser)
        purger = Purger(
            database, self.messages, self.examples, self.memories, self.adapters, eraser
        )
        self.conversations = Conversations(database, purger, temporary=paths is None)
        self.models = Models(database)
        self.settings = SettingValues(database)
        self.audit = Audit(database)
        self.ledger = Ledger(database)
        self.retention = Retention(database, Aging(database))

    @classmethod
    def create(cls, paths: ProfilePaths, key: DataKey) -> "Store":
        """Makes the database of a new profile, whose key file must be there already.

        It is built beside its place and moved there whole. Raises `StoreError` when a database is
        already there, `KeyMissing` or `WrongKey` when the key file does not go with `key`.
        """
        KeyFile(paths.key_file).require(key)
        if paths.database.exists():
            raise StoreError("This profile already has a database; open the profile instead.")
        built = paths.database.with_name(paths.database.name + PARTIAL_SUFFIX)
        with disk_errors():
            for leftover in built.parent.glob(built.name + "*"):
                leftover.unlink()
            database = Database(built, key.database_key, create=True)
            try:
                migrate(database)
            finally:
                database.close()
            sync_file(built)
            built.rename(paths.database)
            sync_folder(paths.root)
        return cls.open(paths, key)

    @classmethod
    def open(cls, paths: ProfilePaths, key: DataKey) -> "Store":
        """Opens the database of a profile; never makes one.

        The key file proves the key before the database is touched: `KeyMissing` and `WrongKey`
        leave every file as it is. A right key and a database that does not read, or is gone, is
        `DatabaseDamaged`.
        """
        KeyFile(paths.key_file).require(key)
        settle(paths, key)
        if not paths.database.is_file():
            raise DatabaseDamaged("The database file is missing; restore a backup.")
        if paths.database.stat().st_size < PAGE_BYTES:
            raise DatabaseDamaged(DAMAGED)
        if log_is_damaged(paths.database.with_name(paths.database.name + "-wal")):
            raise DatabaseDamaged(DAMAGED)
        database = Database(paths.database, key.database_key)
        try:
            if version_of(database) == 0:
                raise DatabaseDamaged(DAMAGED)
            migrate(database, lambda: Backups(paths, key).make(database))
            store = cls(database, paths, key)
            store._eraser.finish()
            return store
        except BaseException:
            database.close()
            raise

    @classmethod
    def temporary(cls) -> "Store":
        """A store with the same tables, in memory only, gone when closed."""
        database = Database(None)
        migrate(database)
        return cls(database, None, DataKey.generate())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together or not at all. May be nested."""
        with self._db.transaction():
            yield

    def backup(self) -> Path | None:
        """Makes a backup now and lets the oldest go; None for a store in memory.

        Raises `DiskFull`, or `DatabaseDamaged` when the database does not read to its end.
        """
        return None if self._backups is None else self._backups.make(self._db)

    def backups(self) -> tuple[Path, ...]:
        """The backups on disk, newest first."""
        return () if self._backups is None else self._backups.list()

    def sweep(self) -> int:
        """Deletes sealed files that neither the database nor any backup names; how many."""
        spared = frozenset() if self._backups is None else self._backups.sealed_files()
        return self.vault.sweep(spared)

    def check(self) -> tuple[str, ...]:
        """Sentences about every problem found; none is good news. Reads all that is stored."""
        found = list(database_problems(self._db))
        try:
            found += self.vault.problems()
            if self._eraser.pending:
                found.append("Something deleted is not fully erased yet; close and open the app.")
        except DatabaseDamaged as error:
            found.append(error.detail)
        if self._paths is not None:
            found += KeyFile(self._paths.key_file).problems()
        return tuple(found)

    def figures(self) -> tuple[StoredFigure, ...]:
        """How much of what is stored and where; empty for a store in memory."""
        if self._paths is None:
            return ()
        return stored_figures(self._db, self._paths, self.vault.sizes())

    def close(self) -> None:
        """Closes the connection; the store is of no use afterwards. See `Database.close`."""
        self.closed = True
        self._db.close()
