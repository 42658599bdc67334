"""A killed process: what was shown of an answer is there, and the profile opens."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.contract import OpenConversation, Unlock
from storage.records import MessageState

PASSPHRASE = "correct horse"
TALKER = '''
import sys, time
from pathlib import Path
import engine.chat.reply, engine.library.models
from engine.contract import CreateProfile, Reply, ReplyStarted, ReplyTokens
from engine.host import EngineHost
from engine.model.describe import describe_gguf
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths

root, model = map(Path, sys.argv[1:])
record = describe_gguf(model, "a" * 64)
engine.library.models.embedded_model = lambda: record

def talk(_model, _turns, _sampling, _stop, on_text, begun):
    number = 0
    while True:
        on_text(f"{number} ")
        number += 1
        time.sleep(0.002)

engine.chat.reply.answer = talk

def tell(event):
    if isinstance(event, ReplyStarted):
        print("chat", event.conversation.id, flush=True)
    if isinstance(event, ReplyTokens):
        print("told", event.text, flush=True)

paths = ProfilePaths(root)
host = EngineHost(paths, key_file=KeyFile(paths.key_file, cost=CHEAP_COST))
host.start(tell)
host.submit(CreateProfile(passphrase="correct horse"))
time.sleep(1.0)
host.submit(Reply(text="count"))
time.sleep(60)
'''


@pytest.mark.skipif(os.name == "nt", reason="kills by signal")
def test_killed_in_mid_stream_nothing_that_was_shown_is_lost(drive, tiny, tmp_path):
    command = [sys.executable, "-c", TALKER, str(tmp_path / "profile"), tiny.path]
    talker = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    )
    assert talker.stdout is not None
    lines = []
    try:
        for line in talker.stdout:
            lines.append(line.rstrip("\n"))
            if len(lines) == 12:
                break
        time.sleep(0.05)
    finally:
        talker.send_signal(signal.SIGKILL)
    lines += [line.rstrip("\n") for line in talker.stdout]
    talker.stdout.close()
    assert talker.wait(10) == -signal.SIGKILL
    chat = lines[0].removeprefix("chat ")
    shown = "".join(line.removeprefix("told ") for line in lines[1:])
    driver = drive()
    driver.ask(Unlock(passphrase=PASSPHRASE))
    question, answer = driver.ask(OpenConversation(conversation_id=chat)).messages
    assert question.text == "count"
    assert answer.state is MessageState.STOPPED
    assert answer.text.startswith(shown)
    assert len(shown) > 20
