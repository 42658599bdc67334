import pytest

from engine.tuning.collect import collect
from storage.records import ExampleKind, ExampleStatus, Role


def values(store):
    return {example.question: example.value for example in store.examples.list()}


def test_without_consent_nothing_is_read(store, say):
    say("I live in Ghent.")
    store.settings.set("learning_consent", False)
    assert collect(store) == 0
    store.settings.set("learning_consent", True)
    assert collect(store) == 1


def test_a_conversation_without_consent_is_left_alone(store):
    silent = store.conversations.create("silent")
    store.messages.add(silent.id, parent_id=None, role=Role.USER, text="I live in Ghent.")
    assert collect(store) == 0


def test_each_message_is_read_once(store, say):
    say("I live in Ghent.")
    assert collect(store) == 1
    assert collect(store) == 0


def test_the_assistant_is_not_believed(store, say):
    say("Hello there.")
    say("I live in the cloud. My name is Max.", Role.ASSISTANT)
    assert collect(store) == 0


def test_the_record_knows_its_source_and_holds_no_secret(store, say):
    message = say("My e-mail is ann@post.example. My sister's name is Ottilie.")
    collect(store)
    (example,) = store.examples.list()
    assert example.source_message_id == message.id
    assert example.conversation_id == message.conversation_id
    assert example.redactions == ("email",)
    assert "ann@" not in example.source_text
    assert (example.noun, example.value) == ("my sister's name", "Ottilie")


def test_never_learn_words_pass_a_message_over(store, say):
    store.settings.set("never_learn", "Ottilie")
    say("I live in Ghent and my sister's name is Ottilie.")
    say("I drive a Skoda.")
    assert collect(store) == 1
    assert values(store) == {"What do I drive?": "a Skoda"}


def test_saying_it_twice_makes_one_example(store, say):
    say("My dog's name is Biscuit.")
    say("my dog's name is biscuit!")
    assert collect(store) == 1


def test_a_later_statement_replaces_an_undecided_one(store, say):
    say("I live in Ghent.")
    say("I moved to Bruges.")
    assert collect(store) == 1
    assert values(store) == {"Where do I live?": "Bruges"}


def test_a_later_statement_about_a_decided_fact_is_a_correction(store, say):
    say("I live in Ghent.")
    collect(store)
    store.examples.update(store.examples.list()[0].id, status=ExampleStatus.APPROVED)
    say("I moved to Bruges.")
    assert collect(store) == 1
    newest, oldest = store.examples.list()
    assert (newest.value, newest.kind) == ("Bruges", ExampleKind.CORRECTION)
    assert oldest.status is ExampleStatus.APPROVED


def test_what_was_forbidden_does_not_come_back(store, say):
    say("I live in Ghent.")
    collect(store)
    store.examples.update(store.examples.list()[0].id, status=ExampleStatus.NEVER)
    say("I live in Ghent.")
    assert collect(store) == 0


def test_allergies_add_up(store, say):
    say("I'm allergic to walnuts.")
    say("I'm also allergic to shellfish.")
    collect(store)
    assert values(store) == {"What am I allergic to?": "walnuts and shellfish"}


def test_taking_back_removes_fact_and_memory(store, say):
    say("I work at a bank.")
    collect(store)
    (example,) = store.examples.list()
    store.examples.update(example.id, status=ExampleStatus.APPROVED)
    store.memories.add(example.answer, example_id=example.id)
    say("I no longer work at a bank.")
    collect(store)
    assert store.examples.list() == ()
    assert store.memories.list() == ()


def test_a_failure_leaves_the_messages_uncollected(store, say, monkeypatch):
    say("I live in Ghent.")
    say("I drive a Skoda.")
    real = store.examples.add
    calls = []

    def failing(record):
        calls.append(record)
        if len(calls) == 2:
            raise OSError
        return real(record)

    monkeypatch.setattr(store.examples, "add", failing)
    with pytest.raises(OSError):  # noqa: PT011
        collect(store)
    monkeypatch.undo()
    assert store.examples.list() == ()
    assert collect(store) == 2
