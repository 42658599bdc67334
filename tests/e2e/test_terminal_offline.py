"""A whole session opens no network connection; the system's own tracer is the witness."""

import pytest

from tests.support.tracing import needs_strace, traced

pytestmark = [pytest.mark.e2e, needs_strace]


def test_the_witness_sees_a_connection(tmp_path):
    code = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    assert traced(tmp_path / "log", ["python3", "-c", code], timeout=600)[1]


def test_import_chat_and_doctor_open_no_connection(profile, tmp_path):
    chats = profile.write("c.jsonl", [{"messages": [{"role": "user", "content": "I am Ada."}]}])
    sessions = (("import", chats), ("chat", "--max-tokens", "8", "Hello"), ("doctor",))
    for number, (name, *words) in enumerate(sessions):
        _said, seen = traced(tmp_path / f"log{number}", profile.command(name, *words),
                             env=profile.environment(), timeout=600)  # fmt: skip
        assert seen == []
