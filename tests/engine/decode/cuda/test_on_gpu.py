"""The GPU path on a GPU: real captures and kernels, the real model. See also `test_decoder`."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
import torch

from engine.decode.cuda.cache import CHUNK
from engine.decode.cuda.decoder import FEW, SOME, GpuDecoder
from engine.decode.cuda.graphs import CudaRecorder, Graphs
from engine.decode.sampling import Sampling
from engine.model.catalogue import embedded_model
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from engine.model.placement import gpu_need
from engine.tuning.network.batch import TokenExample, pack
from engine.tuning.network.peft import PeftNetwork
from tests.support.model_data import embedded_file
from tests.support.tiny_families import FAMILIES

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no NVIDIA GPU here"),
]
LIMIT = 1e-3
_IDS = [(7 * i * i + 3 * i) % 280 for i in range(90)]
_GREEDY = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=24)
Divergence = Callable[[torch.Tensor, torch.Tensor], float]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    embedded_file()
    options = LoadOptions(cache_dir=tmp_path_factory.mktemp("cache"), device="cuda")
    return load_model(embedded_model(), options, lambda _: None)


@pytest.fixture(autouse=True)
def adapters_off(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "model" in request.fixturenames:
        request.getfixturevalue("model").decoder.use_adapter(None, 0.0)


def _decoder(model: LoadedModel) -> GpuDecoder:
    assert isinstance(model.decoder, GpuDecoder)
    return model.decoder


def _steps(decoder: GpuDecoder, ids: Sequence[int], rows: int = 1) -> torch.Tensor:
    decoder._forget()
    parts = [ids[at : at + rows] for at in range(0, len(ids), rows)]
    return torch.cat([decoder._checked(part).clone() for part in parts])


def test_the_model_runs_on_captured_steps_over_nf4(model: LoadedModel) -> None:
    import bitsandbytes as bnb

    assert model.info.device == "cuda"
    assert model.info.fallback_reason == ""
    assert "captured steps" in model.info.path_taken
    linear = model.reference().get_submodule("model.layers.0.self_attn.q_proj")
    assert isinstance(linear, bnb.nn.Linear4bit)
    assert linear.weight.device.type == "cuda"


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_gives_what_transformers_gives_on_the_same_nf4(
    gpu: Any, family: str, divergence: Divergence
) -> None:
    found = gpu(family, "cuda")
    decoder, truth = found.decoder(), found.log_shares(_IDS)
    assert divergence(truth, decoder.logits(_IDS)) <= LIMIT
    for rows in (1, FEW, SOME):
        assert divergence(truth, _steps(decoder, _IDS, rows)) <= LIMIT
    adapter = found.adapter()
    decoder.use_adapter(adapter, 0.5)
    assert divergence(found.log_shares(_IDS, adapter, 0.5), _steps(decoder, _IDS)) <= LIMIT
    assert decoder.trouble == ""


def test_captured_steps_give_what_single_launches_give(model: LoadedModel) -> None:
    decoder = _decoder(model)
    ids = model.tokenizer.encode("The river runs through the old town and meets the sea. " * 4)
    captured = _steps(decoder, ids)
    plain, decoder._plain = decoder._plain, Graphs(None)
    try:
        assert torch.allclose(captured, _steps(decoder, ids), atol=1e-3)
    finally:
        decoder._plain = plain
    assert decoder.trouble == ""


def test_distribution_stays_near_the_cpu_reference(model: LoadedModel, smollm: LoadedModel) -> None:
    ids = smollm.tokenizer.encode("The river runs through the old town and meets the sea. " * 4)
    truth = smollm.decoder.logits(ids).log_softmax(-1)
    found = model.decoder.logits(ids).log_softmax(-1)
    assert float((truth.exp() * (truth - found)).sum(-1).mean()) < 0.15


def test_steps_agree_with_the_prompt_across_chunks(
    model: LoadedModel, divergence: Divergence
) -> None:
    decoder = _decoder(model)
    text = "One, two, three little boats went out and came home late in the evening. "
    ids = model.tokenizer.encode(text * 100)[: CHUNK + 40]
    truth = decoder.logits(ids).log_softmax(-1)[CHUNK - 20 :]
    assert decoder._prefill(ids[: CHUNK - 20], lambda: False) is not None
    found = torch.cat([decoder._checked([i]).clone() for i in ids[CHUNK - 20 :]])
    assert divergence(truth, found) <= LIMIT


def test_answers_repeat_and_the_prefix_is_used(model: LoadedModel) -> None:
    ids = model.tokenizer.encode("The capital of France is")
    first = list(model.decoder.stream(ids, _GREEDY, lambda: False))
    assert list(model.decoder.stream(ids, _GREEDY, lambda: False)) == first
    assert "Paris" in model.tokenizer.decode(first)


def test_switching_adapters_makes_no_new_graph(gpu: Any, divergence: Divergence) -> None:
    found = gpu("qwen2", "cuda")
    decoder, one, two = found.decoder(), found.adapter(seed=1), found.adapter(3, seed=2)
    decoder.use_adapter(one, 1.0)
    _steps(decoder, _IDS[:2])
    made = len(decoder._tuned)
    places = [pair[0].data_ptr() for pair in decoder._side._pairs.values()]
    for adapter, strength in ((two, 1.0), (one, 0.5), (one, 1.5), (one, 0.0)):
        decoder.use_adapter(adapter, strength)
        truth = found.log_shares(_IDS, adapter, strength)
        assert divergence(truth, _steps(decoder, _IDS)) <= LIMIT
    assert len(decoder._tuned) == made
    assert [pair[0].data_ptr() for pair in decoder._side._pairs.values()] == places


def test_a_token_costs_one_wait(model: LoadedModel) -> None:
    decoder = _decoder(model)
    decoder.look_ahead = False
    how = Sampling(temperature=0.8, max_tokens=40, seed=5)
    stream = decoder.stream(model.tokenizer.encode("A story about"), how, lambda: False)
    next(stream), next(stream)
    torch.cuda.set_sync_debug_mode("warn")
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            tokens = sum(1 for _ in zip(range(10), stream, strict=False))
    finally:
        torch.cuda.set_sync_debug_mode("default")
        decoder.look_ahead = True
    assert sum("synchroniz" in str(one.message) for one in told) == tokens == 10


def test_a_capture_that_fails_leaves_the_gpu_usable() -> None:
    device = torch.device("cuda", torch.cuda.current_device())
    graphs, one = Graphs(CudaRecorder(device)), torch.ones((), device=device)

    def waits() -> torch.Tensor:
        return one + float(one)

    assert float(graphs.run("waits", waits)) == 2
    assert "could not be captured" in graphs.trouble
    assert float(graphs.run("waits", waits)) == 2


def test_what_was_estimated_holds(model: LoadedModel) -> None:
    decoder = _decoder(model)
    need = gpu_need(decoder.shape, decoder.context_length)
    assert decoder.bytes == need.weights + need.cache
    torch.cuda.reset_peak_memory_stats()
    before = torch.cuda.memory_allocated()
    decoder.logits(_IDS * 20)
    assert torch.cuda.max_memory_allocated() - before <= need.workspace


def test_training_takes_no_second_copy_and_learns(model: LoadedModel) -> None:
    decoder = _decoder(model)
    before = torch.cuda.memory_allocated()
    reference = model.reference()
    assert torch.cuda.memory_allocated() - before < decoder.weights.bytes() / 4
    network = PeftNetwork(reference, rank=8, alpha=16.0, seed=1)
    batch = pack([TokenExample(tuple(_IDS), 30)])
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-3)
    losses = []
    try:
        for _ in range(12):
            odds = network.log_odds(batch, tuned=True)
            loss = torch.nn.functional.cross_entropy(odds, batch.targets.to(odds.device))
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            optimizer.zero_grad()
            losses.append(float(loss.detach()))
        tuned = network.log_odds(batch, tuned=True).detach().log_softmax(-1).cpu()
        adapter = network.adapter()
    finally:
        network.close()
    assert losses[-1] < 0.7 * losses[0]
    decoder.use_adapter(adapter, 1.0)
    found = decoder.logits(_IDS)[batch.rows].log_softmax(-1)
    assert float((tuned.exp() * (tuned - found)).sum(-1).mean()) <= 5e-3
