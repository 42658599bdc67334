"""Which card takes which model, worked out without a card."""

import pytest
import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.cuda.decoder import GpuDecoder
from engine.decode.cuda.weights import build_gpu_weights
from engine.decode.families import shape_from_config
from engine.decode.shape import Shape
from engine.model.placement import Placement, gpu_need, place
from tests.support.tiny_model import TinyWeights, tiny_llama

GB = 1 << 30


def _llama(layers: int, hidden: int, heads: int, kv: int, inner: int, **more: int | bool) -> Shape:
    values = {"vocab": 128256, "tied": True, "context": 131072} | more
    return Shape(
        layers=layers, hidden=hidden, heads=heads, kv_heads=kv, head_dim=hidden // heads,
        intermediate=inner, norm_eps=1e-5, rope_theta=5e5, **values,  # type: ignore[arg-type]
    )  # fmt: skip


SHAPES = {
    "135M": _llama(30, 576, 9, 3, 1536, vocab=49152, context=8192),
    "1B": _llama(16, 2048, 32, 8, 8192),
    "3B": _llama(28, 3072, 24, 8, 8192),
    "8B": _llama(32, 4096, 32, 8, 14336, tied=False),
}


def _place(model: str, card_gb: float, wanted: int = 0) -> Placement:
    """A tenth of the card is taken by the desktop and by our own CUDA context."""
    shape = SHAPES[model]
    free = int(card_gb * GB * 0.9)
    return place(shape, free, wanted=wanted, trained=shape.context, usual=8192)


@pytest.mark.parametrize("card", [4, 6, 8, 24])
@pytest.mark.parametrize("model", ["135M", "1B"])
def test_small_models_run_with_a_full_context_everywhere(model: str, card: int) -> None:
    assert (_place(model, card).on_gpu, _place(model, card).context) == (True, 8192)


def test_a_3b_model_runs_on_6_gb_with_a_full_context_and_on_4_gb_with_a_shorter_one() -> None:
    assert _place("3B", 6).context == _place("3B", 8).context == 8192
    tight = _place("3B", 4)
    assert tight.on_gpu
    assert 1024 <= tight.context < 8192


@pytest.mark.parametrize(("card", "on_gpu"), [(4, False), (6, False), (8, True), (24, True)])
def test_an_8b_model_wants_8_gb(card: int, on_gpu: bool) -> None:
    found = _place("8B", card)
    assert found.on_gpu == on_gpu
    assert bool(found.reason) != on_gpu
    assert found.context == {4: 0, 6: 0, 8: found.context, 24: 8192}[card]


def test_why_not_is_said_in_gigabytes() -> None:
    assert _place("8B", 4).reason.startswith("the GPU has 3.9 GB free and this model needs ")


def test_what_is_asked_for_is_kept_where_it_fits() -> None:
    assert _place("1B", 24, wanted=32768).context == 32768
    assert _place("1B", 24, wanted=2048).context == 2048
    assert _place("135M", 24, wanted=100_000).context == 8192
    assert 1024 <= _place("3B", 6, wanted=65536).context < 65536


@pytest.mark.parametrize("model", sorted(SHAPES))
def test_the_estimate_grows_with_the_context_and_holds_at_its_choice(model: str) -> None:
    shape = SHAPES[model]
    totals = [gpu_need(shape, context).total for context in (1024, 4096, 16384)]
    assert totals == sorted(totals)
    for card in (4.0, 5.0, 7.5, 8.0, 12.0):
        found = _place(model, card)
        assert not found.on_gpu or found.need.total <= card * GB * 0.9
        assert found.need == gpu_need(shape, found.context or 1024)


def test_known_sizes() -> None:
    """2.8 billion weights of the layers in little more than half a byte, and both tables."""
    need = gpu_need(SHAPES["3B"], 8192)
    table = 128256 * 3072
    assert need.weights == pytest.approx(0.516 * 28 * 100.66e6 + 3.125 * table, rel=0.01)
    assert need.cache == 2 * 2 * 28 * 1024 * 8192
    assert need.adapter < 0.1e9
    assert need.workspace < 1e9


def test_the_estimate_is_what_loading_takes() -> None:
    pytest.importorskip("bitsandbytes", reason="bitsandbytes is not installed here")
    source = TinyWeights(tiny_llama())
    shape = shape_from_config(source.config)
    weights = build_gpu_weights(source, shape, torch.device("cpu"), lambda _: None)
    decoder = GpuDecoder(shape, weights, 256, frozenset())
    need = gpu_need(shape, 256)
    assert decoder.bytes == need.weights + need.cache
    decoder.use_adapter(_adapter(shape.layers, decoder), 1.0)
    assert decoder.bytes == need.weights + need.cache + need.adapter


def _adapter(layers: int, decoder: GpuDecoder) -> AdapterWeights:
    tensors = {}
    for stack in decoder.weights.stacks():
        for part in stack.parts:
            name = f"base_model.model.{part.name}"
            tensors[f"{name}.lora_A.weight"] = torch.ones(16, stack.width)
            tensors[f"{name}.lora_B.weight"] = torch.ones(part.rows, 16)
    assert len(tensors) == 2 * 7 * layers
    return AdapterWeights(16, 16.0, tensors)
