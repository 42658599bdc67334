"""The one helper outside the network ban: opens an address in the user's program for it.

A few lines of shell that were started before the filter. They read addresses from a pipe, look at
their kind once more and call ``xdg-open``. They end when the pipe closes. The pipe survives the
restart at the lock screen, because a process under the filter could not start them again.
"""

import contextlib
import os
import shutil
import stat
import subprocess
import sys
from typing import BinaryIO

PIPE = "CONFIDANT_OPENER_PIPE"
_LONGEST = 4000
_LOOP = (
    "while IFS= read -r address; do case $address in "
    "https://*|http://*|mailto:*|file:///*) xdg-open \"$address\" </dev/null >/dev/null 2>&1 & ;; "
    "esac; done"
)


class Opener:
    """The way to the helper. Made on the main thread before `guard.go_offline`."""

    def __init__(self) -> None:
        self._helper: subprocess.Popen[bytes] | None = None
        self._pipe: BinaryIO | None = self._inherited() or self._started()

    def open(self, address: str) -> bool:
        """Hands an address over, percent-encoded; False when there is no helper to take it."""
        line = address.encode("ascii", "ignore")
        if self._pipe is None or len(line) > _LONGEST or any(byte < 33 for byte in line):
            return False
        try:
            self._pipe.write(line + b"\n")
            self._pipe.flush()
        except OSError:
            self._pipe = None
            return False
        return True

    @property
    def is_alive(self) -> bool:
        """True when there is a helper."""
        return self._pipe is not None

    def keep_for_next(self) -> None:
        """Lets the program that takes this one's place (exec) use the same helper."""
        if self._pipe is not None:
            os.set_inheritable(self._pipe.fileno(), True)
            os.environ[PIPE] = str(self._pipe.fileno())

    @staticmethod
    def _inherited() -> BinaryIO | None:
        """The pipe that the program before this one left, checked to be one."""
        number = os.environ.pop(PIPE, "")
        if not number.isdecimal():
            return None
        with contextlib.suppress(OSError):
            if stat.S_ISFIFO(os.fstat(int(number)).st_mode):
                os.set_inheritable(int(number), False)
                return os.fdopen(int(number), "wb")
        return None

    def _started(self) -> BinaryIO | None:
        if not sys.platform.startswith("linux") or shutil.which("xdg-open") is None:
            return None
        reading, writing = os.pipe()
        try:
            self._helper = subprocess.Popen(
                ["/bin/sh", "-c", _LOOP], stdin=reading, start_new_session=True,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError:
            os.close(writing)
            return None
        finally:
            os.close(reading)
        return os.fdopen(writing, "wb")
