"""Making and opening a profile: a missing or wrong key makes and touches nothing."""

import threading
from pathlib import Path
from unittest.mock import Mock

import pytest
from filelock import FileLock

from storage.data_key import DataKey
from storage.errors import DatabaseDamaged, KeyMissing, ProfileInUse, StoreError, WrongKey
from storage.files import write_atomically
from storage.instance import InstanceLock
from storage.key_document import copy_of
from storage.profile import ProfilePaths, default_root
from storage.records import Role
from storage.setup import create_profile, profile_exists
from storage.store import Store
from tests.storage.support import cheap_key_file, snapshot, start

HOLDER = Path(__file__).with_name("hold_instance.py")


def _filled(paths: ProfilePaths, key: DataKey) -> None:
    """A profile as a kill leaves it: a database with a log beside it."""
    store = Store.create(paths, key)
    chat = store.conversations.create("hello")
    store.messages.add(chat.id, parent_id=None, role=Role.USER, text="words")
    store.vault.seal("checkpoint", b"weights")
    store.backup()
    log = paths.database.with_name(paths.database.name + "-wal")
    store.messages.add(chat.id, parent_id=None, role=Role.USER, text="in the log")
    kept = log.read_bytes()
    store.close()
    log.write_bytes(kept)


def test_what_was_stored_is_there_after_opening_again(paths: ProfilePaths, key: DataKey) -> None:
    _filled(paths, key)
    store = Store.open(paths, key)
    assert [chat.title for chat in store.conversations.list()] == ["hello"]
    assert store.messages.count() == 2
    assert store.check() == ()
    store.close()


@pytest.mark.parametrize("with_key_file", [True, False])
def test_a_wrong_key_leaves_every_file_as_it_is(
    paths: ProfilePaths, key: DataKey, with_key_file: bool
) -> None:
    _filled(paths, key)
    if not with_key_file:
        paths.key_file.unlink()
    before = snapshot(paths.root)
    for _ in range(3):
        with pytest.raises(WrongKey):
            Store.open(paths, DataKey.generate())
    assert snapshot(paths.root) == before


def test_a_missing_key_file_leaves_every_file_as_it_is(
    paths: ProfilePaths, key: DataKey
) -> None:
    _filled(paths, key)
    paths.key_file.unlink()
    copy_of(paths.key_file).unlink()
    before = snapshot(paths.root)
    for _ in range(3):
        with pytest.raises(KeyMissing):
            Store.open(paths, key)
        with pytest.raises(KeyMissing):
            cheap_key_file(paths).unlock_passphrase("open sesame")
        with pytest.raises(KeyMissing):
            Store.create(paths, key)
    assert snapshot(paths.root) == before


@pytest.mark.parametrize("content", [None, b"", b"SQLite format 3\0" + bytes(4080), b"x" * 100])
def test_a_right_key_without_a_readable_database_makes_none(
    paths: ProfilePaths, key: DataKey, content: bytes | None
) -> None:
    if content is not None:
        paths.database.write_bytes(content)
    before = snapshot(paths.root)
    with pytest.raises(DatabaseDamaged):
        Store.open(paths, key)
    assert snapshot(paths.root) == before


def test_nothing_is_made_for_a_profile_that_is_not_there(tmp_path: Path) -> None:
    paths = ProfilePaths(tmp_path / "nowhere")
    with pytest.raises(KeyMissing):
        Store.open(paths, DataKey.generate())
    assert list(tmp_path.iterdir()) == []


def test_an_existing_database_is_never_replaced(paths: ProfilePaths, key: DataKey) -> None:
    _filled(paths, key)
    before = snapshot(paths.root)
    with pytest.raises(StoreError, match="already"):
        Store.create(paths, key)
    assert snapshot(paths.root) == before


def test_a_creation_that_was_cut_off_can_be_done_again(paths: ProfilePaths, key: DataKey) -> None:
    half = paths.database.with_name(paths.database.name + ".partial")
    half.write_bytes(b"half")
    Store.create(paths, key).close()
    assert not half.exists()


def test_setup_that_was_cut_off_starts_over(
    paths: ProfilePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = cheap_key_file(paths)
    real = Store.create
    monkeypatch.setattr(Store, "create", Mock(side_effect=KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        create_profile(paths, file, passphrase="first")
    monkeypatch.setattr(Store, "create", real)
    assert file.exists
    assert not profile_exists(paths)
    store, key, recovery = create_profile(paths, file, passphrase="second")
    store.close()
    assert profile_exists(paths)
    assert file.unlock_passphrase("second").secret == key.secret
    assert file.unlock_recovery(recovery).secret == key.secret


def test_a_key_file_without_its_database_is_a_profile(paths: ProfilePaths) -> None:
    create_profile(paths, cheap_key_file(paths), passphrase="x")[0].close()
    paths.database.unlink()
    assert profile_exists(paths)


def test_setup_never_replaces_a_profile(paths: ProfilePaths, key: DataKey) -> None:
    _filled(paths, key)
    before = snapshot(paths.root)
    with pytest.raises(StoreError, match="already"):
        create_profile(paths, cheap_key_file(paths), passphrase="x")
    paths.database.unlink()
    with pytest.raises(StoreError, match="already"):
        create_profile(paths, cheap_key_file(paths), passphrase="x")
    del before[paths.database.name]
    assert snapshot(paths.root) == before


def test_a_temporary_store_has_everything_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store.temporary()
    chat = store.conversations.create("x")
    assert chat.temporary
    store.messages.add(chat.id, parent_id=None, role=Role.USER, text="secret words")
    assert len(store.messages.search("secret")) == 1
    file_id = store.vault.seal("adapter", b"abc")
    assert store.vault.open(file_id) == b"abc"
    assert store.check() == ()
    assert store.backup() is None
    store.conversations.purge(chat.id)
    assert store.conversations.list() == ()
    store.close()
    assert list(tmp_path.iterdir()) == []


def test_two_threads_with_a_store_each_lose_nothing(paths: ProfilePaths, key: DataKey) -> None:
    chat = Store.create(paths, key).conversations.create("x")

    def write() -> None:
        store = Store.open(paths, key)
        for number in range(25):
            store.messages.add(chat.id, parent_id=None, role=Role.USER, text=str(number))
        store.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = Store.open(paths, key)
    found = store.messages.get(store.messages.branch(chat.id)[0].id).sibling_ids
    assert len(found) == 100
    assert store.conversations.get(chat.id).message_count == 100
    assert store.check() == ()
    store.close()


def test_a_store_transaction_is_all_or_nothing(store: Store) -> None:
    def write_and_fail() -> None:
        with store.transaction():
            chat = store.conversations.create("x")
            store.messages.add(chat.id, parent_id=None, role=Role.USER, text="y")
            store.vault.seal("adapter", b"z")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert store.conversations.list() == ()
    assert store.messages.search("y") == ()
    assert store.vault.sweep() == 0


def test_files_are_for_the_owner_alone(paths: ProfilePaths, key: DataKey) -> None:
    _filled(paths, key)
    for path in paths.root.rglob("*"):
        if path.suffix not in {".db", ".db-wal"} and path.is_file():
            assert path.stat().st_mode & 0o077 == 0, path.name
    assert paths.root.stat().st_mode & 0o077 == 0


def test_figures_name_what_is_stored(store: Store, paths: ProfilePaths) -> None:
    chat = store.conversations.create("x")
    store.messages.add(chat.id, parent_id=None, role=Role.USER, text="y")
    store.vault.seal("adapter", b"z" * 1000)
    figures = {figure.name: figure for figure in store.figures()}
    assert figures["messages"].count == 1
    assert figures["adapter"].count == 1
    assert figures["adapter"].size_bytes == (next(paths.vault.iterdir())).stat().st_size
    assert figures["database"].size_bytes >= paths.database.stat().st_size
    assert figures["backups"].count == 0


def test_a_second_copy_is_told_and_the_lock_goes_with_its_process(paths: ProfilePaths) -> None:
    holder = start(HOLDER, paths.root)
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "held"
    lock = InstanceLock(paths)
    with pytest.raises(ProfileInUse):
        lock.acquire()
    holder.kill()
    holder.wait()
    holder.stdout.close()
    lock.acquire()
    lock.acquire()
    other = FileLock(paths.instance_lock, timeout=0)
    assert lock._lock.is_locked
    lock.release()
    other.acquire()
    other.release()


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_atomically(path, [b"old"])

    def parts() -> object:
        yield b"new"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_atomically(path, parts())  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_default_place_is_absolute_and_untouched_by_asking() -> None:
    assert default_root().is_absolute()
