"""Names, folders and the one moment in time that every step of packaging uses."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "package"
DIST = ROOT / "dist"
LIBRARIES = BUILD / "libraries"
FROZEN = BUILD / "frozen"
NAME = "confidant"
TITLE = "Confidant"


class PackageError(Exception):
    """Packaging cannot go on; the message is one sentence for the developer."""


def project() -> dict[str, Any]:
    """The table ``project`` of pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)["project"]
    return table


def version() -> str:
    """The version of the app, such as ``0.1.0``."""
    return str(project()["version"])


def moment() -> int:
    """Seconds since 1970 that every packed file gets: SOURCE_DATE_EPOCH, else the last commit.

    Raises:
        PackageError: when neither is known.
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    return _last_commit()


@lru_cache(maxsize=1)
def _last_commit() -> int:
    asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True,
                           text=True, check=False)  # fmt: skip
    if asked.returncode != 0:
        raise PackageError("There is no git history here; set SOURCE_DATE_EPOCH to a fixed time "
                           "in seconds and run this again.")
    return int(asked.stdout)


def flavour() -> str:
    """``cuda`` when the installed torch is a CUDA build, else ``cpu``."""
    from importlib.metadata import version as installed

    tag = installed("torch").partition("+")[2]
    on_linux = sys.platform.startswith("linux")
    return "cuda" if tag.startswith("cu") or (on_linux and tag == "") else "cpu"


def machine() -> str:
    """The processor's name as archives use it: ``x86_64`` or ``aarch64``."""
    found = platform.machine().lower()
    return {"amd64": "x86_64", "arm64": "aarch64"}.get(found, found)


def file_stem() -> str:
    """The beginning of every file in dist/, without system and processor."""
    extra = "-cuda" if flavour() == "cuda" else ""
    return f"{NAME}{extra}-{version()}"


def say(text: str) -> None:
    """Tells the developer what is being done."""
    print(f"[package] {text}", flush=True)
