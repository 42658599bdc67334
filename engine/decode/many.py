"""Many tokens at once: the prompt's path, dense bfloat16 products."""

import functools
from collections.abc import Mapping, Sequence

import torch
from torch.nn import functional

from engine.decode.cache import KeyValueCache
from engine.decode.rotary import pair_order, turn
from engine.decode.shape import Shape
from engine.decode.stack import Weights


class ManyTokens:
    """Computes runs of tokens after what the cache holds."""

    def __init__(
        self,
        shape: Shape,
        weights: Weights,
        cache: KeyValueCache,
        turns: Mapping[str, torch.Tensor],
    ) -> None:
        self._shape = shape
        self._weights = weights
        self._cache = cache
        self._turns = turns
        self._order = pair_order(shape) if shape.rotary else None
        self._act = functools.partial(functional.gelu, approximate="tanh")
        if not shape.gelu:
            self._act = functools.partial(functional.silu)

    def run(self, tokens: Sequence[int]) -> torch.Tensor:
        """Appends `tokens` to the cache; (M, hidden) float32 hidden states after the last norm."""
        shape, start, count = self._shape, len(self._cache.tokens), len(tokens)
        eps = shape.norm_eps
        x = self._weights.embedding[torch.tensor(tokens)].float().mul_(shape.embedding_scale)
        masks = {size: _mask(start, count, size) for size in {0, *shape.windows}}
        turns = {kind: table[start : start + count, None] for kind, table in self._turns.items()}
        for index, layer in enumerate(self._weights.layers):
            qkv = layer.qkv.many(rms_norm(x, layer.input_norm, eps).bfloat16())
            mask = masks[shape.window(index)]
            seen = self._attend(qkv, index, turns[shape.turn_kind(index)], mask)
            x += added(layer.out.many(seen), layer.attention_out_norm, eps)
            both = layer.gate_up.many(rms_norm(x, layer.mlp_norm, eps).bfloat16())
            gate, up = torch.split(both, shape.intermediate, dim=1)
            x += added(layer.down.many(self._act(gate).mul_(up)), layer.mlp_out_norm, eps)
        self._cache.tokens.extend(tokens)
        return rms_norm(x, self._weights.norm, eps)

    def _attend(
        self, qkv: torch.Tensor, index: int, turns: torch.Tensor, mask: torch.Tensor | None
    ) -> torch.Tensor:
        """(M, query + 2 kv widths) to (M, query width); writes keys and values to the cache."""
        shape, count = self._shape, qkv.shape[0]
        end = len(self._cache.tokens) + count
        layer, both = self._weights.layers[index], shape.heads + shape.kv_heads
        if layer.qkv_bias is not None:
            qkv = qkv + layer.qkv_bias
        heads = qkv[:, : both * shape.head_dim].view(count, both, shape.head_dim)
        if layer.head_norms is not None:
            heads = rms_norm(heads.float(), layer.head_norms, shape.norm_eps)
        turned = turn(heads, turns, self._order)
        store = self._cache.data[index, :, :, :end]
        store[0, :, end - count :] = turned[:, shape.heads :].transpose(0, 1)
        values = qkv[:, both * shape.head_dim :].view(count, shape.kv_heads, shape.head_dim)
        store[1, :, end - count :] = values.transpose(0, 1)
        query = turned[:, : shape.heads].transpose(0, 1).to(torch.bfloat16)
        keys, stored_values = store.to(torch.bfloat16)
        seen = functional.scaled_dot_product_attention(
            query[None], keys[None], stored_values[None], attn_mask=mask, is_causal=mask is None,
            scale=shape.attention_scale, enable_gqa=True,
        )  # fmt: skip
        return seen[0].transpose(0, 1).reshape(count, shape.query_width)


def _mask(start: int, count: int, window: int) -> torch.Tensor | None:
    """(count, start + count) bfloat16, 0 where a token sees and minus infinity elsewhere.

    None at the start of a text where each token sees all before it: that needs no mask, and half
    of the products are never computed. `window` 0 is all. A mask of truth values would be turned
    into this one in every layer.
    """
    if start == 0 and not 0 < window < count:
        return None
    hidden = torch.full((count, start + count), -torch.inf, dtype=torch.bfloat16)
    mask = hidden.triu(start + 1)
    return mask + hidden.tril_(start - window) if window else mask


def added(y: torch.Tensor, norm: torch.Tensor | None, eps: float) -> torch.Tensor:
    """What half a block adds, normed where the family norms it."""
    return y if norm is None else rms_norm(y.float(), norm, eps)


def rms_norm(x: torch.Tensor, weight: torch.Tensor, eps: float) -> torch.Tensor:
    """RMS norm over the last axis of (..., K) float32."""
    size = torch.linalg.vector_norm(x, dim=-1, keepdim=True)
    return x * weight * torch.rsqrt(size * size / x.shape[-1] + eps)
