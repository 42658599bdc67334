"""Purging erases: rows, search words, log, freed pages, backups, copies set aside."""

from pathlib import Path

import pytest

from storage.data_key import DataKey
from storage.database import Database
from storage.erasing import Eraser
from storage.errors import NotFound
from storage.profile import ProfilePaths
from storage.records import ExampleKind, ExampleRecord, Role
from storage.store import Store
from tests.storage.support import plain_pages

WORD, OTHER = "zyxplatypus", "qqotter"


def _example(chat: str, message: str) -> ExampleRecord:
    return ExampleRecord(
        id="", kind=ExampleKind.FACT, noun=WORD, question=f"{WORD}?", answer=f"{WORD}.",
        value=WORD, conversation_id=chat, source_message_id=message, source_text=WORD,
    )  # fmt: skip


def _told(store: Store) -> tuple[str, str]:
    """A conversation full of the word beside one that must stay; returns its id and adapter."""
    keep = store.conversations.create(f"keep {OTHER}")
    chat = store.conversations.create(f"about {WORD}")
    with store.transaction():
        for number in range(300):
            store.messages.add(
                keep.id, parent_id=None, role=Role.USER, text=f"{OTHER} filler {number} " * 20
            )
            store.messages.add(
                chat.id, parent_id=None, role=Role.USER, text=f"{WORD} filler{number} " * 20
            )
    message = store.messages.branch(chat.id)[0].id
    example = store.examples.add(_example(chat.id, message))
    store.memories.add(f"fact {WORD}", example_id=example.id)
    store.memories.add(f"fact {WORD}", source_message_id=message)
    store.memories.add(f"fact {OTHER}")
    adapter = store.adapters.add(data=b"w", model_id="m", example_ids=(example.id,))
    store.adapters.add(data=b"v", model_id="m", example_ids=("unrelated",))
    return chat.id, adapter.id


def test_the_page_reader_of_this_test_sees_what_is_stored(
    store: Store, paths: ProfilePaths, key: DataKey
) -> None:
    _told(store)
    assert WORD.encode() in plain_pages(paths.database, key)
    store.close()
    assert WORD.encode() in plain_pages(paths.database, key)


def test_a_purged_conversation_is_nowhere(
    store: Store, paths: ProfilePaths, key: DataKey
) -> None:
    chat, adapter = _told(store)
    store.backup()
    aside = paths.root / (paths.database.name + ".damaged-1")
    aside.write_bytes(b"an earlier copy")
    assert store.conversations.purge(chat) == (adapter,)
    assert not aside.exists()
    assert store.messages.search(WORD) == ()
    assert store.memories.search(WORD) == ()
    assert (store.examples.count(), store.memories.count()) == (0, 1)
    assert len(store.messages.search(OTHER, 1000)) == 300
    backups = store.backups()
    assert len(backups) == 1
    for database in (paths.database, *backups):
        pages = plain_pages(database, key)
        assert WORD.encode() not in pages, database.name
        assert OTHER.encode() in pages
    assert store.check() == ()
    try:
        store.conversations.get(chat)
    except NotFound:
        return
    raise AssertionError("the conversation is still there")


def test_deleted_memories_examples_and_edits_leave_no_word(
    store: Store, paths: ProfilePaths, key: DataKey
) -> None:
    chat = store.conversations.create("x").id
    message = store.messages.add(chat, parent_id=None, role=Role.USER, text=f"say {WORD}")
    memory = store.memories.add(f"fact {WORD}")
    example = store.examples.add(_example(chat, message.id))
    store.messages.set_text(message.id, "say nothing", message.state)
    store.backup()
    store.memories.delete(memory.id)
    store.examples.delete(example.id)
    assert WORD.encode() not in plain_pages(paths.database, key)
    assert all(WORD.encode() not in plain_pages(path, key) for path in store.backups())


def test_several_deletions_in_one_transaction_make_one_backup(
    store: Store, paths: ProfilePaths
) -> None:
    memories = [store.memories.add(f"fact {number}") for number in range(5)]
    store.backup()
    with store.transaction():
        for memory in memories:
            store.memories.delete(memory.id)
    assert [path.name for path in store.backups()] == ["backup-00000001.db"]


def test_without_backups_none_are_made(store: Store) -> None:
    store.memories.delete(store.memories.add("fact").id)
    assert store.backups() == ()


def test_a_purge_that_is_undone_erases_nothing(store: Store) -> None:
    chat, _ = _told(store)
    made = store.backup()

    def purge_and_fail() -> None:
        with store.transaction():
            store.conversations.purge(chat)
            raise ZeroDivisionError

    try:
        purge_and_fail()
    except ZeroDivisionError:
        assert store.backups() == (made,)
        assert len(store.messages.search(WORD, 1000)) == 300
    store.conversations.purge(chat)
    assert store.messages.search(WORD) == ()


def test_search_tables_delete_securely(store: Store, paths: ProfilePaths, key: DataKey) -> None:
    database = Database(Path(paths.database), key.database_key)
    for table in ("message_words", "memory_words"):
        wanted = database.value(f"SELECT v FROM {table}_config WHERE k = 'secure-delete'")
        assert wanted == 1
    database.close()


def test_an_erasure_that_was_interrupted_is_finished_at_the_next_opening(
    paths: ProfilePaths, key: DataKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.create(paths, key)
    chat, _ = _told(store)
    store.backup()
    monkeypatch.setattr(Eraser, "_erase", lambda self: False)
    store.conversations.purge(chat)
    assert len(store.check()) == 1
    store.close()
    monkeypatch.undo()
    Store.open(paths, key).close()
    for database in (paths.database, *paths.backups.iterdir()):
        assert WORD.encode() not in plain_pages(database, key)
    store = Store.open(paths, key)
    assert store.check() == ()
    store.close()
