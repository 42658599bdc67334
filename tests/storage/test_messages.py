"""Messages: the tree, streaming, consent to learning, imports."""

import pytest

from storage.messages import NewMessage
from storage.records import MessageRecord, MessageState, Role
from storage.store import Store


def _add(store: Store, chat: str, parent: str | None, text: str) -> MessageRecord:
    return store.messages.add(chat, parent_id=parent, role=Role.USER, text=text)


@pytest.fixture
def chat(store: Store) -> str:
    return store.conversations.create("chat").id


def test_everything_about_a_message_is_kept(store: Store, chat: str) -> None:
    made = store.messages.add(
        chat, parent_id=None, role=Role.ASSISTANT, text="hi", state=MessageState.STOPPED,
        model_id="m", adapter_id="a", strength=0.5, created_at=12.5,
    )  # fmt: skip
    assert store.messages.get(made.id) == made
    assert (made.role, made.text, made.state) == (Role.ASSISTANT, "hi", MessageState.STOPPED)
    assert (made.model_id, made.adapter_id, made.strength) == ("m", "a", 0.5)
    assert made.created_at == 12.5
    assert made.sibling_ids == (made.id,)
    assert store.messages.rate(made.id, -1).rating == -1
    with pytest.raises(ValueError, match="rating"):
        store.messages.rate(made.id, 2)


def test_edits_make_branches_and_nothing_is_lost(store: Store, chat: str) -> None:
    root = _add(store, chat, None, "root")
    a1 = _add(store, chat, root.id, "a1")
    a2 = _add(store, chat, a1.id, "a2")
    b1 = _add(store, chat, root.id, "b1")
    other_root = _add(store, chat, None, "other root")
    texts = [message.text for message in store.messages.path_to(a2.id)]
    assert texts == ["root", "a1", "a2"]
    assert store.messages.get(b1.id).sibling_ids == (a1.id, b1.id)
    assert store.messages.branch(chat)[0].sibling_ids == (root.id, other_root.id)
    assert store.messages.newest_leaf(a1.id) == a2.id
    assert store.messages.newest_leaf(root.id) == b1.id
    store.conversations.show_leaf(chat, store.messages.newest_leaf(a1.id))
    shown = store.messages.branch(chat)
    assert [message.id for message in shown] == [root.id, a1.id, a2.id]
    assert shown[1].sibling_ids == (a1.id, b1.id)
    assert store.conversations.get(chat).message_count == 5


def test_a_long_branch_reads_in_order(store: Store, chat: str) -> None:
    new = [NewMessage(role=Role.USER, text=f"m{number}") for number in range(1500)]
    assert store.messages.add_many(chat, new) == 1500
    assert [message.text for message in store.messages.branch(chat)] == [
        f"m{number}" for number in range(1500)
    ]


def test_a_stream_is_stored_at_once_and_searchable_when_done(store: Store, chat: str) -> None:
    answer = store.messages.add(
        chat, parent_id=None, role=Role.ASSISTANT, text="", state=MessageState.STREAMING
    )
    partial = store.messages.set_text(answer.id, "the platypus", MessageState.STREAMING)
    assert store.messages.get(answer.id).text == partial.text == "the platypus"
    assert store.messages.search("platypus") == ()
    store.messages.set_text(answer.id, "the platypus swims", MessageState.COMPLETE)
    assert len(store.messages.search("platypus swims")) == 1
    store.messages.set_text(answer.id, "an otter", MessageState.COMPLETE)
    assert store.messages.search("platypus") == ()
    assert len(store.messages.search("otter")) == 1
    assert store.check() == ()


def test_answers_cut_off_by_a_crash_are_settled(store: Store, chat: str) -> None:
    answer = store.messages.add(
        chat, parent_id=None, role=Role.ASSISTANT, text="half a", state=MessageState.STREAMING
    )
    assert store.messages.settle_interrupted() == 1
    assert store.messages.settle_interrupted() == 0
    assert store.messages.get(answer.id).state is MessageState.STOPPED
    assert len(store.messages.search("half")) == 1


def test_learning_follows_the_consent_of_message_then_conversation(store: Store) -> None:
    yes, no = store.conversations.create(consent=True).id, store.conversations.create().id
    followed = _add(store, yes, None, "followed")
    forbidden = _add(store, yes, None, "forbidden")
    store.messages.set_consent(forbidden.id, False)
    allowed = _add(store, no, None, "allowed")
    store.messages.set_consent(allowed.id, True)
    _add(store, no, None, "silent")
    store.messages.add(yes, parent_id=None, role=Role.ASSISTANT, text="not the user")
    found = [message.id for message in store.messages.for_learning()]
    assert found == [followed.id, allowed.id]
    store.messages.set_consent(allowed.id, None)
    assert [message.id for message in store.messages.for_learning()] == [followed.id]
    store.messages.mark_collected([followed.id])
    assert store.messages.for_learning() == ()


def test_an_import_is_all_or_nothing(store: Store, chat: str) -> None:
    _add(store, chat, None, "before")
    bad = [
        NewMessage(role=Role.USER, text="fine"),
        NewMessage(role=Role.USER, text=None),  # type: ignore[arg-type]
    ]
    with pytest.raises(AttributeError):
        store.messages.add_many(chat, bad)
    assert store.messages.count() == 1
    assert store.messages.add_many(chat, []) == 0


def test_imported_times_and_words_are_kept(store: Store, chat: str) -> None:
    store.messages.add_many(
        chat,
        [NewMessage(role=Role.USER, text="ask", created_at=5.0),
         NewMessage(role=Role.ASSISTANT, text="reply")],
    )  # fmt: skip
    ask, reply = store.messages.branch(chat)
    assert (ask.created_at, ask.role, reply.parent_id) == (5.0, Role.USER, ask.id)
    assert len(store.messages.search("reply")) == 1


def test_the_users_words_are_in_no_repr(store: Store, chat: str) -> None:
    message = _add(store, chat, None, "platypus")
    hits = store.messages.search("platypus")
    assert "platypus" not in repr((message, hits, NewMessage(role=Role.USER, text="platypus")))
