"""A Debian userland of its own, in a folder: apt and dpkg inside it, and commands without network.

Needs root and debootstrap. The packages come from the mirrors that this machine's own apt uses.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

USER = "ada"
_MOUNTS = ("proc", "dev", "sys")


class CannotTestError(Exception):
    """The test cannot be made here; the message says what is missing."""


class Userland:
    """One folder with a minimal Debian: no Python, no desktop, one ordinary user."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.home = folder / "home" / USER

    def make(self) -> None:
        """Installs the system; takes a minute. Needs the network.

        Raises:
            CannotTestError: no root, no debootstrap, or no mirror.
        """
        if os.geteuid() != 0 or not shutil.which("debootstrap"):
            raise CannotTestError("This test needs root and debootstrap; apt brings the latter.")
        if not (self.root / "etc" / "debian_version").exists():
            suite, mirror = own_mirror()
            self._must(["debootstrap", "--variant=minbase", suite, str(self.root), mirror])
        for name in ("resolv.conf", "hosts"):
            shutil.copyfile(f"/etc/{name}", self.root / "etc" / name)
        for source in Path("/etc/apt/apt.conf.d").glob("*prox*"):
            shutil.copyfile(source, self.root / "etc/apt/apt.conf.d" / source.name)
        if not self.home.exists():
            self._must(["chroot", str(self.root), "useradd", "-m", "-s", "/bin/sh", USER])

    def __enter__(self) -> "Userland":
        for name in _MOUNTS:
            self._must(["mount", "--rbind", f"/{name}", str(self.root / name)])
            self._must(["mount", "--make-rslave", str(self.root / name)])
        screens = self.root / "tmp" / ".X11-unix"
        screens.mkdir(exist_ok=True, parents=True)
        self._must(["mount", "--bind", "/tmp/.X11-unix", str(screens)])
        return self

    def __exit__(self, *_error: object) -> None:
        for name in ("tmp/.X11-unix", *_MOUNTS):
            subprocess.run(["umount", "-l", str(self.root / name)], check=False)

    def as_root(self, *command: str) -> subprocess.CompletedProcess:
        """A command of the system administrator, with the network."""
        words = ["chroot", str(self.root), "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                 "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", *command]  # fmt: skip
        return subprocess.run(words, capture_output=True, text=True, check=False)

    def as_user(self, *command: str, **variables: str) -> list[str]:
        """The words that run a command as the ordinary user in a namespace without a network."""
        given = {"PATH": "/usr/bin:/bin", "HOME": f"/home/{USER}", "LC_ALL": "C.UTF-8",
                 "TMPDIR": "/tmp", **variables}  # fmt: skip
        return ["unshare", "--net", "chroot", f"--userspec={USER}:{USER}", str(self.root), "env",
                "-i", "-C", f"/home/{USER}", *(f"{k}={v}" for k, v in given.items()), *command]

    def files_of(self, package: str) -> list[Path]:
        """Files and links that dpkg laid down for `package` and that are there now."""
        listed = self.as_root("dpkg", "-L", package).stdout.splitlines()
        paths = [self.root / line.lstrip("/") for line in listed]
        return [path for path in paths if path.is_symlink() or path.is_file()]

    @staticmethod
    def _must(command: list[str]) -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip()[-300:]
            raise CannotTestError(f"{command[0]} failed: {said}")


def own_mirror() -> tuple[str, str]:
    """Suite and address of the first source that this machine's apt uses."""
    folder = Path("/etc/apt")
    for path in sorted([folder / "sources.list", *folder.glob("sources.list.d/*")]):
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        if found := re.search(r"^deb\s+(?:\[.*?\]\s+)?(\S+)\s+(\w+)\s", text, re.MULTILINE):
            return found[2], found[1]
        address = re.search(r"^URIs:\s*(\S+)", text, re.MULTILINE)
        suite = re.search(r"^Suites:\s*(\w+)", text, re.MULTILINE)
        if address and suite:
            return suite[1], address[1]
    raise CannotTestError("No mirror of Debian was found in /etc/apt.")
