"""Many prompts at once: greedy answers side by side, for exams and replay.

One prompt after the other reads all weights for every token. Side by side they are read once for
all, on the dense products that training uses; 16 answers take little longer than two.
"""

import functools
from collections.abc import Callable, Mapping, Sequence

import torch
from torch.nn import functional

from engine.decode.many import added, rms_norm
from engine.decode.rotary import pair_order, turn
from engine.decode.shape import Shape
from engine.decode.stack import Layer, Weights


class Together:
    """Answers prompts of different lengths in one batch, padded at the left.

    Args:
        shape: Of the model.
        weights: Its weights; an adapter that is in use on them applies.
        turns: Rotations by kind, (context, head_dim / 2) complex64.
        stop_ids: Tokens that end an answer.
    """

    def __init__(
        self,
        shape: Shape,
        weights: Weights,
        turns: Mapping[str, torch.Tensor],
        stop_ids: frozenset[int],
    ) -> None:
        self._shape = shape
        self._weights = weights
        self._turns = turns
        self._stop_ids = stop_ids
        self._order = pair_order(shape) if shape.rotary else None
        self._act = functools.partial(functional.gelu, approximate="tanh")
        if not shape.gelu:
            self._act = functools.partial(functional.silu)

    @torch.inference_mode()
    def answers(
        self, prompts: Sequence[Sequence[int]], most: int, should_stop: Callable[[], bool]
    ) -> list[list[int]]:
        """Greedy answers of up to `most` tokens, each without its stop token.

        What all prompts begin with is computed once. A stop leaves the answers as far as they got.
        """
        hidden, batch = self._opened(prompts, most)
        found: list[list[int]] = [[] for _ in prompts]
        going = set(range(len(prompts)))
        while True:
            chosen = self._weights.head.many(hidden).argmax(-1)
            going -= {row for row in going if int(chosen[row]) in self._stop_ids}
            for row in going:
                found[row].append(int(chosen[row]))
            if not going or batch.filled == batch.longest + most - 1 or should_stop():
                return found
            hidden = self._run(chosen[:, None], batch)

    def _opened(
        self, prompts: Sequence[Sequence[int]], most: int
    ) -> tuple[torch.Tensor, "_Batch"]:
        """(B, hidden) after the prompts, and their batch; a common beginning is computed once."""
        shared = _shared_start(prompts)
        batch = _Batch(self._shape, [len(prompt) for prompt in prompts], shared, most)
        if shared:
            start = _Batch(self._shape, [shared], shared, 0)
            self._run(torch.tensor([prompts[0][:shared]]), start)
            batch.begin_like(start)
        rest = torch.zeros(len(prompts), batch.longest - shared, dtype=torch.int64)
        for row, prompt in enumerate(prompts):
            own = torch.tensor(prompt[shared:])
            rest[row, rest.shape[1] - len(own) :] = own
        return self._run(rest, batch), batch

    def _run(self, tokens: torch.Tensor, batch: "_Batch") -> torch.Tensor:
        """Appends (B, L) tokens; (B, hidden) float32 after the last norm, of the newest token."""
        shape, (rows, count), eps = self._shape, tokens.shape, self._shape.norm_eps
        places = batch.places(count)
        x = self._weights.embedding[tokens.flatten()].float().mul_(shape.embedding_scale)
        hidden = {size: batch.hidden(count, size) for size in {0, *shape.windows}}
        turns = {kind: table[places.flatten(), None] for kind, table in self._turns.items()}
        for index, layer in enumerate(self._weights.layers):
            qkv = layer.qkv.many(rms_norm(x, layer.input_norm, eps).bfloat16())
            query = self._take(qkv, layer, turns[shape.turn_kind(index)], batch, index)
            seen = self._look(query, batch, index, hidden[shape.window(index)])
            x += added(layer.out.many(seen), layer.attention_out_norm, eps)
            both = layer.gate_up.many(rms_norm(x, layer.mlp_norm, eps).bfloat16())
            gate, up = torch.split(both, shape.intermediate, dim=1)
            x += added(layer.down.many(self._act(gate).mul_(up)), layer.mlp_out_norm, eps)
        batch.filled += count
        newest = x.view(rows, count, -1)[:, -1]
        return rms_norm(newest, self._weights.norm, eps)

    def _take(
        self, qkv: torch.Tensor, layer: Layer, turns: torch.Tensor, batch: "_Batch", index: int
    ) -> torch.Tensor:
        """Keys and values of (B * L, ...) `qkv` go to the cache; (B, KV, G, L, D) queries."""
        shape, rows = self._shape, batch.rows
        both, width = shape.heads + shape.kv_heads, shape.head_dim
        if layer.qkv_bias is not None:
            qkv = qkv + layer.qkv_bias
        heads = qkv[:, : both * width].reshape(-1, both, width)
        if layer.head_norms is not None:
            heads = rms_norm(heads.float(), layer.head_norms, shape.norm_eps)
        turned = turn(heads, turns, self._order).view(rows, -1, both, width)
        values = qkv[:, both * width :].view(rows, -1, shape.kv_heads, width)
        at = slice(batch.filled, batch.filled + turned.shape[1])
        batch.data[index, 0, :, :, at] = turned[:, :, shape.heads :].transpose(1, 2)
        batch.data[index, 1, :, :, at] = values.transpose(1, 2)
        query = turned[:, :, : shape.heads].transpose(1, 2)
        return query.reshape(rows, shape.kv_heads, -1, turned.shape[1], width)

    def _look(
        self, query: torch.Tensor, batch: "_Batch", index: int, hidden: torch.Tensor
    ) -> torch.Tensor:
        """(B, KV, G, L, D) queries on the cache to (B * L, query width) bfloat16."""
        rows, number, group, count, width = query.shape
        keys, values = batch.data[index, :, :, :, : batch.filled + count]
        folded = query.reshape(rows, number, group * count, width)
        scores = folded @ keys.transpose(2, 3) * self._shape.attention_scale
        scores = scores.view(rows, number, group, count, -1).add_(hidden[:, None, None])
        shares = scores.softmax(-1).view(rows, number, group * count, -1)
        seen: torch.Tensor = shares @ values
        seen = seen.view(rows, number * group, count, width).transpose(1, 2)
        return seen.reshape(rows * count, -1).bfloat16()


class _Batch:
    """The keys and values of a batch and what each row sees of them.

    ``data`` is (layers, 2, B, kv_heads, longest + most, head_dim) float32. A row shorter than the
    longest prompt has empty places between the shared start and its own tokens.
    """

    def __init__(self, shape: Shape, lengths: Sequence[int], shared: int, most: int) -> None:
        self.longest = max(lengths)
        size = (len(lengths), shape.kv_heads, self.longest + most, shape.head_dim)
        self.data = torch.zeros(shape.layers, 2, *size)
        self.rows, self.filled = len(lengths), 0
        self._shared = shared
        self._empty = torch.tensor([[self.longest - length] for length in lengths])

    def begin_like(self, start: "_Batch") -> None:
        """Takes what was computed for the shared start."""
        self.data[..., : self._shared, :] = start.data
        self.filled = self._shared

    def places(self, count: int) -> torch.Tensor:
        """(B, count) positions of the next tokens in their own prompts."""
        return self._places(torch.arange(self.filled, self.filled + count))

    def hidden(self, count: int, window: int) -> torch.Tensor:
        """(B, count, filled + count) float32: minus infinity where a token may not look."""
        keys = torch.arange(self.filled + count)
        asking = keys[self.filled :, None]
        empty = (keys >= self._shared) & (keys < self._shared + self._empty)
        unseen = (keys > asking) | empty[:, None]
        if window:
            near = self._places(keys[self.filled :])[..., None] - self._places(keys)[:, None]
            unseen |= near >= window
        unseen &= keys != asking
        return torch.zeros(unseen.shape).masked_fill_(unseen, -torch.inf)

    def _places(self, at: torch.Tensor) -> torch.Tensor:
        """(B, N) positions of the places `at` (N,) in each row."""
        return (at - self._empty * (at >= self._shared)).clamp_min(0)


def _shared_start(prompts: Sequence[Sequence[int]]) -> int:
    """How many tokens all prompts begin with; the last of each is left to compute."""
    limit = min(len(prompt) for prompt in prompts) - 1
    first = prompts[0]
    shared = 0
    while shared < limit and all(prompt[shared] == first[shared] for prompt in prompts):
        shared += 1
    return shared

