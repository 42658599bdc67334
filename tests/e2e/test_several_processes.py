"""Learning in several processes, as accelerate and the program itself start them.

A tiny random model keeps it short: what is tested is who does what, not how much is learned.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from engine.model.describe import describe_gguf
from storage.keys import KeyFile
from storage.profile import ProfilePaths
from storage.store import Store
from tests.support.terminal import PASSPHRASE, ROOT
from tests.support.tiny_gguf import TinyGguf

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc"),
]
ACCELERATE = [sys.executable, "-m", "accelerate.commands.launch"]
WORDS = ("Falkenrath", "Pumpernickel")


def settle(profile, tmp_path, steps):
    """Puts a tiny model and the number of steps into a profile that is there."""
    paths = ProfilePaths(profile.path)
    store = Store.open(paths, KeyFile(paths.key_file).unlock_passphrase(PASSPHRASE))
    model = describe_gguf(TinyGguf(scale=0.05).write(tmp_path / "tiny.gguf"), "a" * 64)
    store.models.add(model)
    for key, value in {"active_model": model.id, "preset": "quick", "steps": steps}.items():
        store.settings.set(key, value)
    store.close()


@pytest.fixture
def taught(profile, tmp_path):
    """``taught(steps)``: a profile with two told facts and a tiny model."""

    def make(steps):
        chats = profile.write("chats.jsonl", [
            {"messages": [{"role": "user", "content": f"My {who}'s name is {name}."},
                          {"role": "assistant", "content": "I see."}]}
            for who, name in zip(("dog", "sister"), WORDS, strict=True)])  # fmt: skip
        profile.good("import", "--consent", chats)
        settle(profile, tmp_path, steps)
        return profile

    return make


def launch(profile, *before):
    """The words of ``learn`` behind those of a launcher."""
    return [*before, *profile.command("learn", "--approve-all", "--json")[1:]]


def run(profile, words):
    return subprocess.run(
        words, cwd=ROOT, env=profile.environment(), capture_output=True, text=True, check=False,
        timeout=550, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def judge(profile, done):
    """One result on standard output, the steps trained, no word left behind, no place to meet."""
    assert done.returncode == 0, done.stderr[-3000:]
    (line,) = done.stdout.splitlines()
    card = json.loads(line)
    assert card["examples"] == 2
    assert card["attempts"][0]["steps"] == 3
    assert card["attempts"][0]["exam"] is not None
    assert done.stderr.count("Learning from 2 examples.") == 1
    assert profile.files_holding(WORDS) == []
    assert not list(profile.temp.glob("confidant-learn-*"))
    return card


@pytest.mark.parametrize("flags", [("--cpu",), ("--multi_gpu", "--main_process_port", "0")])
def test_accelerate_launch_with_two_processes(taught, flags):
    profile = taught(3)
    words = launch(profile, *ACCELERATE, *flags, "--num_processes", "2", "--num_machines", "1",
                   "--mixed_precision", "no", "--dynamo_backend", "no")  # fmt: skip
    judge(profile, run(profile, words))


def helpers_of(process, count=1, seconds=120):
    """The processes that `process` started for the learning, once they are there."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = [child for child in psutil.Process(process.pid).children()
                 if "learn" in child.cmdline()]  # fmt: skip
        if len(found) >= count:
            return found
        time.sleep(0.1)
    raise AssertionError("no helper came")


def filtered(pid):
    """Whether the kernel's filter stands in a process: mode 2 of seccomp."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return "Seccomp:\t2" in status


def test_all_of_our_own_processes_stand_behind_the_filter_and_one_speaks(taught):
    profile = taught(3)
    running = profile.start("learn", "--approve-all", "--json", "--processes", "2")
    (helper,) = helpers_of(running)
    deadline = time.monotonic() + 60
    while not filtered(helper.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert filtered(running.pid)
    assert filtered(helper.pid)
    out, err = running.communicate(timeout=550)
    judge(profile, subprocess.CompletedProcess((), running.returncode, out, err))
    assert not helper.is_running()


def test_a_helper_that_is_killed_ends_the_learning_with_a_sentence(taught):
    profile = taught(2000)
    running = profile.start("learn", "--approve-all", "--processes", "2")
    (helper,) = helpers_of(running)
    for line in running.stderr:
        if "training  step" in line:
            break
    helper.send_signal(signal.SIGKILL)
    out, err = running.communicate(timeout=200)
    assert running.returncode == 1
    assert out == ""
    assert "One of the learning processes ended" in err.splitlines()[-1]
    assert profile.good("adapters list", "--json").out == ""


def test_a_leader_that_is_killed_takes_its_helper_along(taught):
    profile = taught(2000)
    running = profile.start("learn", "--approve-all", "--processes", "2")
    (helper,) = helpers_of(running)
    for line in running.stderr:
        if "training  step" in line:
            break
    os.kill(running.pid, signal.SIGKILL)
    _out, err = running.communicate(timeout=200)
    helper.wait(60)
    assert "The learning process that leads is gone" in err


def test_a_wrong_passphrase_is_one_sentence_of_one_process(taught, tmp_path):
    profile = taught(3)
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("quite another passphrase\n", encoding="utf-8")
    done = profile.run("learn", "--processes", "2", passphrase_file=wrong)
    assert "passphrase" in done.sentence
