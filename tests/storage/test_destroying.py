"""Erasing a whole profile, and going back to a chosen backup."""

from pathlib import Path

import pytest

from storage.backups import KEPT
from storage.data_key import DataKey
from storage.destroying import MARKER, destroy_profile, is_erasing
from storage.errors import DatabaseDamaged, KeyMissing, NotFound
from storage.keys import KeyFile
from storage.profile import ProfilePaths
from storage.repair import restore
from storage.setup import create_profile, profile_exists
from storage.store import Store
from tests.storage.support import FakeKeyring, cheap_key_file, safe_keyring, snapshot


def _full(paths: ProfilePaths, key_file: KeyFile, passphrase: str | None = "a") -> DataKey:
    store, key, _ = create_profile(paths, key_file, passphrase=passphrase)
    store.conversations.create("first")
    store.adapters.add(data=b"weights", model_id="m")
    store.backup()
    store.close()
    for folder in (paths.logs, paths.cache, paths.models):
        folder.mkdir()
        (folder / "file").write_bytes(b"x")
    return key


def test_nothing_is_left_and_a_new_profile_can_be_made(paths: ProfilePaths) -> None:
    key_file = cheap_key_file(paths)
    _full(paths, key_file)
    (paths.root / "my own notes.txt").write_text("not ours")
    for ours in (paths.appearance, paths.setup_mark):
        ours.touch()
    destroy_profile(paths, key_file)
    assert [path.name for path in paths.root.iterdir()] == ["my own notes.txt"]
    assert not profile_exists(paths)
    with pytest.raises(KeyMissing):
        key_file.unlock_passphrase("a")
    _full(paths, key_file)


def test_the_keys_go_first_and_are_overwritten(
    paths: ProfilePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_file = cheap_key_file(paths)
    _full(paths, key_file)
    hard_link = paths.root.parent / "link"
    hard_link.hardlink_to(paths.key_file)

    def cut_off(*_arguments: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("storage.destroying.shutil.rmtree", cut_off)
    with pytest.raises(KeyboardInterrupt):
        destroy_profile(paths, key_file)
    assert not key_file.exists
    assert set(hard_link.read_bytes()) == {0}
    assert is_erasing(paths)
    monkeypatch.undo()
    destroy_profile(paths, key_file)
    assert list(paths.root.iterdir()) == []


def test_the_keyring_entry_goes(paths: ProfilePaths) -> None:
    backend = FakeKeyring()
    key_file = cheap_key_file(paths, safe_keyring(backend))
    _full(paths, key_file, passphrase=None)
    assert backend.entries
    destroy_profile(paths, key_file)
    assert backend.entries == {}


def test_the_marker_is_only_there_while_erasing(paths: ProfilePaths) -> None:
    key_file = cheap_key_file(paths)
    _full(paths, key_file)
    assert not is_erasing(paths)
    destroy_profile(paths, key_file)
    assert not (paths.root / MARKER).exists()


def _titles(paths: ProfilePaths, key: DataKey) -> list[str]:
    store = Store.open(paths, key)
    try:
        assert store.check() == ()
        return [chat.title for chat in store.conversations.list()]
    finally:
        store.close()


def test_going_back_and_forth_between_backups(paths: ProfilePaths) -> None:
    key = _full(paths, cheap_key_file(paths))
    store = Store.open(paths, key)
    store.conversations.create("second")
    name = store.backups()[0].name
    store.close()
    (kept,) = restore(paths, key, name)
    assert _titles(paths, key) == ["first"]
    restore(paths, key, kept)
    assert _titles(paths, key) == ["second", "first"]


def test_the_oldest_backup_can_be_restored_though_it_then_goes(paths: ProfilePaths) -> None:
    key = _full(paths, cheap_key_file(paths))
    store = Store.open(paths, key)
    oldest = store.backups()[-1].name
    store.conversations.create("second")
    for _ in range(KEPT - 1):
        store.backup()
    assert store.backups()[-1].name == oldest
    store.close()
    restore(paths, key, oldest)
    assert _titles(paths, key) == ["first"]


def test_sealed_files_of_backups_are_not_swept(paths: ProfilePaths) -> None:
    key = _full(paths, cheap_key_file(paths))
    store = Store.open(paths, key)
    before = store.backups()[0].name
    later = store.adapters.add(data=b"later", model_id="m").id
    store.close()
    (kept,) = restore(paths, key, before)
    store = Store.open(paths, key)
    assert store.sweep() == 0
    store.close()
    restore(paths, key, kept)
    store = Store.open(paths, key)
    assert store.adapters.load(later) == b"later"
    store.close()


def test_a_state_that_does_not_read_is_set_aside(paths: ProfilePaths) -> None:
    key = _full(paths, cheap_key_file(paths))
    name = next(paths.backups.iterdir()).name
    content = bytearray(paths.database.read_bytes())
    content[5000] ^= 1
    paths.database.write_bytes(content)
    (aside,) = restore(paths, key, name)
    assert (paths.root / aside).read_bytes() == bytes(content)
    assert _titles(paths, key) == ["first"]


def test_unknown_and_damaged_backups_change_nothing(paths: ProfilePaths) -> None:
    key = _full(paths, cheap_key_file(paths))
    backup: Path = next(paths.backups.iterdir())
    content = bytearray(backup.read_bytes())
    content[5000] ^= 1
    backup.write_bytes(content)
    before = snapshot(paths.root)
    with pytest.raises(NotFound):
        restore(paths, key, "../keys.json")
    with pytest.raises(DatabaseDamaged):
        restore(paths, key, backup.name)
    after = snapshot(paths.root)
    assert {name: part[0] for name, part in after.items()} == {
        name: part[0] for name, part in before.items()
    }
