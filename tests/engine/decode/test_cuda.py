"""The GPU path: NF4 weights, one copy for answers and training."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.sampling import Sampling
from engine.model.catalogue import embedded_model
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from tests.support.model_data import embedded_file

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no NVIDIA GPU here"),
]
_GREEDY = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=24)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    embedded_file()
    options = LoadOptions(cache_dir=tmp_path_factory.mktemp("cache"), device="cuda")
    return load_model(embedded_model(), options, lambda _: None)


def test_weights_are_nf4_on_the_gpu(model: LoadedModel) -> None:
    import bitsandbytes as bnb

    linear = model.reference().get_submodule("model.layers.0.self_attn.q_proj")
    assert isinstance(linear, bnb.nn.Linear4bit)
    assert linear.weight.device.type == "cuda"
    assert model.info.device == "cuda"
    assert "NF4" in model.info.path_taken


def test_distribution_stays_near_the_cpu_reference(model: LoadedModel, tmp_path: Path) -> None:
    options = LoadOptions(cache_dir=tmp_path, device="cpu")
    exact = load_model(embedded_model(), options, lambda _: None)
    ids = exact.tokenizer.encode("The river runs through the old town and meets the sea. " * 4)
    truth = exact.decoder.logits(ids).log_softmax(-1)
    found = model.decoder.logits(ids).log_softmax(-1)
    assert float((truth.exp() * (truth - found)).sum(-1).mean()) < 0.15


def test_answers_repeat_and_the_prefix_is_used(model: LoadedModel) -> None:
    ids = model.tokenizer.encode("The capital of France is")
    first = list(model.decoder.stream(ids, _GREEDY, lambda: False))
    assert list(model.decoder.stream(ids, _GREEDY, lambda: False)) == first
    assert "Paris" in model.tokenizer.decode(first)


def test_adapter_strength_is_live(
    model: LoadedModel, with_adapter: Callable[..., AdapterWeights], smollm: LoadedModel
) -> None:
    ids = model.tokenizer.encode("The river runs through the old town.")
    plain = model.decoder.logits(ids)
    adapter = with_adapter(smollm, rank=8, size=0.02)
    model.decoder.use_adapter(adapter, 1.0)
    tuned = model.decoder.logits(ids)
    model.decoder.use_adapter(adapter, 0.0)
    assert not torch.allclose(plain, tuned, atol=0.05)
    assert torch.allclose(plain, model.decoder.logits(ids), atol=0.05)
    model.decoder.use_adapter(None, 0.0)
