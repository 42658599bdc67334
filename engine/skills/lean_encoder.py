"""The fast encoder: the lean decoder's own weights, layer by layer, with an adapter on some."""

from collections.abc import Iterator, Sequence

import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.shape import Shape
from engine.decode.stack import Layer, Weights
from engine.skills.encoder import Ids, Span
from engine.tuning.network.batch import PackedBatch
from engine.tuning.network.layout import Layout
from engine.tuning.network.lean import Stack
from engine.tuning.network.operations import PackedAttention, RmsNorm, SwiGlu

_STACKS = 4
"""Stacked projections of one layer: queries to values, out, gate and up, down."""


class LeanEncoder:
    """Implements `engine.skills.encoder.Encoder`."""

    def __init__(self, shape: Shape, weights: Weights) -> None:
        self.width = shape.hidden
        self.layers = shape.layers
        self._shape = shape
        self._weights = weights
        self._span = Span(first=0, last=shape.layers)
        self._rank, self._alpha = 1, 0.0
        self._stacks: list[Stack] = []

    @torch.no_grad()
    def look(self, texts: Sequence[Ids], depths: Sequence[int]) -> torch.Tensor:
        """See `Encoder`."""
        states = [self._embedded(text) for text in texts]
        x, layout = _padded(states, self._shape)
        found = torch.empty(len(texts), len(depths), 2, self.width)
        for place, depth in enumerate(depths):
            below = depths[place - 1] if place else 0
            x = self._frozen(x, layout, below, depth)
            found[:, place] = _pooled(x, states)
        return found

    def start(self, span: Span, *, rank: int, alpha: float, seed: int) -> None:
        """See `Encoder`. A is uniform and B zero, as PEFT starts them."""
        generator = torch.Generator().manual_seed(seed)
        self._span, self._rank, self._alpha = span, rank, alpha
        projections = list(self._weights.projections())
        chosen = projections[_STACKS * span.first : _STACKS * span.last]
        self._stacks = [Stack(projection, rank, generator) for projection in chosen]

    def parameters(self) -> list[torch.Tensor]:
        """See `Encoder`."""
        return [tensor for stack in self._stacks for tensor in stack.parameters()]

    @torch.no_grad()
    def base(self, texts: Sequence[Ids]) -> list[torch.Tensor]:
        """See `Encoder`; bfloat16, which is what the next layer's products take anyway."""
        states = [self._embedded(text) for text in texts]
        x, layout = _padded(states, self._shape)
        x = self._frozen(x, layout, 0, self._span.first).view(len(texts), -1, self.width)
        return [
            row[: len(text)].to(torch.bfloat16, copy=True)
            for row, text in zip(x, texts, strict=True)
        ]

    def vectors(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        """See `Encoder`."""
        x, layout = _padded(states, self._shape)
        scaling = self._alpha / self._rank
        stacks = iter(self._stacks)
        for layer in self._weights.layers[self._span.first : self._span.last]:
            x = self._block(x, layer, layout, stacks, scaling)
        return _pooled(x, states)

    def adapter(self) -> AdapterWeights:
        """See `Encoder`."""
        tensors: dict[str, torch.Tensor] = {}
        for stack in self._stacks:
            tensors |= {name: view.bfloat16() for name, view in stack.named().items()}
        return AdapterWeights(self._rank, self._alpha, tensors)

    def load(self, adapter: AdapterWeights) -> None:
        """See `Encoder`."""
        for stack in self._stacks:
            for name, view in stack.named().items():
                view.copy_(adapter.tensors[name])

    def close(self) -> None:
        """See `Encoder`; the frozen weights were never touched."""
        self._stacks = []

    # -- parts ------------------------------------------------------------------------------------

    def _embedded(self, text: Ids) -> torch.Tensor:
        return self._weights.embedding[torch.tensor(text)]

    def _frozen(self, x: torch.Tensor, layout: Layout, first: int, last: int) -> torch.Tensor:
        for place, layer in enumerate(self._weights.layers[first:last], first):
            stacks = self._plain(place)
            x = self._block(x, layer, layout, stacks, 0.0)
        return x

    def _plain(self, layer: int) -> Iterator[Stack]:
        """The projections of one layer as stacks without an adapter of any size."""
        weights = self._weights.layers[layer]
        generator = torch.Generator()
        for projection in (weights.qkv, weights.out, weights.gate_up, weights.down):
            yield Stack(projection, 0, generator)

    def _block(
        self, x: torch.Tensor, layer: Layer, layout: Layout, stacks: Iterator[Stack], scaling: float
    ) -> torch.Tensor:
        """One layer: (T, width) float32 to the same."""
        eps = self._shape.norm_eps
        qkv = next(stacks)(_norm(x, layer.input_norm, eps), scaling)
        seen = PackedAttention.apply(qkv, layout)  # type: ignore[no-untyped-call]
        x = x + next(stacks)(seen, scaling)
        both = next(stacks)(_norm(x, layer.mlp_norm, eps), scaling)
        act = SwiGlu.apply(both)  # type: ignore[no-untyped-call]
        return x + next(stacks)(act, scaling)


def _padded(states: Sequence[torch.Tensor], shape: Shape) -> tuple[torch.Tensor, Layout]:
    """(texts * longest, width) float32, padded at each text's end, and where each token stands."""
    longest = max(len(state) for state in states)
    x = torch.zeros(len(states), longest, states[0].shape[1])
    for row, state in zip(x, states, strict=True):
        row[: len(state)] = state
    none = torch.zeros(0, dtype=torch.int64)
    own = torch.zeros(len(states), longest, dtype=torch.int64)
    return x.flatten(0, 1), Layout(PackedBatch(none, own, none, none, none, none), shape)


def _pooled(x: torch.Tensor, states: Sequence[torch.Tensor]) -> torch.Tensor:
    """(texts, 2, width): the last token's vector and the mean over the text."""
    lengths = torch.tensor([len(state) for state in states])
    rows = x.view(len(states), -1, x.shape[-1])
    last = rows[torch.arange(len(states)), lengths - 1]
    inside = torch.arange(rows.shape[1]) < lengths[:, None]
    mean = (rows * inside[:, :, None]).sum(1) / lengths[:, None]
    return torch.stack((last, mean), 1)


def _norm(x: torch.Tensor, weight: torch.Tensor, eps: float) -> torch.Tensor:
    y: torch.Tensor = RmsNorm.apply(x, weight, eps)  # type: ignore[no-untyped-call]
    return y
