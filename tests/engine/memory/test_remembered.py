"""What goes into a prompt from memory."""

from types import SimpleNamespace

import pytest

from engine.memory.finder import Finder
from engine.memory.remembered import past_line, recorded, remember
from storage.messages import NewMessage
from storage.records import Role
from storage.settings import defaults
from storage.store import Store
from storage.turns import Turn

ASKED = "Where is my boat moored?"
LONG = "Nothing of note happened. " * 30 + "My boat is moored in Zeebrugge. " + "More talk. " * 40


@pytest.fixture
def store():
    made = Store.temporary()
    made.memories.add("Your boat is called Iris.")
    owner = made.conversations.create("harbour")
    made.messages.add_many(owner.id, [NewMessage(role=Role.USER, text=LONG)])
    yield made
    made.close()


def model(context_length=2048):
    """One token a word."""
    return SimpleNamespace(
        context_length=context_length, tokenizer=SimpleNamespace(encode=lambda text: text.split())
    )


def found(store, context_length=2048, **settings):
    chosen = {**defaults(), **settings}
    return remember(Finder(), store, chosen, model(context_length), ASKED)


def test_nothing_without_memory_and_no_turns_unless_wished(store):
    assert found(store, memory=False, past_chats=True).ids == ()
    assert [kind for kind, _ in found(store).ids] == ["memory"]
    assert [kind for kind, _ in found(store, past_chats=True).ids] == ["memory", "turn"]


def test_past_turns_keep_to_their_share_of_the_context(store):
    assert found(store, 80, past_chats=True).turns == ()
    assert found(store, 2048, past_chats=True).turns


def test_a_long_turn_is_cut_around_what_fits(store):
    line = found(store, past_chats=True).past[0]
    assert "Zeebrugge" in line
    assert len(line) < 400
    assert line.startswith("20")


def test_a_line_names_day_and_speaker():
    turn = Turn(1, "t", "c", Role.ASSISTANT, "Berth 14.", 1.7e9)
    assert past_line(turn, ASKED) == "2023-11-14, the assistant: Berth 14."


def test_what_was_noted_is_found_again_unless_it_is_gone(store):
    remembered = found(store, past_chats=True)
    again = recorded(store, remembered.ids, ASKED)
    assert again.facts == remembered.facts
    assert again.past == remembered.past
    assert {source.kind for source in again.sources()} == {"memory", "turn"}
    store.memories.delete(remembered.memories[0].id)
    assert recorded(store, [*remembered.ids, ("turn", "gone")], ASKED).facts == ()
