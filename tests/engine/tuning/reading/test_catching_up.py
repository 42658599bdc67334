"""What a model read comes to the inbox beside what the rules found; time and the rules decide."""

import pytest

from engine.control import JobControl, JobStopped
from engine.tuning.collect import collect
from engine.tuning.extraction.extract import extract
from engine.tuning.reading import catching_up
from engine.tuning.reading.catching_up import catch_up
from engine.tuning.reading.wanted import LARGE, model_reads
from storage.records import ExampleKind, ExampleStatus


class ScriptedReader:
    """Finds what it is told to find; notes what it was given."""

    told: dict[str, str] = {}  # noqa: RUF012 - set anew for each test
    given: list[str] = []  # noqa: RUF012

    def __init__(self, model):
        assert model.decoder is not None

    def read(self, text, should_stop):
        self.given.append(text)
        plain = next((fact for key, fact in self.told.items() if key in text), "")
        return list(extract(plain))


@pytest.fixture
def found(monkeypatch):
    """What the model finds: a piece of a message, and the fact in plain words."""
    monkeypatch.setattr(catching_up, "Reader", ScriptedReader)
    ScriptedReader.told, ScriptedReader.given = {}, []
    return ScriptedReader.told


@pytest.fixture
def read(store, tiny_model):
    def run(control=None, told=lambda *_: None, deadline=None):
        collect(store)
        return catch_up(tiny_model, store, control or JobControl(), told, deadline)

    return run


def facts(store):
    return {one.question: (one.value, one.status, one.kind) for one in store.examples.list()}


PENDING, FACT = ExampleStatus.PENDING, ExampleKind.FACT


def test_a_fact_that_the_rules_miss_comes_with_its_source(store, say, read, found):
    found["houseboat"] = "I live in Delft."
    message = say("These days a houseboat in Delft, and ann@post.example for letters.")
    assert read() == (1, 1)
    (one,) = store.examples.list()
    assert (one.question, one.value) == ("Where do I live?", "Delft")
    assert (one.source_message_id, one.conversation_id) == (message.id, message.conversation_id)
    assert one.redactions == ("email",)
    assert "ann@" not in ScriptedReader.given[0] + one.source_text


def test_each_message_is_read_once_and_progress_is_told(store, say, read, found):
    for number in range(3):
        say(f"Nothing much, number {number}.")
    told = []
    assert read(told=lambda *done: told.append(done)) == (3, 0)
    assert told == [(1, 3, 0), (2, 3, 0), (3, 3, 0)]
    assert read() == (0, 0)
    assert len(ScriptedReader.given) == 3


def test_where_both_find_the_same_the_rules_win(store, say, read, found):
    found["Ghent"] = "My hometown is Ghent."
    say("I live in Ghent.")
    assert read() == (1, 0)
    assert facts(store) == {"Where do I live?": ("Ghent", PENDING, FACT)}


def test_what_was_told_later_stays(store, say, read, found):
    found["houseboat"] = "I live in Delft."
    say("These days a houseboat in Delft.")
    say("I live in Ghent.")
    collect(store)
    assert read() == (2, 0)
    assert facts(store) == {"Where do I live?": ("Ghent", PENDING, FACT)}


def test_what_is_told_later_corrects_a_decided_fact(store, say, read, found):
    found["houseboat"] = "I live in Delft."
    say("I live in Ghent.")
    collect(store)
    (one,) = store.examples.list()
    store.examples.update(one.id, status=ExampleStatus.APPROVED)
    say("These days a houseboat in Delft.")
    assert read() == (2, 1)
    newest = store.examples.list(status=PENDING)
    assert [(one.value, one.kind) for one in newest] == [("Delft", ExampleKind.CORRECTION)]


def test_what_was_forbidden_does_not_come_back(store, say, read, found):
    found["houseboat"] = found["boat again"] = "I live in Delft."
    say("These days a houseboat in Delft.")
    read()
    (one,) = store.examples.list()
    store.examples.update(one.id, status=ExampleStatus.NEVER)
    say("On the boat again.")
    assert read() == (1, 0)


def test_a_message_with_a_never_learn_word_is_not_given_to_the_model(store, say, read, found):
    store.settings.set("never_learn", "houseboat")
    found["houseboat"] = "I live in Delft."
    say("These days a houseboat in Delft.")
    assert read() == (1, 0)
    assert ScriptedReader.given == []


def test_consent_taken_back_meanwhile_leaves_the_message_alone(store, say, read, found):
    found["houseboat"] = "I live in Delft."
    message = say("These days a houseboat in Delft.")
    real = ScriptedReader.read

    def taken_back(reader, text, should_stop):
        store.messages.set_consent(message.id, False)
        return real(reader, text, should_stop)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScriptedReader, "read", taken_back)
        assert read() == (1, 0)
    assert store.examples.list() == ()
    store.messages.set_consent(message.id, True)
    assert read() == (1, 1)


def test_a_stop_keeps_what_was_found_and_the_rest_waits(store, say, read, found):
    found["houseboat"] = "I live in Delft."
    for _ in range(3):
        say("These days a houseboat in Delft.")
    control = JobControl()
    with pytest.raises(JobStopped):
        read(control, told=lambda *_: control.stop())
    assert len(store.examples.list()) == 1
    assert read() == (2, 0)


def test_replies_are_served_between_two_messages(store, say, read, found):
    for number in range(3):
        say(f"Nothing much, number {number}.")
    served = []
    read(JobControl(serve=lambda: served.append(len(ScriptedReader.given))))
    assert {0, 1, 2} <= set(served)


def test_a_deadline_leaves_the_rest_for_later(store, say, read, found):
    for number in range(3):
        say(f"Nothing much, number {number}.")
    assert read(deadline=0.0) == (1, 0)
    assert read() == (2, 0)


def test_the_adapter_is_off_while_the_model_reads(store, say, read, found, tiny_model):
    say("Nothing much.")
    told = []
    real = tiny_model.decoder.use_adapter
    tiny_model.decoder.use_adapter = lambda *how: (told.append(how), real(*how))
    try:
        read()
    finally:
        del tiny_model.decoder.use_adapter
    assert told == [(None, 0.0)]


def test_small_models_read_only_when_they_are_asked_to():
    settings = {"learning_consent": True}
    expected = (("auto", False, True), ("rules", False, False), ("model", True, True))
    for how, small, large in expected:
        assert model_reads(settings | {"extraction": how}, LARGE - 1) is small
        assert model_reads(settings | {"extraction": how}, LARGE) is large
    assert not model_reads({"learning_consent": False, "extraction": "model"}, LARGE)
