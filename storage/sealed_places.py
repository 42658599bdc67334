"""Where sealed bytes lie: a folder of the profile, or memory for a temporary store."""

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from storage.errors import SealBroken, disk_errors
from storage.files import PARTIAL_SUFFIX, write_atomically

SUFFIX = ".sealed"
_GONE = "A sealed file is missing; delete its entry and learn again."


class Place(Protocol):
    """Keeps sealed bytes by file id."""

    def write(self, file_id: str, parts: Iterable[bytes]) -> None:
        """Keeps the parts, whole or not at all."""

    def read(self, file_id: str) -> bytes:
        """The bytes; raises `SealBroken` when they are gone."""

    def remove(self, file_id: str) -> None:
        """Removes the bytes if they are there."""

    def names(self) -> frozenset[str]:
        """The ids of all that is kept."""

    def tidy(self) -> int:
        """Removes what an interrupted `write` left; returns how many."""


class FolderPlace:
    """One file for each id in `folder`, which is made at the first write."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, file_id: str, parts: Iterable[bytes]) -> None:
        """Keeps the parts, whole or not at all; raises `DiskFull`."""
        with disk_errors():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(self._path(file_id), parts)

    def read(self, file_id: str) -> bytes:
        """The bytes; raises `SealBroken` when the file is gone or unreadable."""
        try:
            return self._path(file_id).read_bytes()
        except OSError:
            raise SealBroken(_GONE) from None

    def remove(self, file_id: str) -> None:
        """Deletes the file if it is there."""
        with contextlib.suppress(OSError):
            self._path(file_id).unlink(missing_ok=True)

    def names(self) -> frozenset[str]:
        """The ids of all files."""
        return frozenset(path.stem for path in self._folder.glob("*" + SUFFIX))

    def tidy(self) -> int:
        """Deletes half-written files; returns how many."""
        leftovers = list(self._folder.glob("*" + PARTIAL_SUFFIX))
        for path in leftovers:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        return len(leftovers)

    def _path(self, file_id: str) -> Path:
        return self._folder / (file_id + SUFFIX)


class MemoryPlace:
    """Keeps sealed bytes in memory."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def write(self, file_id: str, parts: Iterable[bytes]) -> None:
        """Keeps the parts."""
        self._kept[file_id] = b"".join(parts)

    def read(self, file_id: str) -> bytes:
        """The bytes; raises `SealBroken` when they are gone."""
        if file_id not in self._kept:
            raise SealBroken(_GONE)
        return self._kept[file_id]

    def remove(self, file_id: str) -> None:
        """Forgets the bytes if they are there."""
        self._kept.pop(file_id, None)

    def names(self) -> frozenset[str]:
        """The ids of all that is kept."""
        return frozenset(self._kept)

    def tidy(self) -> int:
        """Nothing can be left half-written here."""
        return 0
