"""The portable archive: the frozen folder, to be unpacked anywhere and started.

Entries are sorted, belong to root and carry one time, so that two builds of a commit are the same.
"""

from __future__ import annotations

import lzma
import os
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bundle.places import DIST, FROZEN, NAME, TITLE, PackageError, file_stem, machine, moment, say

LEVEL = int(os.environ.get("CONFIDANT_PACKAGE_LEVEL", "1"))
"""Effort of compression: 1 takes minutes less than 6 and gives files some 10% larger."""
_ZIP_BEGINS = 315_532_800
"""1980, the first year that a zip archive can name, in seconds."""
_SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


def build() -> Path:
    """Writes the archive into dist/; returns its path."""
    source = FROZEN / (f"{TITLE}.app" if sys.platform == "darwin" else NAME)
    if not source.exists():
        raise PackageError("There is nothing frozen yet; run the step freeze first.")
    DIST.mkdir(exist_ok=True)
    stem = f"{file_stem()}-{_SYSTEMS.get(sys.platform, sys.platform)}-{machine()}"
    inside = source.name if sys.platform == "darwin" else file_stem()
    if sys.platform == "win32":
        target = write_zip(source, DIST / f"{stem}.zip", inside)
    else:
        target = write_tar(source, DIST / f"{stem}.tar.xz", inside)
    say(f"{target.name}: {target.stat().st_size / 1e6:.0f} MB")
    return target


def write_tar(source: Path, target: Path, inside: str) -> Path:
    """Packs `source` as folder `inside` into an xz archive."""
    with (
        lzma.open(target, "wb", preset=LEVEL) as squeezed,
        tarfile.open(fileobj=squeezed, mode="w", format=tarfile.GNU_FORMAT) as packed,
    ):
        for path in _sorted(source):
            name = f"{inside}/{path.relative_to(source).as_posix()}"
            entry = packed.gettarinfo(str(path), name)
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = "root"
            entry.mtime = moment()
            if entry.isfile():
                with path.open("rb") as stream:
                    packed.addfile(entry, stream)
            else:
                packed.addfile(entry)
    return target


def write_zip(source: Path, target: Path, inside: str) -> Path:
    """Packs `source` as folder `inside` into a zip archive; links do not occur on Windows."""
    year, month, day, hour, minute, second = time.gmtime(max(moment(), _ZIP_BEGINS))[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as packed:
        for path in _sorted(source):
            if path.is_file():
                name = f"{inside}/{path.relative_to(source).as_posix()}"
                entry = zipfile.ZipInfo(name, (year, month, day, hour, minute, second))
                entry.compress_type = zipfile.ZIP_DEFLATED
                with path.open("rb") as stream, packed.open(entry, "w") as sink:
                    while block := stream.read(1 << 20):
                        sink.write(block)
    return target


def _sorted(source: Path) -> Iterator[Path]:
    yield from sorted(source.rglob("*"), key=lambda path: path.relative_to(source).as_posix())
