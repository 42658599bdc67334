"""Where the processes of one learning find each other: a Unix socket in a private folder.

The folder belongs to the user and nobody else may enter it; who connects is asked for his user by
the kernel as well. A Unix socket has no address in any network.
"""

import contextlib
import os
import socket
import stat
import struct
import sys
import tempfile
import time
from pathlib import Path

from engine.contract import EngineError, FailureKind

MEETING_S = 120.0
"""How long the processes wait for each other at the start, seconds."""

_LONGEST = 90
_NAME = "meeting"
_POLL_S = 0.05
_NOT_PRIVATE = (
    "The folder where learning processes meet belongs to somebody else; set TMPDIR to a folder of "
    "your own."
)


class Meeting:
    """The leader's end: listens, and takes in who comes."""

    def __init__(self, key: int) -> None:
        """Makes the meeting place at once; `key` is a number that all processes know.

        Raises:
            EngineError: The place cannot be made, or is not the user's own.
        """
        self._folder = folder_of(key)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            _make_private(self._folder)
            with contextlib.suppress(FileNotFoundError):
                (self._folder / _NAME).unlink()
            self._listener.bind(str(self._folder / _NAME))
            self._listener.listen(64)
        except OSError:
            self._listener.close()
            raise EngineError(FailureKind.BAD_INPUT, _NOT_PRIVATE) from None

    def take(self, count: int, seconds: float = MEETING_S) -> list[socket.socket]:
        """Up to `count` connections in the order of their ranks; fewer when the time is over."""
        deadline = time.monotonic() + seconds
        found: dict[int, socket.socket] = {}
        while len(found) < count and (left := deadline - time.monotonic()) > 0:
            self._listener.settimeout(left)
            try:
                link, _ = self._listener.accept()
                link.settimeout(left)
                rank = _read_rank(link)
            except TimeoutError:
                break
            if rank is None or _stranger(link):
                link.close()
            else:
                found[rank] = link
        return [found[rank] for rank in sorted(found)]

    def close(self) -> None:
        """Takes the meeting place away; connections stay."""
        self._listener.close()
        with contextlib.suppress(OSError):
            (self._folder / _NAME).unlink(missing_ok=True)
            self._folder.rmdir()


def join(key: int, rank: int, seconds: float = MEETING_S) -> socket.socket | None:
    """A helper's connection to the leader; None when no leader came in time.

    Raises:
        EngineError: The meeting place is not the user's own.
    """
    folder, deadline = folder_of(key), time.monotonic() + seconds
    while time.monotonic() < deadline:
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if folder.exists():
                _check_private(folder)
                link.connect(str(folder / _NAME))
                link.sendall(struct.pack(">I", rank))
                return link
        except (FileNotFoundError, ConnectionError):
            pass
        except OSError:
            link.close()
            raise EngineError(FailureKind.BAD_INPUT, _NOT_PRIVATE) from None
        link.close()
        time.sleep(_POLL_S)
    return None


def folder_of(key: int) -> Path:
    """The meeting place; the name of a Unix socket may only be short."""
    own = [os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp"]  # noqa: S108
    name = f"confidant-learn-{os.getuid()}-{key}"
    for parent in own:
        folder = Path(parent) / name
        if parent and len(str(folder)) < _LONGEST and os.access(parent, os.W_OK):
            return folder
    return Path(own[-1]) / name


def _make_private(folder: Path) -> None:
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    _check_private(folder)


def _check_private(folder: Path) -> None:
    """Raises `PermissionError` unless the folder is real, the user's, and closed to others."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError


def _read_rank(link: socket.socket) -> int | None:
    data = link.recv(4, socket.MSG_WAITALL)
    return int(struct.unpack(">I", data)[0]) if len(data) == 4 else None


def _stranger(link: socket.socket) -> bool:
    """Tells, on Linux, whether another user is at the other end."""
    if not sys.platform.startswith("linux"):
        return False
    said = link.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return bool(struct.unpack("3i", said)[1] != os.getuid())
