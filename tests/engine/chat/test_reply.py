from pathlib import Path

import pytest

from engine.chat.prompt import build_turns
from engine.chat.reply import answer
from engine.chat.turns import ChatTurn
from engine.decode.sampling import Sampling
from engine.model.catalogue import embedded_model
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from storage.records import Role
from tests.support.model_data import embedded_file

_GREEDY = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=24)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    embedded_file()
    options = LoadOptions(
        cache_dir=tmp_path_factory.mktemp("cache"), device="cpu", threads=1, context_length=1024
    )
    return load_model(embedded_model(), options, lambda _: None)


def _turns(text: str) -> list[ChatTurn]:
    return build_turns("You are a helpful assistant.", [], [ChatTurn(Role.USER, text)])


def test_the_real_model_answers_and_the_figures_add_up(model: LoadedModel) -> None:
    pieces: list[str] = []
    stats = answer(
        model, _turns("What is the capital of France?"), _GREEDY, lambda: False, pieces.append
    )
    assert "Paris" in stats.text
    assert "".join(pieces) == stats.text
    assert 0 < stats.tokens <= 24
    assert stats.prompt_tokens > 15
    assert stats.first_token_s > 0
    assert stats.tokens_per_s > 0
    assert not stats.stopped


def test_a_second_turn_computes_only_what_is_new(model: LoadedModel) -> None:
    turns = _turns("Tell me about the sea. " * 40)
    first = answer(model, turns, _GREEDY, lambda: False, lambda _: None)
    turns = [*turns, ChatTurn(Role.ASSISTANT, first.text), ChatTurn(Role.USER, "And rivers?")]
    second = answer(model, turns, _GREEDY, lambda: False, lambda _: None)
    assert second.prompt_tokens > first.prompt_tokens
    assert second.first_token_s < first.first_token_s / 2


def test_stop_keeps_what_was_said(model: LoadedModel) -> None:
    pieces: list[str] = []
    stats = answer(
        model, _turns("Count to a hundred."), _GREEDY, lambda: len(pieces) >= 3, pieces.append
    )
    assert stats.stopped
    assert stats.text == "".join(pieces)
    assert stats.tokens < 24


def test_stop_texts_end_the_answer(model: LoadedModel) -> None:
    whole = answer(model, _turns("Name three animals."), _GREEDY, lambda: False, lambda _: None)
    word = whole.text.split()[2]
    stats = answer(
        model, _turns("Name three animals."), _GREEDY, lambda: False, lambda _: None, [word]
    )
    assert stats.text == whole.text[: whole.text.index(word)]


def test_the_same_seed_gives_the_same_answer(model: LoadedModel) -> None:
    how = Sampling(temperature=1.2, top_k=0, top_p=1.0, min_p=0.0, max_tokens=16, seed=11)
    texts = {
        answer(model, _turns("Write a poem."), how, lambda: False, lambda _: None).text
        for _ in range(3)
    }
    assert len(texts) == 1
    assert Path(model.record.path).exists()


def test_a_cut_answer_goes_on_as_if_it_had_not_been_cut(model: LoadedModel) -> None:
    turns = _turns("Tell me about the sea.")
    half = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=12)
    whole = answer(model, turns, _GREEDY, lambda: False, lambda _: None)
    first = answer(model, turns, half, lambda: False, lambda _: None)
    assert first.cut
    pieces: list[str] = []
    second = answer(model, turns, half, lambda: False, pieces.append, begun=first.text)
    assert first.text + second.text == whole.text
    assert "".join(pieces) == second.text
    assert second.tokens == 12


def test_an_answer_that_ends_by_itself_is_not_cut(model: LoadedModel) -> None:
    long = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=200)
    asked = _turns("What is the capital of France?")
    assert not answer(model, asked, long, lambda: False, lambda _: None).cut
