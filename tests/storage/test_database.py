"""The connection: its settings, its transactions, its errors."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from storage.database import Database, assert_version
from storage.errors import DatabaseDamaged, DiskFull, StoreError

KEY = b"k" * 32


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(tmp_path / "x.db", KEY, create=True)
    opened.execute("CREATE TABLE t (x TEXT)")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("temp_store", 2),
        ("foreign_keys", 1), ("trusted_schema", 0), ("cipher_memory_security", "0"),
        ("cipher_provider", "openssl"),
    ],
)  # fmt: skip
def test_settings_that_keep_secrets_and_lose_nothing(
    database: Database, pragma: str, value: object
) -> None:
    assert database.value(f"PRAGMA {pragma}") == value


def test_extensions_cannot_be_loaded(database: Database) -> None:
    with pytest.raises(dbapi2.OperationalError, match="not authorized"):
        database.value("SELECT load_extension('nothing')")


def test_the_file_is_encrypted_with_this_key_alone(database: Database, tmp_path: Path) -> None:
    database.execute("INSERT INTO t VALUES ('needle')")
    database.truncate_log()
    content = (tmp_path / "x.db").read_bytes()
    assert b"SQLite format" not in content
    assert b"needle" not in content
    with pytest.raises(DatabaseDamaged):
        Database(tmp_path / "x.db", b"j" * 32)


def test_opening_never_makes_a_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        Database(tmp_path / "none.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_old_libraries_are_refused() -> None:
    assert_version((3, 51, 3))
    with pytest.raises(StoreError, match="sqlcipher3"):
        assert_version((3, 51, 2))


def test_an_error_inside_undoes_everything(database: Database) -> None:
    def write_and_fail() -> None:
        with database.transaction():
            database.execute("INSERT INTO t VALUES ('a')")
            with database.transaction():
                database.execute("INSERT INTO t VALUES ('b')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert database.rows("SELECT * FROM t") == []


def test_a_caught_error_undoes_the_inner_part_alone(database: Database) -> None:
    def write_and_fail() -> None:
        with database.transaction():
            database.execute("INSERT INTO t VALUES ('inner')")
            raise ZeroDivisionError

    with database.transaction():
        database.execute("INSERT INTO t VALUES ('outer')")
        with pytest.raises(ZeroDivisionError):
            write_and_fail()
    assert database.rows("SELECT * FROM t") == [("outer",)]


def test_hooks_run_after_the_outermost_commit(database: Database) -> None:
    told: list[str] = []
    with database.transaction():
        with database.transaction():
            database.after_commit(lambda: told.append("kept"), lambda: told.append("undone"))
        assert told == []
    assert told == ["kept"]
    database.after_commit(lambda: told.append("at once"))
    assert told == ["kept", "at once"]


def test_hooks_of_what_was_undone_are_told_so(database: Database) -> None:
    told: list[str] = []

    def hook_and_fail() -> None:
        with database.transaction():
            database.after_commit(lambda: told.append("kept"), lambda: told.append("undone"))
            raise ZeroDivisionError

    with database.transaction():
        database.after_commit(lambda: told.append("outer kept"))
        with pytest.raises(ZeroDivisionError):
            hook_and_fail()
    assert told == ["undone", "outer kept"]


def test_a_second_writer_waits_and_a_reader_does_not(database: Database, tmp_path: Path) -> None:
    other = Database(tmp_path / "x.db", KEY)
    other.execute("PRAGMA busy_timeout = 50")
    with database.transaction():
        database.execute("INSERT INTO t VALUES ('a')")
        assert other.rows("SELECT * FROM t") == []
        with pytest.raises(StoreError, match="busy"), other.transaction():
            pass
    assert other.rows("SELECT * FROM t") == [("a",)]
    other.close()


def test_bugs_are_not_dressed_up(database: Database) -> None:
    with pytest.raises(dbapi2.OperationalError):
        database.execute("SELECT nonsense FROM nowhere")
    with pytest.raises(dbapi2.ProgrammingError):
        database.execute("SELECT ?", ())


@pytest.mark.parametrize(
    ("name", "kind"),
    [("SQLITE_FULL", DiskFull), ("SQLITE_CORRUPT_VTAB", DatabaseDamaged),
     ("SQLITE_NOTADB", DatabaseDamaged), ("SQLITE_BUSY_SNAPSHOT", StoreError),
     ("SQLITE_IOERR_READ", StoreError)],
)  # fmt: skip
def test_each_failure_has_its_kind(database: Database, name: str, kind: type[Exception]) -> None:
    error = dbapi2.OperationalError("near 'private words'")
    error.sqlite_errorname = name
    made = database._translated(error)
    assert type(made) is kind
    assert "private" not in str(made)


def test_a_failed_write_is_a_full_disk_when_there_is_no_room(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "_no_room", lambda self: True)
    error = dbapi2.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_WRITE"
    assert type(database._translated(error)) is DiskFull
