"""From thumbs and rewritten answers to the inbox."""

import pytest

from engine.contract import ReviewExample
from engine.library.inbox import review
from engine.tuning.collect import collect
from storage.records import ExampleKind, ExampleStatus, Role


@pytest.fixture
def answer(say):
    """An answer in a chat that may be learned from."""
    say("How do I reach ann@post.example?")
    return say("Write to ann@post.example in color.", Role.ASSISTANT)


def the_only(store):
    (found,) = store.examples.list()
    return found


def test_a_rewritten_answer_is_a_pair_and_redacted(store, answer):
    store.judgements.rewrite(answer.id, "Write to ann@post.example in colour.")
    assert collect(store) == 1
    found = the_only(store)
    assert found.kind is ExampleKind.REWRITTEN
    assert found.question == "How do I reach [email]?"
    assert found.answer == "Write to [email] in colour."
    assert found.source_text == "Write to [email] in color."
    assert found.redactions == ("email",)
    assert (found.source_message_id, found.status) == (answer.id, ExampleStatus.PENDING)
    assert collect(store) == 0


@pytest.mark.parametrize(("rating", "kind"), [(1, ExampleKind.LIKED), (-1, ExampleKind.DISLIKED)])
def test_a_thumb_alone(store, answer, rating, kind):
    store.messages.rate(answer.id, rating)
    collect(store)
    assert the_only(store).kind is kind


@pytest.mark.parametrize(("rating", "weight"), [(-1, 1.5), (0, 1.0), (1, 0.5)])
def test_the_thumb_on_the_old_answer_decides_the_weight(store, answer, rating, weight):
    store.judgements.rewrite(answer.id, "Write.")
    store.messages.rate(answer.id, rating)
    collect(store)
    assert (the_only(store).kind, the_only(store).weight) == (ExampleKind.REWRITTEN, weight)


def test_a_rewriting_that_was_disliked_says_nothing(store, answer):
    better = store.judgements.rewrite(answer.id, "Write.")
    store.messages.rate(better.id, -1)
    assert collect(store) == 0


def test_the_inbox_follows_a_change_of_mind(store, answer):
    store.messages.rate(answer.id, 1)
    collect(store)
    review(store, ReviewExample(example_id=the_only(store).id, status=ExampleStatus.APPROVED))
    store.messages.rate(answer.id, -1)
    assert collect(store) == 1
    assert (the_only(store).kind, the_only(store).status) == (
        ExampleKind.DISLIKED, ExampleStatus.PENDING,
    )  # fmt: skip
    store.messages.rate(answer.id, 0)
    collect(store)
    assert store.examples.list() == ()


def test_what_was_approved_stays_when_only_consent_is_taken_back(store, answer):
    store.messages.rate(answer.id, 1)
    collect(store)
    review(store, ReviewExample(example_id=the_only(store).id, status=ExampleStatus.APPROVED))
    store.conversations.set_consent(answer.conversation_id, False)
    collect(store)
    assert the_only(store).status is ExampleStatus.APPROVED


def test_what_was_refused_stays_refused(store, answer):
    store.messages.rate(answer.id, 1)
    collect(store)
    review(store, ReviewExample(example_id=the_only(store).id, status=ExampleStatus.NEVER))
    store.judgements.rewrite(answer.id, "Write.")
    assert collect(store) == 0
    assert the_only(store).status is ExampleStatus.NEVER


def test_an_opinion_becomes_no_memory(store, answer):
    store.messages.rate(answer.id, 1)
    collect(store)
    review(store, ReviewExample(example_id=the_only(store).id, status=ExampleStatus.APPROVED))
    assert store.memories.list() == ()


def test_never_learn_words_and_consent_hold(store, answer):
    store.messages.rate(answer.id, 1)
    store.settings.set("never_learn", "color")
    assert collect(store) == 0
    store.settings.set("never_learn", "")
    store.settings.set("learning_consent", False)
    assert collect(store) == 0


def test_an_opinion_of_a_question_about_a_fact_does_not_hide_the_fact(store, say):
    say("What is my dog's name?")
    answer = say("I do not know.", Role.ASSISTANT)
    store.messages.rate(answer.id, -1)
    collect(store)
    say("My dog's name is Biscuit.")
    assert collect(store) == 1
    assert {e.kind for e in store.examples.list()} == {ExampleKind.DISLIKED, ExampleKind.FACT}
