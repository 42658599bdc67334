"""Byte code beside every source, the same for the same source whenever it is made.

The files are of the kind that is never checked against its source (PEP 552), so they hold no time;
paths in them are relative, and Python puts the real ones in when it loads them.
"""

from __future__ import annotations

import py_compile
import warnings
from pathlib import Path

from bundle.places import say


def compile_tree(folder: Path) -> int:
    """Compiles every source below `folder`; returns how many could not be (templates, mostly)."""
    bad = 0
    for source in sorted(folder.rglob("*.py")):
        bad += not _compile(source, source.relative_to(folder).as_posix())
    if bad:
        say(f"{bad} files are no Python of this version and stay uncompiled")
    return bad


def _compile(source: Path, shown: str) -> bool:
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            py_compile.compile(str(source), dfile=shown, doraise=True, invalidation_mode=mode,
                               quiet=2)  # fmt: skip
        except (py_compile.PyCompileError, ValueError):
            return False
    return True
