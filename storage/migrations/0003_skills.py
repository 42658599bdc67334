"""Skills: tasks taught from labelled rows. A skill's weights are a sealed file beside the database.

`report` holds how it was taught and examined; none of the rows it was taught from is kept.
"""

from collections.abc import Callable


def upgrade(execute: Callable[[str], int]) -> None:
    """Adds the table."""
    execute(
        "CREATE TABLE skills ("
        " position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,"
        " created_at REAL NOT NULL, model_id TEXT NOT NULL,"
        " file_id TEXT NOT NULL REFERENCES files (id), size_bytes INTEGER NOT NULL,"
        " report TEXT NOT NULL"
        ") STRICT"
    )
