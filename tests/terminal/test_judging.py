"""The commands rate and rewrite."""

import pytest

from engine.fake import FakeEngine, FakeScript
from storage.records import Role

QUICK = FakeScript(first_token_s=0.0, token_s=0.0, load_s=0.0)


@pytest.fixture
def engine():
    made = FakeEngine("open", QUICK)
    chat = made.world.add_conversation("chat", consent=True)
    question = made.world.add_message(chat.id, None, Role.USER, "Why?")
    made.answer = made.world.add_message(chat.id, question.id, Role.ASSISTANT, "So.")
    return made


@pytest.mark.parametrize(("thumb", "rating"), [("up", 1), ("down", -1), ("none", 0)])
def test_a_thumb(terminal, engine, thumb, rating):
    done = terminal("rate", engine.answer.id, thumb, "--json", engine=engine)
    assert done.json == {"message": engine.answer.id, "rating": rating}
    assert engine.world.messages[engine.answer.id].rating == rating


def test_a_rewriting_tells_its_id(terminal, engine):
    done = terminal("rewrite", engine.answer.id, "Because.", "--json", engine=engine).json
    assert done["instead_of"] == engine.answer.id
    assert engine.world.messages[done["message"]].text == "Because."


def test_without_json_a_sentence(terminal, engine):
    assert terminal("rate", engine.answer.id, "up", engine=engine).out.startswith("Rated.")


def test_no_change_and_no_such_answer_are_refused(terminal, engine):
    assert "Change" in terminal("rewrite", engine.answer.id, "So.", engine=engine).sentence


def test_an_unknown_answer_is_refused(terminal, engine):
    assert terminal("rate", "nosuch", "up", engine=engine).sentence
