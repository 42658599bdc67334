"""A profile's life with a real Secret Service, to its end; prints what came of it as JSON.

Started inside ``dbus-run-session``; the argument is an empty folder.
"""

import base64
import json
import subprocess
import sys
import time
from pathlib import Path

import keyring

from engine.contract import CreateProfile, ReadStatus, Unlock
from storage.keyring_slot import SERVICE, SystemKeyring
from storage.profile import ProfilePaths
from tests.storage.support import snapshot
from tests.support.host_driver import HostDriver

paths = ProfilePaths(Path(sys.argv[1]) / "profile")
found: dict[str, object] = {}


def entry_name() -> str:
    document = json.loads(paths.key_file.read_text())
    return f"{document['profile']}-{base64.b64decode(document['slots']['keyring']['salt']).hex()}"


def files() -> dict[str, tuple[bytes, int]]:
    return {name: part for name, part in snapshot(paths.root).items() if "lock" not in name}


def unlocked(**how: str) -> tuple[str, str]:
    """How unlocking ended, and the state afterwards."""
    with HostDriver(paths) as driver:
        ended = driver.ask(Unlock(**how))
        state = driver.ask(ReadStatus()).state
        return str(getattr(ended, "kind", "opened")), state


daemon = subprocess.Popen(
    ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
    stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
)  # fmt: skip
assert daemon.stdin is not None
daemon.stdin.write(b"login")
daemon.stdin.close()
try:
    for _ in range(100):
        if SystemKeyring().probe():
            break
        time.sleep(0.1)
    with HostDriver(paths) as driver:
        recovery = driver.ask(CreateProfile()).recovery_key
        status = driver.ask(ReadStatus())
        found["backend"], found["slots"] = status.keyring_name, status.key_slots
    found["opens"] = unlocked()
    before, name = files(), entry_name()
    kept = keyring.get_password(SERVICE, name)
    assert kept is not None
    keyring.set_password(SERVICE, name, "A" * 44)
    found["lies"] = unlocked()
    keyring.delete_password(SERVICE, name)
    found["forgets"] = unlocked()
    found["untouched"] = before.keys() == files().keys() and all(
        before[part][0] == content for part, (content, _) in files().items()
    )
    keyring.set_password(SERVICE, name, kept)
    found["again"] = unlocked()
finally:
    daemon.terminate()
    daemon.wait()
before = files()
found["gone"] = unlocked()
found["still_untouched"] = before == files()
found["recovered"] = unlocked(recovery_key=recovery)
sys.stdout.write(json.dumps(found))
