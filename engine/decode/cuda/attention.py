"""Attention of new tokens over a bucket of the cache.

Query heads that share a key head are folded into rows, so keys and values are read once for all of
them. Torch's own attention gives each key head of few rows one block of the GPU, which is too few
for a long text: then several chunks are multiplied as a batch, and their results joined.
"""

import torch
from torch.nn import functional

FEW_ROWS = 8
"""Tokens up to which chunks go side by side; more make blocks enough, and too many scores."""


def visible(places: torch.Tensor, bucket: int, window: int, kind: torch.dtype) -> torch.Tensor:
    """(R, bucket), 0 where a row that stands at `places` (R,) may look, else minus infinity.

    Args:
        places: Positions on the device; nothing of them is known when a graph is captured.
            `attend` has a row for each query head of a key head and each token, tokens inside.
        bucket: Places that are looked at.
        window: How many tokens back a token sees, itself included; 0 for all.
        kind: Of the result.
    """
    at = torch.arange(bucket, device=places.device)
    unseen = at > places[:, None]
    if window:
        unseen = unseen | (at <= places[:, None] - window)
    mask = torch.zeros(unseen.shape, dtype=kind, device=places.device)
    return mask.masked_fill_(unseen, -torch.inf)


def attend(
    query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, mask: torch.Tensor, scale: float
) -> torch.Tensor:
    """(M, heads, D) queries on (chunks, kv_heads, places, D); (M, heads * D) in the cache's kind.

    Args:
        query: Turned queries, of any kind.
        keys: A bucket of the cache.
        values: The same of the values.
        mask: (heads / kv_heads * M, chunks * places), see `visible`.
        scale: What scores are multiplied with.
    """
    count, heads, width = query.shape
    group = heads // keys.shape[1]
    folded = query.view(count, -1, group, width).permute(1, 2, 0, 3)
    folded = folded.reshape(-1, group * count, width).to(keys.dtype)
    if keys.shape[0] > 1 and count <= FEW_ROWS:
        seen = _by_chunks(folded, keys, values, mask, scale)
    else:
        keys, values = (one.transpose(0, 1).flatten(1, 2)[None] for one in (keys, values))
        seen = functional.scaled_dot_product_attention(
            folded[None], keys, values, attn_mask=mask, scale=scale
        )
    unfolded = seen.view(-1, group, count, width).permute(2, 0, 1, 3)
    return unfolded.reshape(count, heads * width)


def _by_chunks(
    query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor, mask: torch.Tensor, scale: float
) -> torch.Tensor:
    """(KV, R, D) queries on (C, KV, P, D): all chunks as one batch, one softmax over them."""
    chunks, heads, places, width = keys.shape
    rows = query.shape[1]
    asked = query.expand(chunks, -1, -1, -1).reshape(-1, rows, width)
    scores = torch.bmm(asked * scale, keys.reshape(-1, places, width).transpose(1, 2))
    apart = scores.view(chunks, heads, rows, places).permute(1, 2, 0, 3)
    together = torch.empty(apart.shape, dtype=torch.float32, device=query.device)
    torch.add(apart, mask.view(-1, chunks, places), out=together)
    shares = together.flatten(2).softmax(-1).view(apart.shape).permute(2, 0, 1, 3)
    shares = shares.to(keys.dtype, memory_format=torch.contiguous_format)
    found = torch.bmm(shares.reshape(-1, rows, places), values.reshape(-1, places, width))
    return found.view(chunks, heads, rows, width).sum(0, dtype=torch.float32).to(keys.dtype)
