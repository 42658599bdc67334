"""kill -9 at random moments: what was acknowledged is there, the rest is whole or absent.

Each function works in an empty folder and returns figures; ``good`` tells whether every goal held.
Runs are numbered from `first` on, and a run's number decides its moment.
"""

import itertools
import random
import time
from pathlib import Path

from storage.data_key import DataKey
from storage.database import Database
from storage.destroying import is_erasing
from storage.errors import StoreError, WrongKey
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.records import Role
from storage.setup import create_profile, profile_exists
from storage.store import Store
from tests.storage.support import start

WRITER = Path(__file__).parents[1] / "storage" / "write_until_killed.py"
Figures = dict[str, object]


def _killed(kind: str, paths: ProfilePaths, latest_s: float, number: int) -> list[str]:
    """Runs the writer, kills it a while after its first word, returns what it acknowledged."""
    chance = random.Random(f"{kind} {number}")
    writer = start(WRITER, kind, paths.root)
    assert writer.stdout is not None
    lines = [writer.stdout.readline()]
    time.sleep(chance.uniform(0.0, latest_s))
    writer.kill()
    lines += writer.stdout.readlines()
    writer.wait()
    writer.stdout.close()
    return [line.strip() for line in lines if line.endswith("\n")]


def _profile(folder: Path) -> tuple[ProfilePaths, KeyFile, DataKey]:
    paths = ProfilePaths(folder / "profile")
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
    store, key, _recovery = create_profile(paths, key_file, passphrase="a")
    store.close()
    return paths, key_file, key


def writing(folder: Path, times: int, first: int = 0) -> Figures:
    """Messages: none that was acknowledged is lost; the database is whole each time."""
    paths, _file, key = _profile(folder)
    told, lost, broken = set[str](), 0, 0
    for number in range(first, first + times):
        told |= set(_killed("messages", paths, 0.15, number))
        store = Store.open(paths, key)
        kept = {row[0] for row in store._db.rows("SELECT id FROM messages")}
        lost = max(lost, len(told - kept))
        store.messages.settle_interrupted()
        broken += bool(store.check())
        if len(kept) > 2000:  # the check reads everything, so a new chat now and then
            for chat in store.conversations.list():
                store.conversations.purge(chat.id)
            told = set()
        store.close()
    return {"kills": times, "lost": lost, "broken": broken, "good": lost == broken == 0}


def adapters(folder: Path, times: int, first: int = 0) -> Figures:
    """Adapters: the active one is always the old or the new one, and no file is left over."""
    paths, _file, key = _profile(folder)
    bad, orphans, known = 0, 0, ""
    for number in range(first, first + times):
        told = _killed("adapters", paths, 0.12, number)
        store = Store.open(paths, key)
        active = store.adapters.active()
        known = told[-1] if told else known
        ids = [adapter.id for adapter in store.adapters.list()]
        good = active is not None and active.id in ids[:2] and known in ids[:2]
        good = good and store.adapters.load(active.id) == bytes([active.seed]) * 300_000
        store.sweep()
        files = {path.stem for path in paths.vault.iterdir()}
        orphans += len(files ^ {file.id for file in store.vault.list()})
        bad += not good or bool(store.check())
        store.close()
    return {"kills": times, "bad": bad, "orphans": orphans, "good": bad == orphans == 0}


def passphrases(folder: Path, times: int, first: int = 0) -> Figures:
    """Changing the passphrase: always exactly one of the two opens, with the same key."""
    paths, key_file, key = _profile(folder)
    bad = 0
    for number in range(first, first + times):
        _killed("keys", paths, 0.1, number)
        ways = []
        for text in ("a", "b"):
            try:
                ways.append(key_file.unlock_passphrase(text).secret)
            except WrongKey:
                continue
        bad += ways != [key.secret]
    return {"kills": times, "bad": bad, "good": bad == 0}


def _fill(paths: ProfilePaths, key: DataKey) -> str:
    """Messages, an adapter, a backup; returns the adapter's id."""
    store = Store.open(paths, key)
    chat = store.conversations.create("x").id
    for number in range(50):
        store.messages.add(chat, parent_id=None, role=Role.USER, text=f"message {number} " * 20)
    adapter = store.adapters.add(data=b"w" * 200_000, model_id="m").id
    store.backup()
    store.close()
    return adapter


def _is_whole(paths: ProfilePaths, key: DataKey, adapter: str) -> bool:
    """Whether the profile opens with `key` and holds all that `_fill` put in; nothing beside."""
    store = Store.open(paths, key)
    try:
        whole = store.messages.count() == 50 and store.adapters.load(adapter) == b"w" * 200_000
        whole = whole and store.check() == () and len(store.backups()) == 1
    finally:
        store.close()
    left = [path for path in paths.root.glob("*") if ".next-" in path.name]
    return whole and not left


def _opens(paths: ProfilePaths, key: DataKey) -> bool:
    try:
        Database(paths.database, key.database_key).close()
    except StoreError:
        return False
    return True


def keys(folder: Path, times: int, first: int = 0) -> Figures:
    """Changing all keys: always opens with exactly one key, and nothing is lost."""
    paths, key_file, key = _profile(folder)
    adapter, bad, changed = _fill(paths, key), 0, 0
    for number in range(first, first + times):
        told = _killed("rekey", paths, 0.45, number)
        present = key_file.unlock_passphrase("a")
        bad += not _is_whole(paths, present, adapter)
        if present.secret != key.secret:
            changed += 1
            bad += _opens(paths, key)
        else:
            bad += "changed" in told
        key = present
    return {"kills": times, "changed": changed, "bad": bad, "good": bad == 0}


def keys_everywhere(folder: Path, step: int) -> Figures:
    """Changing all keys, killed at the first file operation, the second, and so on to the end."""
    step, bad, old, new = max(step, 1), 0, 0, 0
    paths, key_file, key = _profile(folder)
    adapter = _fill(paths, key)
    for number in itertools.count(1, step):
        writer = start(WRITER, "rekey-once", paths.root, number)
        assert writer.stdout is not None
        finished = "changed" in writer.stdout.read()
        writer.stdout.close()
        writer.wait()
        present = key_file.unlock_passphrase("a")
        bad += not _is_whole(paths, present, adapter)
        if present.secret == key.secret:
            old += 1
        else:
            new += 1
            bad += _opens(paths, key)
        key = present
        if finished:
            break
    return {"kills": old + new - 1, "old": old, "new": new, "bad": bad,
            "good": bad == 0 and old > 0 and new > 0}  # fmt: skip


def erasing(folder: Path, times: int) -> Figures:
    """Erasing everything: once the keys are gone nothing opens; the next start finishes."""
    bad = begun = 0
    for number in range(times):
        paths, key_file, key = _profile(folder / str(number))
        _fill(paths, key)
        _killed("erase", paths, 0.02, number)
        if is_erasing(paths):
            begun += 1
            bad += key_file.exists and not _opens(paths, key)
            start(WRITER, "erase", paths.root).communicate()
        bad += profile_exists(paths) and not key_file.exists
    return {"kills": times, "cut_off": begun, "bad": bad, "good": bad == 0}
