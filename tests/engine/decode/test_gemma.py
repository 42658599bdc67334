"""A real Gemma 3 file in Q4_K_M on the lean decoder; skipped where its packages are absent."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.lean import LeanDecoder
from engine.model.check_gguf import check_gguf
from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from tests.support.gemma_file import gemma_file

LIMIT = 1e-3
_TEXT = (
    "The lighthouse keeper wrote down the weather every morning for forty years. In winter the "
    "sea froze near the shore, and the boats stayed in the harbour until March. 灯塔在海边。 His "
    "daughter studied physics in Vienna, and she read his notes 12 times before she understood "
    "what he had seen: the winters were getting shorter, by about a day and a half each decade."
)


@pytest.fixture(scope="module")
def gemma(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    folder = tmp_path_factory.mktemp("gemma")
    path = gemma_file(folder)
    found = check_gguf(path)
    assert found["record"]["architecture"] == "gemma3", found
    record = describe_gguf(path, hashlib.sha256(path.name.encode()).hexdigest())
    options = LoadOptions(cache_dir=folder, device="cpu", threads=1, context_length=1024)
    return load_model(record, options, lambda _: None)


@pytest.fixture(scope="module")
def truth(gemma: LoadedModel, truth_of: Any) -> Any:
    return truth_of(gemma)


def _lean(model: LoadedModel) -> LeanDecoder:
    assert isinstance(model.decoder, LeanDecoder)
    return model.decoder


def _ids(model: LoadedModel, length: int = 120) -> list[int]:
    assert model.tokenizer.bos_token_id is not None
    return [model.tokenizer.bos_token_id, *model.tokenizer.encode(_TEXT * 8)][:length]


def _divergence(truth: torch.Tensor, found: torch.Tensor) -> float:
    return float((truth.exp() * (truth - found.log_softmax(-1))).sum(-1).mean())


def _steps(decoder: LeanDecoder, ids: list[int]) -> torch.Tensor:
    decoder._forget()
    return torch.stack([decoder._step(i) for i in ids])


def test_it_knows_how_sentences_go_on(gemma: LoadedModel) -> None:
    assert gemma.tokenizer.decode(_ids(gemma), skip_special_tokens=True) in _TEXT * 8
    ids = _ids(gemma)
    shares = gemma.decoder.logits(ids).log_softmax(-1)[:-1]
    chosen = shares[torch.arange(len(ids) - 1), torch.tensor(ids[1:])]
    assert float(-chosen.mean()) < 4.0


def test_both_paths_match_the_reference(gemma: LoadedModel, truth: Any) -> None:
    ids = _ids(gemma)
    expected = truth.log_shares(ids)
    assert _divergence(expected, gemma.decoder.logits(ids)) <= LIMIT
    assert _divergence(expected, _steps(_lean(gemma), ids)) <= LIMIT


def test_beyond_the_window(gemma: LoadedModel, truth: Any) -> None:
    ids = _ids(gemma, 560)
    decoder = _lean(gemma)
    decoder._forget()
    expected = truth.log_shares(ids)
    assert decoder._prefill(ids[:550], lambda: False) is not None
    late = torch.stack([decoder._step(i) for i in ids[550:]])
    assert _divergence(expected[550:], late) <= LIMIT


@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0, 1.5])
def test_with_an_adapter(
    gemma: LoadedModel, truth: Any, with_adapter: Callable[..., AdapterWeights], strength: float
) -> None:
    ids, decoder = _ids(gemma, 60), _lean(gemma)
    adapter = with_adapter(gemma, rank=8, size=0.01)
    decoder.use_adapter(adapter, strength)
    try:
        expected = truth.log_shares(ids, adapter, strength)
        assert _divergence(expected, decoder.logits(ids)) <= LIMIT
        assert _divergence(expected, _steps(decoder, ids)) <= LIMIT
    finally:
        decoder.use_adapter(None, 0.0)
