"""Finds an interpreter that Confidant supports. Standard library only, readable by Python 3.7."""

from __future__ import annotations

import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 14)

_VERSION_CODE = "import sys; print(*sys.version_info[:2])"


def is_supported(version: tuple[int, int]) -> bool:
    """Tells whether `version` (major, minor) is one that the pinned packages have wheels for."""
    return OLDEST <= version <= NEWEST


def running_version() -> tuple[int, int]:
    """Version (major, minor) of the interpreter that runs this."""
    return (sys.version_info[0], sys.version_info[1])


def find_supported() -> list[str] | None:
    """The command of a supported interpreter, newest first, or None when there is none."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        for command in ([f"python3.{minor}"], ["py", f"-3.{minor}"]):
            if shutil.which(command[0]) and _version_of(command) == (3, minor):
                return command
    for name in ("python3", "python"):
        path = shutil.which(name)
        version = _version_of([path]) if path else None
        if path and version and is_supported(version):
            return [path]
    return None


def advice() -> str:
    """One sentence that says which Python is needed and how to get it on this system."""
    wanted = f"Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}"
    if sys.platform == "win32":
        how = "install it with: winget install Python.Python.3.13"
    elif sys.platform == "darwin":
        how = "install it with: brew install python@3.13"
    elif shutil.which("apt-get"):
        how = "install it with: sudo apt-get install python3 python3-venv"
    elif shutil.which("dnf"):
        how = "install it with: sudo dnf install python3.13"
    elif shutil.which("pacman"):
        how = "install it with: sudo pacman -S python"
    else:
        how = "install it with your system's package manager"
    found = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return f"Confidant needs {wanted} and this is {found}; {how}, then run this again."


def _version_of(command: list[str]) -> tuple[int, int] | None:
    try:
        answer = subprocess.run(
            [*command, "-c", _VERSION_CODE], capture_output=True, text=True, timeout=20, check=True
        )
        major, minor = answer.stdout.split()
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return (int(major), int(minor))
