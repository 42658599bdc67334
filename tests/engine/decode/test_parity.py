"""The lean decoder against the float32 reference on the same dequantized weights."""

from collections.abc import Callable, Sequence
from typing import Any

import gguf
import pytest
import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.lean import LeanDecoder
from engine.decode.sampling import Sampling
from engine.model.loaded import LoadedModel

LIMIT = 1e-3
Kind = gguf.GGMLQuantizationType
_TEXT = (
    "The garden behind the old house was planted in 1921 by two sisters. They kept bees, grew "
    "tomatoes and sold honey at the market on Fridays. 她们还种了很多花。 When the younger one "
    "moved to Lisbon, the elder wrote to her every week about the weather, the dog and the bees, "
    "and about a neighbour who wanted to buy the land for 12,500 euros."
)


def _divergence(truth: torch.Tensor, found: torch.Tensor) -> float:
    """Mean Kullback-Leibler divergence of next-token distributions, nats."""
    return float((truth.exp() * (truth - found)).sum(-1).mean())


def _token_by_token(model: LoadedModel, ids: Sequence[int]) -> torch.Tensor:
    decoder = model.decoder
    assert isinstance(decoder, LeanDecoder)
    decoder._forget()
    return torch.stack([decoder._step(i) for i in ids]).log_softmax(-1)


def _ids(model: LoadedModel) -> list[int]:
    return model.tokenizer.encode(_TEXT)[:160]


def test_prompt_path_of_the_real_model(smollm: LoadedModel, smollm_truth: Any) -> None:
    ids = _ids(smollm)
    found = smollm.decoder.logits(ids).log_softmax(-1)
    assert _divergence(smollm_truth.log_shares(ids), found) <= LIMIT


def test_one_token_path_of_the_real_model(smollm: LoadedModel, smollm_truth: Any) -> None:
    ids = _ids(smollm)
    assert _divergence(smollm_truth.log_shares(ids), _token_by_token(smollm, ids)) <= LIMIT


@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0, 1.5])
def test_adapter_on_the_real_model(
    smollm: LoadedModel,
    smollm_truth: Any,
    with_adapter: Callable[..., AdapterWeights],
    strength: float,
) -> None:
    ids = _ids(smollm)
    adapter = with_adapter(smollm, rank=8, size=0.02)
    smollm.decoder.use_adapter(adapter, strength)
    truth = smollm_truth.log_shares(ids, adapter, strength)
    assert _divergence(truth, smollm.decoder.logits(ids).log_softmax(-1)) <= LIMIT
    assert _divergence(truth, _token_by_token(smollm, ids)) <= LIMIT
    if strength:
        assert _divergence(smollm_truth.log_shares(ids), truth) > 3 * LIMIT


@pytest.mark.parametrize("head", [False, True])
@pytest.mark.parametrize(
    "kind", [Kind.Q4_0, Kind.Q4_1, Kind.Q5_0, Kind.Q5_1, Kind.Q8_0, Kind.F16, Kind.F32]
)
def test_tiny_models_of_every_quantization(
    tiny: Callable[..., LoadedModel], truth_of: Any, kind: Kind, head: bool
) -> None:
    model = tiny(kind, head=head)
    ids = [(7 * i * i + 3 * i) % 280 for i in range(90)]
    truth = truth_of(model).log_shares(ids)
    assert _divergence(truth, model.decoder.logits(ids).log_softmax(-1)) <= LIMIT
    assert _divergence(truth, _token_by_token(model, ids)) <= LIMIT


@pytest.mark.parametrize("only", ["", "q_proj", "v_proj", "down_proj", "layers.1"])
def test_adapters_on_some_modules(
    tiny: Callable[..., LoadedModel],
    truth_of: Any,
    with_adapter: Callable[..., AdapterWeights],
    only: str,
) -> None:
    model = tiny()
    adapter = with_adapter(model, only=only)
    ids = [(5 * i * i + i) % 280 for i in range(60)]
    model.decoder.use_adapter(adapter, 0.7)
    truth = truth_of(model).log_shares(ids, adapter, 0.7)
    assert _divergence(truth, model.decoder.logits(ids).log_softmax(-1)) <= LIMIT
    assert _divergence(truth, _token_by_token(model, ids)) <= LIMIT


def test_without_a_dense_copy(
    tiny: Callable[..., LoadedModel],
    truth_of: Any,
    with_adapter: Callable[..., AdapterWeights],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.model.load.available_memory", lambda: 100_000)
    for kind in (Kind.Q4_1, Kind.Q8_0, Kind.F32):
        model = tiny(kind, seed=9)
        decoder = model.decoder
        assert isinstance(decoder, LeanDecoder)
        assert all(stack._kept is None for stack in decoder.weights.projections())
        ids = [(5 * i * i + i) % 280 for i in range(60)]
        adapter = with_adapter(model)
        decoder.use_adapter(adapter, 0.7)
        truth = truth_of(model).log_shares(ids, adapter, 0.7)
        assert _divergence(truth, decoder.logits(ids).log_softmax(-1)) <= LIMIT
        assert _divergence(truth, _token_by_token(model, ids)) <= LIMIT


def test_stretched_positions(tiny: Callable[..., LoadedModel], truth_of: Any) -> None:
    factors = (1.0, 1.0, 1.5, 2.5, 4.0, 8.0, 8.0, 8.0)
    model = tiny(rope_factors=factors)
    ids = [(5 * i * i + i) % 280 for i in range(200)]
    truth = truth_of(model).log_shares(ids)
    assert _divergence(truth, model.decoder.logits(ids).log_softmax(-1)) <= LIMIT
    assert _divergence(truth, _token_by_token(model, ids)) <= LIMIT
    assert _divergence(truth, truth_of(tiny()).log_shares(ids)) > 3 * LIMIT


def _first_shares(model: LoadedModel, prompt: list[int]) -> torch.Tensor:
    """Log shares of the answer's first token, whatever the cache already holds."""
    decoder = model.decoder
    assert isinstance(decoder, LeanDecoder)
    logits = decoder._prefill(prompt, lambda: False)
    assert logits is not None
    return logits.log_softmax(-1)[None]


def test_prefix_cache_changes_nothing(smollm: LoadedModel, smollm_truth: Any) -> None:
    ids = _ids(smollm)
    greedy = Sampling(temperature=0, max_tokens=8)
    answer = list(smollm.decoder.stream(ids[:60], greedy, lambda: False))
    longer = ids[:60] + answer + ids[60:100]
    decoder = smollm.decoder
    assert isinstance(decoder, LeanDecoder)
    assert decoder._cache.reuse([*longer]) >= 60 + len(answer) - 1
    assert _divergence(smollm_truth.log_shares(longer)[-1:], _first_shares(smollm, longer)) <= LIMIT
    branch = ids[:30] + ids[100:130]
    assert _divergence(smollm_truth.log_shares(branch)[-1:], _first_shares(smollm, branch)) <= LIMIT
    same = _first_shares(smollm, branch)
    assert _divergence(smollm_truth.log_shares(branch)[-1:], same) <= LIMIT


def test_an_adapter_switch_empties_the_prefix_cache(
    smollm: LoadedModel, smollm_truth: Any, with_adapter: Callable[..., AdapterWeights]
) -> None:
    ids = _ids(smollm)[:50]
    _first_shares(smollm, ids)
    adapter = with_adapter(smollm, rank=8, size=0.02)
    for strength in (1.0, 0.4):
        smollm.decoder.use_adapter(adapter, strength)
        truth = smollm_truth.log_shares(ids, adapter, strength)[-1:]
        assert _divergence(truth, _first_shares(smollm, ids)) <= LIMIT
    smollm.decoder.use_adapter(None, 0.0)
    assert _divergence(smollm_truth.log_shares(ids)[-1:], _first_shares(smollm, ids)) <= LIMIT


def test_prompts_longer_than_one_chunk(tiny: Callable[..., LoadedModel], truth_of: Any) -> None:
    model = tiny()
    ids = [(11 * i * i + 5 * i) % 280 for i in range(700)]
    truth = truth_of(model).log_shares(ids)
    assert _divergence(truth, model.decoder.logits(ids).log_softmax(-1)) <= LIMIT
    assert _divergence(truth[-1:], _first_shares(model, ids)) <= LIMIT
