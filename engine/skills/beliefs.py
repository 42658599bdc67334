"""What the members of a skill believe about texts, averaged."""

from collections.abc import Callable, Sequence

import torch

from engine.skills.encoder import Encoder
from engine.skills.framing import Framer
from engine.skills.skill import Member, Skill
from engine.skills.trainer import scores_of

_AT_ONCE = 32
_KEPT_AT_ONCE = 2000


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
    framer: Framer,
    texts: Sequence[str],
    tick: Callable[[float], None],
) -> torch.Tensor:
    """(texts, labels) probabilities, float32; `tick` is told the share done.

    The encoder is left with the adapter of the last member.
    """
    parts = [torch.empty(0, len(skill.labels))]
    for at in range(0, len(texts), _KEPT_AT_ONCE):
        some = texts[at : at + _KEPT_AT_ONCE]
        begun, share = at / len(texts), len(some) / len(texts)
        parts.append(_beliefs_of_some(encoder, skill, framer, some, _within(tick, begun, share)))
    return torch.cat(parts)


def _beliefs_of_some(
    encoder: Encoder,
    skill: Skill,
    framer: Framer,
    texts: Sequence[str],
    tick: Callable[[float], None],
) -> torch.Tensor:
    total = torch.zeros(len(texts), len(skill.labels))
    states: list[torch.Tensor] = []
    place = ("", -1)
    for number, member in enumerate(sorted(skill.members, key=_place)):
        adapter = member.adapter
        encoder.start(member.span, rank=adapter.rank, alpha=adapter.alpha, seed=0)
        encoder.load(adapter)
        if _place(member) != place:
            place, framed = _place(member), [framer.ids(text, member.frame) for text in texts]
            states = bases_of(encoder, framed)
        share = 1 / len(skill.members)
        scores = scores_of(encoder, member.head, states, _within(tick, number * share, share))
        total += scores.softmax(1)
    return total / max(len(skill.members), 1)


def _place(member: Member) -> tuple[str, int]:
    """What members share that read the same frozen states."""
    return member.frame, member.span.first


def _within(tick: Callable[[float], None], begun: float, share: float) -> Callable[[float], None]:
    """Tells `tick` of a part that begins at `begun` and is `share` of the whole."""
    return lambda done: tick(begun + share * done)
