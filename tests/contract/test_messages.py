"""Every command and event is plain data: it pickles, and its repr holds nobody's words."""

import dataclasses
import pickle
import types
import typing

import pytest

from engine import contract
from engine.contract import (
    ChangeSetting,
    ControlCommand,
    Done,
    Failed,
    FailureKind,
    Reply,
    Stopped,
    events,
)
from storage import records

SECRET = "zqx-secret-words"
COMMANDS = typing.get_args(contract.Command)
EVENTS = typing.get_args(contract.Event)
RECORDS = tuple(
    kind for kind in vars(records).values()
    if isinstance(kind, type) and dataclasses.is_dataclass(kind)
)  # fmt: skip
WORDS = {
    "text", "title", "query", "question", "answer", "value", "snippet", "noun", "source_text",
    "passphrase", "recovery_key", "current", "new", "memories", "path", "values", "instead",
    "words", "past_turns",
}  # fmt: skip
NOT_WORDS = {("ModelRecord", "path"), ("StoredItem", "path"), ("ReplyStarted", "question"),
             ("MemoriesListed", "memories")}  # fmt: skip


def sample(kind, name="", depth=0):
    """A value of a type: texts are the secret, containers have one element."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return sample(next(a for a in typing.get_args(kind) if a is not type(None)), name, depth)
    if origin is tuple:
        inner = [a for a in typing.get_args(kind) if a is not Ellipsis]
        return tuple(sample(a, name, depth + 1) for a in inner)
    if origin is dict:
        return {"rank": 1.0}
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        made = {f.name: sample(hints[f.name], f.name, depth + 1) for f in dataclasses.fields(kind)}
        return kind(**made)
    if isinstance(kind, type) and issubclass(kind, str) and kind is not str:
        return next(iter(kind))
    if kind is str:
        return SECRET if name in WORDS else "plain"
    return {bool: True, int: 3, float: 2.5}[kind]


@pytest.mark.parametrize("kind", [*COMMANDS, *EVENTS], ids=lambda kind: kind.__name__)
def test_it_pickles(kind):
    made = sample(kind)
    assert pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize("kind", [*COMMANDS, *EVENTS, *RECORDS], ids=lambda kind: kind.__name__)
def test_no_field_of_words_is_in_its_repr(kind):
    for field in dataclasses.fields(kind):
        if field.name in WORDS and (kind.__name__, field.name) not in NOT_WORDS:
            assert not field.repr, f"{kind.__name__}.{field.name} shows in repr"


@pytest.mark.parametrize("kind", [*COMMANDS, *EVENTS], ids=lambda kind: kind.__name__)
def test_a_whole_message_shows_no_words(kind):
    shown = repr(sample(kind)).replace(f"path='{SECRET}'", "")
    assert SECRET not in shown


def test_every_command_and_event_is_frozen():
    for kind in (*COMMANDS, *EVENTS):
        assert kind.__dataclass_params__.frozen


def test_every_event_class_is_in_the_union():
    declared = {
        kind for kind in vars(events).values()
        if isinstance(kind, type) and dataclasses.is_dataclass(kind)
        and "job" in {f.name for f in dataclasses.fields(kind)}
    }  # fmt: skip
    bases = {Done, events.EventBase}
    assert {kind.__name__ for kind in declared - bases} == {
        kind.__name__ for kind in EVENTS
    }


def test_jobs_are_named_apart():
    assert Reply().job != Reply().job
    assert ChangeSetting(key="a", value=1).job


def test_a_failure_is_one_kind_and_one_sentence():
    failed = Failed(job="1", kind=FailureKind.BUG, detail="Sentence.")
    assert pickle.loads(pickle.dumps(failed)).kind is FailureKind.BUG
    assert Stopped(job="1").message is None
    assert ControlCommand == contract.Stop | contract.Pause | contract.Resume
