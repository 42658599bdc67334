"""The lock ends the process: the one at the lock screen has never seen a key or a word."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.records import Role
from storage.setup import create_profile

ROOT = Path(__file__).parents[2]
PASSPHRASE = "pelikanschnabel4711"
CANARY = "Quokkabramble7731"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not (sys.platform.startswith("linux") and os.geteuid() == 0
             and shutil.which("Xvfb") and shutil.which("xdotool")),
        reason="reading another process's memory needs root on Linux, and Xvfb and xdotool",
    ),
]  # fmt: skip


@pytest.fixture
def environment():
    """For processes on a fresh X display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as pipe:
        display = f":{pipe.readline().strip()}"
    hidden = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"}
    yield {k: v for k, v in os.environ.items() if k not in hidden} | {"DISPLAY": display}
    server.terminate()
    server.wait(20)


@pytest.fixture
def made(tmp_path):
    """A profile with a message; the forms in which its secrets could lie in memory."""
    paths = ProfilePaths(tmp_path / "profile")
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
    store, key, recovery = create_profile(paths, key_file, passphrase=PASSPHRASE)
    chat = store.conversations.create(CANARY).id
    store.messages.add(chat, parent_id=None, role=Role.USER, text=CANARY)
    store.close()
    secrets = {
        "data key": key.secret, "database key": key.database_key, "file key": key.file_key,
        "database key in hex": key.database_key.hex().encode(), "recovery": recovery.encode(),
        "passphrase": PASSPHRASE.encode(), "passphrase in Qt": PASSPHRASE.encode("utf-16-le"),
        "words": CANARY.encode(), "words in Qt": CANARY.encode("utf-16-le"),
    }  # fmt: skip
    return paths, secrets


def found_in(pid, secrets):
    """Names of the secrets that lie anywhere in the writable memory of process `pid`."""
    found = set()
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb") as memory:
        for line in maps:
            match = re.match(r"([0-9a-f]+)-([0-9a-f]+) (rw|r-)", line)
            if match is None or (match[3] == "r-" and "/" in line):
                continue
            start, end = int(match[1], 16), int(match[2], 16)
            try:
                memory.seek(start)
                content = memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue
            found |= {name for name, secret in secrets.items() if secret in content}
    return found


def image_of(pid):
    """Where process `pid` has its stack; each new program image has it elsewhere."""
    lines = Path(f"/proc/{pid}/maps").read_text().splitlines()
    return next((line.split("-")[0] for line in lines if line.endswith("[stack]")), "")


class Window:
    """The app as a process, driven by keys."""

    def __init__(self, environment, paths):
        self.environment = environment
        self.process = subprocess.Popen(
            [sys.executable, "main.py", "--profile", str(paths.root)], cwd=ROOT, env=environment,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def tool(self, *words):
        return subprocess.run(["xdotool", *words], env=self.environment, capture_output=True,
                              text=True, check=False).stdout.split()  # fmt: skip

    def shown(self):
        return self.tool("search", "--onlyvisible", "--name", "^Confidant$")

    def wait(self, true, what, seconds=90):
        end = time.monotonic() + seconds
        while not true():
            assert self.process.poll() is None, self.process.stderr.read()
            assert time.monotonic() < end, f"waited in vain for {what}"
            time.sleep(0.3)

    def keys(self, *words):
        self.tool("windowfocus", "--sync", self.shown()[0], *words)

    def end(self):
        self.process.terminate()
        return self.process.communicate(timeout=60)[1]


def test_no_key_and_no_word_is_left_after_the_lock(environment, made):
    paths, secrets = made
    window = Window(environment, paths)
    pid = window.process.pid
    try:
        window.wait(window.shown, "the lock screen")
        time.sleep(2)
        assert found_in(pid, secrets) == set()
        window.keys("type", PASSPHRASE)
        window.keys("key", "Return")
        window.wait(lambda: "words" in found_in(pid, secrets), "the opened window")
        assert "data key" in found_in(pid, secrets)
        time.sleep(1)
        before = image_of(pid)
        window.keys("key", "ctrl+l")
        window.wait(lambda: image_of(pid) != before, "the new program image")
        window.wait(window.shown, "the new lock screen")
        time.sleep(2)
        assert window.process.poll() is None
        assert Path(f"/proc/{pid}/cmdline").read_bytes().count(b"main.py") == 1
        assert found_in(pid, secrets) == set()
        window.keys("type", PASSPHRASE)
        window.keys("key", "Return")
        window.wait(lambda: "words" in found_in(pid, secrets), "the window, opened again")
    finally:
        error = window.end()
    assert PASSPHRASE not in error
