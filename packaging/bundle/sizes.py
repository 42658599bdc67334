"""What the frozen folder is made of, by part, the largest first."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bundle.places import FROZEN, NAME, PackageError, say

_INSIDE = "_internal"
_SHOWN = 12


def build() -> None:
    """Says the size of each large part of what was frozen."""
    folder = FROZEN / NAME
    if not folder.exists():
        raise PackageError("There is nothing frozen yet; run the step freeze first.")
    parts = by_part(folder)
    say(f"installed: {sum(parts.values()) / 1e6:.0f} MB")
    for name, size in parts.most_common(_SHOWN):
        say(f"  {size / 1e6:6.1f} MB  {name}")


def by_part(folder: Path) -> Counter[str]:
    """Bytes by the first folder below ``_internal``; a library's shared folder counts to it."""
    found: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts = path.relative_to(folder).parts
            inner = parts[1:] if parts[0] == _INSIDE else parts
            name = inner[0] if len(inner) > 1 else "program and single files"
            found[name.removesuffix(".libs")] += path.stat().st_size
    return found
