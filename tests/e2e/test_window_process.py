"""``python main.py`` as a process on a display of its own: it opens; a second copy gives way."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")),
        reason="Xvfb and xdotool are not installed",
    ),
]


@pytest.fixture
def display():
    """The name of a fresh X display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(20)


@pytest.fixture
def environment(display):
    """For processes that shall use that display."""
    hidden = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"}
    kept = {key: value for key, value in os.environ.items() if key not in hidden}
    return kept | {"DISPLAY": display}


def window_of(process, environment, seconds=60):
    """The X window of `process`; fails the test when none shows in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, process.stderr.read()
        command = ["xdotool", "search", "--onlyvisible", "--name", "^Confidant$"]
        found = subprocess.run(command, env=environment, capture_output=True, text=True,
                               check=False)  # fmt: skip
        if found.stdout.split():
            return found.stdout.split()[0]
        time.sleep(0.2)
    raise AssertionError("no window showed")


def start(environment, *words):
    command = [sys.executable, "main.py", *words]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)


def test_the_window_opens_and_a_second_copy_gives_way(profile, environment):
    profile.good("import", profile.write("c.jsonl", [
        {"messages": [{"role": "user", "content": "I am Ada."}]}]))  # fmt: skip
    before = profile.digests()
    first = start(environment, "--profile", str(profile.path))
    try:
        window_of(first, environment)
        began = time.monotonic()
        second = start(environment, "--profile", str(profile.path))
        error = second.communicate(timeout=60)[1]
        assert second.returncode == 1
        assert "already open" in error
        assert len(error.splitlines()) == 1
        assert time.monotonic() - began < 30
        assert profile.digests() == before
    finally:
        first.terminate()
        first.communicate(timeout=30)


def test_the_demo_opens_and_keeps_nothing(profile, environment):
    running = start(environment, "--demo", "--profile", str(profile.path))
    try:
        window_of(running, environment)
    finally:
        running.terminate()
        error = running.communicate(timeout=30)[1]
    assert error == ""
    assert not profile.path.exists()
