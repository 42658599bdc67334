"""Works in a profile on a disk of four megabytes until it is full; prints what came of it as JSON.

Started inside a mount namespace of its own; the argument is the folder to mount on.
"""

import json
import subprocess
import sys
from pathlib import Path

from storage.errors import DiskFull
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.records import Role
from storage.rekeying import change_keys
from storage.setup import create_profile
from storage.store import Store

root = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(root)], check=True)
(root / "ballast").write_bytes(b"x" * 2_000_000)
paths = ProfilePaths(root / "profile")
file = KeyFile(paths.key_file, cost=CHEAP_COST)
store, key, _ = create_profile(paths, file, passphrase="old")
chat = store.conversations.create("x").id
found: dict[str, object] = {}
told: list[str] = []
try:
    while True:
        told.append(
            store.messages.add(chat, parent_id=None, role=Role.USER, text=f"{len(told)} " * 500).id
        )
except DiskFull as error:
    found["message"] = error.detail
for name, attempt in {
    "seal": lambda: store.vault.seal("adapter", b"x" * 3_000_000),
    "backup": store.backup,
}.items():
    try:
        attempt()
    except DiskFull:
        found[name] = "full"
(root / "rest").write_bytes(b"")
try:
    with (root / "rest").open("wb") as stream:
        while True:
            stream.write(b"x" * 1000)
            stream.flush()
except OSError:
    pass
try:
    file.set_passphrase(key, "new" * 100)
except DiskFull:
    found["passphrase"] = "full"
try:
    store.close()
    change_keys(paths, file, key, passphrase="old")
except DiskFull:
    found["keys"] = "full"
store = Store.open(paths, key)
found["same_key"] = file.unlock_passphrase("old").matches(key.check)
found["readable"] = store.messages.get(told[-1]).text == f"{len(told) - 1} " * 500
found["searchable"] = len(store.messages.search("17", 5))
store.close()
found["old_opens"] = file.unlock_passphrase("old").matches(key.check)
store = Store.open(paths, key)
kept = {row[0] for row in store._db.rows("SELECT id FROM messages")}
found["lost"] = len(set(told) - kept)
(root / "ballast").unlink()
found["problems"] = store.check()
found["told"] = len(told)
store.close()
sys.stdout.write(json.dumps(found))
