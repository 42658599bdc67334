"""Rotary positions as complex products.

A pair of features is one complex number and a position turns it. Rotated queries and keys are kept
with their pairs side by side (interleaved); the order cancels out in their products.
"""

import torch

from engine.decode.shape import Shape


def rotations(shape: Shape, context: int) -> torch.Tensor:
    """(context, head_dim / 2) complex64: how far each pair is turned at each position."""
    angles = torch.outer(torch.arange(context, dtype=torch.float64), shape.inverse_frequencies())
    return torch.polar(torch.ones_like(angles), angles).to(torch.complex64)


def turn(heads: torch.Tensor, turns: torch.Tensor) -> torch.Tensor:
    """Rotates half-split (M, H, D) by `turns` (M, 1, D / 2) into interleaved (M, H, D) float32."""
    count, number, width = heads.shape
    pairs = heads.view(count, number, 2, width // 2).transpose(2, 3).float().contiguous()
    return torch.view_as_real(torch.view_as_complex(pairs) * turns).view(count, number, width)


def interleaved_rows(shape: Shape) -> torch.Tensor:
    """Row order of stacked queries, keys, values that lays the rotated pairs side by side."""
    turned = shape.query_width + shape.kv_width
    rows = torch.arange(turned).view(-1, 2, shape.head_dim // 2)
    values = torch.arange(turned, turned + shape.kv_width)
    return torch.cat((rows.transpose(1, 2).reshape(turned), values))
