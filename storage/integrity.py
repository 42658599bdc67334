"""Looking a database over from end to end."""

import time

from storage.database import Database
from storage.errors import DatabaseDamaged, StoreError

SEARCH_TABLES = ("message_words", "memory_words")
_READINGS, _PAUSE_S = 3, 0.05


def database_problems(database: Database) -> tuple[str, ...]:
    """Sentences about what is wrong; empty when all is well. Reads every page.

    The log is moved into the database first: SQLCipher's check reads the file alone.
    """
    found: list[str] = []
    try:
        database.truncate_log()
        if not _pages_verify(database):
            found.append("A page of the database was changed from outside.")
        lines = [str(row[0]) for row in database.rows("PRAGMA integrity_check(10)")]
        found += [f"The database is inconsistent: {line}." for line in lines if line != "ok"]
        if database.rows("PRAGMA foreign_key_check"):
            found.append("A row of the database refers to one that is gone.")
        found += _search_problems(database)
    except DatabaseDamaged as error:
        found.append(error.detail)
    return tuple(found)


def pages_are_whole(database: Database) -> bool:
    """Whether every page carries the seal that its key gives it: the quick part of the check."""
    try:
        database.truncate_log()
        return _pages_verify(database)
    except DatabaseDamaged:
        return False


def _pages_verify(database: Database) -> bool:
    """Checks the seal of each page in the file.

    Another connection may be moving its log into the file meanwhile, so a page that was read
    half-written is looked at again; damage stays.
    """
    if database.path is None:
        return True
    for _ in range(_READINGS - 1):
        if not database.rows("PRAGMA cipher_integrity_check"):
            return True
        time.sleep(_PAUSE_S)
    return not database.rows("PRAGMA cipher_integrity_check")


def _search_problems(database: Database) -> list[str]:
    found = []
    for table in SEARCH_TABLES:
        if not database.value("SELECT count(*) FROM sqlite_master WHERE name = ?", (table,)):
            continue
        try:
            check = f"INSERT INTO {table} ({table}) VALUES ('integrity-check')"  # noqa: S608
            database.execute(check)
        except StoreError:
            found.append(f"The search index {table} is damaged.")
    return found
