"""Writes to a profile until it is killed; tells on standard output what was acknowledged.

Arguments: what to write (messages, adapters, keys, rekey, rekey-once, erase), the profile's
folder, and for rekey-once the number of the file operation at which to die.
"""

import os
import signal
import sys
from itertools import count
from pathlib import Path

from storage.destroying import destroy_profile
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.records import MessageState, Role
from storage.rekeying import change_keys
from storage.store import Store

paths = ProfilePaths(Path(sys.argv[2]))
file = KeyFile(paths.key_file, cost=CHEAP_COST)


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def write_messages() -> None:
    store = Store.open(paths, file.unlock_passphrase("a"))
    store.messages.settle_interrupted()
    chat = (store.conversations.list() or (store.conversations.create("x"),))[0].id
    parent = None
    for number in count():
        text = f"message {number} " * 40
        question = store.messages.add(chat, parent_id=parent, role=Role.USER, text=text)
        tell(question.id)
        answer = store.messages.add(
            chat, parent_id=question.id, role=Role.ASSISTANT, text="",
            state=MessageState.STREAMING,
        )  # fmt: skip
        for words in range(1, 6):
            store.messages.set_text(answer.id, "word " * words, MessageState.STREAMING)
        store.messages.set_text(answer.id, "word " * 6, MessageState.COMPLETE)
        tell(answer.id)
        parent = answer.id


def write_adapters() -> None:
    store = Store.open(paths, file.unlock_passphrase("a"))
    store.vault.sweep()
    for number in count():
        data = bytes([number % 251]) * 300_000
        made = store.adapters.add(data=data, model_id="m", seed=number % 251)
        store.adapters.activate(made.id)
        tell(made.id)
        for old in store.adapters.list()[3:]:
            store.adapters.delete(old.id)


def write_keys() -> None:
    for number in count():
        now, then = ("a", "b") if number % 2 == 0 else ("b", "a")
        try:
            key = file.unlock_passphrase(now)
        except Exception:
            continue
        tell("changing")
        file.set_passphrase(key, then)
        tell(then)


def change_all_keys() -> None:
    key = file.unlock_passphrase("a")
    tell("ready")
    while True:
        key, _recovery = change_keys(paths, file, key, passphrase="a")
        Store.open(paths, key).close()
        tell("changed")


def change_once() -> None:
    key, seen, fatal = file.unlock_passphrase("a"), 0, int(sys.argv[3])

    def die(event: str, _arguments: object) -> None:
        nonlocal seen
        seen += event in {"open", "os.rename", "os.remove", "sqlite3.connect"}
        if seen == fatal:
            seen += 1  # to kill is an event too
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die)
    key, _recovery = change_keys(paths, file, key, passphrase="a")
    Store.open(paths, key).close()
    seen = -1
    tell("changed")


def erase() -> None:
    tell("ready")
    destroy_profile(paths, file)


{"messages": write_messages, "adapters": write_adapters, "keys": write_keys,
 "rekey": change_all_keys, "rekey-once": change_once, "erase": erase}[sys.argv[1]]()  # fmt: skip
