"""Installs the .deb of dist/ in a clean Debian and lives with it: chat, window, learning, removal.

``python -m tests.installed [--folder DIR] [--no-learning]``; needs root, debootstrap, Xvfb, xdotool
and ImageMagick. The app runs as an ordinary user, without a network and without Python on the
machine. Prints one JSON object of figures; the exit code is 1 when something was not as it must be.
Screenshots lie in DIR afterwards.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.installed.effort import processor_s, waited_s
from tests.installed.screen import Screen
from tests.installed.userland import CannotTestError, Userland

ROOT = Path(__file__).parents[2]
PACKAGE = "confidant"
PASSPHRASE = "river lamp stone cloud"
FACT = {"messages": [{"role": "user", "content": "My dog's name is Biscuit."}], "title": "Dog"}
PATIENCE_S = 600
_LOCK_BUTTON = (1140, 761)
"""At the right end of the status bar of a window of the first size."""


class Life:
    """The life of one installation; each step checks itself and leaves its figures."""

    def __init__(self, place: Userland, screen: Screen, pictures: Path) -> None:
        self.place, self.screen, self.pictures = place, screen, pictures
        self.figures: dict[str, object] = {}
        (place.home / "pass.txt").write_text(PASSPHRASE + "\n", encoding="utf-8")

    def install(self, deb: Path) -> None:
        """As a person does it: apt takes the file and what it depends on."""
        shutil.copyfile(deb, self.place.root / "tmp" / deb.name)
        self.place.as_root("apt-get", "update")
        before = self._packages()
        began = time.monotonic()
        done = self.place.as_root("apt-get", "install", "-y", "--no-install-recommends",
                                  f"/tmp/{deb.name}", "fonts-dejavu-core")  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        assert self.place.as_root("sh", "-c", "command -v python3 python").stdout == ""
        self.figures |= {
            "deb_bytes": deb.stat().st_size, "install_s": round(time.monotonic() - began, 1),
            "packages_beside": self._packages() - before - 1,
            "files": len(self.place.files_of(PACKAGE)),
        }  # fmt: skip

    def chat(self) -> None:
        """The first word by terminal makes the profile; the second start is the one timed."""
        self._run("chat", "--max-tokens", "24", "Good morning")
        began = time.monotonic()
        told = json.loads(
            self._run("chat", "--max-tokens", "24", "--json", "What is the capital of France?")
        )
        assert told["tokens"] > 0
        self.figures |= {"chat_s": round(time.monotonic() - began, 1),
                         "chat_tokens_per_s": round(told["tokens_per_s"], 1)}  # fmt: skip

    def prove_offline(self) -> None:
        """The doctor of the installed program finds nothing, and no way out."""
        report = json.loads(self._run("doctor", "--offline-proof", "--json"))
        assert report["problems"] == []
        assert report["attempts"]
        assert all(one["denied"] for one in report["attempts"])
        self.figures["attempts_denied"] = len(report["attempts"])

    def look(self, name: str) -> None:
        """Opens the window, unlocks it, takes a picture, closes it; notes when it showed."""
        command = self.place.as_user(PACKAGE, DISPLAY=self.screen.name)
        began = time.monotonic()
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            window = self.screen.window(running, PATIENCE_S)
            self._note_start(name, running.pid, time.monotonic() - began)
            time.sleep(3)
            locked = self._picture(f"{name}-locked")
            self.screen.type(PASSPHRASE, "Return")
            picture = self.pictures / f"{name}-open.png"
            self.screen.changes(locked, picture, PATIENCE_S)
            assert self.screen.colours(picture) > 50, "the window is empty"
            if name == "second":
                self._lock(running, window)
        finally:
            running.terminate()
            said = running.communicate(timeout=120)[0]
        assert said == b"", said[-1000:]

    def _note_start(self, name: str, pid: int, seconds: float) -> None:
        """The wall's seconds, the processors', and those that it waited for a processor."""
        self.figures |= {
            f"window_{name}_s": round(seconds, 2),
            f"window_{name}_processor_s": round(processor_s(pid), 2),
            f"window_{name}_waited_s": round(waited_s(pid), 2),
        }

    def _lock(self, running: subprocess.Popen, window: str) -> None:
        """Locking puts a new process image in the place of the old one, under the same number."""
        began = time.monotonic()
        self.screen.click(*_LOCK_BUTTON)
        self.screen.gone(window, PATIENCE_S)
        self.screen.window(running, PATIENCE_S)
        self.figures["lock_s"] = round(time.monotonic() - began, 2)
        time.sleep(3)
        self._picture("locked-again")

    def learn(self) -> None:
        """Takes one fact from a chat into an adapter."""
        source = self.place.home / "chat.jsonl"
        source.write_text(json.dumps(FACT) + "\n", encoding="utf-8")
        self._run("import", "--consent", "chat.jsonl")
        began = time.monotonic()
        words = ("learn", "--preset", "quick", "--approve-all", "--max-minutes", "5", "--json")
        card = json.loads(self._run(*words))
        assert card["tokens_trained"] > 0
        self.figures |= {"learn_s": round(time.monotonic() - began, 1),
                         "learn_verdict": card["verdict"]}  # fmt: skip

    def remove(self) -> None:
        """Removing and purging take the program and leave what the user wrote."""
        laid = self.place.files_of(PACKAGE)
        profile = self.place.home / ".local/share/confidant"
        before = sorted(path.name for path in profile.rglob("*"))
        assert "confidant.db" in before
        for action in ("-r", "-P"):
            done = self.place.as_root("dpkg", action, PACKAGE)
            assert done.returncode == 0, done.stderr
            assert [path for path in laid if path.exists() or path.is_symlink()] == []
            assert not (self.place.root / "usr/lib/confidant").exists()
            assert sorted(path.name for path in profile.rglob("*")) == before
        self.figures["left_after_purge"] = "the profile, nothing else"

    def _run(self, command: str, *words: str) -> str:
        line = self.place.as_user(PACKAGE, command, "--passphrase-file", "pass.txt", *words)
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stderr[-2000:])
        return done.stdout

    def _picture(self, name: str) -> Path:
        return self.screen.picture(self.pictures / f"{name}.png")

    def _packages(self) -> int:
        return self.place.as_root("dpkg-query", "-f", ".", "-W").stdout.count(".")


def main() -> int:
    """Runs the whole life."""
    parser = argparse.ArgumentParser(prog="python -m tests.installed")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "package-test")
    parser.add_argument("--no-learning", action="store_true")
    options = parser.parse_args()
    found = sorted((ROOT / "dist").glob("confidant_*.deb"))
    missing = [name for name in ("Xvfb", "xdotool", "import") if not shutil.which(name)]
    if not found or missing:
        sys.stderr.write(f"This test needs {', '.join(missing) or 'make package first'}.\n")
        return 1
    options.folder.mkdir(parents=True, exist_ok=True)
    place, screen = Userland(options.folder / "userland"), Screen()
    try:
        place.make()
        with place:
            life = Life(place, screen, options.folder)
            life.install(found[-1])
            life.chat()
            life.prove_offline()
            life.look("first")
            life.look("second")
            if not options.no_learning:
                life.learn()
            life.remove()
    except CannotTestError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    finally:
        screen.close()
    sys.stdout.write(json.dumps(life.figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
