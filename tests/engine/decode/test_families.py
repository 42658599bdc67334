"""Every family on the lean decoder against transformers in float32 on the same weights."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gguf
import pytest
import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.lean import LeanDecoder
from engine.model.check_folder import check_folder
from engine.model.check_gguf import check_gguf
from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from engine.tuning.network.batch import TokenExample, pack
from engine.tuning.network.lean import LeanNetwork
from engine.tuning.network.network import build_network
from engine.tuning.network.peft import PeftNetwork
from storage.records import ModelRecord
from tests.support.tiny_families import (
    FAMILIES,
    GGUF_NAMES,
    family_config,
    random_model,
    save_folder,
    save_gguf,
)

LIMIT = 1e-3
Kind = gguf.GGMLQuantizationType
_IDS = [(7 * i * i + 3 * i) % 280 for i in range(90)]


def _load(record: ModelRecord, cache: Path) -> LoadedModel:
    options = LoadOptions(cache_dir=cache, device="cpu", threads=1)
    return load_model(record, options, lambda _: None)


@pytest.fixture(scope="module", params=FAMILIES)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """(what was loaded from a folder, the model of transformers that was saved there)."""
    made = random_model(family_config(request.param))
    root = tmp_path_factory.mktemp(request.param)
    folder = save_folder(made, root / "folder")
    found = check_folder(folder)
    assert "record" in found, found
    record = ModelRecord(
        id="ab", name="tiny", path=str(folder), format="safetensors", parameters=1, size_bytes=1,
        architecture=found["record"]["architecture"],
    )  # fmt: skip
    return _load(record, root), made


def _divergence(truth: torch.Tensor, found: torch.Tensor) -> float:
    return float((truth.exp() * (truth - found.log_softmax(-1))).sum(-1).mean())


def _token_by_token(model: LoadedModel, ids: list[int]) -> torch.Tensor:
    decoder = _lean(model)
    decoder._forget()
    return torch.stack([decoder._step(i) for i in ids])


def _lean(model: LoadedModel) -> LeanDecoder:
    assert isinstance(model.decoder, LeanDecoder), model.info.fallback_reason
    return model.decoder


def _truth(truth_of: Any, made: Any) -> Any:
    return truth_of(SimpleNamespace(reference=lambda: made))


def test_prompt_and_one_token_paths(pair: Any, truth_of: Any) -> None:
    model, made = pair
    truth = _truth(truth_of, made).log_shares(_IDS)
    assert float((truth.exp() * truth).sum(-1).mean()) > -5.5
    assert _divergence(truth, _lean(model).logits(_IDS)) <= LIMIT
    assert _divergence(truth, _token_by_token(model, _IDS)) <= LIMIT


def test_our_own_reference_is_the_same_model(pair: Any) -> None:
    model, made = pair
    ours, theirs = model.reference().state_dict(), made.state_dict()
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name].float(), theirs[name].float()) for name in theirs)


def test_across_the_prefix_cache(pair: Any, truth_of: Any) -> None:
    model, made = pair
    decoder, truth = _lean(model), _truth(truth_of, made)
    decoder._forget()
    for prompt in (_IDS[:40], _IDS[:75], _IDS[:75], _IDS[:30] + _IDS[60:90], _IDS[:31]):
        found = decoder._prefill(prompt, lambda: False)
        assert found is not None
        assert _divergence(truth.log_shares(prompt)[-1:], found[None]) <= LIMIT


def test_prompts_of_different_lengths_side_by_side(pair: Any, truth_of: Any) -> None:
    model, made = pair
    truth = _truth(truth_of, made)
    prompts = [_IDS[:40], _IDS[:12] + _IDS[60:], _IDS[:12] + _IDS[50:53]]
    hidden, _ = _lean(model)._together._opened(prompts, 1)
    found = _lean(model).weights.head.many(hidden)
    expected = torch.cat([truth.log_shares(prompt)[-1:] for prompt in prompts])
    assert _divergence(expected, found) <= LIMIT


@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0, 1.5])
def test_with_an_adapter(
    pair: Any, truth_of: Any, with_adapter: Callable[..., AdapterWeights], strength: float
) -> None:
    model, made = pair
    decoder, truth = _lean(model), _truth(truth_of, made)
    adapter = with_adapter(model, size=0.05)
    decoder.use_adapter(adapter, strength)
    try:
        expected = truth.log_shares(_IDS, adapter, strength)
        assert _divergence(expected, decoder.logits(_IDS)) <= LIMIT
        assert _divergence(expected, _token_by_token(model, _IDS)) <= LIMIT
        if strength:
            assert _divergence(truth.log_shares(_IDS), expected) > LIMIT
    finally:
        decoder.use_adapter(None, 0.0)


@pytest.mark.parametrize("kind", [Kind.Q4_0, Kind.Q8_0])
@pytest.mark.parametrize("name", sorted(GGUF_NAMES))
def test_gguf_files(name: str, kind: Kind, tmp_path: Path, truth_of: Any) -> None:
    config = family_config(name)
    if name == "smollm3":
        config.num_hidden_layers, config.no_rope_layers = 4, [1, 1, 1, 0]
        config.layer_types = ["full_attention"] * 4
    if name == "gemma3":
        config.query_pre_attn_scalar = config.head_dim
        config.layer_types = ["sliding_attention"] * 3
    made = random_model(config)
    path = save_gguf(made, name, tmp_path / "tiny.gguf", kind)
    assert "record" in check_gguf(path)
    model = _load(describe_gguf(path, "cd" * 32), tmp_path)
    assert ("int4" if kind is Kind.Q4_0 else "int8") in model.info.path_taken
    truth = _truth(truth_of, made).log_shares(_IDS)
    assert _divergence(truth, _lean(model).logits(_IDS)) <= LIMIT
    assert _divergence(truth, _token_by_token(model, _IDS)) <= LIMIT
    with torch.inference_mode():
        ours = model.reference()(torch.tensor([_IDS])).logits[0].float()
    assert _divergence(truth, ours) <= 5 * LIMIT


def test_what_training_makes_fits_the_decoder(pair: Any) -> None:
    model, made = pair
    network = build_network(model, rank=2, alpha=4.0, seed=1)
    covered = made.config.model_type in ("mistral", "qwen2", "qwen3")
    assert isinstance(network, LeanNetwork if covered else PeftNetwork)
    random = torch.Generator().manual_seed(5)
    try:
        with torch.no_grad():
            for parameter in network.parameters():
                parameter += 0.05 * torch.randn(parameter.shape, generator=random)
        batch = pack([TokenExample(tuple(_IDS), 30)])
        with torch.no_grad():
            expected = network.log_odds(batch, tuned=True).log_softmax(-1)
            plain = network.log_odds(batch, tuned=False).log_softmax(-1)
        _lean(model).use_adapter(network.adapter(), 1.0)
        found = _lean(model).logits(_IDS)[29:-1]
    finally:
        getattr(network, "close", lambda: None)()
        _lean(model).use_adapter(None, 0.0)
    assert _divergence(expected, plain) > 5 * LIMIT
    assert _divergence(expected, found) <= 5 * LIMIT
