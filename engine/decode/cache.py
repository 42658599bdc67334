"""The key-value cache: one block of memory, filled in place, that remembers its tokens."""

from collections.abc import Sequence

import torch

_FLOAT32_LIMIT = 1 << 30


class KeyValueCache:
    """Keys and values of every layer for up to `context` tokens.

    ``data`` is (layers, 2, kv_heads, context, head_dim). Small caches are float32, which is
    faster for one token; large ones bfloat16. Pages are taken from the system as they are filled.
    """

    def __init__(self, layers: int, kv_heads: int, head_dim: int, context: int) -> None:
        numbers = layers * 2 * kv_heads * context * head_dim
        self.dtype = torch.float32 if numbers * 4 <= _FLOAT32_LIMIT else torch.bfloat16
        self.data = torch.empty(layers, 2, kv_heads, context, head_dim, dtype=self.dtype)
        self.context = context
        self.tokens: list[int] = []

    def reuse(self, prompt: Sequence[int]) -> int:
        """Keeps what `prompt` has in common with the stored tokens; returns how many are kept.

        At least the last token of `prompt` is left to compute, because its logits are needed.
        """
        limit = min(len(self.tokens), len(prompt) - 1)
        kept = 0
        while kept < limit and self.tokens[kept] == prompt[kept]:
            kept += 1
        del self.tokens[kept:]
        return kept

    def clear(self) -> None:
        """Forgets everything."""
        self.tokens.clear()
