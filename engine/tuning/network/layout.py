"""Where each token of a packed batch stands: positions, masks, and views by head."""

import copy
from collections.abc import Sequence

import torch

from engine.decode.shape import Shape
from engine.tuning.network.batch import PackedBatch

Piece = tuple[torch.Tensor, torch.Tensor, torch.Tensor]
Attended = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


class Layout:
    """Positions and masks of one packed batch, shared by all blocks of the step.

    Sizes: P prefix tokens, B examples of L tokens, KV key heads, G query heads a key head, D
    features a head, T = P + B L.
    """

    def __init__(self, batch: PackedBatch, shape: Shape) -> None:
        self.tokens = batch.tokens
        self._prefix = batch.prefix.numel()
        self._count, self._length = batch.own.shape
        self._kv = shape.kv_heads
        self._group = shape.heads // shape.kv_heads
        self._dim = shape.head_dim
        self._turned = (shape.heads + shape.kv_heads) * shape.head_dim
        self.scale = shape.head_dim**-0.5
        self._cos, self._sin = self._angles(shape.inverse_frequencies())
        self._prefix_mask, self._own_mask = self._masks(0)
        self._narrow: dict[int, Layout] = {}

    @property
    def pieces(self) -> int:
        """How many pieces `attended` gives."""
        return 2 if self._prefix else 1

    def _angles(self, speeds: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        own = torch.arange(self._prefix, self._prefix + self._length).repeat(self._count)
        positions = torch.cat((torch.arange(self._prefix), own))
        angles = torch.outer(positions.double(), speeds)[:, None]
        return angles.cos().bfloat16(), angles.sin().bfloat16()

    def within(self, window: int) -> "Layout":
        """The same where a token sees only the newest `window`, itself included; 0 for all."""
        if not 0 < window < self._prefix + self._length:
            return self
        if window not in self._narrow:
            narrow = copy.copy(self)
            narrow._prefix_mask, narrow._own_mask = self._masks(window)
            self._narrow[window] = narrow
        return self._narrow[window]

    def _masks(self, window: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Additive, (KV, G P, P) and (B KV, G L, P + L)."""
        prefix = _hidden(self._prefix, 0, window).repeat(self._group, 1)
        own = _hidden(self._length, self._prefix, window).repeat(self._group, 1)
        return (
            prefix.expand(self._kv, -1, -1),
            own.expand(self._count * self._kv, -1, -1),
        )

    def rotate(self, qkv: torch.Tensor) -> torch.Tensor:
        """Rotary embedding of queries and keys (half-split order); values pass."""
        return self._turn(qkv, 1.0)

    def rotate_back(self, flow: torch.Tensor) -> torch.Tensor:
        """The transpose of `rotate`, for gradients."""
        return self._turn(flow, -1.0)

    def _turn(self, qkv: torch.Tensor, sign: float) -> torch.Tensor:
        turned = torch.empty_like(qkv)
        low, high = self._halves(qkv)
        to_low, to_high = self._halves(turned)
        torch.mul(low, self._cos, out=to_low).addcmul_(high, self._sin, value=-sign)
        torch.mul(high, self._cos, out=to_high).addcmul_(low, self._sin, value=sign)
        turned[:, self._turned :] = qkv[:, self._turned :]
        return turned

    def _halves(self, qkv: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        heads = qkv[:, : self._turned].view(qkv.shape[0], -1, self._dim)
        half = self._dim // 2
        return heads[..., :half], heads[..., half:]

    def split(self, qkv: torch.Tensor) -> Piece:
        """(T, (H + 2 KV) D) to queries (T, KV, G, D), keys and values (T, KV, D)."""
        rows = qkv.shape[0]
        query_width = self._kv * self._group * self._dim
        query = qkv[:, :query_width].view(rows, self._kv, self._group, self._dim)
        keys = qkv[:, query_width : self._turned].view(rows, self._kv, self._dim)
        values = qkv[:, self._turned :].view(rows, self._kv, self._dim)
        return query, keys, values

    def attended(
        self, query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor
    ) -> list[Attended]:
        """Batches (q, k, v, mask): the prefix on itself, then each example on prefix and self."""
        found = []
        if self._prefix:
            first = (self._fold_prefix(query), self._heads(keys), self._heads(values))
            found.append((*first, self._prefix_mask))
        own_keys, own_values = self._with_prefix(keys), self._with_prefix(values)
        found.append((self._fold_own(query), own_keys, own_values, self._own_mask))
        return found

    def _heads(self, rows: torch.Tensor) -> torch.Tensor:
        return rows[: self._prefix].transpose(0, 1)

    def _with_prefix(self, rows: torch.Tensor) -> torch.Tensor:
        """(T, KV, D) to (B KV, P + L, D)."""
        prefix = self._heads(rows).expand(self._count, -1, -1, -1)
        own = rows[self._prefix :].view(self._count, self._length, self._kv, self._dim)
        return torch.cat((prefix, own.transpose(1, 2)), 2).flatten(0, 1)

    def _fold_prefix(self, query: torch.Tensor) -> torch.Tensor:
        rows = query[: self._prefix].permute(1, 2, 0, 3)
        return rows.reshape(self._kv, self._group * self._prefix, self._dim)

    def _fold_own(self, query: torch.Tensor) -> torch.Tensor:
        rows = query[self._prefix :].view(
            self._count, self._length, self._kv, self._group, self._dim
        )
        folded = rows.permute(0, 2, 3, 1, 4)
        return folded.reshape(self._count * self._kv, self._group * self._length, self._dim)

    def split_queries(self, wide: torch.Tensor) -> list[torch.Tensor]:
        """(T, H D) to the query-shaped pieces of `attended`."""
        query = wide.view(wide.shape[0], self._kv, self._group, self._dim)
        own = self._fold_own(query)
        return [self._fold_prefix(query), own] if self._prefix else [own]

    def join_queries(self, pieces: list[torch.Tensor]) -> torch.Tensor:
        """The inverse of `split_queries`."""
        width = self._kv * self._group * self._dim
        own = pieces[-1].view(self._count, self._kv, self._group, self._length, self._dim)
        rows = own.permute(0, 3, 1, 2, 4).reshape(self._count * self._length, width)
        if not self._prefix:
            return rows
        prefix = pieces[0].view(self._kv, self._group, self._prefix, self._dim)
        return torch.cat((prefix.permute(2, 0, 1, 3).reshape(self._prefix, width), rows))

    def join(self, flows: list[Piece]) -> torch.Tensor:
        """Gradients of the pieces of `attended` (no mask) back to (T, (H + 2 KV) D)."""
        query = self.join_queries([flow[0] for flow in flows])
        keys = self._join_keys([flow[1] for flow in flows])
        values = self._join_keys([flow[2] for flow in flows])
        return torch.cat((query, keys, values), 1)

    def _join_keys(self, flows: list[torch.Tensor]) -> torch.Tensor:
        width = self._kv * self._dim
        own = flows[-1].view(self._count, self._kv, self._prefix + self._length, self._dim)
        tail = own[:, :, self._prefix :].transpose(1, 2).reshape(-1, width)
        if not self._prefix:
            return tail
        seen = flows[0] + own[:, :, : self._prefix].sum(0)
        return torch.cat((seen.transpose(0, 1).reshape(self._prefix, width), tail))


class JoinedLayout:
    """Several packed batches one after the other: products see one long run of tokens.

    Attention stays within each batch. Sizes as in `Layout`, T over all batches.
    """

    def __init__(self, batches: Sequence[PackedBatch], shape: Shape) -> None:
        self._layouts = [Layout(batch, shape) for batch in batches]
        self._sizes = [layout.tokens for layout in self._layouts]
        self.scale = self._layouts[0].scale

    def within(self, window: int) -> "JoinedLayout":
        """See `Layout`."""
        layouts = [layout.within(window) for layout in self._layouts]
        if layouts == self._layouts:
            return self
        narrow = copy.copy(self)
        narrow._layouts = layouts
        return narrow

    def rotate(self, qkv: torch.Tensor) -> torch.Tensor:
        """See `Layout`."""
        return torch.cat([one.rotate(rows) for one, rows in self._each(qkv)])

    def rotate_back(self, flow: torch.Tensor) -> torch.Tensor:
        """See `Layout`."""
        return torch.cat([one.rotate_back(rows) for one, rows in self._each(flow)])

    def split(self, qkv: torch.Tensor) -> Piece:
        """See `Layout`."""
        return self._layouts[0].split(qkv)

    def attended(
        self, query: torch.Tensor, keys: torch.Tensor, values: torch.Tensor
    ) -> list[Attended]:
        """The pieces of every batch, see `Layout`."""
        wide = (query, keys, values)
        own = zip(*(torch.split(rows, self._sizes) for rows in wide), strict=True)
        return [
            piece
            for layout, parts in zip(self._layouts, own, strict=True)
            for piece in layout.attended(*parts)
        ]

    def split_queries(self, wide: torch.Tensor) -> list[torch.Tensor]:
        """See `Layout`."""
        return [piece for one, rows in self._each(wide) for piece in one.split_queries(rows)]

    def join_queries(self, pieces: Sequence[torch.Tensor]) -> torch.Tensor:
        """See `Layout`."""
        left = iter(pieces)
        return torch.cat([
            one.join_queries([next(left) for _ in range(one.pieces)]) for one in self._layouts
        ])  # fmt: skip

    def join(self, flows: Sequence[Piece]) -> torch.Tensor:
        """See `Layout`."""
        left = iter(flows)
        return torch.cat(
            [one.join([next(left) for _ in range(one.pieces)]) for one in self._layouts]
        )

    def _each(self, rows: torch.Tensor) -> list[tuple[Layout, torch.Tensor]]:
        return list(zip(self._layouts, torch.split(rows, self._sizes), strict=True))


def _hidden(length: int, before: int, window: int) -> torch.Tensor:
    """(length, before + length) bfloat16: 0 where a token may look, else minus infinity.

    The tokens stand after `before` others; they see `window` tokens, 0 for all.
    """
    hidden = torch.full((length, before + length), -torch.inf, dtype=torch.bfloat16)
    mask = hidden.triu(before + 1)
    return mask + hidden.tril(before - window) if window else mask
