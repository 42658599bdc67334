"""How much of what is stored, and where: the figures of the privacy page."""

from dataclasses import dataclass
from pathlib import Path

from storage.database import Database
from storage.profile import ProfilePaths

_TABLES = ("conversations", "messages", "examples", "memories", "audit")


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
    """Database, its tables, sealed files by kind (`Vault.sizes`), backups, models, cache, logs."""
    name = paths.database.name
    files = [path for path in paths.root.glob(name + "*") if path.is_file()]
    found = [StoredFigure("database", 1, sum(path.stat().st_size for path in files), name)]
    for table in _TABLES:
        rows = int(database.value(f"SELECT count(*) FROM {table}"))  # noqa: S608
        found.append(StoredFigure(table, rows, 0, name))
    for kind, (count, size) in sorted(sealed.items()):
        found.append(StoredFigure(kind, count, size, paths.vault.name))
    for folder in (paths.backups, paths.models, paths.cache, paths.logs):
        found.append(StoredFigure(folder.name, *_folder_size(folder), folder.name))
    return tuple(found)


def _folder_size(folder: Path) -> tuple[int, int]:
    """Files below `folder` and the bytes they take; 0 when there is no such folder."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)
