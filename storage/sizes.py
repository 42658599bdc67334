"""How much of what is stored, and where: the figures of the privacy page."""

from dataclasses import dataclass
from pathlib import Path

from storage.database import Database
from storage.profile import ProfilePaths

_TABLES = ("conversations", "messages", "examples", "memories", "comparisons", "audit")


@dataclass(frozen=True, slots=True)
class StoredFigure:
    """One kind of stored data. ``path`` is relative to the profile's folder.

    What lies inside the database has no size of its own (0); the database has.
    """

    name: str
    count: int
    size_bytes: int
    path: str


def stored_figures(
    database: Database, paths: ProfilePaths, sealed: dict[str, tuple[int, int]]
) -> tuple[StoredFigure, ...]:
    """Database, its tables, sealed files by kind (`Vault.sizes`), keys, backups and the rest."""
    name = paths.database.name
    found = [StoredFigure("database", 1, _beside(paths.database)[1], name)]
    for table in _TABLES:
        rows = int(database.value(f"SELECT count(*) FROM {table}"))  # noqa: S608
        found.append(StoredFigure(table, rows, 0, name))
    for kind, (count, size) in sorted(sealed.items()):
        found.append(StoredFigure(kind, count, size, paths.vault.name))
    found.append(StoredFigure("keys", *_beside(paths.key_file), paths.key_file.name))
    for folder in (paths.backups, paths.models, paths.cache, paths.logs, paths.figures):
        found.append(StoredFigure(folder.name, *_folder_size(folder), folder.name))
    return tuple(found)


def _beside(file: Path) -> tuple[int, int]:
    """`file` and those whose names begin with its own (log, copy): how many, and their bytes."""
    sizes = [path.stat().st_size for path in file.parent.glob(file.name + "*") if path.is_file()]
    return len(sizes), sum(sizes)


def _folder_size(folder: Path) -> tuple[int, int]:
    """Files below `folder` and the bytes they take; 0 when there is no such folder."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)
