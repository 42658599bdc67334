"""On a real X display, another program no longer finds what was copied."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WORD = "Quokkabramble"

pytestmark = pytest.mark.skipif(not shutil.which("Xvfb"), reason="Xvfb is not installed")


@pytest.fixture
def environment():
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"], pass_fds=[writing],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as pipe:
        display = f":{pipe.readline().strip()}"
    hidden = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"}
    kept = {key: value for key, value in os.environ.items() if key not in hidden}
    yield kept | {"DISPLAY": display, "PYTHONPATH": str(ROOT)}
    server.terminate()
    server.wait(20)


@pytest.fixture
def own(environment):
    """Starts the program that copies; `own(seconds)`."""
    started = []

    def start(seconds):
        script = Path(__file__).with_name("clipboard_owner.py")
        process = subprocess.Popen(
            [sys.executable, str(script), WORD, str(seconds)], env=environment, text=True,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        started.append(process)
        assert process.stdout.readline() == "copied\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate(timeout=20)


def read(environment):
    """What another program finds: clipboard and selection."""
    script = Path(__file__).with_name("clipboard_reader.py")
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True,
                          text=True, timeout=60, check=True)  # fmt: skip
    return json.loads(done.stdout)


def test_copied_and_selected_text_goes_after_the_time(environment, own):
    own(600)
    assert read(environment) == [WORD, WORD]
    own(1)
    end = time.monotonic() + 60
    while read(environment) != ["", ""]:
        assert time.monotonic() < end, "it stayed"


def test_without_the_setting_it_stays(environment, own):
    own(0)
    time.sleep(1)
    assert read(environment) == [WORD, WORD]
