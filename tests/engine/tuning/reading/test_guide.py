"""Whatever is said under a guide is well-formed and copied from the message."""

import pytest

from engine.tuning.reading.guide import FactGuide
from engine.tuning.reading.relations import relations
from engine.tuning.reading.spans import owners, values
from engine.tuning.reading.spelling import Spelling
from tests.engine.tuning.reading.talk import STOP, babble, byte_level, pieces

MESSAGES = [
    ("I live in Porto with my sister Ana, a nurse. Our dog's called Rex!", False),
    ("My 🦊 café is named Über-Größe.", False),
    ("我住在杭州，我家的狗叫豆豆。", True),
]
NOTHING = {False: "none", True: "无"}


def guide_for(make, message, chinese, most=3):
    about = relations(owners([message], chinese=chinese), chinese=chinese)
    spelling = Spelling(make())
    guide = FactGuide(spelling, frozenset({STOP}), about, values([message], chinese=chinese),
                      nothing=NOTHING[chinese], most=most)  # fmt: skip
    return guide, spelling, {relation.head for relation in about}


@pytest.mark.parametrize("make", [byte_level, pieces])
@pytest.mark.parametrize(("message", "chinese"), MESSAGES)
def test_any_talk_is_nothing_or_facts_copied_from_the_message(make, message, chinese):
    guide, spelling, heads = guide_for(make, message, chinese)
    colon = "：" if chinese else ": "
    said_nothing = 0
    for seed in range(150):
        answer = babble(guide, seed)
        text = spelling.text(answer).decode().removeprefix(" ")
        if text == NOTHING[chinese]:
            said_nothing += 1
            assert guide.read(answer) == []
            continue
        lines = text.split("\n")
        assert 1 <= len(lines) <= 3
        parts = [line.split(colon, 1) for line in lines]
        assert all(head + colon.rstrip() in heads for head, _ in parts)
        assert all(value and value in message for _, value in parts)
        assert len({head for head, _ in parts}) == len({v for _, v in parts}) == len(lines)
        assert [line.value for line in guide.read(answer)] == [value for _, value in parts]
    assert said_nothing < 150


@pytest.mark.parametrize("make", [byte_level, pieces])
def test_what_is_cut_off_says_nothing(make):
    message, chinese = MESSAGES[0]
    guide, _, _ = guide_for(make, message, chinese)
    for seed in range(60):
        answer = babble(guide, seed)
        for end in range(len(answer)):
            assert all(line.value in message for line in guide.read(answer[:end]))
    assert guide.read([]) == []


def test_something_is_always_allowed():
    for message in ("Me", "I.", "my"):
        guide, _, _ = guide_for(byte_level, message, chinese=False)
        for seed in range(40):
            answer = babble(guide, seed)
            assert all(guide.allowed(answer[:end]) for end in range(len(answer) + 1))


def test_a_model_that_wants_to_say_something_else_cannot():
    guide, spelling, _ = guide_for(byte_level, MESSAGES[0][0], chinese=False)
    said = [spelling.token(bytes([letter])) for letter in b"my home: "]
    allowed = {spelling.text([number])[:1] for number in guide.allowed(said)}
    assert b"P" in allowed
    assert not allowed & {b"z", b"Q", b"\n", b" ", b","}


def said(spelling, text):
    return [spelling.token(bytes([letter])) for letter in text.encode()]


def test_words_put_into_the_mouth_of_the_model_are_not_its_own():
    guide, spelling, _ = guide_for(byte_level, MESSAGES[0][0], chinese=False)
    answer = said(spelling, "my home: Porto\nmy job: nurse")
    assert [line.value for line in guide.read(answer)] == ["Porto", "nurse"]
    at = len(said(spelling, "my home: Porto\nmy j"))
    assert spelling.token(b"o") in guide(answer[:at], wanted=spelling.token(b"x"))
    assert [line.value for line in guide.read(answer)] == ["Porto"]


def test_wanting_more_than_the_value_is_its_end():
    guide, spelling, _ = guide_for(byte_level, MESSAGES[0][0], chinese=False)
    answer = said(spelling, "my home: Porto")
    assert spelling.token(b" ") in guide.allowed(answer)
    assert set(guide(answer, wanted=spelling.token(b"!"))) == {STOP, spelling.token(b"\n")}
    assert [line.value for line in guide.read(answer)] == ["Porto"]
