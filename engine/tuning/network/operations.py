"""The four differentiable operations of a block, with backward passes written by hand.

Frozen weights need no gradient, so each backward pass computes only what flows on and what the
adapter needs. Matrix products run in bfloat16, the residual stream and the adapter in float32.
"""

from typing import Any

import torch
from torch.nn import functional

from engine.tuning.network.layout import JoinedLayout

BF16 = torch.bfloat16


class RmsNorm(torch.autograd.Function):
    """(..., K) float32 to (..., K) bfloat16: x * weight / sqrt(mean(x^2) + eps)."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, weight: torch.Tensor, eps: float) -> torch.Tensor:
        """Keeps x and the reciprocal sizes."""
        size = torch.linalg.vector_norm(x, dim=-1, keepdim=True)
        inverse = torch.rsqrt(size.square_().div_(x.shape[-1]).add_(eps))
        ctx.save_for_backward(x, weight, inverse)
        return (x * inverse).mul_(weight).to(BF16)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor, None, None]:
        """The gradient of x only."""
        x, weight, inverse = ctx.saved_tensors
        flow = grads[0].float().mul_(weight)
        along = (flow * x).mean(-1, keepdim=True).mul_(inverse * inverse)
        return flow.addcmul_(x, along, value=-1).mul_(inverse), None, None


class SwiGlu(torch.autograd.Function):
    """(T, 2 N) bfloat16 (gate beside up) to (T, N): silu(gate) * up."""

    @staticmethod
    def forward(ctx: Any, both: torch.Tensor) -> torch.Tensor:
        """Keeps its input."""
        ctx.save_for_backward(both)
        gate, up = both.chunk(2, -1)
        return functional.silu(gate).mul_(up)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> torch.Tensor:
        """Both gradients, side by side."""
        (both,) = ctx.saved_tensors
        gate, up = both.chunk(2, -1)
        flow = torch.empty_like(both)
        to_gate, to_up = flow.chunk(2, -1)
        sigmoid = torch.sigmoid(gate)
        swish = gate * sigmoid
        torch.mul(grads[0], swish, out=to_up)
        sigmoid.addcmul_(swish, 1 - sigmoid)
        torch.mul(sigmoid.mul_(up), grads[0], out=to_gate)
        return flow


class AdaptedLinear(torch.autograd.Function):
    """A stack of frozen linears that share their input, each with its own low-rank update.

    y[:, part] = x W[part]^T + scaling * (x A[part]^T) B[part]^T with x (T, K) bfloat16,
    W (N, K) bfloat16, A (parts * r, K) and each B (rows, r) float32.
    """

    @staticmethod
    def forward(
        ctx: Any,
        x: torch.Tensor,
        frozen: torch.Tensor,
        scaling: float,
        first: torch.Tensor,
        *seconds: torch.Tensor,
    ) -> torch.Tensor:
        """Keeps the input and the low-rank middle."""
        low_first = first.to(BF16)
        lows = [second.to(BF16) for second in seconds]
        middle = (x @ low_first.t()).mul_(scaling)
        y = x @ frozen.t()
        for view, part, low in _parts(y, middle, lows):
            view.addmm_(part, low.t())
        ctx.save_for_backward(x, frozen, middle, low_first, *lows)
        ctx.scaling = scaling
        return y

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor | None, ...]:
        """The gradients of x, A and every B."""
        x, frozen, middle, low_first, *lows = ctx.saved_tensors
        flow = grads[0]
        back = torch.empty_like(middle)
        to_seconds = []
        column = 0
        for view, part, low in _parts(flow, middle, lows):
            width = part.shape[1]
            back[:, column : column + width] = view @ low
            to_seconds.append((view.t() @ part).float())
            column += width
        back.mul_(ctx.scaling)
        to_first = (back.t() @ x).float()
        to_x = (flow @ frozen).addmm_(back, low_first)
        return to_x, None, None, to_first, *to_seconds


def _parts(
    wide: torch.Tensor, middle: torch.Tensor, lows: list[torch.Tensor]
) -> list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """(columns of `wide`, columns of `middle`, B) of each part."""
    found, row, column = [], 0, 0
    for low in lows:
        rows, rank = low.shape
        found.append((wide[:, row : row + rows], middle[:, column : column + rank], low))
        row, column = row + rows, column + rank
    return found


class PackedAttention(torch.autograd.Function):
    """Causal grouped-query attention over a packed batch, rotary embedding included.

    (T, (H + 2 KV) D) bfloat16 to (T, H D). The query heads of a key head are folded into the
    query axis, so keys and values are never repeated; each example sees the prefix and itself.
    """

    @staticmethod
    def forward(ctx: Any, qkv: torch.Tensor, layout: JoinedLayout) -> torch.Tensor:
        """Keeps rotated queries and keys, values and the attention weights."""
        query, keys, values = layout.split(layout.rotate(qkv))
        pieces, kept = [], []
        for q, k, v, mask in layout.attended(query, keys, values):
            weights = torch.baddbmm(mask, q, k.transpose(1, 2), alpha=layout.scale).softmax(-1)
            pieces.append(weights @ v)
            kept += [q, k, v, weights]
        ctx.save_for_backward(*kept)
        ctx.layout = layout
        return layout.join_queries(pieces)

    @staticmethod
    def backward(ctx: Any, *grads: torch.Tensor) -> tuple[torch.Tensor, None]:
        """The gradient of the stacked queries, keys and values."""
        layout: JoinedLayout = ctx.layout
        kept = ctx.saved_tensors
        flows = []
        for index, flow in enumerate(layout.split_queries(grads[0])):
            q, k, v, weights = kept[4 * index : 4 * index + 4]
            to_values = weights.transpose(1, 2) @ flow
            inner = flow @ v.transpose(1, 2)
            inner.sub_((inner * weights).sum(-1, keepdim=True))
            inner.mul_(weights).mul_(layout.scale)
            flows.append((inner @ k, inner.transpose(1, 2) @ q, to_values))
        return layout.rotate_back(layout.join(flows)), None
