"""Texts put before a model: what each frame adds, how long texts are cut, what is asked."""

import pytest

from engine.model.loaded import LoadedModel
from engine.skills.framing import FRAMES, MOST_TOKENS, OTHER_WORDS, PLAIN, QUESTION, Framer
from engine.skills.framing import question_of as asked


def test_every_frame_holds_the_text_and_closes_it(tiny_model: LoadedModel) -> None:
    framer = Framer(tiny_model, "Is this text bad or good?")
    told = {frame: tiny_model.tokenizer.decode(framer.ids(" a text ", frame)) for frame in FRAMES}
    assert all("a text" in one for one in told.values())
    assert told[PLAIN].endswith("a text\n")
    assert told[OTHER_WORDS].endswith("a text\nIn other words, it is")
    assert "a text\n\nIs this text bad or good?" in told[QUESTION]


@pytest.mark.parametrize("frame", FRAMES)
def test_long_texts_keep_their_start_and_end(tiny_model: LoadedModel, frame: str) -> None:
    framer = Framer(tiny_model, "What is it?")
    text = "first " + "middle " * 600 + "last"
    ids = framer.ids(text, frame)
    assert len(ids) < MOST_TOKENS + len(framer.ids("", frame)) + 8
    told = tiny_model.tokenizer.decode(ids)
    assert "first" in told
    assert "last" in told


def test_few_labels_are_named_and_many_are_not() -> None:
    assert asked(["bad", "good"]) == "Is this text bad or good?"
    assert asked(["a", "b", "c"]) == "Is this text a, b or c?"
    assert asked([str(n) for n in range(40)]) == asked(["one"]) == "What kind of text is this?"
