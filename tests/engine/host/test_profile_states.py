"""New, locked, open, damaged, in use, key missing: told rightly, and no file harmed."""

import hashlib
import json
import shutil

import pytest

from engine.contract import (
    CreateProfile,
    Diagnose,
    Done,
    FailureKind,
    ListConversations,
    OpenConversation,
    ReadStatus,
    Unlock,
)
from storage.errors import DiskFull
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.records import MessageState, Role
from storage.store import Store

PASSPHRASE = "correct horse"


def bytes_of(folder):
    """Every file with the hash of its content, without the lock file."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock"
    }  # fmt: skip


@pytest.fixture
def closed(drive):
    """The folder of a profile that was made and closed."""
    driver = drive()
    assert isinstance(driver.ask(CreateProfile(passphrase=PASSPHRASE)), Done)
    assert driver.host.shutdown(10)
    return driver.paths


def test_reading_the_status_of_nothing_makes_nothing(drive):
    driver = drive("none")
    assert driver.ask(ReadStatus()).state == "new"
    assert not driver.paths.root.exists()


def test_status_goes_from_new_to_open_to_locked(drive):
    driver = drive()
    assert driver.ask(ReadStatus()).state == "new"
    driver.ask(CreateProfile(passphrase=PASSPHRASE))
    assert driver.ask(ReadStatus()).state == "open"
    assert driver.host.shutdown(10)
    again = drive()
    assert again.ask(ReadStatus()).state == "locked"


def test_a_second_window_is_told_and_writes_nothing(driver, drive):
    before = bytes_of(driver.paths.root)
    second = drive()
    assert second.ask(ReadStatus()).state == "in_use"
    assert second.ask(Unlock(passphrase=PASSPHRASE)).kind is FailureKind.IN_USE
    assert second.ask(CreateProfile(passphrase="y")).kind is FailureKind.BAD_INPUT
    assert bytes_of(driver.paths.root) == before
    assert isinstance(driver.ask(ListConversations()), Done)


def test_after_the_first_window_closed_the_second_may_open(driver, drive):
    second = drive()
    assert second.ask(ReadStatus()).state == "in_use"
    assert driver.host.shutdown(10)
    assert isinstance(second.ask(Unlock(passphrase=PASSPHRASE)), Done)


def test_a_missing_key_file_never_makes_a_new_profile(closed, drive):
    for path in closed.root.glob("keys.json*"):
        path.unlink()
    before = bytes_of(closed.root)
    driver = drive()
    status = driver.ask(ReadStatus())
    assert status.state == "key_missing"
    assert status.detail.endswith(".")
    for command in (Unlock(passphrase=PASSPHRASE), Unlock(), CreateProfile(passphrase="new")):
        assert driver.ask(command).kind in {FailureKind.KEY_MISSING, FailureKind.BAD_INPUT}
    assert bytes_of(closed.root) == before


def test_a_damaged_key_file_is_told(closed, drive):
    for path in closed.root.glob("keys.json*"):
        path.write_bytes(b"{broken")
    driver = drive()
    assert driver.ask(ReadStatus()).state == "key_missing"
    assert driver.ask(Diagnose()).problems


def test_a_missing_database_is_damage_not_a_new_start(closed, drive):
    closed.database.unlink()
    before = bytes_of(closed.root)
    driver = drive()
    assert driver.ask(ReadStatus()).state == "damaged"
    failed = driver.ask(Unlock(passphrase=PASSPHRASE))
    assert failed.kind is FailureKind.DATABASE_DAMAGED
    assert bytes_of(closed.root) == before


def test_a_damaged_database_is_told_when_it_is_opened(closed, drive):
    data = bytearray(closed.database.read_bytes())
    data[:4096] = bytes(4096)
    closed.database.write_bytes(bytes(data))
    before = bytes_of(closed.root)
    driver = drive()
    failed = driver.ask(Unlock(passphrase=PASSPHRASE))
    assert failed.kind is FailureKind.DATABASE_DAMAGED
    assert driver.ask(ReadStatus()).state == "damaged"
    assert driver.ask(ListConversations()).kind is FailureKind.LOCKED
    assert bytes_of(closed.root) == before


def test_a_wrong_passphrase_harms_no_file(closed, drive):
    before = bytes_of(closed.root)
    driver = drive()
    assert driver.ask(Unlock(passphrase="wrong")).kind is FailureKind.WRONG_KEY
    assert driver.ask(Unlock(recovery_key="nonsense")).kind is FailureKind.WRONG_KEY
    assert driver.ask(ReadStatus()).state == "locked"
    assert bytes_of(closed.root) == before


def test_a_keyring_without_the_key_leads_to_recovery(closed, drive):
    keys = json.loads(closed.key_file.read_text())
    assert "passphrase" in json.dumps(keys)
    driver = drive()
    failed = driver.ask(Unlock())
    assert failed.kind in {FailureKind.KEY_MISSING, FailureKind.KEYRING_UNAVAILABLE}
    assert isinstance(driver.ask(Unlock(passphrase=PASSPHRASE)), Done)
    assert driver.ask(ReadStatus()).state == "open"


def test_answers_cut_off_by_a_crash_are_stopped_at_the_next_start(closed, drive):
    key = KeyFile(closed.key_file, cost=CHEAP_COST).unlock_passphrase(PASSPHRASE)
    store = Store.open(closed, key)
    chat = store.conversations.create("x")
    asked = store.messages.add(chat.id, parent_id=None, role=Role.USER, text="q")
    store.messages.add(
        chat.id, parent_id=asked.id, role=Role.ASSISTANT, text="half", state=MessageState.STREAMING
    )
    store.close()
    driver = drive()
    driver.ask(Unlock(passphrase=PASSPHRASE))
    last = driver.ask(OpenConversation(conversation_id=chat.id)).messages[-1]
    assert (last.text, last.state) == ("half", MessageState.STOPPED)


def test_a_profile_that_could_not_be_made_leaves_room_for_another_try(drive, monkeypatch):
    def full(*_args):
        raise DiskFull("The disk is full; free some space and try again.")

    driver = drive()
    with monkeypatch.context() as patched:
        patched.setattr(Store, "create", full)
        failed = driver.ask(CreateProfile(passphrase=PASSPHRASE))
    assert failed.kind is FailureKind.DISK_FULL
    assert driver.ask(ReadStatus()).state == "new"
    assert isinstance(driver.ask(CreateProfile(passphrase=PASSPHRASE)), Done)


def test_opening_makes_the_days_backup_once(closed, drive):
    driver = drive()
    driver.ask(Unlock(passphrase=PASSPHRASE))
    first = list(closed.backups.iterdir())
    assert first
    assert driver.host.shutdown(10)
    drive().ask(Unlock(passphrase=PASSPHRASE))
    assert list(closed.backups.iterdir()) == first


def test_a_moved_profile_opens_elsewhere(closed, drive, tmp_path):
    shutil.copytree(closed.root, tmp_path / "moved")
    moved = drive("moved")
    assert isinstance(moved.ask(Unlock(passphrase=PASSPHRASE)), Done)
    assert moved.paths == ProfilePaths(tmp_path / "moved")
