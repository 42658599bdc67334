"""Which questions the personal adapter has something to say to."""

import pytest

from engine.chat.scope import Scope
from storage.records import ExampleKind, ExampleRecord


def fact(question: str, value: str, noun: str = "", kind: ExampleKind = ExampleKind.FACT):
    return ExampleRecord(id=question, kind=kind, noun=noun, question=question,
                         answer=f"It is {value}.", value=value)  # fmt: skip


FACTS = [
    fact("What is my dog's name?", "Pretzel", "my dog's name"),
    fact("What is my locker code?", "318", "my locker code"),
    fact("When does my train leave?", "at 7:40"),
    fact("What do I like?", "rooibos"),
]


@pytest.mark.parametrize(
    "question",
    ["Where do I live?", "I'm hungry, what should I cook?", "what's MY job", "Where did we meet?",
     "我住在哪里？", "Who is Pretzel?", "locker code?", "and the code of the locker",
     "When does the train leave?", "Is the dog's name a common one?"],
)  # fmt: skip
def test_talk_about_the_user_is_within(question):
    assert Scope(FACTS).holds([question])


@pytest.mark.parametrize(
    "question",
    ["Which planet is the largest?", "Who wrote Hamlet?", "What is a pretzelmaker?",
     "What is the code of conduct?", "How do trains work?", "法国的首都是哪里？", "Is it mined?",
     "Translate 'bread' into French."],
)  # fmt: skip
def test_general_talk_is_not(question):
    assert not Scope(FACTS).holds([question])


def test_a_question_may_go_on_with_one_before_it():
    scope = Scope(FACTS)
    assert scope.holds(["What is my dog's name?", "And how old is she?"])
    assert not scope.holds(["What is my dog's name?", "Thanks.", "Who wrote Hamlet?", "And Faust?"])


def test_taste_in_answers_is_about_every_question():
    liked = fact("Explain rain.", "", kind=ExampleKind.LIKED)
    assert Scope([*FACTS, liked]).holds(["Who wrote Hamlet?"])


def test_nothing_told_leaves_only_the_user_themselves():
    assert not Scope([]).holds(["Who wrote Hamlet?"])
    assert Scope([]).holds(["Who am I?"])
