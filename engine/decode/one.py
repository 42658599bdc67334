"""One token: the path whose every microsecond the reader waits for.

A small model's token costs some 600 calls into torch, so each call counts. What is done here to
need fewer of them:

- The residual carries one extra number, sqrt(hidden * eps), so that one `vector_norm` gives the
  RMS norm's divisor with its epsilon. The norm's weight is multiplied in before the product and
  the divisor after it, together with the change to float32 that is needed there anyway.
- A rotation is one complex product over queries, keys and values at once (values turn by nothing),
  into a buffer whose key and value rows go to the cache in one copy.
- Query heads that share a key head are folded into the query's length axis.
- Views of buffers are made once, and views of the cache once a token for all layers.
"""

import math

import torch
from torch.nn import functional

from engine.decode.cache import KeyValueCache
from engine.decode.shape import Shape
from engine.decode.stack import Layer, Weights


class OneToken:
    """Computes the next token's logits after what the cache holds."""

    def __init__(
        self, shape: Shape, weights: Weights, cache: KeyValueCache, turns: torch.Tensor
    ) -> None:
        self._shape = shape
        self._weights = weights
        self._cache = cache
        self._turns = turns
        root = math.sqrt(shape.hidden)
        self._norms = [(layer.input_norm * root, layer.mlp_norm * root) for layer in weights.layers]
        self._last_norm = weights.norm * root
        self._make_buffers()

    def run(self, token: int) -> torch.Tensor:
        """Appends `token` to the cache; (V,) float32 logits of what follows it."""
        at = len(self._cache.tokens)
        x, buffers = self._x, zip(*self._cache_views(at), strict=True)
        x.copy_(self._weights.embedding[token])
        self._turn[: self._turned_heads] = self._turns[at]
        for layer, norms, (row, keys, values) in zip(
            self._weights.layers, self._norms, buffers, strict=True
        ):
            self._attend(layer, norms[0], row, keys, values)
            self._think(layer, norms[1])
        self._cache.tokens.append(token)
        size = torch.linalg.vector_norm(self._residual)
        return self._weights.head.one(x * self._last_norm / size)

    def _attend(
        self,
        layer: Layer,
        norm: torch.Tensor,
        row: torch.Tensor,
        keys: torch.Tensor,
        values: torch.Tensor,
    ) -> None:
        size = torch.linalg.vector_norm(self._residual)
        torch.div(layer.qkv.one(self._x * norm), size, out=self._qkv)
        torch.mul(self._pairs, self._turn, out=self._turned)
        row.copy_(self._key_value)
        seen = functional.scaled_dot_product_attention(self._query_for(keys), keys, values)
        self._x.add_(layer.out.one(seen.reshape(1, -1)))

    def _think(self, layer: Layer, norm: torch.Tensor) -> None:
        size = torch.linalg.vector_norm(self._residual)
        torch.div(layer.gate_up.one(self._x * norm), size, out=self._gate_up)
        self._x.add_(layer.down.one(functional.silu(self._gate).mul_(self._up)))

    def _cache_views(
        self, at: int
    ) -> tuple[tuple[torch.Tensor, ...], tuple[torch.Tensor, ...], tuple[torch.Tensor, ...]]:
        """For each layer: where this token's keys and values go, and all keys, all values."""
        data = self._cache.data
        past = data[:, :, None, :, : at + 1]
        return data[:, :, :, at].unbind(), past[:, 0].unbind(), past[:, 1].unbind()

    def _query_for(self, keys: torch.Tensor) -> torch.Tensor:
        return self._query if keys.dtype == torch.float32 else self._query.to(keys.dtype)

    def _make_buffers(self) -> None:
        shape = self._shape
        width, half = shape.head_dim, shape.head_dim // 2
        self._turned_heads = shape.heads + shape.kv_heads
        rows = self._turned_heads + shape.kv_heads
        self._residual = torch.empty(1, shape.hidden + 1)
        self._residual[0, -1] = math.sqrt(shape.hidden * shape.norm_eps)
        self._x = self._residual[:, :-1]
        self._qkv = torch.empty(1, rows * width)
        self._pairs = torch.view_as_complex(self._qkv.view(rows, half, 2))
        self._turn = torch.ones(rows, half, dtype=torch.complex64)
        self._turned = torch.empty(rows, half, dtype=torch.complex64)
        flat = torch.view_as_real(self._turned).view(rows, width)
        self._query = flat[: shape.heads].view(1, shape.kv_heads, -1, width)
        self._key_value = flat[shape.heads :].view(2, shape.kv_heads, width)
        self._gate_up = torch.empty(1, 2 * shape.intermediate)
        self._gate, self._up = torch.split(self._gate_up, shape.intermediate, dim=1)


