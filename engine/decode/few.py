"""A few tokens at once, to the last bit what one after another gives.

Guessed tokens are checked in one pass over the weights: four rows cost the 4-bit kernel less than
twice what one costs. Every operation here treats a row as `OneToken` does, so that a checked guess
changes no answer; a test compares the two. Dense products do not have that property.
"""

import math
from collections.abc import Sequence

import torch
from torch.nn import functional

from engine.decode.kernels import DenseKernel
from engine.decode.one import OneToken, Step
from engine.decode.shape import UNTURNED

MOST = 4
"""Rows up to which the 4-bit kernel beats a pass over dense weights by far."""


class FewTokens:
    """Computes up to `MOST` tokens after what the cache holds.

    Args:
        one: The path for one token, whose layers, norms and cache are used.
    """

    def __init__(self, one: OneToken) -> None:
        self._one = one
        self._shape = one.shape
        self._floor = math.sqrt(one.shape.hidden * one.shape.norm_eps)
        self._head_floor = torch.tensor(math.sqrt(one.shape.head_dim * one.shape.norm_eps))
        kernels = [kernel for stack in one.weights.projections() for kernel in stack.kernel.parts]
        self.exact = not any(isinstance(kernel, DenseKernel) for kernel in kernels)

    def run(self, tokens: Sequence[int]) -> torch.Tensor:
        """Appends `tokens` to the cache; (M, V) float32 logits after each."""
        one, shape = self._one, self._shape
        start, count = len(one.cache.tokens), len(tokens)
        residual = torch.full((count, shape.hidden + 1), self._floor)
        x = residual[:, :-1]
        x.copy_(one.weights.embedding[torch.tensor(tokens)])
        if shape.embedding_scale != 1.0:
            x.mul_(shape.embedding_scale)
        turns = {kind: self._turns(kind, start, count) for kind in one.tables}
        for index, step in enumerate(one.steps):
            size = torch.linalg.vector_norm(residual, dim=1, keepdim=True)
            qkv = torch.div(step.layer.qkv.few(x * step.norm), size)
            seen = self._attend(step, qkv, index, turns[shape.turn_kind(index)])
            self._add(x, step.layer.out.few(seen), step.attention_out_norm)
            size = torch.linalg.vector_norm(residual, dim=1, keepdim=True)
            both = torch.div(step.layer.gate_up.few(x * step.mlp_norm), size)
            gate, up = torch.split(both, shape.intermediate, dim=1)
            self._add(x, step.layer.down.few(one.act(gate).mul_(up)), step.mlp_out_norm)
        one.cache.tokens.extend(tokens)
        size = torch.linalg.vector_norm(residual, dim=1, keepdim=True)
        return one.weights.head.few(x * one.last_norm / size)

    def _turns(self, kind: str, start: int, count: int) -> torch.Tensor:
        """(M, rows, head_dim / 2) complex64; values turn by nothing."""
        turned = self._shape.heads + self._shape.kv_heads
        rows, half = turned + self._shape.kv_heads, self._shape.head_dim // 2
        turns = torch.ones(count, rows, half, dtype=torch.complex64)
        if kind != UNTURNED:
            turns[:, :turned] = self._one.tables[kind][start : start + count, None]
        return turns

    def _attend(
        self, step: Step, qkv: torch.Tensor, index: int, turns: torch.Tensor
    ) -> torch.Tensor:
        """(M, query + 2 kv widths) float32 to (M, query width); fills the cache."""
        shape, cache = self._shape, self._one.cache
        count, turned = qkv.shape[0], shape.heads + shape.kv_heads
        if step.bias is not None:
            qkv.add_(step.bias)
        heads = qkv.view(count, -1, shape.head_dim)
        if step.head_norms is not None:
            tops = heads[:, :turned]
            size = torch.linalg.vector_norm(tops, dim=2, keepdim=True)
            tops.mul_(step.head_norms).div_(torch.hypot(size, self._head_floor))
        pairs = torch.view_as_complex(heads.view(count, turns.shape[1], -1, 2))
        flat = torch.view_as_real(pairs * turns).view(count, -1, shape.head_dim)
        start = len(cache.tokens)
        rows = flat[:, shape.heads :].reshape(count, 2, shape.kv_heads, shape.head_dim)
        cache.data[index, :, :, start : start + count] = rows.permute(1, 2, 0, 3)
        query = flat[:, : shape.heads].to(cache.dtype)
        return self._look(query, index).reshape(count, -1)

    def _look(self, query: torch.Tensor, index: int) -> torch.Tensor:
        """(M, heads, D) queries on the cache: row by row, each on exactly what it may see."""
        shape, window = self._shape, self._shape.window(index)
        start = len(self._one.cache.tokens)
        seen = []
        rows = query.view(query.shape[0], 1, shape.kv_heads, -1, shape.head_dim)
        for number, row in enumerate(rows):
            end = start + number + 1
            first = max(0, end - window) if window else 0
            keys, values = self._one.cache.data[index, :, None, :, first:end]
            seen.append(
                functional.scaled_dot_product_attention(
                    row, keys, values, scale=shape.attention_scale
                ).reshape(1, -1)
            )
        return torch.cat(seen)

    def _add(self, x: torch.Tensor, y: torch.Tensor, norm: torch.Tensor | None) -> None:
        if norm is not None:
            wide = y.float()
            size = torch.linalg.vector_norm(wide, dim=1, keepdim=True)
            y = wide * norm / torch.hypot(size, torch.tensor(self._floor))
        x.add_(y)
