"""Builds one commit twice, in two folders, and compares what came out entry by entry.

Usage: ``python packaging/compare.py [STEP ...]`` builds (steps of package.py; without any the
Debian package), ``python packaging/compare.py FIRST SECOND`` compares two packages that exist.
What is not committed is not built. The two folders have names of different length, so that a path
that slips into a file shows. Exit code 1 when anything differs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bundle.checksums import NAME as SUMS
from bundle.checksums import digest
from bundle.listing import differences, listing
from bundle.places import ROOT, PackageError, moment, say

PLACE = ROOT / "build" / "compare"
FOLDERS = ("first", "second-at-a-longer-path")
DEBIAN = ("libraries", "icons", "freeze", "sbom", "deb", "checksums")
_SHOWN = 40


def main(arguments: list[str]) -> int:
    """Builds where needed and compares; returns the exit code (0 the same, 1 not)."""
    try:
        if len(arguments) == 2 and all(Path(one).is_file() for one in arguments):
            return compare(Path(arguments[0]), Path(arguments[1]))
        made = [build(name, arguments or list(DEBIAN)) for name in FOLDERS]
        return compare_folders(*made)
    except PackageError as error:
        print(error, file=sys.stderr)
        return 1


def build(name: str, steps: list[str]) -> Path:
    """Clones the last commit into folder `name`, carries out `steps`; returns its ``dist``.

    Raises:
        PackageError: when a step fails.
    """
    folder = PLACE / name
    if folder.exists():
        shutil.rmtree(folder)
    _run(["git", "clone", "--quiet", "--no-local", str(ROOT), str(folder)], ROOT)
    for source in sorted((folder / "ui" / "i18n").glob("*.ts")):
        compiled = str(source.with_suffix(".qm"))
        lrelease = Path(sys.executable).with_name("pyside6-lrelease")
        _run([str(lrelease), "-silent", str(source), "-qm", compiled], folder)
    _run([sys.executable, "packaging/package.py", *steps], folder)
    shutil.rmtree(folder / "build", ignore_errors=True)
    return folder / "dist"


def compare_folders(first: Path, second: Path) -> int:
    """Compares every file of one name; returns 1 when one is missing or differs."""
    names = {path.name for folder in (first, second) for path in folder.iterdir()}
    code = 0 if names else 1
    for name in sorted(names - {SUMS}):
        if not (first / name).exists() or not (second / name).exists():
            say(f"{name}: made only once")
            code = 1
        else:
            code |= compare(first / name, second / name)
    return code


def compare(first: Path, second: Path) -> int:
    """Compares two files, by their bytes and, where they differ, by what they hold."""
    if digest(first) == digest(second):
        say(f"{first.name}: the same bytes, SHA-256 {digest(first)}")
        return 0
    if not first.name.endswith((".deb", ".tar.xz")):
        say(f"{first.name}: differs")
        return 1
    held = listing(first), listing(second)
    found = differences(*held)
    say(f"{first.name}: {len(found)} of {len(held[0])} entries differ")
    for line in found[:_SHOWN]:
        say(f"  {line}")
    if not found:
        say("  the same entries, packed in another way")
    return 1


def _run(command: list[str], folder: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(moment())}
    if subprocess.run(command, cwd=folder, env=environment, check=False).returncode != 0:
        raise PackageError(f"{Path(command[0]).name} failed in {folder.name}; see above.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
