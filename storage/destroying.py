"""Erasing a whole profile: first the keys, then everything they opened.

Once the key file, its copy and the keyring entry are gone, what lies on the disk is noise, also
where a disk keeps old blocks. A marker written before tells the next start to go on where this
one was cut off. Only names that the app itself gives are removed; other files in the folder stay.
"""

import contextlib
import shutil
from pathlib import Path

from storage.errors import disk_errors
from storage.files import shred, sync_folder, write_atomically
from storage.keys import KeyFile
from storage.profile import ProfilePaths

MARKER = "erasing"
_DATABASE_START = 4096


def is_erasing(paths: ProfilePaths) -> bool:
    """Whether an erasure was begun and not finished."""
    return (paths.root / MARKER).exists()


def destroy_profile(paths: ProfilePaths, key_file: KeyFile) -> None:
    """Destroys the keys, then every file of the profile. No connection may be open.

    Doing it again after a crash finishes it. Raises `DiskFull` or `OSError` when the marker could
    not be written; then nothing was changed.
    """
    with disk_errors():
        write_atomically(paths.root / MARKER, [b""])
    key_file.destroy()
    for path in paths.root.glob(paths.database.name + "*"):
        shred(path, _DATABASE_START)
    folders = (paths.backups, paths.vault, paths.cache, paths.logs, paths.figures, paths.models)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    keys = paths.root.glob(paths.key_file.name + "*")
    for path in (*keys, paths.appearance, paths.setup_mark):
        _unlink(path)
    sync_folder(paths.root)
    _unlink(paths.root / MARKER)


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
