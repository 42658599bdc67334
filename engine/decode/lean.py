"""The lean decoder: a Llama-family model on CPU with no framework between the products.

Written against torch's 4-bit CPU kernels. Hidden states are float32 and enter the products as
bfloat16. Query and key rows are interleaved on the one-token path, so that a rotation is one
complex product; keys are cached in that order.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional

from engine.contract import EngineError, FailureKind
from engine.decode.adapter import AdapterWeights, damaged
from engine.decode.cache import KeyValueCache
from engine.decode.guard import named_failures
from engine.decode.projection import Projection
from engine.decode.sampling import Sampler, Sampling
from engine.decode.shape import Shape

_CHUNK = 512
"""Prompt tokens computed at once; a stop is noticed between chunks."""


@dataclass(slots=True)
class Layer:
    """Weights of one block; norms (hidden,) float32."""

    input_norm: torch.Tensor
    qkv: Projection
    out: Projection
    mlp_norm: torch.Tensor
    gate_up: Projection
    down: Projection


@dataclass(slots=True)
class Weights:
    """All weights of a model; ``embedding`` (V, hidden) bfloat16."""

    embedding: torch.Tensor
    layers: list[Layer]
    norm: torch.Tensor
    head: Projection

    def projections(self) -> Iterator[Projection]:
        """Every stack, head excluded: adapters do not touch it."""
        for layer in self.layers:
            yield from (layer.qkv, layer.out, layer.gate_up, layer.down)

    def bytes(self) -> int:
        """Memory that the weights take."""
        stacks = [*self.projections(), self.head]
        dense = {stack.dense.data_ptr(): stack.dense.nbytes for stack in stacks}
        dense[self.embedding.data_ptr()] = self.embedding.nbytes
        return sum(dense.values()) + sum(stack.kernel.bytes for stack in stacks)

    def path_taken(self) -> str:
        """Which code runs the products, in words."""
        kinds = sorted({stack.kernel.name for stack in self.projections()})
        return f"lean CPU decoder, {' and '.join(kinds)} layers, {self.head.kernel.name} head"

    def shared(self) -> dict[str, torch.Tensor]:
        """Dense tensors by parameter name, as views: the reference model uses them too."""
        tensors = {"model.embed_tokens.weight": self.embedding}
        for stack in (*self.projections(), self.head):
            rows = [part.rows for part in stack.parts]
            for part, view in zip(stack.parts, torch.split(stack.dense, rows), strict=True):
                tensors[part.name + ".weight"] = view
        return tensors


class LeanDecoder:
    """Implements `engine.decode.decoder.Decoder`."""

    def __init__(
        self, shape: Shape, weights: Weights, context_length: int, stop_ids: frozenset[int]
    ) -> None:
        self.context_length = context_length
        self.shape = shape
        self.weights = weights
        self._stop_ids = stop_ids
        self._cache = KeyValueCache(shape.layers, shape.kv_heads, shape.head_dim, context_length)
        self._turns = _rotations(shape, context_length)
        self._adapter: AdapterWeights | None = None
        self._strength = 0.0

    @named_failures
    def use_adapter(self, adapter: AdapterWeights | None, strength: float) -> None:
        """See `Decoder`."""
        if adapter is self._adapter and strength == self._strength:
            return
        if adapter is not self._adapter:
            self._load_adapter(adapter)
        for projection in self.weights.projections():
            projection.set_strength(strength)
        self._strength = strength
        self._cache.clear()

    @named_failures
    def stream(
        self, prompt: Sequence[int], sampling: Sampling, should_stop: Callable[[], bool]
    ) -> Iterator[int]:
        """See `Decoder`."""
        if not 0 < len(prompt) < self.context_length:
            raise EngineError(
                FailureKind.BAD_INPUT, "This message is too long for the model; shorten it."
            )
        return self._stream(list(prompt), Sampler(sampling), sampling.max_tokens, should_stop)

    @named_failures
    @torch.inference_mode()
    def logits(self, tokens: Sequence[int]) -> torch.Tensor:
        """See `Decoder`."""
        self._cache.clear()
        rows = [
            self._head_many(self._extend(tokens[at : at + _CHUNK]))
            for at in range(0, len(tokens), _CHUNK)
        ]
        return torch.cat(rows)

    def _stream(
        self,
        prompt: list[int],
        sampler: Sampler,
        limit: int,
        should_stop: Callable[[], bool],
    ) -> Iterator[int]:
        answer: list[int] = []
        logits = self._prefill(prompt, should_stop)
        while logits is not None and len(answer) < limit and not should_stop():
            token = sampler.choose(logits, answer)
            if token in self._stop_ids:
                return
            answer.append(token)
            yield token
            full = len(self._cache.tokens) + 1 >= self.context_length
            logits = None if full or len(answer) >= limit else self._step(token)

    @named_failures
    @torch.inference_mode()
    def _prefill(
        self, prompt: list[int], should_stop: Callable[[], bool]
    ) -> torch.Tensor | None:
        """Logits (V,) after `prompt`, or None when stopped on the way."""
        at = self._cache.reuse(prompt)
        while True:
            chunk = prompt[at : at + _CHUNK]
            if len(chunk) == 1:
                return self._step(chunk[0])
            hidden = self._extend(chunk)
            at += len(chunk)
            if at >= len(prompt):
                return self._head_many(hidden[-1:])[0]
            if should_stop():
                return None

    def _extend(self, tokens: Sequence[int]) -> torch.Tensor:
        """Computes `tokens` after the cached ones; (M, hidden) float32 before the last norm."""
        start, count = len(self._cache.tokens), len(tokens)
        x = self.weights.embedding[torch.tensor(tokens)].float()
        past = torch.ones(count, start + count, dtype=torch.bool).tril_(start)
        turns = self._turns[start : start + count, None]
        for index, layer in enumerate(self.weights.layers):
            qkv = layer.qkv.many(_normalized(x, layer.input_norm, self.shape.norm_eps))
            x += layer.out.many(self._attend_many(qkv, index, turns, past))
            both = layer.gate_up.many(_normalized(x, layer.mlp_norm, self.shape.norm_eps))
            gate, up = torch.split(both, self.shape.intermediate, dim=1)
            x += layer.down.many(functional.silu(gate).mul_(up))
        self._cache.tokens.extend(tokens)
        return x

    def _attend_many(
        self, qkv: torch.Tensor, index: int, turns: torch.Tensor, past: torch.Tensor
    ) -> torch.Tensor:
        """(M, query + 2 kv widths) to (M, query width); writes keys and values to the cache."""
        shape, (count, end) = self.shape, past.shape
        both = shape.heads + shape.kv_heads
        turned = _turn(qkv[:, : both * shape.head_dim].view(count, both, shape.head_dim), turns)
        store = self._cache.data[index, :, :, :end]
        store[0, :, end - count :] = turned[:, shape.heads :].transpose(0, 1)
        values = qkv[:, both * shape.head_dim :].view(count, shape.kv_heads, shape.head_dim)
        store[1, :, end - count :] = values.transpose(0, 1)
        query = turned[:, : shape.heads].transpose(0, 1).to(torch.bfloat16)
        keys, values = store.to(torch.bfloat16)
        seen = functional.scaled_dot_product_attention(
            query[None], keys[None], values[None], attn_mask=past, enable_gqa=True
        )
        return seen[0].transpose(0, 1).reshape(count, shape.query_width)

    def _head_many(self, hidden: torch.Tensor) -> torch.Tensor:
        normal = _normalized(hidden, self.weights.norm, self.shape.norm_eps)
        return self.weights.head.many(normal).float()

    @named_failures
    @torch.inference_mode()
    def _step(self, token: int) -> torch.Tensor:
        """Logits (V,) float32 after one more token."""
        eps = self.shape.norm_eps
        at = len(self._cache.tokens)
        x = self.weights.embedding[token : token + 1].float()
        for index, layer in enumerate(self.weights.layers):
            qkv = layer.qkv.one(_scaled(x, layer.input_norm, eps)).float()
            x += layer.out.one(self._attend_one(qkv, index, at))
            both = layer.gate_up.one(_scaled(x, layer.mlp_norm, eps)).float()
            gate, up = torch.split(both, self.shape.intermediate, dim=1)
            x += layer.down.one(functional.silu(gate).mul_(up))
        self._cache.tokens.append(token)
        logits = self.weights.head.one(_scaled(x, self.weights.norm, eps))
        return logits[0].float()

    def _attend_one(self, qkv: torch.Tensor, index: int, at: int) -> torch.Tensor:
        shape = self.shape
        both = shape.heads + shape.kv_heads
        pairs = qkv[:, : both * shape.head_dim].view(both, shape.head_dim // 2, 2)
        turned = torch.view_as_real(torch.view_as_complex(pairs) * self._turns[at])
        turned = turned.view(both, shape.head_dim)
        store = self._cache.data[index]
        store[0, :, at] = turned[shape.heads :]
        store[1, :, at] = qkv[0, both * shape.head_dim :].view(shape.kv_heads, shape.head_dim)
        query = turned[: shape.heads].view(1, shape.kv_heads, -1, shape.head_dim)
        keys, values = store[:, None, :, : at + 1]
        seen = functional.scaled_dot_product_attention(query.to(store.dtype), keys, values)
        return seen.reshape(1, shape.query_width).float()

    def _load_adapter(self, adapter: AdapterWeights | None) -> None:
        self._adapter = None
        self._cache.clear()
        modules = {} if adapter is None else adapter.modules()
        known = {part.name for p in self.weights.projections() for part in p.parts}
        if not modules.keys() <= known:
            raise damaged()
        scaling = 0.0 if adapter is None else adapter.scaling
        for projection in self.weights.projections():
            projection.use_adapter(modules, scaling)
        self._adapter = adapter


def _rotations(shape: Shape, context: int) -> torch.Tensor:
    """(context, head_dim / 2) complex64: how far each pair is turned at each position."""
    angles = torch.outer(torch.arange(context, dtype=torch.float64), shape.inverse_frequencies())
    return torch.polar(torch.ones_like(angles), angles).to(torch.complex64)


def _turn(heads: torch.Tensor, turns: torch.Tensor) -> torch.Tensor:
    """Rotates half-split (M, H, D) by `turns` (M, 1, D / 2) into interleaved float32."""
    count, number, width = heads.shape
    pairs = heads.view(count, number, 2, width // 2).transpose(2, 3).float().contiguous()
    return torch.view_as_real(torch.view_as_complex(pairs) * turns).view(count, number, width)


def _scaled(x: torch.Tensor, weight: torch.Tensor, eps: float) -> torch.Tensor:
    """RMS norm of (M, K) float32; `vector_norm` costs a quarter of `rms_norm` on CPU."""
    size = torch.linalg.vector_norm(x, dim=-1, keepdim=True)
    return x * weight * torch.rsqrt(size * size / x.shape[-1] + eps)


def _normalized(x: torch.Tensor, weight: torch.Tensor, eps: float) -> torch.Tensor:
    return _scaled(x, weight, eps).bfloat16()
