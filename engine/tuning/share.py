"""What one optimizer step learns from, dealt to processes: each part's losses and gradients.

A step's loss is a mean over the tokens of all examples. Each part divides by the whole step's
weights, not by its own, so the gradients of the parts add up to those of the step in one piece,
however it is dealt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

import torch

from engine.tuning.losses import Wanted, backward_through_head
from engine.tuning.network.batch import PackedBatch, TokenExample, length_groups, pack
from engine.tuning.network.network import Network
from engine.tuning.replay import ReplayExample

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Share:
    """Examples of one step, all of them or a part.

    ``fact_weight`` is the weight of all answer tokens to learn in the whole step, ``kept_tokens``
    counts all replayed answer tokens in it, and their divergence counts ``replay_weight`` times.
    """

    facts: tuple[TokenExample, ...] = field(repr=False)
    kept: tuple[ReplayExample, ...] = field(repr=False)
    replay_weight: float
    fact_weight: float
    kept_tokens: int

    def part(self, facts: Sequence[int], kept: Sequence[int]) -> "Share":
        """The part with the examples at these places."""
        return replace(
            self,
            facts=tuple(self.facts[place] for place in facts),
            kept=tuple(self.kept[place] for place in kept),
        )


@dataclass(frozen=True, slots=True)
class ShareLosses:
    """Losses of a share in nats: its summands of both means, and each fact's worst token."""

    answer: float = 0.0
    drift: float = 0.0
    worst: tuple[float, ...] = ()
    tokens: int = 0


class Hands(Protocol):
    """What computes the gradients of a step."""

    @property
    def count(self) -> int:
        """How many processes share the work."""

    def gradients(self, step: Share) -> ShareLosses:
        """Leaves the gradients of the whole step on the network's parameters."""


class Alone:
    """Implements `Hands` in this process."""

    count = 1

    def __init__(self, network: Network) -> None:
        self._network = network

    def gradients(self, step: Share) -> ShareLosses:
        """See `Hands`."""
        return backward(self._network, step)


def whole_step(
    facts: Sequence[TokenExample], kept: Sequence[ReplayExample], replay_weight: float
) -> Share:
    """The share that holds a whole step."""
    weight = sum(one.weight * one.answer_tokens for one in facts)
    tokens = sum(one.tokens.answer_tokens for one in kept)
    return Share(tuple(facts), tuple(kept), replay_weight, weight, tokens)


def deal(step: Share, count: int) -> list[tuple[list[int], list[int]]]:
    """Places of facts and kept for each of `count` parts: longest first, to whom has least."""
    lengths = [(len(one.ids), 0, place) for place, one in enumerate(step.facts)]
    lengths += [(len(one.tokens.ids), 1, place) for place, one in enumerate(step.kept)]
    parts: list[tuple[list[int], list[int]]] = [([], []) for _ in range(count)]
    loads = [0] * count
    for length, kind, place in sorted(lengths, key=lambda one: (-one[0], *one[1:])):
        least = loads.index(min(loads))
        loads[least] += length
        parts[least][kind].append(place)
    return parts


def backward(network: Network, share: Share) -> ShareLosses:
    """Adds the share's gradients to those of the network's parameters."""
    facts = _packed(range(len(share.facts)), share.facts)
    kept = _packed(share.kept, [one.tokens for one in share.kept])
    batches = [batch for batch, _ in (*facts, *kept)]
    if not batches:
        return ShareLosses()
    hidden = network.hidden(*batches, tuned=True)
    wanted = [_wanted_answers([batch for batch, _ in facts], share)] if facts else []
    wanted += [_wanted_replay([one for _, group in kept for one in group], share)] if kept else []
    told = [losses.cpu() for losses in backward_through_head(network, hidden, wanted)]
    answer, drift = 0.0, 0.0
    worst: tuple[float, ...] = ()
    if facts:
        answer = float(told[0] @ wanted[0].shares)
        worst = _worst(told[0], facts)
    if kept:
        drift = float(told[-1].sum()) / share.kept_tokens
    return ShareLosses(answer, drift, worst, sum(batch.tokens for batch in batches))


def _wanted_answers(batches: Sequence[PackedBatch], share: Share) -> Wanted:
    """Cross-entropy, each answer token weighted by its example."""
    targets = torch.cat([batch.targets for batch in batches])
    weights = torch.cat([batch.weights[batch.owners] for batch in batches])
    return Wanted(targets[:, None], weights / share.fact_weight)


def _wanted_replay(replayed: Sequence[ReplayExample], share: Share) -> Wanted:
    """Divergence from the untuned model, the same for each token."""
    ids = torch.cat([one.ids for one in replayed])
    each = torch.full((len(ids),), share.replay_weight / share.kept_tokens)
    return Wanted(ids, each, torch.cat([one.log_odds for one in replayed]))


def _worst(
    told: torch.Tensor, facts: Sequence[tuple[PackedBatch, list[int]]]
) -> tuple[float, ...]:
    """The highest loss of each fact, in the order of the share."""
    found: dict[int, float] = {}
    losses = torch.split(told, [batch.rows.numel() for batch, _ in facts])
    for (batch, places), own in zip(facts, losses, strict=True):
        for owner, place in enumerate(places):
            found[place] = float(own[batch.owners == owner].max())
    return tuple(found[place] for place in range(len(found)))


def _packed(
    items: Sequence[_T], examples: Sequence[TokenExample]
) -> list[tuple[PackedBatch, list[_T]]]:
    """`examples` packed in groups of alike lengths, each batch with the items it is of."""
    return [
        (pack([examples[place] for place in group]), [items[place] for place in group])
        for group in length_groups(examples)
    ]
