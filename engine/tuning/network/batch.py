"""One optimizer step's examples, packed: what they share at the start is computed once."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

_GROUP_COST = 16
"""What the attention of one more group costs, in tokens."""


@dataclass(frozen=True, slots=True)
class TokenExample:
    """Token ids of a whole exchange; the loss is taken from ``answer_start`` on."""

    ids: tuple[int, ...]
    answer_start: int
    weight: float = 1.0

    @property
    def answer_tokens(self) -> int:
        """How many tokens the loss is taken over."""
        return len(self.ids) - self.answer_start


@dataclass(frozen=True, slots=True)
class PackedBatch:
    """Examples of one step over a common prefix; flat position = prefix, then rows of ``own``.

    Attributes:
        prefix: (P,) int64, the tokens that every example begins with; P may be 0.
        own: (B, L) int64, what follows in each example, padded at the end with 0.
        rows: (R,) int64 flat positions whose next token is an answer token.
        targets: (R,) int64, those next tokens.
        owners: (R,) int64, the example of each row.
        weights: (B,) float32.
    """

    prefix: torch.Tensor
    own: torch.Tensor
    rows: torch.Tensor
    targets: torch.Tensor
    owners: torch.Tensor
    weights: torch.Tensor

    @property
    def tokens(self) -> int:
        """Tokens computed in this step, padding included."""
        return self.prefix.numel() + self.own.numel()


def pack(examples: Sequence[TokenExample]) -> PackedBatch:
    """Packs `examples` (at least one, each with a prompt of two tokens or more)."""
    shared = _shared_prefix(examples)
    length = max(len(example.ids) for example in examples) - shared
    own = torch.zeros(len(examples), length, dtype=torch.int64)
    rows, targets, owners = [], [], []
    for index, example in enumerate(examples):
        tail = example.ids[shared:]
        own[index, : len(tail)] = torch.tensor(tail)
        base = shared + index * length - shared
        for at in range(example.answer_start, len(example.ids)):
            rows.append(base + at - 1)
            targets.append(example.ids[at])
            owners.append(index)
    return PackedBatch(
        torch.tensor(examples[0].ids[:shared], dtype=torch.int64),
        own,
        torch.tensor(rows, dtype=torch.int64),
        torch.tensor(targets, dtype=torch.int64),
        torch.tensor(owners, dtype=torch.int64),
        torch.tensor([example.weight for example in examples]),
    )


def length_groups(examples: Sequence[TokenExample]) -> list[list[int]]:
    """Places of `examples` in groups of alike lengths, ascending.

    Of all ways to cut the sorted list, the one that computes the fewest tokens: padding, and the
    common beginning once a group.
    """
    order = sorted(range(len(examples)), key=lambda place: len(examples[place].ids))
    shared = _shared_prefix(examples) if examples else 0
    lengths = [len(examples[place].ids) - shared for place in order]
    best: list[tuple[int, int]] = [(0, 0)]
    for end in range(1, len(order) + 1):
        costs = [
            (best[start][0] + (end - start) * lengths[end - 1] + shared + _GROUP_COST, start)
            for start in range(end)
        ]
        best.append(min(costs))
    groups: list[list[int]] = []
    end = len(order)
    while end:
        start = best[end][1]
        groups.insert(0, order[start:end])
        end = start
    return groups


def _shared_prefix(examples: Sequence[TokenExample]) -> int:
    """Length of the common start; the last prompt token always stays with its example."""
    limit = min(example.answer_start for example in examples) - 1
    first = examples[0].ids
    shared = 0
    while shared < limit and all(example.ids[shared] == first[shared] for example in examples):
        shared += 1
    return shared
