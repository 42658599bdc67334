"""Keys and values at fixed addresses, and which part of them a captured step looks at.

A captured step reads the same memory each time, so it looks at a bucket: the first 512, 1024, 2048
... places, with what lies past the newest token masked out. Places lie in chunks, a chunk of one
key head after another, so that a bucket of several chunks is one plain batch of matrices.
"""

import torch

from engine.decode.held_tokens import HeldTokens

CHUNK = 1024
"""Places of a chunk."""

_SMALLEST, _ROUND = 512, 256


def capacity(context: int) -> int:
    """Places for a `context` of so many tokens: whole chunks, or less than one in steps of 256."""
    step = CHUNK if context > CHUNK else _ROUND
    return -(-context // step) * step


def buckets(places: int) -> list[int]:
    """The sizes that steps are captured for, ascending; the last is all of `places`."""
    sizes = [_SMALLEST]
    while sizes[-1] < places:
        sizes.append(2 * sizes[-1])
    return [*(size for size in sizes if size < places), places]


def bucket_for(needed: int, places: int) -> int:
    """The smallest bucket that holds `needed` of `places`."""
    return next(size for size in buckets(places) if size >= needed)


class StaticCache(HeldTokens):
    """Keys and values of every layer for up to `context` tokens, on the GPU.

    ``data`` is (layers, 2, chunks * kv_heads * chunk, head_dim): half precision, which rounds finer
    than bfloat16; float32 for models whose values may pass its limit (`wide`).
    """

    def __init__(
        self, layers: int, kv_heads: int, head_dim: int, context: int, device: torch.device,
        *, wide: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self.places = capacity(context)
        self.chunk = min(CHUNK, self.places)
        self.kv_heads = kv_heads
        self.data = torch.zeros(
            layers, 2, self.places * kv_heads, head_dim, device=device,
            dtype=torch.float32 if wide else torch.float16,
        )  # fmt: skip
        self._heads = torch.arange(kv_heads, device=device) * self.chunk

    def reach(self, end: int) -> int:
        """The least that `seen` can cut out which holds the first `end` places."""
        step = self.chunk if end > self.chunk else min(_ROUND, self.chunk)
        return -(-end // step) * step

    def rows(self, places: torch.Tensor) -> torch.Tensor:
        """(M * kv_heads,) rows of ``data`` for `places` (M,) on the device."""
        chunk = torch.div(places, self.chunk, rounding_mode="floor")
        start = chunk * ((self.kv_heads - 1) * self.chunk) + places
        return (start[:, None] + self._heads).flatten()

    def write(self, layer: int, rows: torch.Tensor, both: torch.Tensor) -> None:
        """Puts keys and values (M, 2 * kv_heads, D), in the cache's kind, into `rows`."""
        apart = both.view(both.shape[0], 2, self.kv_heads, both.shape[2]).transpose(0, 1)
        self.data[layer].index_copy_(1, rows, apart.flatten(1, 2))

    def seen(self, layer: int, bucket: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Keys and values of the first `bucket` places, (chunks, kv_heads, places of each, D).

        A bucket is up to one chunk, or whole chunks.
        """
        parts = self.data[layer].view(2, -1, self.kv_heads, self.chunk, self.data.shape[-1])
        count = -(-bucket // self.chunk)
        keys, values = parts[:, :count, :, : bucket // count]
        return keys, values
