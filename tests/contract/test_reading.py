"""The model reads chats, as a window or a terminal sees it."""

import pytest

from engine.contract import (
    ChangeSetting,
    ChatsRead,
    Failed,
    FailureKind,
    Learn,
    LearnProgress,
    ListExamples,
    ReadChats,
    ReadingProgress,
    Stop,
    Stopped,
)

FACTS = ("My dog is called Rex.", "My sister is called Ingrid.", "Good morning to you.")


@pytest.fixture
def told(tell):
    """A bench with three messages in consented chats."""
    return tell(FACTS)


def test_a_locked_profile_reads_nothing(make):
    failed = make(state="locked").ask(ReadChats())
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.LOCKED


@pytest.mark.parametrize("how", ["auto", "rules"])
def test_a_small_model_is_not_even_loaded_unless_it_is_asked_to_read(told, how):
    told.ask(ChangeSetting(key="extraction", value=how))
    command = ReadChats()
    done = told.ask(command)
    assert isinstance(done, ChatsRead)
    assert (done.messages, done.found) == (0, 0)
    assert told.of(command.job) == [done]


def test_every_message_is_read_once_with_progress(told):
    told.ask(ChangeSetting(key="extraction", value="model"))
    command = ReadChats()
    done = told.ask(command)
    assert isinstance(done, ChatsRead)
    assert done.messages == 3
    assert done.seconds >= 0
    steps = [event for event in told.of(command.job) if isinstance(event, ReadingProgress)]
    assert [(one.read, one.messages) for one in steps] == [(1, 3), (2, 3), (3, 3)]
    assert told.ask(ReadChats()).messages == 0
    assert len(told.ask(ListExamples()).examples) == 2


def test_without_consent_nothing_is_read(told):
    told.ask(ChangeSetting(key="extraction", value="model"))
    told.ask(ChangeSetting(key="learning_consent", value=False))
    assert told.ask(ReadChats()).messages == 0


def test_a_reading_can_be_stopped(told):
    told.ask(ChangeSetting(key="extraction", value="model"))
    command = ReadChats()
    told.submit(command)
    told.submit(Stop(target=command.job))
    assert isinstance(told.end(command.job), (Stopped, ChatsRead))


def test_learning_reads_first_where_it_is_asked_to(told, request):
    if "fake" in request.node.name:
        pytest.skip("the scripted learning reads nothing")
    command = Learn(overrides=(("extraction", "model"),))
    told.ask(command)
    steps = [e for e in told.of(command.job) if isinstance(e, LearnProgress)]
    read = [(one.step, one.steps) for one in steps if one.phase == "collect" and one.steps]
    assert read == [(1, 3), (2, 3), (3, 3)]
    assert told.ask(ReadChats()).messages == 0
