"""How a question is taken apart."""

import pytest

from engine.memory.question import coverage, read_question
from storage.records import Role


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("When did I buy the boat?", {Role.USER}),
        ("What did you recommend?", {Role.ASSISTANT}),
        ("What did you tell me?", set()),
        ("Which boat was it?", set()),
        ("我的船是什么时候买的？", {Role.USER}),
    ],
)
def test_whose_words_are_asked_for(text, speakers):
    assert read_question(text).speakers == speakers


def test_names_can_stand_for_the_sides():
    names = {Role.USER: frozenset({"ann"}), Role.ASSISTANT: frozenset({"bob"})}
    assert read_question("What did Ann paint?", names).speakers == {Role.USER}
    assert read_question("What did I paint?", names).speakers == frozenset()


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("我昨天说了什么？", True), ("What did I say?", False), ("我的 Python 项目", True),
        ("", False),
    ],
)
def test_scripts_that_the_encoder_does_not_know(text, wide):
    assert read_question(text).is_wide is wide


def test_only_telling_words_count():
    question = read_question("What was the name of the boat that I bought?")
    assert question.words == ("name", "boat", "bought")
    assert coverage(question, "She bought boats.") == pytest.approx(2 / 3)
    assert coverage(question, "Hello.") == 0.0
    assert coverage(read_question("what?"), "anything") == 0.0


def test_chinese_words_are_compared_by_pairs():
    question = read_question("散步")
    assert coverage(question, "我在河边散步") == 1.0
    assert coverage(question, "我在家") == 0.0
