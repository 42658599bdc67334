"""Losses through the head piece by piece: the values and gradients of the plain formulas."""

import pytest
import torch
from torch.nn import functional

from engine.tuning import losses
from engine.tuning.losses import Wanted, backward_through_head, divergence

VOCABULARY, HIDDEN, KEPT = 40, 12, 7


class Head:
    """The part of a network that the losses use."""

    vocabulary = VOCABULARY

    def __init__(self, dtype):
        generator = torch.Generator().manual_seed(4)
        self.weight = torch.randn(VOCABULARY, HIDDEN, generator=generator).to(dtype)
        self.most = 0

    def head(self, hidden):
        self.most = max(self.most, len(hidden))
        return functional.linear(hidden, self.weight)


def rows(count, seed, dtype=torch.float32):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, HIDDEN, generator=generator).to(dtype).requires_grad_()


def answers(count):
    generator = torch.Generator().manual_seed(1)
    ids = torch.randint(VOCABULARY, (count, 1), generator=generator)
    return Wanted(ids, torch.rand(count, generator=generator))


def kept(count, most=KEPT):
    generator = torch.Generator().manual_seed(2)
    untuned = torch.randn(count, VOCABULARY, generator=generator).mul(3).log_softmax(-1)
    base, ids = untuned.topk(most, -1)
    return Wanted(ids, torch.full((count,), 0.3), base)


def plain(head, hidden, wanted):
    """All logits at once, differentiated automatically."""
    odds = head.head(hidden).float()
    first, second = odds.split([len(one.ids) for one in wanted])
    each = functional.cross_entropy(first, wanted[0].ids[:, 0], reduction="none")
    told = second.log_softmax(-1).gather(-1, wanted[1].ids)
    base = wanted[1].base
    rest_base = (1 - base.exp().sum(-1)).clamp_min(1e-6)
    rest = (1 - told.exp().sum(-1)).clamp_min(1e-6)
    apart = (base.exp() * (base - told)).sum(-1) + rest_base * (rest_base.log() - rest.log())
    ((each * wanted[0].shares).sum() + (apart * wanted[1].shares).sum()).backward()
    return [each.detach(), apart.detach()]


@pytest.mark.parametrize("at_once", [1, 3, 1000])
@pytest.mark.parametrize(("dtype", "apart"), [(torch.float32, 1e-5), (torch.bfloat16, 2e-2)])
def test_values_and_gradients_are_those_of_the_plain_formulas(
    monkeypatch, at_once, dtype, apart
):
    monkeypatch.setattr(losses, "ODDS_AT_ONCE", at_once * VOCABULARY)
    head, wanted = Head(dtype), [answers(5), kept(4)]
    expected, found = rows(9, 3, dtype), rows(9, 3, dtype)
    values = plain(head, expected, wanted)
    head.most = 0
    told = backward_through_head(head, found * 1, wanted)
    for value, one in zip(values, told, strict=True):
        assert torch.allclose(value, one, atol=apart, rtol=apart)
    assert (found.grad - expected.grad).norm() <= apart * expected.grad.norm()
    assert head.most <= at_once


def test_one_kind_of_rows_alone():
    head = Head(torch.float32)
    for wanted in (answers(3), kept(3)):
        hidden = rows(3, 5)
        (told,) = backward_through_head(head, hidden * 1, [wanted])
        assert told.shape == (3,)
        assert hidden.grad.abs().sum() > 0


def test_the_divergence_is_the_whole_one_where_all_tokens_are_kept():
    generator = torch.Generator().manual_seed(2)
    base = torch.randn(5, VOCABULARY, generator=generator).log_softmax(-1)
    tuned = torch.randn(5, VOCABULARY, generator=generator).log_softmax(-1)
    exact = (base.exp() * (base - tuned)).sum(-1)
    assert torch.allclose(divergence(base, tuned)[0], exact, rtol=1e-3)
    few, ids = base.topk(12, -1)
    part = divergence(few, tuned.gather(-1, ids))[0]
    assert ((part > 0) & (part < exact)).all()
    same, slopes = divergence(few, few)
    assert torch.allclose(same, torch.zeros(5), atol=1e-5)
    assert torch.allclose(slopes, torch.zeros(5, 12), atol=1e-5)


def test_where_nothing_is_left_for_the_others_nothing_pulls():
    sure = torch.tensor([[0.0, -30.0]])
    loss, slopes = divergence(torch.tensor([[0.5, 0.25]]).log(), sure)
    assert torch.isfinite(loss).all()
    assert torch.allclose(slopes, torch.tensor([[-0.5, -0.25]]))
