"""Many tokens at once: the prompt's path, dense bfloat16 products."""

from collections.abc import Sequence

import torch
from torch.nn import functional

from engine.decode.cache import KeyValueCache
from engine.decode.rotary import turn
from engine.decode.shape import Shape
from engine.decode.stack import Weights


class ManyTokens:
    """Computes runs of tokens after what the cache holds."""

    def __init__(
        self, shape: Shape, weights: Weights, cache: KeyValueCache, turns: torch.Tensor
    ) -> None:
        self._shape = shape
        self._weights = weights
        self._cache = cache
        self._turns = turns

    def run(self, tokens: Sequence[int]) -> torch.Tensor:
        """Appends `tokens` to the cache; (M, hidden) float32 hidden states after the last norm."""
        start, count = len(self._cache.tokens), len(tokens)
        eps = self._shape.norm_eps
        x = self._weights.embedding[torch.tensor(tokens)].float()
        past = torch.ones(count, start + count, dtype=torch.bool).tril_(start)
        turns = self._turns[start : start + count, None]
        for index, layer in enumerate(self._weights.layers):
            qkv = layer.qkv.many(rms_norm(x, layer.input_norm, eps).bfloat16())
            x += layer.out.many(self._attend(qkv, index, turns, past))
            both = layer.gate_up.many(rms_norm(x, layer.mlp_norm, eps).bfloat16())
            gate, up = torch.split(both, self._shape.intermediate, dim=1)
            x += layer.down.many(functional.silu(gate).mul_(up))
        self._cache.tokens.extend(tokens)
        return rms_norm(x, self._weights.norm, eps)

    def _attend(
        self, qkv: torch.Tensor, index: int, turns: torch.Tensor, past: torch.Tensor
    ) -> torch.Tensor:
        """(M, query + 2 kv widths) to (M, query width); writes keys and values to the cache."""
        shape, (count, end) = self._shape, past.shape
        both = shape.heads + shape.kv_heads
        turned = turn(qkv[:, : both * shape.head_dim].view(count, both, shape.head_dim), turns)
        store = self._cache.data[index, :, :, :end]
        store[0, :, end - count :] = turned[:, shape.heads :].transpose(0, 1)
        values = qkv[:, both * shape.head_dim :].view(count, shape.kv_heads, shape.head_dim)
        store[1, :, end - count :] = values.transpose(0, 1)
        query = turned[:, : shape.heads].transpose(0, 1).to(torch.bfloat16)
        keys, stored_values = store.to(torch.bfloat16)
        seen = functional.scaled_dot_product_attention(
            query[None], keys[None], stored_values[None], attn_mask=past, enable_gqa=True
        )
        return seen[0].transpose(0, 1).reshape(count, shape.query_width)


def rms_norm(x: torch.Tensor, weight: torch.Tensor, eps: float) -> torch.Tensor:
    """RMS norm of (M, K) float32."""
    size = torch.linalg.vector_norm(x, dim=-1, keepdim=True)
    return x * weight * torch.rsqrt(size * size / x.shape[-1] + eps)
