"""Which version of a system library the files of a folder ask for."""

from __future__ import annotations

import mmap
import re
from pathlib import Path

from bundle.places import PackageError


def newest_symbols(folder: Path, family: str) -> str:
    """The newest version tag, such as ``2.34`` for ``GLIBC``, in any program or library there.

    Raises:
        PackageError: when no file names one.
    """
    pattern = re.compile(rb"\0" + family.encode() + rb"_(\d+(?:\.\d+)+)\0")
    found: set[tuple[int, ...]] = set()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and _is_elf(path):
            with path.open("rb") as stream:
                data = mmap.mmap(stream.fileno(), 0, prot=mmap.PROT_READ)
                found |= {tuple(map(int, hit.split(b"."))) for hit in pattern.findall(data)}
    if not found:
        raise PackageError(f"No file below {folder.name} names a version of {family}.")
    return ".".join(map(str, max(found)))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"
