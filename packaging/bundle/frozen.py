"""Runs PyInstaller, and says what goes through it and what does not."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import packages_distributions
from pathlib import Path

from bundle.libraries import strip
from bundle.places import BUILD, FROZEN, NAME, ROOT, PackageError, moment, say

_NOT_STANDARD = re.compile(
    r"_?(?:tkinter|curses|curses_panel|dbm|gdbm|msi|scproxy|overlapped|sqlite3|crypt)$|"
    r"(?:tkinter|turtle|turtledemo|idlelib|lib2to3|ensurepip|venv|test|pip|antigravity|this|curses|"
    r"distutils|sqlite3|dbm|readline|rlcompleter|nis|ossaudiodev|spwd|msilib|winsound)\b|"
    r".*\.(?:test|tests|__main__)\b|.*_test\b|_test.*|xxlimited|xxsubtype|_xx"
)
_NOT_FOLLOWED = {"tkinter", "readline", "curses", "_curses", "sqlite3", "nis", "distutils"}
_UNNEEDED_QT = re.compile(
    r"PySide6/(?:Qt/)?(?:translations/|qml/|resources/)|"
    r".*/libqgtk3|.*plugins/(?:sqldrivers|qmltooling|designer|tls|networkinformation|egldeviceintegrations|"
    r"generic|position|sensors|printsupport|wayland-graphics-integration-server)/|"
    r".*plugins/platforms/.*(?:eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc)|"
    r".*libQt6(?:Qml|Quick|Pdf|VirtualKeyboard|EglF[Ss]|WaylandCompositor|WaylandEglCompositor)"
)


def freeze() -> Path:
    """Builds the program's folder; returns it.

    Raises:
        PackageError: when PyInstaller is missing or fails.
    """
    target = FROZEN / NAME
    if target.exists():
        shutil.rmtree(target)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
               "--distpath", str(FROZEN), "--workpath", str(BUILD / "work"),
               str(ROOT / "packaging" / "bundle" / "confidant.spec")]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, env=_environment(), check=False)
    if done.returncode != 0:
        raise PackageError("PyInstaller failed; its last lines above say why.")
    strip(target / "_internal", ("libpython*", "python3*/lib-dynload/*.so"))
    say(f"frozen in {target.relative_to(ROOT)}")
    return target


def own_modules() -> list[str]:
    """Every module of ours by its dotted name; tests and scripts are none."""
    paths = [path for top in ("engine", "storage", "ui") for path in (ROOT / top).rglob("*.py")]
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths}
    return ["main", *sorted(name.removesuffix(".__init__") for name in names)]


def standard_modules() -> list[str]:
    """The standard library but for its tests and toolkits: copied libraries may want any of it."""
    found = {name for name in sys.stdlib_module_names if not _NOT_STANDARD.match(name)}
    folder = Path(sysconfig.get_path("stdlib"))
    for name in sorted(found):
        package = folder / name
        if (package / "__init__.py").exists():
            found |= {one.name for one in pkgutil.walk_packages([str(package)], f"{name}.",
                                                                onerror=lambda _name: None)
                      if not _NOT_STANDARD.match(one.name)}  # fmt: skip
    return sorted(found)


def left_out() -> list[str]:
    """Import names that PyInstaller must not follow: every installed library's but Qt's.

    Those that the program needs are copied; the others are only there for building and testing.
    """
    names = {name for name in packages_distributions() if name.isidentifier()}
    return sorted((names | _NOT_FOLLOWED) - {"PySide6", "shiboken6"})


def unneeded_qt(path: str) -> bool:
    """Tells whether a collected file is a part of Qt that the window never uses."""
    return bool(_UNNEEDED_QT.match(path.replace(os.sep, "/")))


def taken_along(binaries: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """The binaries without those of Qt's that the system has to bring on Linux.

    What Python itself needs (OpenSSL, libffi) goes along; what Qt needs under it (X11, GL, fonts)
    fits the user's screen and comes from there: packaging/system_packages.py names it.
    """
    kept = [one for one in binaries if not unneeded_qt(one[0])]
    if not sys.platform.startswith("linux"):
        return kept
    wanted = _needed_by([path for name, path, _ in kept if _is_pythons(name)])
    return [one for one in kept if one[0] in wanted or not _is_systems(one)]


def _is_pythons(name: str) -> bool:
    return "lib-dynload" in name or name.startswith("libpython")


def _is_systems(one: tuple[str, str, str]) -> bool:
    """Lies at the top and is a real file of another folder than Python's or Qt's."""
    name, path, kind = one
    return os.sep not in name and kind == "BINARY" and not _is_pythons(name) and (
        "site-packages" not in path)  # fmt: skip


def _needed_by(paths: list[str]) -> set[str]:
    # Looked up by name, for PyInstaller is there only while packaging.
    get_imports = importlib.import_module("PyInstaller.depend.bindepend").get_imports
    names: set[str] = set()
    while paths:
        for name, path in get_imports(paths.pop()):
            if path is not None and name not in names:
                names.add(name)
                paths.append(path)
    return names


def _environment() -> dict[str, str]:
    """One hash seed and one time, so that two builds of a commit give the same bytes."""
    path = os.pathsep.join([str(ROOT / "packaging"), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(moment()),
            "PYTHONPATH": path.rstrip(os.pathsep)}  # fmt: skip
