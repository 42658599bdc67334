"""What Confidant needs from the operating system: Qt's libraries, a font, Python's venv.

Qt's wheels bring Qt itself but not the libraries under it. A missing one makes Qt end the
process with a message about plugins, so each is opened here first and a missing one is named with
the command that installs it. Standard library only.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Requirement(NamedTuple):
    """Something the system must have, and the package that brings it, by package manager."""

    name: str
    apt: str
    dnf: str
    pacman: str


_XCB = "libxcb"
_QT_LIBRARIES = (
    Requirement("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Requirement("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Requirement("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Requirement("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Requirement("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Requirement("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Requirement("libfreetype.so.6", "libfreetype6", "freetype", "freetype2"),
    Requirement("libbrotlicommon.so.1", "libbrotli1", "libbrotli", "brotli"),
    Requirement("libbrotlidec.so.1", "libbrotli1", "libbrotli", "brotli"),
    Requirement("libzstd.so.1", "libzstd1", "libzstd", "zstd"),
    Requirement("libgssapi_krb5.so.2", "libgssapi-krb5-2", "krb5-libs", "krb5"),
    Requirement("libX11.so.6", "libx11-6", "libX11", "libx11"),
    Requirement("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Requirement("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Requirement(
        "libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"
    ),
    Requirement("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Requirement("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Requirement("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Requirement("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Requirement(
        "libxcb-render-util.so.0",
        "libxcb-render-util0",
        "xcb-util-renderutil",
        "xcb-util-renderutil",
    ),
    Requirement("libxcb-util.so.1", "libxcb-util1", "xcb-util", "xcb-util"),
    Requirement("libxcb.so.1", "libxcb1", _XCB, _XCB),
    Requirement("libxcb-randr.so.0", "libxcb-randr0", _XCB, _XCB),
    Requirement("libxcb-render.so.0", "libxcb-render0", _XCB, _XCB),
    Requirement("libxcb-shape.so.0", "libxcb-shape0", _XCB, _XCB),
    Requirement("libxcb-shm.so.0", "libxcb-shm0", _XCB, _XCB),
    Requirement("libxcb-sync.so.1", "libxcb-sync1", _XCB, _XCB),
    Requirement("libxcb-xfixes.so.0", "libxcb-xfixes0", _XCB, _XCB),
    Requirement("libxcb-xkb.so.1", "libxcb-xkb1", _XCB, _XCB),
)
_FONT = Requirement("a font", "fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu")
_VENV = Requirement("Python's venv and ensurepip", "python3-venv", "python3", "python")
_TEST_TOOLS = (
    Requirement("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"),
    Requirement("strace", "strace", "strace", "strace"),
    Requirement("dbus-run-session", "dbus", "dbus-daemon", "dbus"),
    Requirement("gnome-keyring-daemon", "gnome-keyring", "gnome-keyring", "gnome-keyring"),
)
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def missing_for_qt() -> list[Requirement]:
    """What the Qt window lacks on this machine; always empty on Windows and macOS."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [library for library in _QT_LIBRARIES if not _opens(library.name)]
    return missing if _has_font() else [*missing, _FONT]


def apt_names_for_qt() -> list[str]:
    """Debian's packages that bring the libraries under Qt, sorted; the .deb depends on them."""
    return sorted({library.apt for library in _QT_LIBRARIES})


def missing_for_venv() -> list[Requirement]:
    """Debian ships Python without ensurepip; everywhere else this is empty."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return []
    minor = f"python3.{sys.version_info[1]}-venv"
    own = sys.executable.startswith("/usr/bin/")
    return [_VENV._replace(apt=minor) if own else _VENV]


def missing_test_tools() -> list[Requirement]:
    """Programs without which some tests are skipped (Linux only)."""
    if not sys.platform.startswith("linux"):
        return []
    return [tool for tool in _TEST_TOOLS if not shutil.which(tool.name)]


def install_command(missing: list[Requirement]) -> list[str]:
    """The command, without sudo, that installs `missing` here; empty for an unknown system."""
    if shutil.which("apt-get"):
        packages = sorted({requirement.apt for requirement in missing})
        return ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("dnf"):
        return ["dnf", "install", "-y", *sorted({requirement.dnf for requirement in missing})]
    if shutil.which("pacman"):
        packages = sorted({requirement.pacman for requirement in missing})
        return ["pacman", "-S", "--needed", "--noconfirm", *packages]
    return []


def may_install() -> bool:
    """True for root on a Debian-like system, where the missing packages are simply installed."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return is_root and Path("/etc/debian_version").exists() and bool(shutil.which("apt-get"))


def install(missing: list[Requirement]) -> bool:
    """Installs `missing` with apt; True when apt said that it worked."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", "update"], env=environment, check=False)
    command = install_command(missing)
    command.insert(1, "-qq")
    done = subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    return done.returncode == 0


def explain(missing: list[Requirement], purpose: str) -> str:
    """One sentence that names what is missing and the exact command that installs it."""
    names = ", ".join(requirement.name for requirement in missing)
    command = install_command(missing)
    if not command:
        return f"{purpose} needs {names}; install the packages that hold them and run this again."
    line = " ".join(command if may_install() else ["sudo", *command])
    return f"{purpose} needs {names}; install with: {line}"


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_font() -> bool:
    folders = [Path(folder).expanduser() for folder in _FONT_FOLDERS]
    kinds = ("*.ttf", "*.otf", "*.ttc", "*.pfb")
    return any(next(folder.rglob(kind), None) for folder in folders for kind in kinds)
