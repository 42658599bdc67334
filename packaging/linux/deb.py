"""The Debian package: the frozen folder, the menu entry and what the desktop wants to know.

Built by dpkg-deb without root. All times are one moment and dpkg-deb sorts the entries, so two
builds of a commit give the same bytes.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from bundle.archive import LEVEL
from bundle.icons import ICONS, SIZES, SOURCE
from bundle.places import (
    BUILD,
    DIST,
    FROZEN,
    NAME,
    ROOT,
    PackageError,
    file_stem,
    flavour,
    machine,
    moment,
    project,
    say,
    version,
)
from linux.glibc import newest_symbols
from system_packages import apt_names_for_qt

APP_ID = "app.confidant.Confidant"
_HERE = Path(__file__).parent
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_LIBRARY = Path("usr/lib") / NAME
_EFFORT = 9 if LEVEL <= 1 else 19
"""Of zstd, which unpacks much faster than xz and which dpkg knows since Debian 12."""


def is_possible() -> bool:
    """Tells whether this system has dpkg-deb."""
    return sys.platform.startswith("linux") and shutil.which("dpkg-deb") is not None


def build() -> Path:
    """Writes the package into dist/; returns its path.

    Raises:
        PackageError: when a step before is missing or dpkg-deb fails.
    """
    frozen = FROZEN / NAME
    if not frozen.exists():
        raise PackageError("There is nothing frozen yet; run the step freeze first.")
    tree = BUILD / "deb"
    if tree.exists():
        shutil.rmtree(tree)
    shutil.copytree(frozen, tree / _LIBRARY, symlinks=True, copy_function=_link)
    _lay_out(tree)
    _write_control(tree)
    _even_out(tree)
    DIST.mkdir(exist_ok=True)
    target = DIST / f"{package_name()}_{version()}_{architecture()}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", f"-z{_EFFORT}", "--threads-max=1",
               "--build", str(tree), str(target)]  # fmt: skip
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment())}
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        raise PackageError("dpkg-deb failed; its message above says why.")
    say(f"{target.name}: {target.stat().st_size / 1e6:.0f} MB")
    return target


def package_name() -> str:
    """``confidant``, or ``confidant-cuda`` for the build with NVIDIA's libraries."""
    return NAME if flavour() == "cpu" else f"{NAME}-cuda"


def architecture() -> str:
    """Debian's name of the processor."""
    return _ARCHITECTURES.get(machine(), machine())


def control(installed_kib: int, glibc: str) -> str:
    """The control file.

    Args:
        installed_kib: Size on disk in KiB.
        glibc: The newest version of the C library that a file inside asks for, such as ``2.34``.
    """
    depends = [f"libc6 (>= {glibc})", "libgcc-s1", "libstdc++6 (>= 12)", *apt_names_for_qt()]
    other = f"{NAME}-cuda" if package_name() == NAME else NAME
    lines = {
        "Package": package_name(), "Version": version(), "Architecture": architecture(),
        "Maintainer": "The Confidant authors <confidant@localhost>",
        "Installed-Size": str(installed_kib), "Depends": ", ".join(depends),
        "Recommends": "fonts-dejavu-core | fonts-noto-core, gnome-keyring | kwalletmanager, "
                      "xdg-utils, fonts-noto-cjk, libwayland-cursor0, libwayland-egl1",
        "Conflicts": other, "Section": "utils",
        "Priority": "optional", "Description": project()["description"],
    }  # fmt: skip
    text = "".join(f"{key}: {value}\n" for key, value in lines.items())
    return text + (" A language model runs on your own computer; what you write is encrypted and\n"
                   " stays there. With your consent the app learns from your chats. It opens no\n"
                   " network connection. The model SmolLM2-135M-Instruct comes with it.\n")


def _lay_out(tree: Path) -> None:
    """Everything but the program itself."""
    date = datetime.fromtimestamp(moment(), UTC).strftime("%Y-%m-%d")
    share = tree / "usr" / "share"
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    _write(share / "applications" / f"{APP_ID}.desktop", _text("confidant.desktop"))
    metainfo = _text("metainfo.xml").replace("@VERSION@", version()).replace("@DATE@", date)
    _write(share / "metainfo" / f"{APP_ID}.metainfo.xml", metainfo)
    _write(share / "mime" / "packages" / f"{APP_ID}.xml", _text("mime.xml"))
    icons = share / "icons" / "hicolor"
    _copy(SOURCE, icons / "scalable" / "apps" / f"{APP_ID}.svg")
    for size in SIZES:
        _copy(ICONS / f"{size}.png", icons / f"{size}x{size}" / "apps" / f"{APP_ID}.png")
    document = share / "doc" / package_name()
    _write(document / "copyright", _text("copyright"))
    _write(document / "README.md", (ROOT / "README.md").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (document / "changelog.gz").write_bytes(gzip.compress(changes, 9, mtime=0))
    bill = DIST / f"{file_stem()}.cdx.json"
    if bill.exists():
        _copy(bill, document / "confidant.cdx.json")


def _write_control(tree: Path) -> None:
    size = sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file())
    place = tree / "DEBIAN"
    _write(place / "control", control(-(-size // 1024), newest_symbols(tree, "GLIBC")))
    _write(place / "postrm", _text("postrm"))


def _even_out(tree: Path) -> None:
    """Folders and programs 755, everything else 644, one time; whatever was so on this machine."""
    for path in [*tree.rglob("*"), tree]:
        os.utime(path, (moment(), moment()), follow_symlinks=False)
        if path.is_symlink():
            continue
        programs = path.name in ("postrm", "torch_shm_manager") or path == tree / _LIBRARY / NAME
        path.chmod(0o755 if path.is_dir() or programs else 0o644)


def _link(source: str, target: str) -> None:
    """A second name for a file instead of a copy, where the file system allows it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
