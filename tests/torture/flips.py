"""One flipped byte in every region of every file: always noticed, never a new database, repaired.

Regions of the database: salt, and of each page its start, middle, and the seal at its end. Of the
log: header, and of each frame its header and body. Of a sealed file: header, each part of each
chunk. Of the key file and its copy: every byte, or every n-th.
"""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from storage.backups import Backups
from storage.data_key import DataKey
from storage.errors import NotFound, StoreError
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.records import Role
from storage.repair import repair
from storage.setup import create_profile
from storage.store import Store
from tests.storage.support import FRAME_HEADER, LOG_HEADER, PAGE, SALT_BYTES

MESSAGES = 40


def _build(folder: Path) -> tuple[ProfilePaths, DataKey, str]:
    """A profile as after a kill: a database, a log with commits, a sealed file, a backup."""
    paths = ProfilePaths(folder)
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
    store, key, _ = create_profile(paths, key_file, passphrase="a")
    chat = store.conversations.create("x").id
    for number in range(MESSAGES // 2):
        store.messages.add(chat, parent_id=None, role=Role.USER, text=f"early {number} " * 40)
    sealed = store.vault.seal("adapter", bytes(1_100_000))
    store.backup()
    for number in range(MESSAGES // 2):
        store.messages.add(chat, parent_id=None, role=Role.USER, text=f"late {number} " * 40)
    kept = folder.with_name("as-killed")
    shutil.copytree(folder, kept)
    store.close()
    shutil.rmtree(folder)
    kept.rename(folder)
    return paths, key, sealed


def _regions(path: Path, step: int, first: int) -> Iterator[int]:
    """Offsets to flip; every `step`-th page, frame and key byte, beginning with number `first`."""
    size = path.stat().st_size
    if path.name.endswith("-wal"):
        yield from (3, 17, 30)
        frame = FRAME_HEADER + PAGE
        for start in range(LOG_HEADER + frame * first, size, frame * step):
            yield from (start + 1, start + 20, start + FRAME_HEADER + 2000)
    elif path.suffix == ".db":
        yield 1
        for start in range(PAGE * first, size, PAGE * step):
            yield from (start + SALT_BYTES + 8, start + 2000, start + PAGE - 70, start + PAGE - 1)
    elif path.suffix == ".sealed":
        yield from (0, 4, 6, 12, 500, 1_048_576 + 13, 1_048_576 + 30, size - 1)
    else:
        yield from range(first, size, step)


def _outcome(paths: ProfilePaths, key: DataKey, sealed: str, changed: Path) -> str:
    """noticed, harmless (everything is still there), as_crash, or silent (what must never be).

    The very last commit of the log, changed, cannot be told from one that a power cut left half
    written: it counts apart.
    """
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
    try:
        told = key_file.problems()
        if not key_file.unlock_passphrase("a").matches(key.check):
            return "silent"
        store = Store.open(paths, key)
    except StoreError:
        return "noticed"
    try:
        if changed.parent == paths.backups:
            return "silent" if Backups(paths, key).reads(changed) else "noticed"
        if told or store.check():
            return "noticed"
        store.vault.open(sealed)
        lost = MESSAGES - store.messages.count()
        if lost:
            return "as_crash" if lost == 1 and changed.name.endswith("-wal") else "silent"
        return "harmless"
    except StoreError:
        return "noticed"
    finally:
        store.close()


def _repaired(paths: ProfilePaths, key: DataKey) -> tuple[bool, float]:
    """Whether the database reads again, with what was in the backup at least; and in how long."""
    began = time.perf_counter()
    try:
        repair(paths, key)
    except NotFound:
        return False, 0.0
    store = Store.open(paths, key)
    good = store.messages.count() >= MESSAGES // 2 and store.check() == ()
    store.close()
    return good, time.perf_counter() - began


def everywhere(folder: Path, step: int, first: int = 0) -> dict[str, object]:
    """Flips one byte at a time in a fresh copy; `step` 0 takes every region.

    Runs of one `step` with each `first` below it take every region together.
    """
    step = max(step, 1)
    paths, key, sealed = _build(folder / "profile")
    original = folder / "original"
    shutil.copytree(paths.root, original)
    unseen: list[str] = []
    counts = {"noticed": 0, "harmless": 0, "as_crash": 0, "silent": 0}
    unrepaired, slowest = 0, 0.0
    names = [path.relative_to(original) for path in sorted(original.rglob("*")) if path.is_file()]
    for name in names:
        if name.name.endswith("-shm") or name.suffix == ".lock":
            continue
        for offset in _regions(original / name, step, first):
            shutil.rmtree(paths.root)
            shutil.copytree(original, paths.root)
            _flip(paths.root / name, offset)
            outcome = _outcome(paths, key, sealed, paths.root / name)
            counts[outcome] += 1
            if outcome == "silent":
                unseen.append(f"{name} at {offset}")
            if outcome == "noticed" and name.name.startswith(paths.database.name):
                good, seconds = _repaired(paths, key)
                unrepaired += not good
                slowest = max(slowest, seconds)
    good = counts["silent"] == 0 and unrepaired == 0 and slowest <= 10
    return {"flips": sum(counts.values()), **counts, "unrepaired": unrepaired,
            "slowest_repair_s": round(slowest, 2), "unseen": unseen, "good": good}  # fmt: skip


def _flip(path: Path, offset: int) -> None:
    with path.open("rb+") as stream:
        stream.seek(offset)
        byte = stream.read(1)[0]
        stream.seek(offset)
        stream.write(bytes([byte ^ 0x41]))
