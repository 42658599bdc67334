"""Blind comparisons of two versions: how often the user preferred which. No words are kept.

A version that is NULL is the untuned model. With an adapter its comparisons go.
"""

from collections.abc import Callable


def upgrade(execute: Callable[[str], int]) -> None:
    """Adds the table."""
    execute(
        "CREATE TABLE comparisons ("
        " position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, created_at REAL NOT NULL,"
        " first_id TEXT REFERENCES adapters (id) ON DELETE CASCADE,"
        " second_id TEXT REFERENCES adapters (id) ON DELETE CASCADE,"
        " first_better INTEGER NOT NULL, second_better INTEGER NOT NULL, same INTEGER NOT NULL"
        ") STRICT"
    )
    execute("CREATE INDEX comparisons_of_first ON comparisons (first_id)")
    execute("CREATE INDEX comparisons_of_second ON comparisons (second_id)")
