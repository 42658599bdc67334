"""Past turns: search words, vectors, who may be found, and that deleting leaves nothing."""

import pytest

from storage.messages import NewMessage
from storage.records import MessageState, Role
from storage.store import Store

SAID = (Role.USER, "I walked along the quiet river."), (Role.ASSISTANT, "Rivers calm many people.")


@pytest.fixture
def temporary():
    made = Store.temporary()
    yield made
    made.close()


def chat(store: Store, said=SAID) -> str:
    owner = store.conversations.create("chat")
    store.messages.add_many(owner.id, [NewMessage(role=role, text=text) for role, text in said])
    return owner.id


def found(store: Store, words: str) -> list[str]:
    positions = list(store.turns.search(words, 10))
    return [turn.text for turn in store.turns.get(positions)]


def test_words_count_by_their_stem_once_they_were_taken_in(temporary):
    chat(temporary)
    assert found(temporary, "river") == []
    assert temporary.turns.catch_up(10) == 2
    assert temporary.turns.catch_up(10) == 0
    assert set(found(temporary, "rivers walking")) == {text for _, text in SAID}


def test_chinese_is_found_by_pairs(temporary):
    chat(temporary, ((Role.USER, "我昨天在河边散步。"),))
    temporary.turns.catch_up(10)
    assert found(temporary, "散步") == ["我昨天在河边散步。"]


def test_hidden_forbidden_and_erased_turns_are_not_found(temporary):
    hidden, forbidden, erased = (chat(temporary) for _ in range(3))
    temporary.turns.catch_up(10)
    temporary.conversations.delete(hidden)
    for message in temporary.messages.all_of(forbidden):
        temporary.messages.set_consent(message.id, False)
    temporary.conversations.purge(erased)
    assert found(temporary, "river") == []
    assert temporary.turns.places("e", 0, 10) == ()
    temporary.conversations.restore(hidden)
    assert len(found(temporary, "river")) == 2


def test_a_streaming_answer_is_taken_in_when_it_is_complete(temporary):
    owner = temporary.conversations.create("chat")
    answer = temporary.messages.add(
        owner.id, parent_id=None, role=Role.ASSISTANT, text="riv", state=MessageState.STREAMING
    )
    assert temporary.turns.catch_up(10) == 0
    temporary.messages.set_text(answer.id, "The river.", MessageState.COMPLETE)
    assert temporary.turns.catch_up(10) == 1
    assert found(temporary, "river") == ["The river."]


def test_vectors_go_with_their_turn_and_its_text(temporary):
    owner = chat(temporary)
    first, second = temporary.messages.all_of(owner)
    temporary.turns.keep_vectors("e", [(first.position, b"12"), (second.position, b"34")])
    places = temporary.turns.places("e", 0, 10)
    assert [(p.vector, p.before) for p in places] == [(b"12", 0), (b"34", first.position)]
    assert [p.vector for p in temporary.turns.places("other", 0, 10)] == [b"", b""]
    temporary.messages.set_text(first.id, "Something else.", MessageState.COMPLETE)
    assert [turn.position for turn in temporary.turns.without_vector("e", 10)] == [first.position]
    temporary.conversations.purge(owner)
    assert temporary._db.value("SELECT count(*) FROM turn_vectors") == 0
    temporary.turns.keep_vectors("e", [(first.position, b"12")])
    assert temporary._db.value("SELECT count(*) FROM turn_vectors") == 0


def test_a_turn_without_a_vector_comes_between_its_neighbours(temporary):
    owner = chat(temporary, (*SAID, (Role.USER, "Yes.")))
    middle = temporary.messages.all_of(owner)[1]
    turn = next(
        t for t in temporary.turns.without_vector("e", 10) if t.position == middle.position
    )
    assert (turn.before, turn.text, turn.after) == (SAID[0][1], SAID[1][1], "Yes.")


def test_the_state_changes_when_something_comes_goes_or_is_hidden(temporary):
    owner = chat(temporary)
    last = temporary.messages.all_of(owner)[-1].position
    before = temporary.turns.state(last)
    chat(temporary)
    assert temporary.turns.state(last) == before
    assert temporary.turns.state(last + 10) != before
    temporary.conversations.delete(owner)
    assert temporary.turns.state(last) != before


def test_memory_vectors_go_with_the_fact_and_its_text(temporary):
    one, other = temporary.memories.add("A river."), temporary.memories.add("A hill.")
    temporary.memories.keep_vectors("e", {one.id: b"1", other.id: b"2", "gone": b"3"})
    assert temporary.memories.vectors("e") == {one.id: b"1", other.id: b"2"}
    assert temporary.memories.scored("rivers", 5).keys() == {one.id}
    temporary.memories.update(one.id, enabled=False)
    assert temporary.memories.vectors("e") == {other.id: b"2"}
    temporary.memories.update(one.id, enabled=True, text="A brook.")
    assert temporary.memories.vectors("e") == {other.id: b"2"}
    temporary.memories.delete(other.id)
    assert temporary.memories.vectors("e") == {}


def test_sources_go_with_their_answer(temporary):
    owner = chat(temporary)
    answer = temporary.messages.all_of(owner)[1]
    temporary.reply_sources.keep(answer.id, [("memory", "m"), ("turn", "t")])
    assert temporary.reply_sources.of(answer.id) == (("memory", "m"), ("turn", "t"))
    temporary.conversations.purge(owner)
    assert temporary._db.value("SELECT count(*) FROM reply_sources") == 0


def test_an_adapter_is_found_by_a_chat_whose_example_was_replaced(temporary):
    from storage.records import ExampleKind, ExampleRecord

    owner = chat(temporary)
    example = temporary.examples.add(
        ExampleRecord(id="", kind=ExampleKind.FACT, noun="", question="q", answer="a", value="v",
                      conversation_id=owner)
    )  # fmt: skip
    adapter = temporary.adapters.add(data=b"x", model_id="m", example_ids=[example.id])
    temporary.examples.delete(example.id)
    assert temporary.adapters.learned_from_chat(owner) == (adapter.id,)
    assert temporary.conversations.purge(owner) == (adapter.id,)
