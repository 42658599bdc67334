"""The fast network of Mistral, Qwen2 and Qwen3 against PEFT: same values, same gradients."""

from pathlib import Path

import pytest
import torch
from torch.nn import functional

from engine.decode.adapter import AdapterWeights
from engine.model.check_folder import check_folder
from engine.model.load import LoadOptions, load_model
from engine.tuning.network.batch import PackedBatch, TokenExample, pack
from engine.tuning.network.lean import LeanNetwork
from engine.tuning.network.network import build_network
from engine.tuning.network.peft import PeftNetwork
from storage.records import ModelRecord
from tests.support.tiny_families import family_config, random_model, save_folder

RANK, ALPHA = 4, 8.0
COVERED = ("mistral", "qwen2", "qwen2-window", "qwen3")
"""The windows of the tiny models are shorter than the examples here."""


@pytest.fixture(scope="module", params=COVERED)
def networks(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[LeanNetwork, PeftNetwork]:
    root: Path = tmp_path_factory.mktemp(request.param)
    made = random_model(family_config(request.param))
    folder = save_folder(made, root / "folder")
    record = ModelRecord(
        id="ab", name="tiny", path=str(folder), format="safetensors", parameters=1, size_bytes=1,
        architecture=check_folder(folder)["record"]["architecture"],
    )  # fmt: skip
    options = LoadOptions(cache_dir=root, device="cpu", threads=1)
    model = load_model(record, options, lambda _done: None)
    fast = build_network(model, rank=RANK, alpha=ALPHA, seed=1)
    assert isinstance(fast, LeanNetwork)
    slow = PeftNetwork(made, rank=RANK, alpha=ALPHA, seed=1)
    generator = torch.Generator().manual_seed(7)
    adapter = AdapterWeights(RANK, ALPHA, {
        name: (torch.randn(tensor.shape, generator=generator) * 0.1).bfloat16()
        for name, tensor in fast.adapter().tensors.items()
    })  # fmt: skip
    assert adapter.tensors.keys() == slow.adapter().tensors.keys()
    fast.load(adapter)
    slow.load(adapter)
    return fast, slow


def batches() -> tuple[PackedBatch, PackedBatch]:
    """One with a common beginning, one without."""
    generator = torch.Generator().manual_seed(5)

    def ids(count: int) -> list[int]:
        return torch.randint(1, 280, (count,), generator=generator).tolist()

    shared = ids(14)
    own = [TokenExample((*shared, *ids(p + a)), 14 + p) for p, a in ((14, 9), (27, 5), (6, 12))]
    return pack(own), pack([TokenExample(tuple(ids(40)), 20), TokenExample(tuple(ids(31)), 8)])


@pytest.mark.parametrize("tuned", [False, True])
def test_the_same_predictions(networks: tuple[LeanNetwork, PeftNetwork], tuned: bool) -> None:
    with torch.no_grad():
        fast, slow = (n.log_odds(*batches(), tuned=tuned).log_softmax(-1) for n in networks)
    assert (slow.exp() * (slow - fast)).sum(-1).mean() < 1e-3
    assert (slow - slow.roll(1, 0)).abs().max() > 0.1


def test_the_same_gradients(networks: tuple[LeanNetwork, PeftNetwork]) -> None:
    lean, reference = networks
    for network in networks:
        for parameter in network.parameters():
            parameter.grad = None
        odds = network.log_odds(*batches(), tuned=True)
        functional.cross_entropy(odds, torch.cat([b.targets for b in batches()])).backward()
    expected = {
        name.replace(".default", ""): parameter.grad
        for name, parameter in reference._model.named_parameters()
        if parameter.requires_grad
    }
    for stack in lean._stacks:
        firsts = stack.first.grad.chunk(len(stack.parts))
        for part, first, second in zip(stack.parts, firsts, stack.seconds, strict=True):
            for got, side in ((first, "A"), (second.grad, "B")):
                want = expected[f"base_model.model.{part.name}.lora_{side}.weight"]
                likeness = functional.cosine_similarity(got.flatten(), want.flatten(), dim=0)
                assert likeness > 0.99, (part.name, side)
                assert (got.norm() / want.norm() - 1).abs() < 0.05, (part.name, side)
