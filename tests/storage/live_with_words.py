"""Uses every part of a store with the words given, tells "lived", and waits to be killed.

Arguments: the profile's folder, a folder for temporary files, the words (the last is the
passphrase).
"""

import os
import sys
import time
from pathlib import Path

os.environ["TMPDIR"] = os.environ["SQLITE_TMPDIR"] = sys.argv[2]

from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.records import ExampleKind, ExampleRecord, MessageState, Role
from storage.setup import create_profile

words = sys.argv[3:]
paths = ProfilePaths(Path(sys.argv[1]))
store, _, _ = create_profile(
    paths, KeyFile(paths.key_file, cost=CHEAP_COST), passphrase=words[-1]
)
for word in words:
    chat = store.conversations.create(word, consent=True)
    for _ in range(50):
        asked = store.messages.add(chat.id, parent_id=None, role=Role.USER, text=word * 30)
    answer = store.messages.add(
        chat.id, parent_id=asked.id, role=Role.ASSISTANT, text=word, state=MessageState.STREAMING
    )
    store.messages.set_text(answer.id, word * 2, MessageState.STREAMING)
    store.examples.add(
        ExampleRecord(id="", kind=ExampleKind.FACT, noun=word, question=word, answer=word,
                      value=word, source_text=word)
    )  # fmt: skip
    gone = store.memories.add(word)
    store.memories.add(word)
    store.settings.set("instruction", word)
    store.settings.set("never_learn", word)
    store.vault.seal("adapter", word.encode() * 1000)
    store.audit.add("did", chat.id)
    store.messages.search(word)
    store.backup()
    store.memories.delete(gone.id)
store.check()
sys.stdout.write("lived\n")
sys.stdout.flush()
with store.transaction():
    store.conversations.rename(chat.id, words[0])
    time.sleep(60)
