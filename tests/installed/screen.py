"""A virtual screen outside the userland, and what a person does on it."""

import subprocess
import time
from pathlib import Path

_OTHER_PAGE = 100_000
"""Pixels of a million that differ between two pages; a cursor and a field make some thousand."""


class Screen:
    """An Xvfb that is reached by its socket file only, so also from a network namespace."""

    def __init__(self, number: int = 77) -> None:
        self.name = f":{number}"
        words = ["Xvfb", self.name, "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-ac"]
        self._server = subprocess.Popen(words, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)  # fmt: skip
        self._wait(lambda: Path(f"/tmp/.X11-unix/X{number}").exists(), 30, "the screen")

    def close(self) -> None:
        """Ends the server."""
        self._server.terminate()
        self._server.wait(20)

    def window(self, process: subprocess.Popen, seconds: float) -> str:
        """The number of the app's visible window, once there is one."""
        self._wait(lambda: self._search() or process.poll() is not None, seconds, "a window")
        found = self._search()
        if not found:
            raise AssertionError(f"the program ended with {process.poll()} before its window")
        return found

    def gone(self, window: str, seconds: float) -> None:
        """Waits until a window is no longer there."""
        self._wait(lambda: self._search() != window, seconds, "the window to go")

    def type(self, text: str, *keys: str) -> None:
        """Types into whatever has the focus, then presses keys."""
        self._do("type", "--delay", "30", text)
        for key in keys:
            self.press(key)

    def press(self, key: str) -> None:
        """One key or combination, such as ``ctrl+q``."""
        self._do("key", key)

    def click(self, x: int, y: int) -> None:
        """The left button at a place; without a window manager a window lies at 0, 0."""
        self._do("mousemove", str(x), str(y), "click", "1")

    def changes(self, before: Path, path: Path, seconds: float) -> Path:
        """Writes what the screen shows once it is another page than in the picture `before`."""
        def is_other() -> bool:
            words = ["compare", "-metric", "AE", str(before), str(self.picture(path)), "null:"]
            said = subprocess.run(words, capture_output=True, text=True, check=False).stderr
            return float(said.split()[0]) > _OTHER_PAGE

        self._wait(is_other, seconds, "another page")
        return path

    def picture(self, path: Path) -> Path:
        """Writes what the screen shows."""
        subprocess.run(["import", "-display", self.name, "-window", "root", str(path)], check=True)
        return path

    def colours(self, path: Path) -> int:
        """How many colours a picture has; an empty window has few."""
        words = ["identify", "-format", "%k", str(path)]
        return int(subprocess.run(words, capture_output=True, text=True, check=True).stdout)

    def _search(self) -> str:
        words = ["xdotool", "search", "--onlyvisible", "--name", "^Confidant$"]
        done = subprocess.run(words, env={"DISPLAY": self.name, "PATH": "/usr/bin:/bin"},
                              capture_output=True, text=True, check=False)  # fmt: skip
        return (done.stdout.split() or [""])[0]

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], check=True,
                       env={"DISPLAY": self.name, "PATH": "/usr/bin:/bin"})  # fmt: skip

    @staticmethod
    def _wait(true, seconds: float, what: str) -> None:
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                raise AssertionError(f"waited {seconds:g} s in vain for {what}")
            time.sleep(0.05)
