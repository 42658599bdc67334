"""The fast network against PEFT on the reference model: same values, same gradients."""

import pytest
import torch
from torch.nn import functional
from transformers import LlamaForCausalLM

from engine.decode.adapter import AdapterWeights
from engine.decode.build import build_weights
from engine.decode.families import shape_from_config
from engine.tuning.network.batch import PackedBatch, TokenExample, pack
from engine.tuning.network.lean import LeanNetwork
from engine.tuning.network.peft import PeftNetwork
from tests.support.tiny_model import TinyWeights, tiny_llama

RANK, ALPHA = 4, 8.0


def lean_network(model: LlamaForCausalLM) -> LeanNetwork:
    source = TinyWeights(model)
    shape = shape_from_config(source.config)
    weights = build_weights(source, shape, lambda fraction: None)
    return LeanNetwork(shape, weights, rank=RANK, alpha=ALPHA, seed=1)


def batch() -> PackedBatch:
    generator = torch.Generator().manual_seed(5)
    shared = torch.randint(1, 96, (6,), generator=generator).tolist()
    made = []
    for prompt, answer in ((4, 5), (7, 3), (2, 9)):
        own = torch.randint(1, 96, (prompt + answer,), generator=generator).tolist()
        made.append(TokenExample((*shared, *own), 6 + prompt))
    return pack(made)


def random_adapter(lean: LeanNetwork) -> AdapterWeights:
    generator = torch.Generator().manual_seed(7)
    tensors = {
        name: (torch.randn(tensor.shape, generator=generator) * 0.1).bfloat16()
        for name, tensor in lean.adapter().tensors.items()
    }
    return AdapterWeights(RANK, ALPHA, tensors)


@pytest.fixture
def networks() -> tuple[LeanNetwork, PeftNetwork]:
    model = tiny_llama()
    lean = lean_network(model)
    reference = PeftNetwork(model, rank=RANK, alpha=ALPHA, seed=1)
    adapter = random_adapter(lean)
    lean.load(adapter)
    reference.load(adapter)
    return lean, reference


@pytest.mark.parametrize("tuned", [False, True])
def test_the_two_networks_predict_the_same(
    networks: tuple[LeanNetwork, PeftNetwork], tuned: bool
) -> None:
    fast, slow = (n.log_odds(batch(), tuned=tuned).log_softmax(-1) for n in networks)
    divergence = (slow.exp() * (slow - fast)).sum(-1).mean()
    assert divergence < 1e-3


def test_only_the_upper_layers_learn() -> None:
    model = tiny_llama()
    whole = lean_network(model).adapter()
    source = TinyWeights(model)
    shape = shape_from_config(source.config)
    weights = build_weights(source, shape, lambda fraction: None)
    half = LeanNetwork(shape, weights, rank=RANK, alpha=ALPHA, seed=1, first_layer=1)
    names = set(half.adapter().tensors)
    assert names == {name for name in whole.tensors if ".layers.0." not in name}
    slow = PeftNetwork(model, rank=RANK, alpha=ALPHA, seed=1, upper=1 - 1 / shape.layers)
    assert set(slow.adapter().tensors) == names
    half.log_odds(batch(), tuned=True).log_softmax(-1)[:, 0].sum().backward()
    assert all(parameter.grad is not None for parameter in half.parameters())


def test_batches_together_are_batches_alone(networks: tuple[LeanNetwork, PeftNetwork]) -> None:
    other = pack([TokenExample((9, 8, 7, 6), 1), TokenExample((9, 3, 2, 7, 5), 2)])
    for network in networks:
        alone = [network.log_odds(one, tuned=True) for one in (batch(), other)]
        both = network.log_odds(batch(), other, tuned=True)
        assert torch.allclose(both, torch.cat(alone), atol=0.05)


def test_gradients_of_batches_together_add_up(networks: tuple[LeanNetwork, PeftNetwork]) -> None:
    lean, _ = networks
    other = pack([TokenExample((9, 8, 7, 6), 1), TokenExample((9, 3, 2, 7, 5), 2)])
    found = []
    for groups in ([(batch(), other)], [(batch(),), (other,)]):
        for parameter in lean.parameters():
            parameter.grad = None
        for group in groups:
            lean.log_odds(*group, tuned=True).log_softmax(-1)[:, 0].sum().backward()
        found.append(torch.cat([p.grad.flatten() for p in lean.parameters() if p.grad is not None]))
    together, apart = found
    assert (together - apart).norm() < 0.03 * apart.norm()


def test_the_adapter_matters(networks: tuple[LeanNetwork, PeftNetwork]) -> None:
    lean, _ = networks
    apart = lean.log_odds(batch(), tuned=True) - lean.log_odds(batch(), tuned=False)
    assert apart.abs().max() > 0.1


def test_the_gradients_agree(networks: tuple[LeanNetwork, PeftNetwork]) -> None:
    for network in networks:
        odds = network.log_odds(batch(), tuned=True)
        functional.cross_entropy(odds, batch().targets).backward()
    lean, reference = networks
    expected = {
        name.replace(".default", ""): parameter.grad
        for name, parameter in reference._model.named_parameters()
        if parameter.requires_grad
    }
    for stack in lean._stacks:
        firsts = stack.first.grad.chunk(len(stack.parts))
        for part, first, second in zip(stack.parts, firsts, stack.seconds, strict=True):
            name = f"base_model.model.{part.name}"
            for got, side in ((first, "A"), (second.grad, "B")):
                want = expected[f"{name}.lora_{side}.weight"]
                assert functional.cosine_similarity(got.flatten(), want.flatten(), dim=0) > 0.995
                assert (got.norm() / want.norm() - 1).abs() < 0.05


def test_an_adapter_survives_the_way_through_bytes(
    networks: tuple[LeanNetwork, PeftNetwork],
) -> None:
    lean, reference = networks
    copy = AdapterWeights.from_bytes(lean.adapter().to_bytes())
    before = lean.log_odds(batch(), tuned=True)
    lean.load(copy)
    assert torch.equal(before, lean.log_odds(batch(), tuned=True))
    assert copy.tensors.keys() == reference.adapter().tensors.keys()


def test_closing_leaves_the_reference_as_it_was() -> None:
    model = tiny_llama()
    names = set(model.state_dict())
    network = PeftNetwork(model, rank=RANK, alpha=ALPHA, seed=1)
    network.close()
    assert set(model.state_dict()) == names
