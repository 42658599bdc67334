"""Conversations: list order, marks, deletion with undo."""

import pytest

from storage.errors import NotFound
from storage.records import ConversationRecord, Role
from storage.store import Store


def _say(store: Store, chat: ConversationRecord, text: str = "x") -> str:
    return store.messages.add(chat.id, parent_id=None, role=Role.USER, text=text).id


def test_the_list_has_pinned_ones_first_then_the_newest_talk(store: Store) -> None:
    a, b, c = (store.conversations.create(name) for name in "abc")
    _say(store, a)
    store.conversations.pin(b.id, True)
    assert [chat.title for chat in store.conversations.list()] == ["b", "a", "c"]
    store.conversations.rename(c.id, "c2")
    store.conversations.pin(b.id, False)
    assert [chat.title for chat in store.conversations.list()] == ["a", "c2", "b"]
    assert [chat.title for chat in store.conversations.list(limit=1, offset=1)] == ["c2"]
    assert store.conversations.count() == 3


def test_order_does_not_depend_on_the_clock(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    ten_years = 315_000_000.0
    monkeypatch.setattr("storage.values.time.time", lambda: ten_years * 6)
    late = store.conversations.create("late clock")
    first = store.messages.add(late.id, parent_id=None, role=Role.USER, text="first")
    monkeypatch.setattr("storage.values.time.time", lambda: ten_years * 5)
    early = store.conversations.create("early clock")
    second = store.messages.add(late.id, parent_id=first.id, role=Role.ASSISTANT, text="second")
    assert [chat.id for chat in store.conversations.list()] == [late.id, early.id]
    assert [message.id for message in store.messages.branch(late.id)] == [first.id, second.id]
    assert second.created_at < first.created_at
    assert second.position > first.position


def test_marks_are_kept(store: Store) -> None:
    chat = store.conversations.create("x", consent=True)
    assert chat.consent
    assert not store.conversations.set_consent(chat.id, False).consent
    assert store.conversations.pin(chat.id, True).pinned
    assert store.conversations.rename(chat.id, "y").title == "y"


def test_deleted_ones_are_hidden_until_they_are_restored(store: Store) -> None:
    chat = store.conversations.create("x", consent=True)
    _say(store, chat, "needle")
    store.conversations.delete(chat.id)
    assert store.conversations.list() == ()
    assert store.conversations.count() == 0
    assert store.messages.search("needle") == ()
    assert store.messages.for_learning() == ()
    assert [gone.id for gone in store.conversations.list(deleted=True)] == [chat.id]
    store.conversations.restore(chat.id)
    assert len(store.messages.search("needle")) == 1
    assert len(store.messages.for_learning()) == 1


def test_unknown_ids_are_not_found(store: Store) -> None:
    for call in (
        lambda: store.conversations.get("none"),
        lambda: store.conversations.rename("none", "x"),
        lambda: store.conversations.delete("none"),
        lambda: store.conversations.purge("none"),
        lambda: store.messages.branch("none"),
        lambda: store.messages.get("none"),
        lambda: store.messages.set_text("none", "x"),
        lambda: store.messages.path_to("none"),
        lambda: store.messages.newest_leaf("none"),
        lambda: store.messages.rate("none", 1),
        lambda: store.examples.get("none"),
        lambda: store.examples.update("none", answer="x"),
        lambda: store.memories.get("none"),
        lambda: store.memories.update("none", text="x"),
        lambda: store.adapters.get("none"),
        lambda: store.adapters.activate("none"),
        lambda: store.adapters.load("none"),
        lambda: store.adapters.delete("none"),
        lambda: store.models.get("none"),
        lambda: store.vault.open("none"),
    ):
        with pytest.raises(NotFound):
            call()


def test_a_leaf_of_another_conversation_cannot_be_shown(store: Store) -> None:
    a, b = store.conversations.create("a"), store.conversations.create("b")
    message = _say(store, a)
    with pytest.raises(NotFound):
        store.conversations.show_leaf(b.id, message)
    with pytest.raises(NotFound):
        store.messages.add(b.id, parent_id=message, role=Role.USER, text="x")


def test_half_surrogates_do_not_break_anything(store: Store) -> None:
    chat = store.conversations.create("bad \ud800 title")
    message = store.messages.add(chat.id, parent_id=None, role=Role.USER, text="a\ud83d b\x00c")
    assert store.conversations.get(chat.id).title == "bad ? title"
    assert message.text == "a? b\x00c"
    assert len(store.messages.search("b")) == 1
