"""Numbered steps: run once, whole or not at all, backed up first, never downwards."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.backups import Backups
from storage.data_key import DataKey
from storage.database import Database
from storage.errors import ProfileTooNew
from storage.migrations import migrate, steps, version_of
from storage.profile import ProfilePaths
from storage.store import Store
from tests.storage.support import snapshot

Execute = Callable[[str], int]


def _first(execute: Execute) -> None:
    execute("CREATE TABLE a (x)")


def _second(execute: Execute) -> None:
    execute("ALTER TABLE a ADD COLUMN y")


def _failing(execute: Execute) -> None:
    execute("CREATE TABLE b (x)")
    raise ZeroDivisionError


def test_steps_come_in_the_order_of_their_numbers() -> None:
    assert list(steps()) == sorted(steps())
    assert min(steps()) == 1


def test_a_number_may_be_left_out() -> None:
    database = Database(None)
    assert migrate(database, upgrades={1: _first, 7: _second}) == 2
    assert version_of(database) == 7
    assert migrate(database, upgrades={1: _first, 7: _second}) == 0
    database.close()


def test_missing_steps_run_once() -> None:
    database = Database(None)
    assert migrate(database, upgrades={1: _first}) == 1
    assert migrate(database, upgrades={1: _first, 2: _second}) == 1
    assert migrate(database, upgrades={1: _first, 2: _second}) == 0
    assert version_of(database) == 2
    database.close()


def test_a_backup_comes_before_an_upgrade_but_not_before_the_first_tables() -> None:
    database, told = Database(None), []
    migrate(database, lambda: told.append("backup"), {1: _first})
    assert told == []
    migrate(database, lambda: told.append("backup"), {1: _first, 2: _second})
    assert told == ["backup"]
    database.close()


def test_a_failed_step_leaves_nothing() -> None:
    database = Database(None)
    with pytest.raises(ZeroDivisionError):
        migrate(database, upgrades={1: _first, 2: _failing})
    assert version_of(database) == 1
    assert database.rows("SELECT name FROM sqlite_master WHERE name = 'b'") == []
    database.close()


def test_an_upgrade_of_a_profile_is_backed_up_and_keeps_all(
    store: Store, paths: ProfilePaths, key: DataKey
) -> None:
    kept = store.conversations.create("kept")
    upgrades = {**steps(), max(steps()) + 1: lambda execute: execute("CREATE TABLE later (x)")}
    backups = Backups(paths, key)
    migrate(store._db, lambda: backups.make(store._db), upgrades)
    assert store.conversations.get(kept.id).title == "kept"
    old = Database(backups.list()[0], key.database_key)
    assert version_of(old) == max(steps())
    old.close()


def test_a_profile_of_a_later_version_is_left_alone(
    store: Store, paths: ProfilePaths, key: DataKey
) -> None:
    store._db.execute("PRAGMA user_version = 99")
    store.close()
    before = {name: content for name, (content, _) in snapshot(Path(paths.root)).items()}
    with pytest.raises(ProfileTooNew):
        Store.open(paths, key)
    after = {name: content for name, (content, _) in snapshot(Path(paths.root)).items()}
    assert after == before
