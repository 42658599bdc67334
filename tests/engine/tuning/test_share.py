"""Parts of a step give together what the step gives in one piece."""

import pytest
import torch

from engine.decode.build import build_weights
from engine.decode.families import shape_from_config
from engine.tuning.network.batch import TokenExample
from engine.tuning.network.lean import LeanNetwork
from engine.tuning.network.peft import PeftNetwork
from engine.tuning.replay import with_odds
from engine.tuning.share import ShareLosses, backward, deal, whole_step
from tests.support.tiny_model import TinyWeights, tiny_llama

RANK, ALPHA = 4, 8.0


def lean():
    source = TinyWeights(tiny_llama())
    shape = shape_from_config(source.config)
    weights = build_weights(source, shape, lambda fraction: None)
    return LeanNetwork(shape, weights, rank=RANK, alpha=ALPHA, seed=1)


def examples(count, seed, weight=1.0):
    generator = torch.Generator().manual_seed(seed)
    made = []
    for number in range(count):
        own = torch.randint(1, 96, (9 + 3 * number,), generator=generator).tolist()
        made.append(TokenExample((5, 6, 7, *own), 5 + number, weight + number))
    return made


def step(network):
    """A step of five facts of unlike weights and three replayed examples, off the start."""
    generator = torch.Generator().manual_seed(2)
    for parameter in network.parameters():
        parameter.data.add_(torch.randn(parameter.shape, generator=generator) * 0.05)
    return whole_step(examples(5, 1), with_odds(network, examples(3, 7), lambda: None), 0.7)


def gradients(network, shares):
    """The gradients that `shares` leave together, in one row, and the losses of each."""
    for parameter in network.parameters():
        parameter.grad = None
    told = [backward(network, share) for share in shares]
    return torch.cat([p.grad.flatten().float() for p in network.parameters()]), told


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize(("build", "apart"), [
    (lambda: PeftNetwork(tiny_llama(), rank=RANK, alpha=ALPHA, seed=1), 1e-5), (lean, 0.03),
])  # fmt: skip
def test_parts_add_up_to_the_whole_step(build, apart, count):
    network = build()
    whole = step(network)
    expected, (one,) = gradients(network, [whole])
    places = deal(whole, count)
    found, told = gradients(network, [whole.part(*part) for part in places])
    assert (found - expected).norm() < apart * expected.norm()
    assert sum(part.answer for part in told) == pytest.approx(one.answer, rel=apart)
    assert sum(part.drift for part in told) == pytest.approx(one.drift, rel=2 * apart)
    worst = {place: loss for (facts, _), part in zip(places, told, strict=True)
             for place, loss in zip(facts, part.worst, strict=True)}  # fmt: skip
    assert [worst[place] for place in range(5)] == pytest.approx(one.worst, rel=2 * apart)


def test_every_example_is_dealt_once_and_the_work_is_even():
    network = lean()
    whole = step(network)
    places = deal(whole, 2)
    assert sorted(place for facts, _ in places for place in facts) == list(range(5))
    assert sorted(place for _, kept in places for place in kept) == list(range(3))
    loads = [sum(len(e.ids) for e in part.facts) + sum(len(e.tokens.ids) for e in part.kept)
             for part in (whole.part(*one) for one in places)]  # fmt: skip
    assert max(loads) < 1.2 * min(loads)
    assert deal(whole, 2) == places


def test_a_part_without_examples_costs_and_gives_nothing():
    network = lean()
    whole = whole_step(examples(1, 1), [], 1.0)
    parts = [whole.part(*one) for one in deal(whole, 2)]
    assert backward(network, parts[1]) == ShareLosses()
    assert all(parameter.grad is None for parameter in network.parameters())
    assert backward(network, parts[0]).answer > 0


def test_replay_alone_is_a_share_too():
    network = lean()
    whole = step(network)
    losses = backward(network, whole.part([], [0, 1, 2]))
    assert losses.answer == 0
    assert losses.drift > 0
    assert losses.worst == ()
