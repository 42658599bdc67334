"""What a built package holds, entry by entry, so that two builds can be compared.

Source of the layout: deb(5), an archive of two tar archives; dpkg-deb hands both out unpacked.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO

from bundle.places import PackageError


@dataclass(frozen=True)
class Entry:
    """One file, folder or link; ``content`` is the SHA-256 of a file or the aim of a link."""

    kind: str
    mode: int
    owner: str
    time: int
    size: int
    content: str


def listing(package: Path) -> dict[str, Entry]:
    """Every entry of a ``.deb`` or ``.tar.xz`` by its name; of a .deb its control files too.

    Raises:
        PackageError: when the file is neither or does not unpack.
    """
    if package.suffix == ".deb":
        return {f"{part}/{name}": entry for part in ("control", "data")
                for name, entry in _of_deb(package, part).items()}  # fmt: skip
    if package.name.endswith(".tar.xz"):
        with tarfile.open(package, "r|xz") as packed:
            return dict(_entries(packed))
    raise PackageError(f"{package.name} is no .deb and no .tar.xz; give two of one kind.")


def differences(first: dict[str, Entry], second: dict[str, Entry]) -> list[str]:
    """One line for each entry that differs: its name and what is not the same."""
    found = []
    for name in sorted(first.keys() | second.keys()):
        one, other = first.get(name), second.get(name)
        if one is None or other is None:
            found.append(f"{name}: only in the {'second' if one is None else 'first'}")
        elif one != other:
            unlike = [field.name for field in fields(Entry)
                      if getattr(one, field.name) != getattr(other, field.name)]  # fmt: skip
            found.append(f"{name}: {', '.join(unlike)}")
    return found


def _of_deb(package: Path, part: str) -> dict[str, Entry]:
    option = "--ctrl-tarfile" if part == "control" else "--fsys-tarfile"
    command = ["dpkg-deb", option, str(package)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as unpacking:
        assert unpacking.stdout is not None
        with tarfile.open(fileobj=unpacking.stdout, mode="r|") as packed:
            found = dict(_entries(packed))
        unpacking.stdout.read()
    if unpacking.returncode != 0:
        raise PackageError(f"dpkg-deb cannot unpack {package.name}; build it again.")
    return found


def _entries(packed: tarfile.TarFile) -> Iterator[tuple[str, Entry]]:
    for one in packed:
        stream = packed.extractfile(one) if one.isreg() else None
        content = one.linkname if stream is None else _digest(stream)
        owner = f"{one.uid}:{one.gid} {one.uname}:{one.gname}"
        yield one.name, Entry(one.type.decode(), one.mode, owner, int(one.mtime), one.size, content)


def _digest(stream: IO[bytes]) -> str:
    found = hashlib.sha256()
    while block := stream.read(io.DEFAULT_BUFFER_SIZE * 16):
        found.update(block)
    return found.hexdigest()
