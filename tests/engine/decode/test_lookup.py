"""Guessing ahead: faster where text repeats, and never another answer."""

from collections.abc import Callable
from pathlib import Path

import gguf
import pytest
import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.lean import LeanDecoder
from engine.decode.lookup import LookAhead
from engine.decode.sampling import Sampling
from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from tests.support.tiny_families import GGUF_NAMES, family_config, random_model, save_gguf

Kind = gguf.GGMLQuantizationType
_LOOP = [(3 * i * i + i) % 280 for i in range(17)] * 4
_GREEDY = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=60)
_PENALTY = Sampling(temperature=0, repetition_penalty=1.2, max_tokens=60)
_DRAWN = Sampling(temperature=0.8, max_tokens=60, seed=11)


def _lean(model: LoadedModel) -> LeanDecoder:
    assert isinstance(model.decoder, LeanDecoder)
    return model.decoder


def _answer(decoder: LeanDecoder, how: Sampling, *, ahead: bool, prompt: list[int]) -> list[int]:
    decoder._forget()
    decoder._stop_ids = frozenset()
    decoder.look_ahead = ahead
    return list(decoder.stream(prompt, how, lambda: False))


@pytest.mark.parametrize("kind", [Kind.Q4_1, Kind.Q8_0])
@pytest.mark.parametrize("how", [_GREEDY, _PENALTY, _DRAWN], ids=["greedy", "penalty", "drawn"])
@pytest.mark.parametrize("strength", [0.0, 1.0])
def test_answers_are_the_same_with_and_without(
    tiny: Callable[..., LoadedModel],
    with_adapter: Callable[..., AdapterWeights],
    kind: Kind,
    how: Sampling,
    strength: float,
) -> None:
    decoder = _lean(tiny(kind, seed=3))
    decoder.use_adapter(with_adapter(tiny(kind, seed=3)) if strength else None, strength)
    plain = _answer(decoder, how, ahead=False, prompt=_LOOP)
    assert len(plain) == 60
    assert _answer(decoder, how, ahead=True, prompt=_LOOP) == plain


@pytest.mark.parametrize("name", sorted(GGUF_NAMES))
def test_the_same_for_every_family(name: str, tmp_path: Path) -> None:
    made = random_model(family_config(name))
    path = save_gguf(made, name, tmp_path / "tiny.gguf", Kind.Q4_0)
    options = LoadOptions(cache_dir=tmp_path, device="cpu", threads=1)
    decoder = _lean(load_model(describe_gguf(path, "cd" * 32), options, lambda _: None))
    ids = _LOOP[:40]
    with torch.inference_mode():
        slow = torch.stack([decoder._step(i) for i in ids])
        decoder._forget()
        quick = torch.cat([decoder._few.run(ids[at : at + 4]) for at in range(0, 40, 4)])
    assert torch.equal(slow, quick)


def test_the_real_model_copies_sooner_and_says_the_same(smollm: LoadedModel) -> None:
    decoder = _lean(smollm)
    line = "The red house on Maple Street 42 belongs to Mr. Abernathy-Jones. "
    prompt = smollm.tokenizer.encode("Repeat: " + line * 3)
    steps: list[int] = []
    run = decoder._one.run

    def counted(token: int) -> torch.Tensor:
        steps.append(token)
        return run(token)

    decoder._one.run = counted  # type: ignore[method-assign]
    stops = decoder._stop_ids
    try:
        plain = _answer(decoder, _GREEDY, ahead=False, prompt=prompt)
        taken = len(steps)
        steps.clear()
        assert _answer(decoder, _GREEDY, ahead=True, prompt=prompt) == plain
    finally:
        decoder._one.run = run  # type: ignore[method-assign]
        decoder._stop_ids, decoder.look_ahead = stops, True
    assert len(steps) < taken / 3


def test_dense_weights_are_not_guessed_on(tiny: Callable[..., LoadedModel]) -> None:
    assert not _lean(tiny(Kind.F32, seed=3)).look_ahead
    assert _lean(tiny(Kind.Q4_0, seed=3)).look_ahead


def test_the_end_of_the_context_is_kept(tiny: Callable[..., LoadedModel]) -> None:
    decoder = _lean(tiny(Kind.Q4_1, seed=3))
    prompt = (_LOOP * 20)[: decoder.context_length - 7]
    plain = _answer(decoder, _GREEDY, ahead=False, prompt=prompt)
    assert _answer(decoder, _GREEDY, ahead=True, prompt=prompt) == plain
    assert len(plain) == 7


def test_guesses_come_from_the_newest_earlier_place() -> None:
    ahead = LookAhead([1, 2, 3, 7, 7, 1, 2, 3, 8, 9, 1, 2], 3)
    assert ahead.take(3) is None
    assert ahead.guess(10) == [8, 9, 1]
    assert ahead.guess(1) == [8]
    assert LookAhead([1, 2, 3, 4], 3).guess(10) == []


def test_guesses_stop_when_they_do_not_hold_and_are_tried_again() -> None:
    ahead = LookAhead([1, 2, 3, 4], 3)
    asked = []
    for number in range(120):
        for token in (number + 10, 1, 2, 3):
            ahead.take(token)
        guesses = ahead.guess(10)
        asked.append(bool(guesses))
        if guesses:
            ahead.keep(guesses, torch.zeros(len(guesses) + 1, 5))
    assert asked[0]
    assert sum(asked) <= 6
    assert any(asked[30:])


def test_known_logits_are_handed_out_in_order() -> None:
    ahead = LookAhead([4, 5, 6, 7, 8, 5, 4, 5], 3)
    ahead.take(6)
    guesses = ahead.guess(10)
    assert guesses == [7, 8, 5]
    rows = torch.arange(4.0)[:, None]
    assert ahead.keep(guesses, rows).item() == 0
    first, second = ahead.take(7), ahead.take(8)
    assert first is not None
    assert second is not None
    assert (first.item(), second.item()) == (1, 2)
    assert ahead.take(9) is None
    assert ahead.take(5) is None
    assert (ahead.checked, ahead.accepted) == (1, 2)
