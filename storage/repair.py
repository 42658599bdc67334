"""Bringing a profile back whose database does not read.

Nothing is overwritten: the damaged files are set aside under a new name first. If only the log
is damaged, what it still holds up to the damage is kept and checked; otherwise the newest backup
that passes every check takes the database's place. A crash in between leaves either the damaged
files in place or no database, and both lead back here.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from storage.backups import DAMAGED_MARK, Backups
from storage.data_key import DataKey
from storage.database import Database
from storage.errors import DatabaseDamaged, NotFound, disk_errors
from storage.files import PARTIAL_SUFFIX, sync_file, sync_folder
from storage.keys import KeyFile
from storage.log_check import log_is_damaged
from storage.profile import ProfilePaths
from storage.rekeying import settle


@dataclass(frozen=True, slots=True)
class Repair:
    """What was done: ``backup`` names the copy that was put in place, None if none was needed.

    ``set_aside`` are the damaged files under their new names.
    """

    backup: str | None
    set_aside: tuple[str, ...]


def repair(paths: ProfilePaths, key: DataKey) -> Repair:
    """Sets damaged files aside and makes the database read again.

    No connection may be open. Raises `WrongKey` or `KeyMissing` before anything is touched and
    `NotFound` (with every file still in its place) when there is no good backup.
    """
    KeyFile(paths.key_file).require(key)
    settle(paths, key)
    backups = Backups(paths, key)
    if paths.database.is_file() and log_is_damaged(_log(paths)):
        salvaged = _salvage(paths, backups)
        if salvaged is not None:
            return Repair(None, _replace_by(paths, salvaged))
    elif paths.database.is_file() and backups.reads(paths.database):
        return Repair(None, ())
    good = backups.newest_good()
    if good is None:
        raise NotFound("There is no backup that reads; put a copy of the profile in its place.")
    partial = _beside(paths)
    with disk_errors():
        shutil.copyfile(good, partial)
        sync_file(partial)
    return Repair(good.name, _replace_by(paths, partial))


def restore(paths: ProfilePaths, key: DataKey, name: str) -> tuple[str, ...]:
    """Puts the backup called `name` in the database's place.

    The present state becomes the newest backup, so this can be undone the same way; where it does
    not read, it is set aside. No connection may be open. Raises `NotFound` for an unknown name and
    `DatabaseDamaged` for a backup that does not read; then nothing was changed.

    Returns:
        Names of the files that hold the present state from now on.
    """
    KeyFile(paths.key_file).require(key)
    backups = Backups(paths, key)
    chosen = next((path for path in backups.list() if path.name == name), None)
    if chosen is None:
        raise NotFound("This backup is no longer there; choose another one.")
    if not backups.reads(chosen):
        raise DatabaseDamaged("This backup does not read; choose another one.")
    partial = _beside(paths)
    with disk_errors():
        shutil.copyfile(chosen, partial)
        sync_file(partial)
    if not (paths.database.is_file() and backups.reads(paths.database)):
        return _replace_by(paths, partial)
    kept = _back_up(paths, key, backups)
    with disk_errors():
        partial.replace(paths.database)
        sync_folder(paths.root)
    return (kept.name,)


def _back_up(paths: ProfilePaths, key: DataKey, backups: Backups) -> Path:
    database = Database(paths.database, key.database_key)
    try:
        return backups.make(database)
    finally:
        database.close()


def _salvage(paths: ProfilePaths, backups: Backups) -> Path | None:
    """A copy of the database with what its damaged log still tells, if that passes every check."""
    partial = _beside(paths)
    copy_log = partial.with_name(partial.name + "-wal")
    with disk_errors():
        shutil.copyfile(paths.database, partial)
        shutil.copyfile(_log(paths), copy_log)
    if backups.reads(partial) and not copy_log.exists():
        sync_file(partial)
        return partial
    for path in (partial, copy_log, partial.with_name(partial.name + "-shm")):
        path.unlink(missing_ok=True)
    return None


def _replace_by(paths: ProfilePaths, fresh: Path) -> tuple[str, ...]:
    """Moves database, log and index of the log aside, then `fresh` into place."""
    earlier = paths.root.glob(f"*{DAMAGED_MARK}*")
    taken = [path.name.rpartition(DAMAGED_MARK)[2] for path in earlier]
    number = max((int(name) for name in taken if name.isdigit()), default=0) + 1
    moved = []
    for suffix in ("", "-wal", "-shm"):
        present = paths.database.with_name(paths.database.name + suffix)
        if present.exists():
            aside = present.with_name(f"{present.name}{DAMAGED_MARK}{number}")
            present.rename(aside)
            moved.append(aside.name)
    fresh.rename(paths.database)
    sync_folder(paths.root)
    return tuple(moved)


def _beside(paths: ProfilePaths) -> Path:
    return paths.database.with_name(paths.database.name + PARTIAL_SUFFIX)


def _log(paths: ProfilePaths) -> Path:
    return paths.database.with_name(paths.database.name + "-wal")
