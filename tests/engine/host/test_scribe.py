"""The scribe stores before it tells, and in batches."""

import pytest

from engine.contract import ReplyTokens
from engine.scribe import Scribe
from storage.records import MessageState, Role
from storage.store import Store


class Clock:
    """A clock that moves by hand; every write takes `write_s`."""

    def __init__(self):
        self.now, self.write_s = 100.0, 0.0

    def monotonic(self):
        return self.now


@pytest.fixture
def desk(monkeypatch):
    """A store in memory, an answer row, a hand-moved clock and the events told."""
    clock = Clock()
    monkeypatch.setattr("engine.scribe.time", clock)
    store = Store.temporary()
    chat = store.conversations.create()
    answer = store.messages.add(
        chat.id, parent_id=None, role=Role.ASSISTANT, text="", state=MessageState.STREAMING
    )
    told = []

    def emit(event):
        stored = store.messages.get(answer.id).text
        assert stored.endswith(event.text), "told before it was stored"
        told.append(event)

    yield Scribe(store, answer, "job", emit), store, answer, told, clock
    store.close()


def test_the_first_text_is_told_at_once_and_later_ones_together(desk):
    scribe, _store, _answer, told, clock = desk
    scribe.add("a")
    assert [event.text for event in told] == ["a"]
    scribe.add("b")
    scribe.add("c")
    assert len(told) == 1
    clock.now += 0.05
    scribe.add("d")
    assert [(event.sequence, event.text) for event in told] == [(0, "a"), (1, "bcd")]


def test_finish_stores_and_tells_the_rest(desk):
    scribe, store, answer, told, _clock = desk
    scribe.add("a")
    scribe.add("b")
    message = scribe.finish(MessageState.STOPPED)
    assert (message.text, message.state) == ("ab", MessageState.STOPPED)
    assert store.messages.get(answer.id) == message
    assert "".join(event.text for event in told) == "ab"
    assert all(isinstance(event, ReplyTokens) for event in told)


def test_an_answer_that_goes_on_keeps_its_text_and_tells_only_what_is_new(desk):
    _scribe, store, answer, told, _clock = desk
    begun = store.messages.set_text(answer.id, "once ", MessageState.CUT)
    scribe = Scribe(store, begun, "job", told.append)
    scribe.add("upon")
    assert [event.text for event in told] == ["upon"]
    assert scribe.finish(MessageState.COMPLETE).text == "once upon"


def test_nothing_said_tells_nothing(desk):
    scribe, _store, _answer, told, _clock = desk
    assert scribe.finish(MessageState.COMPLETE).text == ""
    assert told == []


def test_a_slow_disk_makes_batches_larger_up_to_a_fifth_of_a_second(desk, monkeypatch):
    scribe, store, _answer, told, clock = desk
    real = store.messages.set_text

    def slow(*args):
        clock.now += 0.02
        return real(*args)

    monkeypatch.setattr(store.messages, "set_text", slow)
    scribe.add("a")
    clock.now += 0.1
    scribe.add("b")
    assert len(told) == 1
    clock.now += 0.07
    scribe.add("c")
    assert [event.text for event in told] == ["a", "bc"]
