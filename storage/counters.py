"""Numbers that only count up, whatever the clock says."""

from storage.database import Database

POSITION = "position"
ADAPTER_VERSION = "adapter_version"


def next_value(database: Database, name: str = POSITION) -> int:
    """The next number of counter `name`, from 1; a number is never given out twice."""
    return reserve(database, 1, name)


def reserve(database: Database, count: int, name: str = POSITION) -> int:
    """Takes `count` numbers in a row and returns the first."""
    with database.transaction():
        database.execute(
            "INSERT INTO counters (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
            (name, count),
        )
        last = int(database.value("SELECT value FROM counters WHERE name = ?", (name,)))
    return last - count + 1


def total(database: Database, name: str) -> int:
    """How far counter `name` has counted; 0 when it was never used."""
    found = database.value("SELECT value FROM counters WHERE name = ?", (name,))
    return int(found or 0)
