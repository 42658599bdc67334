"""Random models read messages: out comes a candidate like those of the rules, or nothing."""

import pytest
import torch

from engine.chat.turns import ChatTurn
from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.tuning.reading import reader as reading
from engine.tuning.reading.reader import Reader
from storage.records import Role
from tests.support.tiny_gguf import TinyGguf

MESSAGES = (
    "I live in Porto with my sister Ana, a nurse.",
    "My cello teacher is called Ida and our dog eats everything.",
    "I was born in 1990. My favourite colour is teal; my car: Skoda!",
    "我住在杭州，我家的狗叫豆豆。",
)


@pytest.fixture(autouse=True)
def _short_prompt(monkeypatch):
    """A byte a token: the whole prompt would not fit the tiny model."""
    monkeypatch.setattr(
        reading, "turns", lambda message, chinese: [ChatTurn(Role.USER, message)]
    )


@pytest.fixture(scope="module", params=range(6))
def model(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("tiny")
    path = TinyGguf(seed=request.param, scale=0.4).write(folder / "tiny.gguf")
    threads = torch.get_num_threads()
    options = LoadOptions(cache_dir=folder, threads=1)
    loaded = load_model(describe_gguf(path, f"{request.param}" * 64), options, lambda _done: None)
    yield loaded
    torch.set_num_threads(threads)


def test_random_weights_tell_only_what_stands_in_the_message(model):
    reader = Reader(model)
    for message in MESSAGES:
        for made in reader.read(message, lambda: False):
            assert made.value in message
            assert made.value in made.answer
            assert made.question.endswith(("?", "？"))
            assert not made.retracts


def test_the_same_message_gives_the_same_facts(model):
    reader = Reader(model)
    first = [reader.read(message, lambda: False) for message in MESSAGES]
    assert [reader.read(message, lambda: False) for message in MESSAGES] == first


@pytest.mark.parametrize(
    "message",
    [
        "", "Which year was it?", "```\nmy name is Bob\n```", "> I live in Rome.", "你好！",
        "Translate this: I live in Porto and my name is Ana.", "I " + "x" * 2000,
    ],
)  # fmt: skip
def test_what_the_user_does_not_say_of_themselves_is_not_even_read(tiny_model, message):
    before = tiny_model.decoder.stream
    tiny_model.decoder.stream = lambda *_args: pytest.fail("the model was asked")
    try:
        assert Reader(tiny_model).read(message, lambda: False) == []
    finally:
        tiny_model.decoder.stream = before


def test_a_stop_leaves_nothing_half_read(tiny_model):
    assert Reader(tiny_model).read(MESSAGES[0], lambda: True) == []


def test_a_long_message_is_read_in_portions(tiny_model):
    asked = []
    real = reading.turns

    def noted(message, chinese):
        asked.append(message)
        return real(message, chinese=chinese)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "turns", noted)
        text = " ".join(f"My friend number {number} is called Ida." for number in range(60))
        Reader(tiny_model).read(text, lambda: False)
    assert len(asked) > 2
    assert all(len(part) < 700 for part in asked)
    assert all(part in text for part in asked)
