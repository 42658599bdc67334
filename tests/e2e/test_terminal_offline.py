"""A whole session opens no network connection; the system's own tracer is the witness."""

import re
import shutil
import subprocess

import pytest

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed"),
]

NETWORK = re.compile(r"(?:socket|connect|sendto|bind)\(.*AF_INET6?\b")


def traced(log, command, **options):
    """Runs `command` under strace; returns the lines that touch an internet address."""
    words = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(log), *command]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=600,
                          **options)  # fmt: skip
    if "ptrace" in done.stderr and done.returncode != 0:
        pytest.skip("this machine forbids tracing")
    assert done.returncode == 0, done.stderr[-2000:]
    return [line for line in log.read_text(encoding="utf-8").splitlines() if NETWORK.search(line)]


def test_the_witness_sees_a_connection(tmp_path):
    code = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    assert traced(tmp_path / "log", ["python3", "-c", code])


def test_import_chat_and_doctor_open_no_connection(profile, tmp_path):
    chats = profile.write("c.jsonl", [{"messages": [{"role": "user", "content": "I am Ada."}]}])
    sessions = (("import", chats), ("chat", "--max-tokens", "8", "Hello"), ("doctor",))
    for number, (name, *words) in enumerate(sessions):
        seen = traced(tmp_path / f"log{number}", profile.command(name, *words),
                      env=profile.environment())  # fmt: skip
        assert seen == []
