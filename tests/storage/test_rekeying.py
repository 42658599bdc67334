"""New keys: everything opens with the new one, nothing with the old, and it can be cut off."""

from pathlib import Path

import pytest

from storage.data_key import DataKey
from storage.database import Database
from storage.errors import DatabaseDamaged, DiskFull, KeyringUnavailable, StoreError, WrongKey
from storage.keyring_slot import SystemKeyring
from storage.keys import KeyFile
from storage.profile import ProfilePaths
from storage.records import Role
from storage.rekeying import change_keys, settle
from storage.repair import repair
from storage.setup import create_profile
from storage.store import Store
from tests.storage.support import FakeKeyring, cheap_key_file, safe_keyring, snapshot

Made = tuple[ProfilePaths, KeyFile, DataKey, str]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    paths = ProfilePaths(tmp_path / "profile")
    key_file = cheap_key_file(paths)
    store, key, recovery = create_profile(paths, key_file, passphrase="old")
    chat = store.conversations.create("x").id
    store.messages.add(chat, parent_id=None, role=Role.USER, text="Quokka")
    store.adapters.add(data=b"weights" * 1000, model_id="m")
    store.backup()
    store.close()
    return paths, key_file, key, recovery


def _content(paths: ProfilePaths, key: DataKey) -> tuple[int, bytes]:
    store = Store.open(paths, key)
    try:
        assert store.check() == ()
        return len(store.messages.search("Quokka")), store.adapters.load(
            store.adapters.list()[0].id
        )
    finally:
        store.close()


def test_everything_is_under_the_new_key_and_nothing_under_the_old(made: Made) -> None:
    paths, key_file, key, recovery = made
    fresh, new_recovery = change_keys(paths, key_file, key, passphrase="new")
    assert _content(paths, fresh) == (1, b"weights" * 1000)
    assert key_file.unlock_passphrase("new").secret == fresh.secret
    assert key_file.unlock_recovery(new_recovery).secret == fresh.secret
    for old_way in (
        lambda: key_file.unlock_passphrase("old"),
        lambda: key_file.unlock_recovery(recovery),
        lambda: Store.open(paths, key),
    ):
        with pytest.raises(WrongKey):
            old_way()
    for database in (paths.database, *paths.backups.glob("*.db")):
        with pytest.raises(DatabaseDamaged):
            Database(database, key.database_key)


def test_there_is_a_backup_again_and_it_is_under_the_new_key(made: Made) -> None:
    paths, key_file, key, _ = made
    before = {path.read_bytes() for path in paths.backups.iterdir()}
    fresh, _ = change_keys(paths, key_file, key, passphrase="new")
    Store.open(paths, fresh).close()
    backups = list(paths.backups.iterdir())
    assert len(backups) == 1
    assert backups[0].read_bytes() not in before
    Database(backups[0], fresh.database_key).close()


def test_the_old_keyring_entry_goes_and_a_new_one_opens(tmp_path: Path) -> None:
    paths, backend = ProfilePaths(tmp_path / "profile"), FakeKeyring()
    key_file = cheap_key_file(paths, safe_keyring(backend))
    store, key, _ = create_profile(paths, key_file, passphrase=None)
    store.close()
    old = dict(backend.entries)
    fresh, _ = change_keys(paths, key_file, key, passphrase=None)
    assert key_file.unlock_keyring().secret == fresh.secret
    assert len(backend.entries) == 1
    assert not set(backend.entries) & set(old)


def test_a_wrong_key_changes_nothing(made: Made) -> None:
    paths, key_file, _, _ = made
    before = snapshot(paths.root)
    with pytest.raises(WrongKey):
        change_keys(paths, key_file, DataKey.generate(), passphrase="x")
    assert snapshot(paths.root) == before


def test_without_a_keyring_everything_stays(made: Made) -> None:
    paths, _, key, _ = made
    from keyring.backends.null import Keyring as NullKeyring

    with pytest.raises(KeyringUnavailable):
        change_keys(
            paths, cheap_key_file(paths, SystemKeyring(NullKeyring())), key, passphrase=None
        )
    assert not list(paths.root.glob("*.next-*"))
    assert _content(paths, key)[0] == 1


def test_a_damaged_database_is_refused(made: Made) -> None:
    paths, key_file, key, _ = made
    content = bytearray(paths.database.read_bytes())
    content[9000] ^= 1
    paths.database.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        change_keys(paths, key_file, key, passphrase="new")
    assert key_file.unlock_passphrase("old").secret == key.secret
    assert not list(paths.root.glob("*.next-*"))


def test_a_full_disk_before_the_decision_changes_nothing(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths, key_file, key, _ = made

    def full(*_arguments: object) -> None:
        raise DiskFull("full")

    monkeypatch.setattr("storage.key_document.write_atomically", full)
    with pytest.raises(DiskFull):
        change_keys(paths, key_file, key, passphrase="new")
    monkeypatch.undo()
    assert key_file.unlock_passphrase("old").secret == key.secret
    assert not list(paths.root.glob("*.next-*"))
    assert _content(paths, key)[0] == 1


def test_a_full_disk_after_the_decision_finishes_it(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key file is written, its copy is not: the new key holds."""
    from storage import key_document
    from storage.files import write_atomically

    paths, key_file, key, _ = made

    def only_first(path: Path, parts: list[bytes]) -> int:
        if path.name.endswith(".copy"):
            raise DiskFull("full")
        return write_atomically(path, parts)

    monkeypatch.setattr(key_document, "write_atomically", only_first)
    fresh, recovery = change_keys(paths, key_file, key, passphrase="new")
    monkeypatch.undo()
    assert key_file.unlock_recovery(recovery).secret == fresh.secret
    assert key_file.problems() == ()
    assert _content(paths, fresh)[0] == 1


def test_an_opening_finishes_what_was_decided_and_removes_what_was_not(made: Made) -> None:
    paths, key_file, key, _ = made
    other = paths.database.with_name(paths.database.name + ".next-" + "0" * 32)
    other.write_bytes(b"left over")
    assert not settle(paths, key)
    assert not other.exists()
    fresh, _ = change_keys(paths, key_file, key, passphrase="new")
    waiting = paths.database.with_name(f"{paths.database.name}.next-{fresh.check.hex()}")
    paths.database.rename(waiting)
    paths.database.write_bytes(b"what was there under the old key")
    assert _content(paths, fresh)[0] == 1
    assert not waiting.exists()


def test_repairing_finishes_a_change_first(made: Made) -> None:
    paths, key_file, key, _ = made
    fresh, _ = change_keys(paths, key_file, key, passphrase="new")
    waiting = paths.database.with_name(f"{paths.database.name}.next-{fresh.check.hex()}")
    paths.database.rename(waiting)
    paths.database.write_bytes(bytes(8192))
    repair(paths, fresh)
    assert _content(paths, fresh)[0] == 1


def test_a_wrong_key_does_not_touch_a_waiting_copy(made: Made) -> None:
    paths, _, _, _ = made
    paths.database.with_name(paths.database.name + ".next-" + "0" * 32).write_bytes(b"x")
    before = snapshot(paths.root)
    with pytest.raises(StoreError):
        Store.open(paths, DataKey.generate())
    assert snapshot(paths.root) == before
