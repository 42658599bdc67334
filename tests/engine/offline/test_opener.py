"""The helper that opens addresses: outside the ban, alive over a restart, choosy."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux's helper")

SCRIPT = f"""#!{sys.executable}
import pathlib, socket, sys
try:
    socket.socket().close()
    outcome = "free"
except OSError:
    outcome = "held"
target = pathlib.Path(sys.argv[0]).parent / "opened"
with target.open("a") as stream:
    stream.write(outcome + " " + sys.argv[1] + "\\n")
"""
START = """
import sys, time, pathlib
from engine.offline.guard import go_offline
from engine.offline.opener import Opener
opener = Opener()
go_offline()
def wait(lines):
    end = time.monotonic() + 60
    path = pathlib.Path({folder!r}) / "opened"
    while time.monotonic() < end:
        if path.exists() and len(path.read_text().splitlines()) >= lines:
            return
        time.sleep(0.05)
    raise SystemExit("nothing was opened")
"""


@pytest.fixture
def desktop(tmp_path, monkeypatch):
    """A folder in front of the PATH with an ``xdg-open`` that notes what it is given."""
    program = tmp_path / "xdg-open"
    program.write_text(SCRIPT, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def opened(folder):
    path = folder / "opened"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def test_an_address_is_opened_outside_the_ban(alone, desktop):
    code = START.format(folder=str(desktop)) + """
print(opener.is_alive, opener.open("https://example.org/a?b=c&d=%20e"))
wait(1)
"""
    done = alone(code)
    assert done.stdout.split() == ["True", "True"], done.stderr
    assert opened(desktop) == ["free https://example.org/a?b=c&d=%20e"]


@pytest.mark.parametrize("address", [
    "javascript:alert(1)", "-x", "data:text/html,x", "/etc/passwd", "$(touch gone)",
    "https://a b", "https://a\nhttps://b", "https://" + "a" * 5000,
])  # fmt: skip
def test_anything_else_is_not(alone, desktop, address):
    code = START.format(folder=str(desktop)) + f"""
opener.open({address!r})
opener.open("https://example.org/$(touch${{IFS}}gone);`id`")
wait(1)
"""
    done = alone(code)
    assert done.returncode == 0, done.stderr
    assert {line.split()[1] for line in opened(desktop)} == {
        "https://example.org/$(touch${IFS}gone);`id`"
    }


def test_the_helper_lives_on_in_the_program_that_takes_the_place(alone, desktop):
    code = START.format(folder=str(desktop)) + """
import os
if "again" not in sys.argv:
    opener.keep_for_next()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:], "again"])
print(opener.is_alive, "CONFIDANT_OPENER_PIPE" in os.environ, opener.open("mailto:a@example.org"))
wait(1)
"""
    done = alone(code)
    assert done.stdout.split() == ["True", "False", "True"], done.stderr
    assert opened(desktop) == ["free mailto:a@example.org"]


def test_without_xdg_open_there_is_no_helper(alone, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    code = """
from engine.offline.opener import Opener
opener = Opener()
print(opener.is_alive, opener.open("https://a"))
"""
    assert alone(code).stdout.split() == ["False", "False"]


def test_a_left_over_variable_that_is_no_pipe_is_not_believed(alone, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CONFIDANT_OPENER_PIPE", "1")
    code = """
import sys
from engine.offline.opener import Opener
sys.stderr.write(str(Opener().is_alive))
"""
    with (tmp_path / "out").open("w") as out:
        done = alone(code, capture_output=False, stdout=out, stderr=subprocess.PIPE)
    assert done.stderr == "False"
