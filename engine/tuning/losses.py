"""The losses of a training step without the logits of all its rows at once.

A vocabulary is so wide that the logits of a step's answer tokens, with what automatic
differentiation keeps beside them, can outweigh all layers. Here a few rows at a time go through the
head, their gradient is written down directly, and only (rows, hidden) are kept. The idea is that of
Liger's fused linear cross-entropy (arXiv 2410.10989) and of cut cross-entropy (arXiv 2411.09009).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from engine.tuning.network.network import Network

ODDS_AT_ONCE = 1 << 24
"""The most logits at a time; a float32 copy of them takes 64 MiB."""

_LEAST_REST = 1e-6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of R rows of the network.

    Attributes:
        ids: (R, K) int64, different tokens in a row, whose log-probabilities the loss is of.
        shares: (R,) float32, what each row counts.
        base: (R, K) float32, the untuned model's log-probabilities, from which the divergence is
            taken; None for the cross-entropy of the one token in ``ids``.
    """

    ids: torch.Tensor
    shares: torch.Tensor
    base: torch.Tensor | None = None

    def losses_and_slopes(self, told: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Losses (R,) in nats and their slopes (R, K) by the log-probabilities `told` (R, K)."""
        if self.base is None:
            return -told[:, 0], torch.full_like(told, -1.0)
        return divergence(self.base, told)

    def cut(self, start: int, end: int) -> "Wanted":
        """The same of the rows from `start` to before `end`."""
        base = None if self.base is None else self.base[start:end]
        return Wanted(self.ids[start:end], self.shares[start:end], base)

    def to(self, device: torch.device) -> "Wanted":
        """The same on `device`."""
        base = None if self.base is None else self.base.to(device)
        return Wanted(self.ids.to(device), self.shares.to(device), base)


def divergence(base: torch.Tensor, told: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """KL(untuned || tuned) in nats of each row, and its slopes by the tuned log-probabilities.

    Only the untuned model's likeliest tokens were kept; all others count as one. That is a lower
    bound of the whole divergence, and tight: the kept ones hold nearly all of the mass.

    Args:
        base: (R, K) float32, the untuned model's log-probabilities.
        told: (R, K) float32, the tuned ones of the same tokens.
    """
    likely, tuned = base.exp(), told.exp()
    rest_base = (1 - likely.sum(-1)).clamp_min(_LEAST_REST)
    rest = 1 - tuned.sum(-1)
    rest_tuned = rest.clamp_min(_LEAST_REST)
    losses = (likely * (base - told)).sum(-1) + rest_base * (rest_base.log() - rest_tuned.log())
    pull = torch.where(rest >= _LEAST_REST, rest_base / rest_tuned, 0.0)
    return losses, tuned.mul_(pull[:, None]).sub_(likely)


def backward_through_head(
    network: Network, hidden: torch.Tensor, wanted: Sequence[Wanted]
) -> list[torch.Tensor]:
    """Adds the gradients of all losses to the network's parameters.

    Args:
        network: Its head makes logits of rows.
        hidden: (R, hidden) of the network, tuned, with gradients.
        wanted: Of the rows in their order, the next ones each.

    Returns:
        The losses (rows,) of each of `wanted`, not multiplied by their shares.
    """
    at_once = max(1, ODDS_AT_ONCE // network.vocabulary)
    losses, flows = [], []
    start = 0
    for one in wanted:
        told, end = [], start + len(one.ids)
        for first in range(start, end, at_once):
            last = min(first + at_once, end)
            cut = one.cut(first - start, last - start).to(hidden.device)
            loss, flow = _piece(network, hidden[first:last], cut)
            told.append(loss)
            flows.append(flow)
        losses.append(torch.cat(told) if told else hidden.new_zeros(0, dtype=torch.float32))
        start = end
    hidden.backward(torch.cat(flows))  # type: ignore[no-untyped-call]
    return losses


def _piece(
    network: Network, hidden: torch.Tensor, wanted: Wanted
) -> tuple[torch.Tensor, torch.Tensor]:
    """Losses (rows,) and the gradient of `hidden` (rows, hidden).

    With p the softmax of a row's logits and s the slopes by the log-probabilities of some tokens,
    the gradient of the logits is s at those tokens, less the sum of s times p everywhere.
    """
    leaf = hidden.detach().requires_grad_()
    odds = network.head(leaf)
    with torch.no_grad():
        chances = odds.softmax(-1, dtype=torch.float32)
        top, place = odds.max(-1, keepdim=True)
        size = top.float() - chances.gather(-1, place).log()
        told = odds.gather(-1, wanted.ids).float() - size
        losses, slopes = wanted.losses_and_slopes(told)
        slopes *= wanted.shares[:, None]
        flow = chances.mul_(-slopes.sum(-1, keepdim=True)).scatter_add_(-1, wanted.ids, slopes)
    odds.backward(flow.to(odds.dtype))  # type: ignore[no-untyped-call]
    assert leaf.grad is not None
    return losses, leaf.grad
