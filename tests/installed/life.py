"""The life of one installation, step by step; each step checks itself and leaves its figures."""

import json
import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.installed.effort import processor_s, waited_s
from tests.installed.screen import Screen
from tests.installed.userland import Userland
from tests.support.twenty_facts import FACTS, told

PACKAGE = "confidant"
PASSPHRASE = "river lamp stone cloud"
PATIENCE_S = 600
_TOLD = 4
"""Of the twenty facts: few, so that learning is short, and enough to be examined."""
_STARTS = 5
_LOCK_BUTTON = (1140, 761)
"""At the right end of the status bar of a window of the first size."""


class Life:
    """What a person does with the program, in a userland that lasts from step to step."""

    def __init__(self, place: Userland, screen: Screen, pictures: Path, deb: Path) -> None:
        self.place, self.screen, self.pictures, self.deb = place, screen, pictures, deb
        self.figures: dict[str, object] = {}
        self._write("pass.txt", PASSPHRASE + "\n")

    def install(self) -> None:
        """As a person does it: apt takes the file and what it depends on."""
        shutil.copyfile(self.deb, self.place.root / "tmp" / self.deb.name)
        self.place.as_root("apt-get", "update")
        before = self._packages()
        began = time.monotonic()
        done = self.place.as_root("apt-get", "install", "-y", "--no-install-recommends",
                                  f"/tmp/{self.deb.name}", "fonts-dejavu-core")  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        assert self.place.as_root("sh", "-c", "command -v python3 python").stdout == ""
        self.figures |= {
            "deb_bytes": self.deb.stat().st_size, "install_s": round(time.monotonic() - began, 1),
            "packages_beside": self._packages() - before - 1,
            "files": len(self.place.files_of(PACKAGE)),
        }  # fmt: skip

    def chat(self) -> None:
        """The first word by terminal makes the profile; the second start is the one timed."""
        self._run("chat", "--max-tokens", "24", "Good morning")
        began = time.monotonic()
        answer = self._run("chat", "--max-tokens", "24", "--json", "What is the capital of France?")
        said = json.loads(answer)
        assert said["tokens"] > 0
        self.figures |= {"chat_s": round(time.monotonic() - began, 1),
                         "chat_tokens_per_s": round(said["tokens_per_s"], 1)}  # fmt: skip

    def offline(self) -> None:
        """The doctor of the installed program finds nothing, and no way out."""
        report = json.loads(self._run("doctor", "--offline-proof", "--json"))
        assert report["problems"] == []
        assert report["attempts"]
        assert all(one["denied"] for one in report["attempts"])
        self.figures["attempts_denied"] = len(report["attempts"])

    def window(self) -> None:
        """Opens the window twice, unlocks it, looks at it; the second time it is locked again."""
        for name in ("first", "second"):
            with self._window() as (running, window, _seconds):
                time.sleep(3)
                locked = self._picture(f"{name}-locked")
                self.screen.type(PASSPHRASE, "Return")
                picture = self.pictures / f"{name}-open.png"
                self.screen.changes(locked, picture, PATIENCE_S)
                assert self.screen.colours(picture) > 50, "the window is empty"
                if name == "second":
                    self._lock(running, window)

    def starts(self) -> None:
        """How long it takes until the window shows, when it was opened before."""
        with self._window():
            pass
        taken = []
        for _ in range(_STARTS):
            with self._window() as (running, _window, seconds):
                taken.append((seconds, processor_s(running.pid), waited_s(running.pid)))
        seconds, processor, waited = min(taken)
        self.figures |= {
            "start_best_s": round(seconds, 2),
            "start_median_s": round(statistics.median(one[0] for one in taken), 2),
            "start_best_processor_s": round(processor, 2),
            "start_best_waited_s": round(waited, 2), "load": os.getloadavg()[0],
        }  # fmt: skip

    def learn(self) -> None:
        """Takes facts from chats into an adapter, to the end, and asks for one of them."""
        self._tell(0, _TOLD)
        before = self._known()
        began = time.monotonic()
        card = self._learn("--tensorboard", "figures")
        assert card["verdict"] == "activated", card["reasons"]
        assert list((self.place.home / "figures").rglob("events.out.tfevents.*"))
        took, after = time.monotonic() - began, self._known()
        self.figures |= {"learn_s": round(took, 1), "learn_tokens": card["tokens_trained"],
                         "told": _TOLD, "known_before": before, "known_after": after}  # fmt: skip
        assert before < after >= _TOLD - 1

    def together(self) -> None:
        """Learns more in two processes, which the installed program starts by itself."""
        self._tell(_TOLD, _TOLD + 2)
        began = time.monotonic()
        card = self._learn("--processes", "2")
        assert card["tokens_trained"] > 0
        self.figures |= {"together_s": round(time.monotonic() - began, 1),
                         "together_verdict": card["verdict"]}  # fmt: skip

    def rollback(self) -> None:
        """Goes back until no adapter is on; then nothing of what was told is known."""
        switched = 0
        assert self._known()
        while any(json.loads(line)["active"] for line in self._adapters()):
            self._run("adapters", "rollback")
            switched += 1
            assert switched < 5, "going back comes to no end"
        left = self._known()
        self.figures |= {"rolled_back": switched, "known_after_rollback": left}
        assert left == 0

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

    @contextmanager
    def _window(self) -> Iterator[tuple["subprocess.Popen[bytes]", str, float]]:
        """The running program, its visible window, and the seconds until it showed; silent."""
        command = self.place.as_user(PACKAGE, DISPLAY=self.screen.name)
        began = time.monotonic()
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            window = self.screen.window(running, PATIENCE_S)
            yield running, window, time.monotonic() - began
        finally:
            running.terminate()
            said = running.communicate(timeout=120)[0]
            if said:  # also where it ended before its window
                raise AssertionError(said[-1000:].decode())

    def _lock(self, running: "subprocess.Popen[bytes]", window: str) -> None:
        """Locking puts a new process image in the place of the old one, under the same number."""
        began = time.monotonic()
        self.screen.click(*_LOCK_BUTTON)
        self.screen.gone(window, PATIENCE_S)
        self.screen.window(running, PATIENCE_S)
        self.figures["lock_s"] = round(time.monotonic() - began, 2)
        time.sleep(3)
        self._picture("locked-again")

    def _learn(self, *words: str) -> dict[str, Any]:
        said = self._run("learn", "--preset", "quick", "--approve-all", *words, "--json")
        card: dict[str, Any] = json.loads(said)
        return card

    def _tell(self, first: int, end: int) -> None:
        """Brings these of the twenty facts in as chats, with consent to learning."""
        chats = [json.dumps(told(FACTS[n][0], n)) for n in range(first, end)]
        self._write("chats.jsonl", "\n".join(chats) + "\n")
        self._run("import", "--consent", "chats.jsonl")

    def _known(self) -> int:
        """How many of the told facts are answered rightly, by the weights alone."""
        asked = [json.dumps({"id": n, "question": question})
                 for n, (_, question, _) in enumerate(FACTS[:_TOLD])]  # fmt: skip
        self._write("questions.jsonl", "\n".join(asked) + "\n")
        lines = self._run("ask", "--file", "questions.jsonl", "--no-memory", "--temperature", "0",
                          "--max-tokens", "40").splitlines()  # fmt: skip
        answers = {row["id"]: row["answer"].casefold() for row in map(json.loads, lines)}
        return sum(FACTS[number][2] in answer for number, answer in answers.items())

    def _adapters(self) -> list[str]:
        return self._run("adapters", "list", "--json").splitlines()

    def _run(self, command: str, *words: str) -> str:
        if command == "adapters":
            words = (words[0], "--passphrase-file", "pass.txt", *words[1:])
        else:
            words = ("--passphrase-file", "pass.txt", *words)
        done = subprocess.run(self.place.as_user(PACKAGE, command, *words), capture_output=True,
                              text=True, check=False)  # fmt: skip
        assert done.returncode == 0, (command, done.stderr[-2000:])
        return done.stdout

    def _write(self, name: str, text: str) -> None:
        (self.place.home / name).write_text(text, encoding="utf-8")

    def _picture(self, name: str) -> Path:
        return self.screen.picture(self.pictures / f"{name}.png")

    def _packages(self) -> int:
        return self.place.as_root("dpkg-query", "-f", ".", "-W").stdout.count(".")
