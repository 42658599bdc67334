"""Looking a database over from end to end."""

from storage.database import Database
from storage.errors import DatabaseDamaged, StoreError

SEARCH_TABLES = ("message_words", "memory_words")


def database_problems(database: Database) -> tuple[str, ...]:
    """Sentences about what is wrong; empty when all is well. Reads every page.

    The log is moved into the database first: SQLCipher's check reads the file alone.
    """
    found: list[str] = []
    try:
        database.truncate_log()
        if database.path is not None:
            pages = database.rows("PRAGMA cipher_integrity_check")
            found += ["A page of the database was changed from outside." for _ in pages[:1]]
        lines = [str(row[0]) for row in database.rows("PRAGMA integrity_check(10)")]
        found += [f"The database is inconsistent: {line}." for line in lines if line != "ok"]
        if database.rows("PRAGMA foreign_key_check"):
            found.append("A row of the database refers to one that is gone.")
        found += _search_problems(database)
    except DatabaseDamaged as error:
        found.append(error.detail)
    return tuple(found)


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
