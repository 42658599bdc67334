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

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch.nn import functional

from engine.decode.cache import KeyValueCache
from engine.decode.rotary import interleaved_rows, pair_order
from engine.decode.shape import UNTURNED, Shape
from engine.decode.stack import Layer, Weights


@dataclass(slots=True)
class Step:
    """One layer made ready: norm weights times sqrt(width), rows in the one-token order."""

    layer: Layer
    norm: torch.Tensor
    mlp_norm: torch.Tensor
    turn: torch.Tensor
    bias: torch.Tensor | None
    head_norms: torch.Tensor | None
    attention_out_norm: torch.Tensor | None
    mlp_out_norm: torch.Tensor | None


class OneToken:
    """Computes the next token's logits after what the cache holds."""

    def __init__(
        self,
        shape: Shape,
        weights: Weights,
        cache: KeyValueCache,
        turns: Mapping[str, torch.Tensor],
    ) -> None:
        self.shape = shape
        self.weights = weights
        self.cache = cache
        self._root = math.sqrt(shape.hidden)
        self.last_norm = weights.norm * self._root
        self._make_buffers()
        ready = {k: torch.ones_like(self._turned) for k in turns}
        self.tables = turns
        self._turns = [(ready[k], turns[k]) for k in turns if k != UNTURNED]
        self.steps = [
            self._step(layer, ready[shape.turn_kind(index)])
            for index, layer in enumerate(weights.layers)
        ]

    def run(self, token: int) -> torch.Tensor:
        """Appends `token` to the cache; (V,) float32 logits of what follows it."""
        at = len(self.cache.tokens)
        x, buffers = self._x, zip(*self._cache_views(at), strict=True)
        x.copy_(self.weights.embedding[token])
        if self.shape.embedding_scale != 1.0:
            x.mul_(self.shape.embedding_scale)
        for turn, table in self._turns:
            turn[: self._turned_heads] = table[at]
        for step, (row, keys, values) in zip(self.steps, buffers, strict=True):
            self._attend(step, row, keys, values)
            self._think(step)
        self.cache.tokens.append(token)
        size = torch.linalg.vector_norm(self._residual, dim=1, keepdim=True)
        return self.weights.head.one(x * self.last_norm / size)

    def _attend(
        self, step: Step, row: torch.Tensor, keys: torch.Tensor, values: torch.Tensor
    ) -> None:
        size = torch.linalg.vector_norm(self._residual, dim=1, keepdim=True)
        torch.div(step.layer.qkv.one(self._x * step.norm), size, out=self._qkv)
        if step.bias is not None:
            self._qkv.add_(step.bias)
        if step.head_norms is not None:
            self._normalize_heads(step.head_norms)
        torch.mul(self._pairs, step.turn, out=self._turned)
        row.copy_(self._key_value)
        query = self._query_for(keys)
        seen = functional.scaled_dot_product_attention(query, keys, values, scale=self._scale)
        self._add(step.layer.out.one(seen.reshape(1, -1)), step.attention_out_norm)

    def _think(self, step: Step) -> None:
        size = torch.linalg.vector_norm(self._residual, dim=1, keepdim=True)
        torch.div(step.layer.gate_up.one(self._x * step.mlp_norm), size, out=self._gate_up)
        inner = self.act(self._gate).mul_(self._up)
        self._add(step.layer.down.one(inner), step.mlp_out_norm)

    def _add(self, y: torch.Tensor, norm: torch.Tensor | None) -> None:
        """Adds what half a block found to the residual."""
        if norm is not None:
            wide = y.float()
            size = torch.linalg.vector_norm(wide)
            y = wide * norm / torch.hypot(size, self._residual[0, -1])
        self._x.add_(y)

    def _normalize_heads(self, norms: torch.Tensor) -> None:
        """RMS norm of each query and key head in place."""
        size = torch.linalg.vector_norm(self._heads, dim=1, keepdim=True)
        self._heads.mul_(norms).div_(torch.hypot(size, self._head_floor))

    def _step(self, layer: Layer, turn: torch.Tensor) -> Step:
        """Lays out what a layer needs in the way that `run` wants it."""
        shape = self.shape
        bias, heads = layer.qkv_bias, layer.head_norms
        out_norm, mlp_out = layer.attention_out_norm, layer.mlp_out_norm
        return Step(
            layer=layer,
            norm=layer.input_norm * self._root,
            mlp_norm=layer.mlp_norm * self._root,
            turn=turn,
            bias=None if bias is None else bias[interleaved_rows(shape)],
            head_norms=None
            if heads is None
            else heads[:, pair_order(shape)] * math.sqrt(shape.head_dim),
            attention_out_norm=None if out_norm is None else out_norm * self._root,
            mlp_out_norm=None if mlp_out is None else mlp_out * self._root,
        )

    def _cache_views(
        self, at: int
    ) -> tuple[tuple[torch.Tensor, ...], tuple[torch.Tensor, ...], tuple[torch.Tensor, ...]]:
        """For each layer: where this token's keys and values go, and all keys, all values."""
        data = self.cache.data
        past = data[:, :, None, :, : at + 1]
        keys, values = past[:, 0].unbind(), past[:, 1].unbind()
        if self.shape.windows:
            keys, values = self._near(keys), self._near(values)
        return data[:, :, :, at].unbind(), keys, values

    def _near(self, views: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...]:
        """Each layer's newest tokens, as many as its window holds."""
        windows = self.shape.windows
        return tuple(
            view[:, :, -size:] if size else view for view, size in zip(views, windows, strict=True)
        )

    def _query_for(self, keys: torch.Tensor) -> torch.Tensor:
        return self._query if keys.dtype == torch.float32 else self._query.to(keys.dtype)

    def _make_buffers(self) -> None:
        shape = self.shape
        width, half = shape.head_dim, shape.head_dim // 2
        self._turned_heads = shape.heads + shape.kv_heads
        rows = self._turned_heads + shape.kv_heads
        self._residual = torch.empty(1, shape.hidden + 1)
        self._residual[0, -1] = math.sqrt(shape.hidden * shape.norm_eps)
        self._x = self._residual[:, :-1]
        self._qkv = torch.empty(1, rows * width)
        self._pairs = torch.view_as_complex(self._qkv.view(rows, half, 2))
        self._turned = torch.empty(rows, half, dtype=torch.complex64)
        flat = torch.view_as_real(self._turned).view(rows, width)
        self._query = flat[: shape.heads].view(1, shape.kv_heads, -1, width)
        self._key_value = flat[shape.heads :].view(2, shape.kv_heads, width)
        self._heads = self._qkv.view(rows, width)[: self._turned_heads]
        self._head_floor = torch.tensor(math.sqrt(width * shape.norm_eps))
        self._scale = shape.attention_scale
        self.act = functools.partial(functional.gelu, approximate="tanh")
        if not shape.gelu:
            self.act = functools.partial(functional.silu)
        self._gate_up = torch.empty(1, 2 * shape.intermediate)
        self._gate, self._up = torch.split(self._gate_up, shape.intermediate, dim=1)
