"""Rotary positions as complex products.

A pair of features is one complex number and a position turns it. Rotated queries and keys are kept
with their pairs side by side (interleaved); the order cancels out in their products. Features of
a head that do not rotate follow, and are turned by nothing.
"""

import torch

from engine.decode.rope import plain_speeds
from engine.decode.shape import GLOBAL, LOCAL, UNTURNED, Shape


def rotations(shape: Shape, context: int) -> dict[str, torch.Tensor]:
    """(context, head_dim / 2) complex64 by kind: how far a position turns each pair."""
    kinds = set(shape.turn_kinds) or {GLOBAL}
    tables = {}
    if GLOBAL in kinds:
        tables[GLOBAL] = _table(shape, shape.inverse_frequencies(), context)
    if LOCAL in kinds:
        near = torch.tensor(
            plain_speeds(shape.local_theta, shape.turned_width), dtype=torch.float64
        )
        tables[LOCAL] = _table(shape, near, context)
    if UNTURNED in kinds:
        still = torch.ones(1, shape.head_dim // 2, dtype=torch.complex64)
        tables[UNTURNED] = still.expand(context, -1)
    return tables


def _table(shape: Shape, speeds: torch.Tensor, context: int) -> torch.Tensor:
    angles = torch.outer(torch.arange(context, dtype=torch.float64), speeds)
    turns = torch.ones(context, shape.head_dim // 2, dtype=torch.complex64)
    size = torch.full_like(angles, shape.rope_size)
    turns[:, : speeds.numel()] = torch.polar(size, angles).to(torch.complex64)
    return turns


def turn(heads: torch.Tensor, turns: torch.Tensor, order: torch.Tensor | None) -> torch.Tensor:
    """Rotates (M, H, D), Hugging Face feature order, by `turns` (M, 1, D / 2).

    Args:
        heads: Queries or keys.
        turns: A rotation for each pair.
        order: `pair_order` of the shape, or None where all features rotate.

    Returns:
        Interleaved (M, H, D) float32.
    """
    count, number, width = heads.shape
    if order is None:
        halves = heads.view(count, number, 2, width // 2).transpose(2, 3)
        pairs = halves.to(torch.float32, memory_format=torch.contiguous_format).contiguous()
    else:
        pairs = heads[..., order].float().view(count, number, width // 2, 2)
    return torch.view_as_real(torch.view_as_complex(pairs) * turns).view(count, number, width)


def pair_order(shape: Shape) -> torch.Tensor:
    """(head_dim,) features of a head with rotated pairs side by side, the others after them."""
    turned = torch.arange(shape.turned_width).view(2, -1).t().flatten()
    return torch.cat((turned, torch.arange(shape.turned_width, shape.head_dim)))


def interleaved_rows(shape: Shape) -> torch.Tensor:
    """Row order of stacked queries, keys, values that lays the rotated pairs side by side."""
    turned = shape.query_width + shape.kv_width
    rows = torch.arange(turned).view(-1, shape.head_dim)[:, pair_order(shape)].flatten()
    return torch.cat((rows, torch.arange(turned, turned + shape.kv_width)))
