"""What the members of a skill believe about texts, averaged."""

from collections.abc import Callable, Sequence

import torch

from engine.skills.encoder import Encoder
from engine.skills.skill import Skill
from engine.skills.trainer import scores_of

_AT_ONCE = 32


def bases_of(encoder: Encoder, texts: Sequence[tuple[int, ...]]) -> list[torch.Tensor]:
    """`Encoder.base` of many texts, batched by length."""
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    found: dict[int, torch.Tensor] = {}
    for at in range(0, len(order), _AT_ONCE):
        rows = order[at : at + _AT_ONCE]
        found |= dict(zip(rows, encoder.base([texts[row] for row in rows]), strict=True))
    return [found[row] for row in range(len(texts))]


def beliefs_of(
    encoder: Encoder,
    skill: Skill,
    texts: Sequence[tuple[int, ...]],
    tick: Callable[[float], None],
) -> torch.Tensor:
    """(texts, labels) probabilities, float32; `tick` is told the share done.

    The encoder is left with the adapter of the last member.
    """
    total = torch.zeros(len(texts), len(skill.labels))
    states: list[torch.Tensor] = []
    first = -1
    for number, member in enumerate(skill.members):
        adapter = member.adapter
        encoder.start(member.span, rank=adapter.rank, alpha=adapter.alpha, seed=0)
        encoder.load(adapter)
        if member.span.first != first:
            first, states = member.span.first, bases_of(encoder, texts)
        begun = number / len(skill.members)
        scores = scores_of(
            encoder, member.head, states,
            lambda done, begun=begun: tick(begun + done / len(skill.members)),  # type: ignore[misc]
        )  # fmt: skip
        total += scores.softmax(1)
    return total / max(len(skill.members), 1)
