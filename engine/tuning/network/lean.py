"""The fast trainable network: the lean decoder's own weights with an adapter over them."""

import functools
import math
from collections.abc import Callable, Sequence
from itertools import accumulate

import torch
from torch.nn import functional

from engine.decode.adapter import AdapterWeights
from engine.decode.projection import Projection
from engine.decode.shape import Shape
from engine.decode.stack import Layer, Weights
from engine.tuning.network.batch import PackedBatch
from engine.tuning.network.layout import JoinedLayout
from engine.tuning.network.operations import AdaptedLinear, PackedAttention, RmsNorm, SwiGlu

_PREFIX = "base_model.model."
_Product = Callable[[torch.Tensor], torch.Tensor]


class Stack:
    """The adapter of one stacked projection: A (parts * r, K), one B (rows, r) a part."""

    def __init__(self, projection: Projection, rank: int, generator: torch.Generator) -> None:
        width = projection.dense.shape[1]
        first = torch.empty(len(projection.parts) * rank, width)
        first.uniform_(-1 / math.sqrt(width), 1 / math.sqrt(width), generator=generator)
        self.parts = projection.parts
        self.frozen = projection.dense
        self.first = first.requires_grad_()
        self.seconds = [torch.zeros(part.rows, rank, requires_grad=True) for part in self.parts]

    def parameters(self) -> list[torch.Tensor]:
        """What the optimizer moves, float32."""
        return [self.first, *self.seconds]

    def __call__(self, x: torch.Tensor, scaling: float) -> torch.Tensor:
        """(T, K) bfloat16 to (T, N) bfloat16; scaling 0 is the untuned product."""
        if scaling == 0:
            return functional.linear(x, self.frozen)
        y: torch.Tensor = AdaptedLinear.apply(  # type: ignore[no-untyped-call]
            x, self.frozen, scaling, self.first, *self.seconds
        )
        return y

    def named(self) -> dict[str, torch.Tensor]:
        """The tensors by their PEFT names (views)."""
        found = {}
        firsts = self.first.detach().chunk(len(self.parts))
        for part, first, second in zip(self.parts, firsts, self.seconds, strict=True):
            found[f"{_PREFIX}{part.name}.lora_A.weight"] = first
            found[f"{_PREFIX}{part.name}.lora_B.weight"] = second.detach()
        return found


class LeanNetwork:
    """Implements `engine.tuning.network.network.Network` on the lean decoder's weights.

    A starts uniform in +-1/sqrt(K) and B at zero, as PEFT starts them, so that the first step
    sees the untuned model. Layers below `first_layer` get no adapter, and no gradient flows
    through them.
    """

    def __init__(
        self,
        shape: Shape,
        weights: Weights,
        *,
        rank: int,
        alpha: float,
        seed: int,
        first_layer: int = 0,
    ) -> None:
        generator = torch.Generator().manual_seed(seed)
        self._shape = shape
        self._weights = weights
        self._rank = rank
        self._alpha = alpha
        self._first = first_layer
        self._blocks = [
            [Stack(projection, rank, generator) for projection in layer.projections()]
            for layer in weights.layers[first_layer:]
        ]
        self._stacks = [stack for block in self._blocks for stack in block]

    def parameters(self) -> list[torch.Tensor]:
        """See `Network`."""
        return [tensor for stack in self._stacks for tensor in stack.parameters()]

    @property
    def vocabulary(self) -> int:
        """See `Network`."""
        return self._weights.head.dense.shape[0]

    def log_odds(self, *batches: PackedBatch, tuned: bool) -> torch.Tensor:
        """See `Network`."""
        return self.head(self.hidden(*batches, tuned=tuned)).float()

    def head(self, hidden: torch.Tensor) -> torch.Tensor:
        """See `Network`."""
        return functional.linear(hidden, self._weights.head.dense)

    def hidden(self, *batches: PackedBatch, tuned: bool) -> torch.Tensor:
        """See `Network`. All batches go through the products together."""
        scaling = self._alpha / self._rank if tuned else 0.0
        starts = accumulate((batch.tokens for batch in batches), initial=0)
        rows = [batch.rows + start for batch, start in zip(batches, starts, strict=False)]
        return self._hidden(batches, scaling)[torch.cat(rows)]

    def _hidden(self, batches: Sequence[PackedBatch], scaling: float) -> torch.Tensor:
        """(T, hidden) bfloat16 after the last norm."""
        layout = JoinedLayout(batches, self._shape)
        eps = self._shape.norm_eps
        tokens = torch.cat([part for b in batches for part in (b.prefix, b.own.flatten())])
        x = self._weights.embedding[tokens].float()
        layouts = [layout.within(self._shape.window(i)) for i in range(self._shape.layers)]
        below, upper = layouts[: self._first], layouts[self._first :]
        with torch.no_grad():
            for layer, place in zip(self._weights.layers, below, strict=False):
                x = _block(x, layer, [_frozen(p) for p in layer.projections()], place, eps)
        layers = self._weights.layers[self._first :]
        for layer, block, place in zip(layers, self._blocks, upper, strict=True):
            stacks = [functools.partial(stack, scaling=scaling) for stack in block]
            x = _block(x, layer, stacks, place, eps)
        return _norm(x, self._weights.norm, eps)

    def adapter(self) -> AdapterWeights:
        """See `Network`."""
        tensors: dict[str, torch.Tensor] = {}
        for stack in self._stacks:
            tensors |= {name: view.bfloat16() for name, view in stack.named().items()}
        return AdapterWeights(self._rank, self._alpha, tensors)

    def load(self, adapter: AdapterWeights) -> None:
        """See `Network`."""
        for stack in self._stacks:
            for name, view in stack.named().items():
                view.copy_(adapter.tensors[name])


def _block(
    x: torch.Tensor, layer: Layer, products: Sequence[_Product], layout: JoinedLayout, eps: float
) -> torch.Tensor:
    """One block over (T, hidden) float32; `products` are qkv, out, gate and up, down."""
    qkv, out, gate_up, down = products
    heads = _family_heads(qkv(_norm(x, layer.input_norm, eps)), layer, eps)
    seen = PackedAttention.apply(heads, layout)  # type: ignore[no-untyped-call]
    x = x + out(seen)
    act = SwiGlu.apply(gate_up(_norm(x, layer.mlp_norm, eps)))  # type: ignore[no-untyped-call]
    return x + down(act)


def _family_heads(qkv: torch.Tensor, layer: Layer, eps: float) -> torch.Tensor:
    """(T, (H + 2 KV) D) with what a family does to it before the rotation.

    Qwen2 adds a bias; Qwen3 norms each query head and each key head.
    """
    if layer.qkv_bias is not None:
        qkv = qkv + layer.qkv_bias.to(qkv.dtype)
    if layer.head_norms is None:
        return qkv
    number, width = layer.head_norms.shape
    heads = qkv[:, : number * width].reshape(-1, number, width)
    normed = _norm(heads.float(), layer.head_norms, eps)
    return torch.cat((normed.flatten(1), qkv[:, number * width :]), 1)


def _frozen(projection: Projection) -> _Product:
    return functools.partial(functional.linear, weight=projection.dense)


def _norm(x: torch.Tensor, weight: torch.Tensor, eps: float) -> torch.Tensor:
    y: torch.Tensor = RmsNorm.apply(x, weight, eps)  # type: ignore[no-untyped-call]
    return y
