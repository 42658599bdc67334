"""Thumbs and rewritten answers in the store."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from storage.errors import NotFound
from storage.records import ExampleKind, ExampleRecord, MessageRecord, Role
from storage.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store.temporary()
    yield made
    made.close()


def asked(store: Store, *, consent: bool = True) -> tuple[MessageRecord, MessageRecord]:
    chat = store.conversations.create("chat", consent=consent)
    question = store.messages.add(chat.id, parent_id=None, role=Role.USER, text="Why?")
    answer = store.messages.add(
        chat.id, parent_id=question.id, role=Role.ASSISTANT, text="So.", model_id="m"
    )
    return question, answer


def test_a_rewriting_takes_the_answers_place_and_the_old_one_stays(store: Store) -> None:
    question, answer = asked(store)
    better = store.judgements.rewrite(answer.id, "Because.")
    shown = store.messages.branch(question.conversation_id)
    assert [one.text for one in shown] == ["Why?", "Because."]
    assert shown[-1].sibling_ids == (answer.id, better.id)
    assert shown[-1].model_id is None
    (judged,) = store.judgements.list()
    assert (judged.question.id, judged.answer.id) == (question.id, answer.id)
    assert judged.better is not None
    assert judged.better.id == better.id


def test_rewriting_again_is_about_the_first_answer(store: Store) -> None:
    _, answer = asked(store)
    first = store.judgements.rewrite(answer.id, "Because.")
    last = store.judgements.rewrite(first.id, "Because of that.")
    (judged,) = store.judgements.list()
    assert judged.answer.id == answer.id
    assert judged.better is not None
    assert judged.better.id == last.id


def test_thumbs_are_listed_and_gone_when_taken_back(store: Store) -> None:
    _, answer = asked(store)
    assert store.judgements.list() == ()
    store.messages.rate(answer.id, -1)
    assert [one.answer.rating for one in store.judgements.list()] == [-1]
    assert store.judgements.stands(answer.id)
    store.messages.rate(answer.id, 0)
    assert store.judgements.list() == ()
    assert not store.judgements.stands(answer.id)


def test_without_consent_of_all_three_nothing_is_listed(store: Store) -> None:
    question, answer = asked(store, consent=False)
    better = store.judgements.rewrite(answer.id, "Because.")
    assert store.judgements.list() == ()
    store.conversations.set_consent(question.conversation_id, True)
    assert len(store.judgements.list()) == 1
    for message in (question, answer, better):
        store.messages.set_consent(message.id, False)
        assert store.judgements.list() == ()
        store.messages.set_consent(message.id, None)
    store.conversations.delete(question.conversation_id)
    assert store.judgements.list() == ()


@pytest.mark.parametrize("place", [0, 1, 2], ids=["question", "answer", "rewriting"])
def test_an_opinion_goes_at_once_when_a_part_of_it_is_kept_out(store: Store, place: int) -> None:
    question, answer = asked(store)
    parts = (question, answer, store.judgements.rewrite(answer.id, "Because."))
    other, _ = asked(store)
    opinion = store.examples.add(opinion_of(answer))
    fact = store.examples.add(
        replace(opinion, id="fact", kind=ExampleKind.FACT, source_message_id=other.id)
    )
    assert store.examples.withdraw() == 0
    store.messages.set_consent(parts[place].id, False)
    assert store.examples.withdraw() == 1
    assert [one.id for one in store.examples.list()] == [fact.id]


def opinion_of(answer: MessageRecord) -> ExampleRecord:
    return ExampleRecord(
        id="opinion", kind=ExampleKind.REWRITTEN, noun="", question="Why?", answer="Because.",
        value="", language="en", conversation_id=answer.conversation_id,
        source_message_id=answer.id, source_text="So.", redactions=(),
    )  # fmt: skip


def test_only_answers_can_be_rewritten(store: Store) -> None:
    question, _ = asked(store)
    with pytest.raises(NotFound):
        store.judgements.rewrite(question.id, "What?")


def test_the_prompts_sources_do_not_name_the_old_answer(store: Store) -> None:
    _, answer = asked(store)
    better = store.judgements.rewrite(answer.id, "Because.")
    assert store.reply_sources.of(better.id) == ()


def test_erasing_the_chat_leaves_nothing(store: Store) -> None:
    question, answer = asked(store)
    store.judgements.rewrite(answer.id, "Because.")
    store.conversations.purge(question.conversation_id)
    assert store.judgements.list() == ()
