"""Writing files so that a crash leaves the old content or the new, never a mixture."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from storage.errors import disk_errors

PARTIAL_SUFFIX = ".partial"


def write_atomically(path: Path, parts: Iterable[bytes]) -> int:
    """Replaces `path` by `parts` joined; returns the bytes written.

    The bytes go to a file beside it (owner-only rights), reach the disk, and then take the name.
    Raises `DiskFull`; a failed write leaves `path` as it was and nothing beside it.
    """
    partial = path.with_name(path.name + PARTIAL_SUFFIX)
    with disk_errors():
        try:
            written = _write_new(partial, parts)
            partial.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    return written


def _write_new(path: Path, parts: Iterable[bytes]) -> int:
    written = 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        for part in parts:
            written += stream.write(part)
        stream.flush()
        os.fsync(stream.fileno())
    return written


def sync_file(path: Path) -> None:
    """Waits until the content of `path` is on the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Waits until names in `folder` are on the disk, where the system can do that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def shred(path: Path, size: int | None = None) -> None:
    """Overwrites a file (or its first `size` bytes) with zeros on the disk, then deletes it.

    What cannot be overwritten or deleted is left; the caller looks if that matters.
    """
    with contextlib.suppress(OSError), path.open("rb+") as stream:
        length = path.stat().st_size
        stream.write(bytes(length if size is None else min(size, length)))
        stream.flush()
        os.fsync(stream.fileno())
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
