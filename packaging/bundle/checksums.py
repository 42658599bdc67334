"""SHA256SUMS beside the files, in the form that ``sha256sum --check`` reads."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bundle.places import DIST, say

NAME = "SHA256SUMS"


def build() -> Path:
    """Writes the digests of all that is in dist/; returns the file."""
    DIST.mkdir(exist_ok=True)
    paths = sorted(path for path in DIST.iterdir() if path.is_file() and path.name != NAME)
    target = DIST / NAME
    text = "".join(f"{digest(path)}  {path.name}\n" for path in paths)
    target.write_text(text, encoding="utf-8", newline="\n")
    say(f"{NAME}: {len(paths)} files")
    return target


def digest(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
