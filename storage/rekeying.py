"""Changing the keys of a profile: everything is encrypted anew, and the old key opens nothing.

Two steps, with one moment between them that decides:

1. Beside the database a copy is made under the new key, in which the keys of the sealed files are
   wrapped anew. It carries the new key's public check in its name. Until now nothing has changed;
   a copy that is found later and does not go with the key file is deleted.
2. The key file is replaced by one that wraps the new key. This is the moment. What is left is done
   now or by the next opening: the copy takes the database's place, and backups, which are under
   the old key, are deleted and one is made anew (the copy carries the wish to erase, see
   `storage.erasing`).

So after a crash at any time there is exactly one key that opens, and the database that goes with
it. Sealed files keep their bytes: each has a key of its own, and only that is wrapped anew.
"""

import contextlib
from pathlib import Path

from storage.data_key import DataKey
from storage.database import DAMAGED, Database
from storage.erasing import mark_pending
from storage.errors import DatabaseDamaged, StoreError, disk_errors
from storage.files import PARTIAL_SUFFIX, sync_file, sync_folder
from storage.integrity import database_problems, pages_are_whole
from storage.keys import KeyFile
from storage.profile import ProfilePaths
from storage.vault import rewrap_keys

_NEXT = ".next-"
_BESIDE = ("", "-wal", "-shm", "-journal")


def change_keys(
    paths: ProfilePaths, key_file: KeyFile, key: DataKey, *, passphrase: str | None
) -> tuple[DataKey, str]:
    """Gives the profile a new data key and a new recovery key; returns both.

    `passphrase` locks it from then on; None lets the keyring keep the key. No connection to the
    database may be open, and the caller has proved that the user may do this. Raises `WrongKey`,
    `DatabaseDamaged`, `KeyringUnavailable` or `DiskFull` with everything as it was.
    """
    key_file.require(key)
    fresh = DataKey.generate()
    target = _place(paths, fresh)
    try:
        _build(paths, key, fresh, target)
        recovery = key_file.replace_key(key, fresh, passphrase=passphrase)
    except BaseException:
        if not _is_decided(key_file, fresh):
            _remove(target)
        raise
    settle(paths, fresh)
    return fresh, recovery


def settle(paths: ProfilePaths, key: DataKey) -> bool:
    """Finishes or takes back a change of keys that was cut off; True if it finished one.

    `key` must have been proved by the key file, and no connection may be open.
    """
    chosen = _place(paths, key)
    waiting = list(paths.root.glob(f"{paths.database.name}{_NEXT}*"))
    if not waiting:
        return False
    promoted = chosen.exists()
    with disk_errors():
        if promoted:
            for suffix in _BESIDE[1:]:
                _beside(paths.database, suffix).unlink(missing_ok=True)
            chosen.replace(paths.database)
            sync_folder(paths.root)
        for path in waiting:
            if path != chosen:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
    return promoted


def _build(paths: ProfilePaths, old: DataKey, fresh: DataKey, target: Path) -> None:
    """The copy under the new key, checked and on the disk under its final name."""
    partial = target.with_name(target.name + PARTIAL_SUFFIX)
    try:
        source = Database(paths.database, old.database_key)
        try:
            if not pages_are_whole(source):
                raise DatabaseDamaged(DAMAGED)
            copy = Database(partial, old.database_key, create=True)
            try:
                source.copy_to(copy)
                copy.change_key(fresh.database_key)
            finally:
                copy.close()
        finally:
            source.close()
        _rewrap(partial, old, fresh)
        with disk_errors():
            sync_file(partial)
            partial.rename(target)
            sync_folder(paths.root)
    finally:
        _remove(partial)


def _rewrap(path: Path, old: DataKey, fresh: DataKey) -> None:
    """Opens the copy by its new key, wraps the keys of the sealed files, checks everything."""
    copy = Database(path, fresh.database_key)
    try:
        with copy.transaction():
            rewrap_keys(copy, old.file_key, fresh.file_key)
            mark_pending(copy)
        if database_problems(copy):
            raise StoreError("The new copy did not read back; check the disk and try again.")
    finally:
        copy.close()


def _is_decided(key_file: KeyFile, fresh: DataKey) -> bool:
    try:
        key_file.require(fresh)
    except StoreError:
        return False
    return True


def _place(paths: ProfilePaths, key: DataKey) -> Path:
    return paths.database.with_name(f"{paths.database.name}{_NEXT}{key.check.hex()}")


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _remove(path: Path) -> None:
    for suffix in _BESIDE:
        with contextlib.suppress(OSError):
            _beside(path, suffix).unlink(missing_ok=True)
