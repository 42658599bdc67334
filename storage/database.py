"""The encrypted connection: SQLCipher with the settings that keep secrets and lose nothing.

A raw 256-bit key (no key stretching: it opens in under a millisecond), a write-ahead log synced
at each commit, freed pages overwritten, temporary tables in memory, foreign keys enforced, SQL
functions in the schema not trusted, loadable extensions off. `cipher_memory_security` stays off:
it makes everything several times slower and the key lives in this process anyway.

Older SQLite versions lose commits in a race of the write-ahead log, so the version is asserted.
Errors of SQLite are turned into the store's own, without the original text where that could
repeat a query; programming errors and broken constraints pass through, for they are bugs.
"""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from storage.errors import DISK_FULL, DatabaseDamaged, DiskFull, StoreError

Row = tuple[Any, ...]
Values = Sequence[object]
Action = Callable[[], object]

OLDEST_SQLITE = (3, 51, 3)
BUSY_TIMEOUT_MS = 15_000
PAGE_BYTES = 4096
LOG_BYTES = 16 * 1024 * 1024
_FULL = {"SQLITE_FULL"}
_DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT"}
_BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED"}
_LITTLE_ROOM_BYTES = 1024 * 1024
DAMAGED = "The database is damaged; restore a backup, the damaged file is kept beside it."
_BUSY_SENTENCE = "The profile is busy with another task; try again in a moment."


def assert_version(version: tuple[int, int, int] = dbapi2.sqlite_version_info) -> None:
    """Raises `StoreError` when the SQLite that was loaded is too old to be trusted."""
    if version < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        raise StoreError(f"The SQLite found is older than {wanted}; install sqlcipher3 >= 0.6.4.")


class Database:
    """One connection, used by one thread at a time. `path` None keeps everything in memory.

    Only `close` may be called from another thread than the one that uses it, and only while that
    one is known to be idle.
    """

    def __init__(self, path: Path | None, key: bytes = b"", *, create: bool = False) -> None:
        """Opens; the file is made only with `create`, and is not read before the first query."""
        assert_version()
        self.path = path
        self._depth = 0
        self._hooks: list[tuple[Action, Action]] = []
        with self._errors():
            address = _address(path, create)
            self._connection = dbapi2.connect(
                address, uri=True, isolation_level=None, check_same_thread=False
            )
        try:
            with self._errors():
                self._configure(key)
        except BaseException:
            self._connection.close()
            raise

    def _configure(self, key: bytes) -> None:
        run = self._connection.execute
        run("PRAGMA cipher_log_level = NONE")
        if self.path is not None:
            self._connection.set_key(f"x'{key.hex()}'")
        run(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        run("PRAGMA trusted_schema = OFF")
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA temp_store = MEMORY")
        run("PRAGMA cell_size_check = ON")
        with contextlib.suppress(AttributeError, dbapi2.NotSupportedError):
            self._connection.enable_load_extension(False)
        run("SELECT count(*) FROM sqlite_master").fetchone()
        run("PRAGMA secure_delete = ON")
        if self.path is not None:
            run("PRAGMA journal_mode = WAL")
            run("PRAGMA synchronous = FULL")
            run(f"PRAGMA journal_size_limit = {LOG_BYTES}")

    def execute(self, sql: str, values: Values = ()) -> int:
        """Runs one statement; returns the number of rows it changed."""
        with self._errors():
            changed: int = self._connection.execute(sql, values).rowcount
        return changed

    def execute_many(self, sql: str, rows: Sequence[Values]) -> None:
        """Runs one statement for each row of values."""
        with self._errors():
            self._connection.executemany(sql, rows)

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows of a query."""
        with self._errors():
            found: list[Row] = self._connection.execute(sql, values).fetchall()
        return found

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """The first row of a query, or None."""
        with self._errors():
            found: Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, values)
        return None if found is None else found[0]

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together or not at all. May be nested.

        The write lock is taken at the start, so a transaction never fails halfway for being late.
        """
        begin, end, undo = _bounds(self._depth)
        pending = len(self._hooks)
        self.execute(begin)
        self._depth += 1
        try:
            yield
            self.execute(end)
        except BaseException:
            self._undo(undo)
            self._run_undone(pending)
            raise
        finally:
            self._depth -= 1
        self._run_kept()

    def after_commit(self, kept: Action, undone: Action = lambda: None) -> None:
        """Calls `kept` once the outermost transaction is kept, or `undone` if it is not.

        Outside of a transaction `kept` is called at once.
        """
        self._hooks.append((kept, undone))
        self._run_kept()

    def change_key(self, key: bytes) -> None:
        """Encrypts every page anew with another raw key. For a copy that nothing else has open."""
        with self._errors():
            self._connection.execute("PRAGMA journal_mode = DELETE")
            self._connection.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")

    def truncate_log(self) -> bool:
        """Moves the write-ahead log into the database and empties it; False if another reads."""
        found = self.row("PRAGMA wal_checkpoint(TRUNCATE)")
        return found is not None and found[0] == 0

    def copy_to(self, other: "Database") -> None:
        """Copies every page into `other`, which must have the same key."""
        with self._errors():
            self._connection.backup(other._connection)

    def create_function(self, name: str, arguments: int, function: Callable[..., object]) -> None:
        """Gives SQL of this connection a deterministic function."""
        with self._errors():
            self._connection.create_function(name, arguments, function, deterministic=True)

    def close(self) -> None:
        """Closes; an unfinished transaction is undone. The last one out empties the log."""
        with contextlib.suppress(dbapi2.Error):
            self._connection.close()

    def _undo(self, statements: Sequence[str]) -> None:
        """Rolls back; SQLite may have done so already, after a full disk for instance."""
        with contextlib.suppress(dbapi2.Error):
            for statement in statements:
                if self._connection.in_transaction:
                    self._connection.execute(statement)

    def _run_kept(self) -> None:
        if self._depth == 0:
            hooks, self._hooks = self._hooks, []
            for kept, _ in hooks:
                kept()

    def _run_undone(self, first: int) -> None:
        hooks = self._hooks[first:]
        del self._hooks[first:]
        for _, undone in hooks:
            undone()

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (dbapi2.IntegrityError, dbapi2.ProgrammingError):
            raise
        except dbapi2.Error as error:
            raise self._translated(error) from None

    def _translated(self, error: Exception) -> Exception:
        """The store's own error for one of SQLite; the error itself if it is a bug of ours."""
        name = "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])
        if name in _FULL or (name in {"SQLITE_IOERR", "SQLITE_CANTOPEN"} and self._no_room()):
            return DiskFull(DISK_FULL)
        if name in _DAMAGED:
            return DatabaseDamaged(DAMAGED)
        if name in _BUSY:
            return StoreError(_BUSY_SENTENCE)
        if name in {"SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM"}:
            return StoreError("The profile folder cannot be read or written; check its disk.")
        return error

    def _no_room(self) -> bool:
        try:
            folder = self.path.parent if self.path is not None else None
            return folder is not None and shutil.disk_usage(folder).free < _LITTLE_ROOM_BYTES
        except OSError:
            return False


def _bounds(depth: int) -> tuple[str, str, tuple[str, ...]]:
    """The statements that begin, keep and undo a transaction at this depth of nesting."""
    if depth == 0:
        return "BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)
    name = f"level_{depth}"
    return f"SAVEPOINT {name}", f"RELEASE {name}", (f"ROLLBACK TO {name}", f"RELEASE {name}")


def _address(path: Path | None, create: bool) -> str:
    if path is None:
        return ":memory:"
    return f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
