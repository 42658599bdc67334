"""The reference over the decoder's NF4 weights: one copy, and it trains (QLoRA)."""

from typing import Any

import pytest
import torch

from engine.decode.cuda.decoder import GpuDecoder
from engine.decode.cuda.weights import GpuWeights, build_gpu_weights
from engine.decode.families import shape_from_config
from engine.model.model_folder import ModelFolder
from engine.model.reference import build_reference_on
from engine.model.safetensors_weights import SafetensorsWeights
from engine.tuning.network.batch import TokenExample, pack
from engine.tuning.network.peft import PeftNetwork
from tests.support.tiny_families import family_config, random_model, save_folder

pytest.importorskip("bitsandbytes", reason="bitsandbytes is not installed here")
_IDS = [(7 * i * i + 3 * i) % 280 for i in range(60)]


@pytest.fixture(scope="module", params=["qwen2", "qwen3", "phi3"])
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """(source, GPU weights on the CPU, the reference over them)."""
    folder = tmp_path_factory.mktemp("nf4") / "folder"
    source = SafetensorsWeights(
        ModelFolder(save_folder(random_model(family_config(request.param)), folder))
    )
    shape = shape_from_config(source.config)
    weights = build_gpu_weights(source, shape, torch.device("cpu"), lambda _: None)
    return source, weights, build_reference_on(weights, source)


def _packed(weights: GpuWeights) -> set[int]:
    return {stack._packed.untyped_storage().data_ptr() for stack in weights.stacks()}


def _places(reference: Any) -> set[int]:
    import bitsandbytes as bnb

    linear = [m for m in reference.modules() if isinstance(m, bnb.nn.Linear4bit)]
    return {m.weight.untyped_storage().data_ptr() for m in linear}


def test_there_is_one_copy_of_the_weights(model: Any) -> None:
    _, weights, reference = model
    assert _places(reference) == _packed(weights)
    own = [p for p in reference.parameters() if p.dtype.is_floating_point and p.dim() > 1]
    shared = {weights.embedding.data_ptr(), weights.head.dense.data_ptr()}
    assert {p.data_ptr() for p in own} == shared
    assert not any(p.requires_grad for p in reference.parameters())


def test_it_gives_what_the_decoder_gives(model: Any) -> None:
    source, weights, reference = model
    with torch.inference_mode():
        truth = reference(torch.tensor([_IDS])).logits[0].float().log_softmax(-1)
    shape = shape_from_config(source.config)
    found = GpuDecoder(shape, weights, 128, frozenset()).logits(_IDS).log_softmax(-1)
    assert float((truth.exp() * (truth - found)).sum(-1).mean()) <= 1e-3
    assert _places(reference) == _packed(weights)


def test_an_adapter_learns_over_it_and_the_decoder_runs_it(model: Any) -> None:
    source, weights, reference = model
    before = [stack.dense() for stack in weights.stacks()]
    network = PeftNetwork(reference, rank=4, alpha=8.0, seed=1)
    try:
        adapter = _learned(network)
        tuned = network.log_odds(_batch(), tuned=True).detach().log_softmax(-1)
    finally:
        network.close()
    assert all(
        torch.equal(old, stack.dense()) for old, stack in zip(before, weights.stacks(), strict=True)
    )
    decoder = GpuDecoder(shape_from_config(source.config), weights, 128, frozenset())
    decoder.use_adapter(adapter, 1.0)
    found = decoder.logits(_IDS)[_batch().rows].log_softmax(-1)
    assert float((tuned.exp() * (tuned - found)).sum(-1).mean()) <= 2e-3


def _batch() -> Any:
    return pack([TokenExample(tuple(_IDS), 30)])


def _learned(network: PeftNetwork) -> Any:
    """The adapter after some steps towards the rest of the text."""
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-2)
    losses = []
    for _ in range(12):
        odds = network.log_odds(_batch(), tuned=True)
        loss = torch.nn.functional.cross_entropy(odds, _batch().targets)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        optimizer.zero_grad()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.7 * losses[0]
    return network.adapter()
