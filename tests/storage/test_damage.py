"""Damaged files: found, told apart from a wrong key, set aside, brought back."""

import shutil
from pathlib import Path

import pytest

from storage.backups import KEPT, Backups
from storage.data_key import DataKey
from storage.errors import DatabaseDamaged, NotFound, StoreError, WrongKey
from storage.log_check import log_is_damaged
from storage.profile import ProfilePaths
from storage.records import Role
from storage.repair import repair
from storage.store import Store
from tests.storage.support import LOG_HEADER, PAGE, snapshot


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Damage is looked at several times in case another connection is writing; here none is."""
    monkeypatch.setattr("storage.log_check._PAUSE_S", 0.0)
    monkeypatch.setattr("storage.integrity._PAUSE_S", 0.0)


def _log(paths: ProfilePaths) -> Path:
    return paths.database.with_name(paths.database.name + "-wal")


def _fill(paths: ProfilePaths, key: DataKey, count: int = 30) -> list[str]:
    """A closed profile with `count` messages; returns their texts."""
    store = Store.create(paths, key)
    chat = store.conversations.create("x").id
    texts = [f"message {number} " * 30 for number in range(count)]
    for text in texts:
        store.messages.add(chat, parent_id=None, role=Role.USER, text=text)
    store.adapters.add(data=b"weights" * 100, model_id="m")
    store.close()
    return texts


def _with_log(paths: ProfilePaths, key: DataKey) -> list[str]:
    """As after a kill: some messages are in the log alone; returns all texts."""
    texts = _fill(paths, key, 5)
    store = Store.open(paths, key)
    chat = store.conversations.list()[0].id
    for number in range(8):
        texts.append(f"late {number}")
        store.messages.add(chat, parent_id=None, role=Role.USER, text=texts[-1])
    files = {path: path.read_bytes() for path in (paths.database, _log(paths))}
    store.close()
    for path, content in files.items():
        path.write_bytes(content)
    return texts


def _texts(store: Store) -> list[str]:
    return [row[0] for row in store._db.rows("SELECT text FROM messages ORDER BY position")]


def _read_all(paths: ProfilePaths, key: DataKey) -> list[str]:
    """Opens, checks and reads; raises when anything is wrong."""
    store = Store.open(paths, key)
    try:
        problems = store.check()
        if problems:
            raise DatabaseDamaged(problems[0])
        return _texts(store)
    finally:
        store.close()


def _flip(path: Path, at: int) -> None:
    with path.open("r+b") as stream:
        stream.seek(at)
        byte = stream.read(1)[0]
        stream.seek(at)
        stream.write(bytes([byte ^ 0x40]))


def test_a_flipped_byte_in_any_page_of_the_database_is_found(
    paths: ProfilePaths, key: DataKey, tmp_path: Path
) -> None:
    _fill(paths, key)
    whole = paths.database.read_bytes()
    for page in range(len(whole) // PAGE):
        for within in (0, 20, PAGE // 2, PAGE - 70, PAGE - 1):
            paths.database.write_bytes(whole)
            _flip(paths.database, page * PAGE + within)
            with pytest.raises(DatabaseDamaged):
                _read_all(paths, key)


def test_a_cut_database_is_found(paths: ProfilePaths, key: DataKey) -> None:
    _fill(paths, key)
    whole = paths.database.read_bytes()
    for size in (0, 1, 15, 100, PAGE - 1, PAGE, 3 * PAGE, len(whole) - PAGE, len(whole) - 1):
        paths.database.write_bytes(whole[:size])
        with pytest.raises(DatabaseDamaged):
            _read_all(paths, key)
        if size < PAGE:
            assert paths.database.stat().st_size == size


def test_a_flipped_byte_in_a_sealed_file_is_found(paths: ProfilePaths, key: DataKey) -> None:
    _fill(paths, key)
    (sealed,) = paths.vault.iterdir()
    whole = sealed.read_bytes()
    for at in range(0, len(whole), 37):
        sealed.write_bytes(whole)
        _flip(sealed, at)
        with pytest.raises(DatabaseDamaged):
            _read_all(paths, key)


def test_a_log_left_by_a_kill_is_whole_and_read(paths: ProfilePaths, key: DataKey) -> None:
    texts = _with_log(paths, key)
    assert not log_is_damaged(_log(paths))
    assert _read_all(paths, key) == texts


def test_a_log_cut_anywhere_is_no_damage(paths: ProfilePaths, key: DataKey) -> None:
    texts = _with_log(paths, key)
    whole_database, whole_log = paths.database.read_bytes(), _log(paths).read_bytes()
    for size in range(LOG_HEADER, len(whole_log), 2531):
        paths.database.write_bytes(whole_database)
        _log(paths).write_bytes(whole_log[:size])
        found = _read_all(paths, key)
        assert found == texts[: len(found)]


def test_a_flipped_byte_in_the_log_is_found_or_costs_the_last_transaction_alone(
    paths: ProfilePaths, key: DataKey
) -> None:
    texts = _with_log(paths, key)
    whole_database, whole_log = paths.database.read_bytes(), _log(paths).read_bytes()
    found_out = 0
    for at in range(0, len(whole_log), 2971):
        paths.database.write_bytes(whole_database)
        _log(paths).write_bytes(whole_log)
        _flip(_log(paths), at)
        try:
            found = _read_all(paths, key)
        except DatabaseDamaged:
            found_out += 1
        else:
            assert found in (texts, texts[:-1]), f"byte {at}"
    assert found_out > 0.7 * len(whole_log) / 2971


def test_opening_a_damaged_log_touches_nothing(paths: ProfilePaths, key: DataKey) -> None:
    _with_log(paths, key)
    _flip(_log(paths), LOG_HEADER + 100)
    before = snapshot(paths.root)
    with pytest.raises(DatabaseDamaged):
        Store.open(paths, key)
    assert snapshot(paths.root) == before


@pytest.mark.parametrize("content", [b"", b"\0" * 32, b"\0" * 5000, b"x" * 31])
def test_an_empty_log_is_whole(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "log").write_bytes(content)
    assert not log_is_damaged(tmp_path / "log")
    assert not log_is_damaged(tmp_path / "none")


def test_a_log_of_noise_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"noise" * 1000)
    assert log_is_damaged(tmp_path / "log")


def test_a_damaged_log_gives_back_what_lies_before_the_damage(
    paths: ProfilePaths, key: DataKey
) -> None:
    texts = _with_log(paths, key)
    size = len(_log(paths).read_bytes())
    _flip(_log(paths), size // 2)
    with pytest.raises(DatabaseDamaged):
        Store.open(paths, key)
    database, log = paths.database.read_bytes(), _log(paths).read_bytes()
    done = repair(paths, key)
    assert done.backup is None
    assert (paths.root / "confidant.db.damaged-1").read_bytes() == database
    assert (paths.root / "confidant.db-wal.damaged-1").read_bytes() == log
    found = _read_all(paths, key)
    assert 5 <= len(found) < len(texts)
    assert found == texts[: len(found)]


def test_a_damaged_database_comes_back_from_the_newest_good_backup(
    paths: ProfilePaths, key: DataKey
) -> None:
    _fill(paths, key, 5)
    store = Store.open(paths, key)
    chat = store.conversations.list()[0].id
    store.backup()
    store.messages.add(chat, parent_id=None, role=Role.USER, text="after the first")
    newest = store.backup()
    store.close()
    assert newest is not None
    _flip(newest, 3 * PAGE + 100)
    _flip(paths.database, 50)
    damaged = paths.database.read_bytes()
    with pytest.raises(DatabaseDamaged):
        Store.open(paths, key)
    done = repair(paths, key)
    assert done.backup == "backup-00000001.db"
    assert done.set_aside == ("confidant.db.damaged-1",)
    assert (paths.root / done.set_aside[0]).read_bytes() == damaged
    assert len(_read_all(paths, key)) == 5
    _flip(paths.database, 50)
    assert repair(paths, key).set_aside == ("confidant.db.damaged-2",)


def test_a_missing_database_comes_back_too(paths: ProfilePaths, key: DataKey) -> None:
    texts = _fill(paths, key, 5)
    store = Store.open(paths, key)
    store.backup()
    store.close()
    paths.database.unlink()
    repair(paths, key)
    assert _read_all(paths, key) == texts


def test_a_whole_database_is_left_alone(paths: ProfilePaths, key: DataKey) -> None:
    _fill(paths, key)
    content = paths.database.read_bytes()
    assert repair(paths, key).set_aside == ()
    assert paths.database.read_bytes() == content


def test_without_a_good_backup_nothing_is_moved(paths: ProfilePaths, key: DataKey) -> None:
    _fill(paths, key)
    _flip(paths.database, 50)
    before = snapshot(paths.root)
    with pytest.raises(NotFound):
        repair(paths, key)
    with pytest.raises(WrongKey):
        repair(paths, DataKey.generate())
    assert snapshot(paths.root) == before


def test_backups_rotate_and_each_reads(store: Store, paths: ProfilePaths, key: DataKey) -> None:
    for number in range(KEPT + 2):
        store.conversations.create(f"chat {number}")
        store.backup()
    backups = Backups(paths, key)
    names = [path.name for path in backups.list()]
    assert names == [f"backup-{number:08}.db" for number in range(KEPT + 2, 2, -1)]
    assert all(backups.reads(path) for path in backups.list())
    assert sorted(path.name for path in paths.backups.iterdir()) == sorted(names)
    assert not Backups(paths, DataKey.generate()).reads(backups.list()[0])


def test_a_damaged_database_never_pushes_out_a_good_backup(
    paths: ProfilePaths, key: DataKey
) -> None:
    _fill(paths, key)
    store = Store.open(paths, key)
    good = store.backup()
    store.close()
    size = paths.database.stat().st_size
    _flip(paths.database, size - PAGE // 2)
    store = Store.open(paths, key)
    for _ in range(KEPT + 1):
        with pytest.raises(StoreError):
            store.backup()
    assert store.backups() == (good,)
    store.close()
    assert [path.name for path in paths.backups.iterdir()] == ["backup-00000001.db"]


def test_backups_hold_nothing_in_the_clear(store: Store) -> None:
    store.conversations.create("distinctive title")
    made = store.backup()
    assert made is not None
    content = made.read_bytes()
    assert b"distinctive" not in content
    assert b"SQLite format" not in content


def test_a_profile_copied_elsewhere_opens(
    paths: ProfilePaths, key: DataKey, tmp_path: Path
) -> None:
    texts = _fill(paths, key)
    shutil.copytree(paths.root, tmp_path / "copy")
    assert _read_all(ProfilePaths(tmp_path / "copy"), key) == texts
