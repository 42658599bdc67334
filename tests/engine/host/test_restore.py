"""A damaged database comes back from its backup through `Unlock(restore=True)`."""

import threading

import pytest
from keyring.backends.fail import Keyring as NoKeyring

from engine.contract import (
    ConversationsListed,
    Done,
    Failed,
    FailureKind,
    ImportChats,
    ListConversations,
    ReadPrivacy,
    ReadStatus,
    Unlock,
)
from engine.host import EngineHost
from storage.keys import CHEAP_COST, KeyFile, SystemKeyring
from storage.profile import ProfilePaths
from storage.store import Store

PASSPHRASE = "river lamp"
CHAT = '{"title":"Garden","messages":[{"role":"user","content":"hi"}]}\n'


class Asker:
    """One host; `ask` waits for the terminal event."""

    def __init__(self, paths):
        keyring = SystemKeyring(NoKeyring())
        self.host = EngineHost(
            paths, key_file=KeyFile(paths.key_file, cost=CHEAP_COST, keyring=keyring)
        )
        self.ended = {}
        self.changed = threading.Condition()
        self.host.start(self.take)

    def take(self, event):
        with self.changed:
            if isinstance(event, Done | Failed):
                self.ended[event.job] = event
            self.changed.notify_all()

    def ask(self, command):
        self.host.submit(command)
        with self.changed:
            assert self.changed.wait_for(lambda: command.job in self.ended, 30)
        return self.ended[command.job]


@pytest.fixture
def profile(tmp_path):
    """A profile with one chat, backed up, whose database was then overwritten in the middle."""
    paths = ProfilePaths(tmp_path / "profile")
    paths.prepare()
    keyring = SystemKeyring(NoKeyring())
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST, keyring=keyring)
    key, _recovery = key_file.create(passphrase=PASSPHRASE)
    chats = tmp_path / "chats.jsonl"
    chats.write_text(CHAT, "utf-8")
    Store.create(paths, key).close()
    first = Asker(paths)
    first.ask(Unlock(passphrase=PASSPHRASE))
    assert isinstance(first.ask(ImportChats(path=str(chats))), Done)
    assert first.host.shutdown()
    store = Store.open(paths, key)
    store.backup()
    store.close()
    damage(paths)
    return paths


def damage(paths):
    data = bytearray(paths.database.read_bytes())
    for at in range(0, len(data), 512):
        data[at] ^= 0xFF
    paths.database.write_bytes(data)


def test_damage_is_told_and_changes_nothing(profile):
    before = profile.database.read_bytes()
    asker = Asker(profile)
    failed = asker.ask(Unlock(passphrase=PASSPHRASE))
    assert failed.kind is FailureKind.DATABASE_DAMAGED
    assert asker.ask(ReadStatus()).state == "damaged"
    assert asker.host.shutdown()
    assert profile.database.read_bytes() == before


def test_restore_brings_the_chats_back_and_keeps_the_damaged_file(profile):
    broken = profile.database.read_bytes()
    asker = Asker(profile)
    asker.ask(Unlock(passphrase=PASSPHRASE))
    assert isinstance(asker.ask(Unlock(passphrase=PASSPHRASE, restore=True)), Done)
    listed = asker.ask(ListConversations())
    assert isinstance(listed, ConversationsListed)
    assert [c.title for c in listed.conversations] == ["Garden"]
    assert "backup_restored" in {line.action for line in asker.ask(ReadPrivacy()).audit}
    assert asker.host.shutdown()
    kept = [path for path in profile.root.iterdir() if path.name.startswith("confidant.db")]
    assert broken in [path.read_bytes() for path in kept]


def test_wrong_passphrase_restores_nothing(profile):
    before = {path.name: path.read_bytes() for path in profile.root.glob("confidant.db*")}
    asker = Asker(profile)
    failed = asker.ask(Unlock(passphrase="not this one", restore=True))
    assert failed.kind is FailureKind.WRONG_KEY
    assert asker.host.shutdown()
    assert {p.name: p.read_bytes() for p in profile.root.glob("confidant.db*")} == before


def test_without_a_backup_everything_stays(profile):
    for path in profile.backups.iterdir():
        path.unlink()
    before = profile.database.read_bytes()
    asker = Asker(profile)
    failed = asker.ask(Unlock(passphrase=PASSPHRASE, restore=True))
    assert failed.kind is FailureKind.NOT_FOUND
    assert "no backup" in failed.detail
    assert asker.host.shutdown()
    assert profile.database.read_bytes() == before
