from collections.abc import Callable

import pytest
import torch

from engine.contract import EngineError, FailureKind
from engine.decode.adapter import AdapterWeights
from engine.decode.lean import LeanDecoder
from engine.decode.sampling import Sampling
from engine.model.loaded import LoadedModel

GREEDY = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=40)
_PROMPT = [(3 * i * i + i) % 280 for i in range(40)]


@pytest.fixture
def model(tiny: Callable[..., LoadedModel]) -> LoadedModel:
    return tiny(seed=3)


def test_greedy_answers_repeat_and_keep_to_the_limit(model: LoadedModel) -> None:
    first = list(model.decoder.stream(_PROMPT, GREEDY, lambda: False))
    assert list(model.decoder.stream(_PROMPT, GREEDY, lambda: False)) == first
    assert 0 < len(first) <= 40
    short = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=3)
    assert list(model.decoder.stream(_PROMPT, short, lambda: False)) == first[:3]


def test_answers_end_before_a_stop_token(model: LoadedModel) -> None:
    answer = list(model.decoder.stream(_PROMPT, GREEDY, lambda: False))
    decoder = model.decoder
    assert isinstance(decoder, LeanDecoder)
    decoder._stop_ids = frozenset({answer[5]})
    again = list(decoder.stream(_PROMPT, GREEDY, lambda: False))
    assert again == answer[: answer.index(answer[5])]


def test_stop_ends_the_stream_at_once(model: LoadedModel) -> None:
    seen: list[int] = []
    for token in model.decoder.stream(_PROMPT, GREEDY, lambda: len(seen) >= 4):
        seen.append(token)
    assert len(seen) == 4
    assert list(model.decoder.stream(_PROMPT, GREEDY, lambda: True)) == []


def test_the_context_is_never_overrun(model: LoadedModel) -> None:
    room = model.decoder.context_length
    prompt = [(7 * i) % 280 for i in range(room - 5)]
    answer = list(model.decoder.stream(prompt, GREEDY, lambda: False))
    assert len(answer) <= 5
    for length in (0, room, room + 10):
        with pytest.raises(EngineError) as failure:
            list(model.decoder.stream([1] * length, GREEDY, lambda: False))
        assert failure.value.kind is FailureKind.BAD_INPUT


def test_seeds_repeat_and_differ(model: LoadedModel) -> None:
    def draw(seed: int) -> list[int]:
        how = Sampling(temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, max_tokens=20, seed=seed)
        return list(model.decoder.stream(_PROMPT, how, lambda: False))

    assert draw(5) == draw(5)
    assert draw(5) != draw(6)


def test_out_of_memory_is_named(model: LoadedModel, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(_: object) -> torch.Tensor:
        raise RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory")

    monkeypatch.setattr(model.decoder._one, "run", exhausted)  # type: ignore[attr-defined]
    with pytest.raises(EngineError) as failure:
        list(model.decoder.stream(_PROMPT, GREEDY, lambda: False))
    assert failure.value.kind is FailureKind.OUT_OF_MEMORY


def test_an_abandoned_stream_leaves_a_sound_cache(model: LoadedModel) -> None:
    whole = list(model.decoder.stream(_PROMPT, GREEDY, lambda: False))
    for _ in model.decoder.stream(_PROMPT, GREEDY, lambda: False):
        break
    assert list(model.decoder.stream(_PROMPT, GREEDY, lambda: False)) == whole


def test_a_misfit_adapter_is_refused_and_none_stays_on(
    model: LoadedModel, with_adapter: Callable[..., AdapterWeights]
) -> None:
    before = list(model.decoder.stream(_PROMPT, GREEDY, lambda: False))
    good = with_adapter(model, size=0.5)
    model.decoder.use_adapter(good, 1.0)
    assert list(model.decoder.stream(_PROMPT, GREEDY, lambda: False)) != before
    name = next(iter(good.tensors)).removesuffix(".lora_A.weight")
    wide = {
        f"{name}.lora_A.weight": torch.zeros(4, 999),
        f"{name}.lora_B.weight": torch.zeros(7, 4),
    }
    alien = {k.replace("layers.0", "layers.9"): v for k, v in good.tensors.items()}
    for tensors in (wide, alien):
        with pytest.raises(EngineError) as failure:
            model.decoder.use_adapter(AdapterWeights(4, 8.0, tensors), 1.0)
        assert failure.value.kind is FailureKind.ADAPTER_DAMAGED
        assert list(model.decoder.stream(_PROMPT, GREEDY, lambda: False)) == before


@pytest.mark.parametrize("strength", [0.0, 1.0])
@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16, torch.float32])
def test_every_kind_of_cache_is_right(
    model: LoadedModel,
    with_adapter: Callable[..., AdapterWeights],
    monkeypatch: pytest.MonkeyPatch,
    kind: torch.dtype,
    strength: float,
) -> None:
    monkeypatch.setattr("engine.decode.cache._kind", lambda *_, **__: kind)
    decoder = model.decoder
    assert isinstance(decoder, LeanDecoder)
    other = LeanDecoder(decoder.shape, decoder.weights, 512, frozenset())
    assert other._cache.dtype is kind
    adapter = with_adapter(model) if strength else None
    for one in (decoder, other):
        one.use_adapter(adapter, strength)
    truth = decoder.logits(_PROMPT).log_softmax(-1)
    found = torch.stack([other._step(i) for i in _PROMPT]).log_softmax(-1)
    decoder.use_adapter(None, 0.0)
    assert float((truth.exp() * (truth - found)).sum(-1).mean()) < 2e-3
