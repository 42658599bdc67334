"""kill -9 while writing: what was acknowledged is there, the rest is whole or absent."""

import random
import time
from pathlib import Path

import pytest

from storage.data_key import DataKey
from storage.errors import WrongKey
from storage.profile import ProfilePaths
from storage.records import MessageState
from storage.store import Store
from tests.storage.support import cheap_key_file, start

WRITER = Path(__file__).with_name("write_until_killed.py")
KILLS = {"messages": 20, "adapters": 10, "keys": 12}


def _killed_while(kind: str, paths: ProfilePaths, chance: random.Random) -> list[str]:
    """Runs the writer for a random while, kills it, returns what it had acknowledged."""
    writer = start(WRITER, kind, paths.root)
    assert writer.stdout is not None
    lines = [writer.stdout.readline()]
    time.sleep(chance.uniform(0.0, 0.12))
    writer.kill()
    lines += writer.stdout.readlines()
    writer.wait()
    writer.stdout.close()
    return [line.strip() for line in lines if line.endswith("\n")]


@pytest.fixture
def profile(paths: ProfilePaths) -> DataKey:
    key, _ = cheap_key_file(paths).create(passphrase="a")
    Store.create(paths, key).close()
    return key


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20)


def test_no_acknowledged_message_is_lost(
    paths: ProfilePaths, profile: DataKey, chance: random.Random
) -> None:
    told: list[str] = []
    for _ in range(KILLS["messages"]):
        told += _killed_while("messages", paths, chance)
        store = Store.open(paths, profile)
        kept = {row[0] for row in store._db.rows("SELECT id FROM messages")}
        assert set(told) <= kept
        store.messages.settle_interrupted()
        assert store.check() == ()
        store.close()
    assert len(told) > KILLS["messages"]
    store = Store.open(paths, profile)
    for message_id in told:
        assert store.messages.get(message_id).state is MessageState.COMPLETE
    store.close()


def test_the_active_adapter_always_opens(
    paths: ProfilePaths, profile: DataKey, chance: random.Random
) -> None:
    for _ in range(KILLS["adapters"]):
        told = _killed_while("adapters", paths, chance)
        store = Store.open(paths, profile)
        active = store.adapters.active()
        assert active is not None
        assert active.id == told[-1] or active.id not in told
        assert store.adapters.load(active.id) == bytes([active.seed]) * 300_000
        store.vault.sweep()
        rows = {file.id for file in store.vault.list()}
        assert {path.stem for path in paths.vault.iterdir()} == rows
        assert store.vault.missing() == ()
        assert store.check() == ()
        store.close()


def test_exactly_one_passphrase_opens_after_a_kill(
    paths: ProfilePaths, profile: DataKey, chance: random.Random
) -> None:
    told: list[str] = []
    for _ in range(KILLS["keys"]):
        told += _killed_while("keys", paths, chance)
        ways = []
        for text in ("a", "b"):
            try:
                ways.append((text, cheap_key_file(paths).unlock_passphrase(text)))
            except WrongKey:
                continue
        assert len(ways) == 1
        assert ways[0][1].secret == profile.secret
    assert {"a", "b", "changing"} <= set(told)
