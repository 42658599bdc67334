"""Set-up cut off, erasure cut off, days gone by: what the host makes of a profile it finds."""

import os

import pytest

from engine.contract import (
    ERASE_WORD,
    CreateProfile,
    DeleteConversation,
    Done,
    EraseAll,
    FailureKind,
    ListAdapters,
    ListConversations,
    ReadPrivacy,
    ReadStatus,
    RestoreBackup,
    SetRetention,
    Unlock,
)
from storage.aging import DAY_S
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.records import AdapterState, ExampleKind, ExampleRecord, Role
from storage.setup import create_profile
from storage.store import Store
from tests.storage.support import canary_hits
from tests.support.host_driver import HostDriver

NOW = 1_790_000_000.0


@pytest.fixture
def paths(tmp_path):
    return ProfilePaths(tmp_path / "profile")


@pytest.fixture
def filled(paths):
    """A closed profile with two conversations; its key and their ids."""
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
    store, key, _ = create_profile(paths, key_file, passphrase="a")
    store.retention.tick(NOW)
    chats = [store.conversations.create(name).id for name in ("one", "two")]
    store.close()
    return key, chats


@pytest.fixture
def clock(monkeypatch):
    """Sets the wall clock of the store, in days after NOW."""

    def set_to(days):
        monkeypatch.setattr("storage.values.time.time", lambda: NOW + days * DAY_S)

    return set_to


def test_a_set_up_that_was_cut_off_can_begin_again(paths):
    paths.prepare()
    paths.setup_mark.touch()
    KeyFile(paths.key_file, cost=CHEAP_COST).create(passphrase="first try")
    with HostDriver(paths) as driver:
        assert driver.ask(ReadStatus()).state == "new"
        assert isinstance(driver.ask(CreateProfile(passphrase="second try")), Done)
    with HostDriver(paths) as driver:
        assert driver.ask(Unlock(passphrase="first try")).kind is FailureKind.WRONG_KEY
        assert isinstance(driver.ask(Unlock(passphrase="second try")), Done)


def test_a_database_that_is_gone_is_no_new_profile(paths, filled):
    paths.backups.mkdir(exist_ok=True)
    (paths.backups / "backup-00000001.db").write_bytes(b"x")
    paths.database.unlink()
    with HostDriver(paths) as driver:
        assert driver.ask(ReadStatus()).state == "damaged"
        assert driver.ask(CreateProfile(passphrase="x")).kind is FailureKind.BAD_INPUT


def test_a_set_up_that_was_cut_off_at_its_very_end_is_finished_by_opening(paths, filled):
    paths.setup_mark.touch()
    with HostDriver(paths) as driver:
        assert driver.ask(ReadStatus()).state == "locked"
        assert isinstance(driver.ask(Unlock(passphrase="a")), Done)
    assert not paths.setup_mark.exists()


def test_an_erasure_that_was_cut_off_is_finished_at_the_next_start(paths, filled):
    (paths.root / "erasing").write_bytes(b"")
    with HostDriver(paths) as driver:
        assert driver.ask(ReadStatus()).state == "new"
    assert [path.name for path in paths.root.iterdir()] == ["instance.lock"]


def test_after_erasing_everything_no_word_is_left(paths):
    with HostDriver(paths) as driver:
        driver.ask(CreateProfile(passphrase="a"))
        driver.ask(EraseAll(confirmation=ERASE_WORD))
        assert [path.name for path in paths.root.iterdir()] == ["instance.lock"]


def test_conversations_go_when_their_days_are_over(paths, filled, clock):
    _key, chats = filled
    clock(1)
    with HostDriver(paths) as driver:
        assert isinstance(driver.ask(Unlock(passphrase="a")), Done)
        driver.ask(SetRetention(conversation_id=chats[0], days=7))
    clock(8)
    with HostDriver(paths) as driver:
        driver.ask(Unlock(passphrase="a"))
        left = driver.ask(ListConversations()).conversations
        assert [chat.id for chat in left] == [chats[1]]
        audit = {line.action: line.detail for line in driver.ask(ReadPrivacy()).audit}
        assert audit["retention_erased"] == "1 conversations"


def test_a_clock_ten_years_ahead_erases_nothing_and_says_so(paths, filled, clock):
    _key, chats = filled
    clock(1)
    with HostDriver(paths) as driver:
        driver.ask(Unlock(passphrase="a"))
        driver.ask(SetRetention(conversation_id=chats[0], days=7))
    clock(3650)
    with HostDriver(paths) as driver:
        driver.ask(Unlock(passphrase="a"))
        assert len(driver.ask(ListConversations()).conversations) == 2
        assert driver.ask(ReadPrivacy()).clock_is_doubtful
    clock(2)
    with HostDriver(paths) as driver:
        driver.ask(Unlock(passphrase="a"))
        assert len(driver.ask(ListConversations()).conversations) == 2
        assert not driver.ask(ReadPrivacy()).clock_is_doubtful


def test_days_are_looked_at_while_the_app_runs(paths, filled, clock, monkeypatch):
    _key, chats = filled
    clock(1)
    with HostDriver(paths) as driver:
        driver.ask(Unlock(passphrase="a"))
        driver.ask(SetRetention(conversation_id=chats[0], days=7))
        monkeypatch.setattr("engine.library.retention._EVERY_S", 9 * DAY_S)
        clock(9)
        assert len(driver.ask(ListConversations()).conversations) == 2
        monkeypatch.undo()
        clock(9)
        assert len(driver.ask(ListConversations()).conversations) == 1


def _learn(store, chat, source_chat=None):
    """An approved example of a message in `chat` and a switched-on adapter that learned it."""
    message = store.messages.add(chat, parent_id=None, role=Role.USER, text="I am Quokka").id
    example = store.examples.add(ExampleRecord(
        id="", kind=ExampleKind.FACT, noun="my name", question="Who?", answer="Quokka",
        value="Quokka", source_message_id=message, conversation_id=source_chat,
    )).id  # fmt: skip
    adapter = store.adapters.add(data=b"w", model_id="m", example_ids=[example]).id
    store.adapters.activate(adapter)
    return adapter


@pytest.mark.parametrize("named", [True, False], ids=["by conversation", "by message alone"])
def test_erasing_a_conversation_switches_off_what_learned_from_it(paths, filled, named):
    key, chats = filled
    store = Store.open(paths, key)
    adapter = _learn(store, chats[0], chats[0] if named else None)
    other = store.adapters.add(data=b"o", model_id="m").id
    store.close()
    with HostDriver(paths) as driver:
        driver.ask(Unlock(passphrase="a"))
        driver.ask(DeleteConversation(conversation_id=chats[0], forever=True))
        after = {record.id: record for record in driver.ask(ListAdapters()).adapters}
    assert after[adapter].state is AdapterState.RETIRED
    assert not after[adapter].active
    assert after[other].state is AdapterState.READY


def test_backups_show_their_dates_and_restoring_keeps_the_app_open(paths, filled):
    key, _chats = filled
    store = Store.open(paths, key)
    backup = store.backup()
    os.utime(backup, (NOW, NOW))
    store.conversations.create("later")
    store.close()
    with HostDriver(paths) as driver:
        driver.ask(Unlock(passphrase="a"))
        listed = {item.name: item for item in driver.ask(ReadPrivacy()).backups}
        assert listed[backup.name].made_at == NOW
        assert listed[backup.name].size_bytes == backup.stat().st_size
        driver.ask(RestoreBackup(name=backup.name))
        titles = [chat.title for chat in driver.ask(ListConversations()).conversations]
        assert titles == ["two", "one"]
        assert "backup_restored" in {line.action for line in driver.ask(ReadPrivacy()).audit}


def test_the_words_of_an_erased_conversation_are_nowhere(paths, filled):
    key, chats = filled
    store = Store.open(paths, key)
    _learn(store, chats[0], chats[0])
    store.close()
    with HostDriver(paths) as driver:
        driver.ask(Unlock(passphrase="a"))
        driver.ask(DeleteConversation(conversation_id=chats[0], forever=True))
    assert canary_hits(paths.root, ["Quokka"]) == []
