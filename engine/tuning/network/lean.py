"""The fast trainable network: the lean decoder's own weights with an adapter over them."""

import math

import torch
from torch.nn import functional

from engine.decode.adapter import AdapterWeights
from engine.decode.projection import Projection
from engine.decode.shape import Shape
from engine.decode.stack import Weights
from engine.tuning.network.batch import PackedBatch
from engine.tuning.network.layout import Layout
from engine.tuning.network.operations import AdaptedLinear, PackedAttention, RmsNorm, SwiGlu

_PREFIX = "base_model.model."


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
    sees the untuned model.
    """

    def __init__(
        self, shape: Shape, weights: Weights, *, rank: int, alpha: float, seed: int
    ) -> None:
        generator = torch.Generator().manual_seed(seed)
        self._shape = shape
        self._weights = weights
        self._rank = rank
        self._alpha = alpha
        self._stacks = [Stack(p, rank, generator) for p in weights.projections()]

    def parameters(self) -> list[torch.Tensor]:
        """See `Network`."""
        return [tensor for stack in self._stacks for tensor in stack.parameters()]

    def log_odds(self, batch: PackedBatch, *, tuned: bool) -> torch.Tensor:
        """See `Network`."""
        scaling = self._alpha / self._rank if tuned else 0.0
        hidden = self._hidden(batch, scaling)[batch.rows]
        return functional.linear(hidden, self._weights.head.dense).float()

    def _hidden(self, batch: PackedBatch, scaling: float) -> torch.Tensor:
        """(T, hidden) bfloat16 after the last norm."""
        layout = Layout(batch, self._shape)
        eps = self._shape.norm_eps
        tokens = torch.cat((batch.prefix, batch.own.flatten()))
        x = self._weights.embedding[tokens].float()
        stacks = iter(self._stacks)
        for layer in self._weights.layers:
            qkv = next(stacks)(_norm(x, layer.input_norm, eps), scaling)
            seen = PackedAttention.apply(qkv, layout)  # type: ignore[no-untyped-call]
            x = x + next(stacks)(seen, scaling)
            both = next(stacks)(_norm(x, layer.mlp_norm, eps), scaling)
            act = SwiGlu.apply(both)  # type: ignore[no-untyped-call]
            x = x + next(stacks)(act, scaling)
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


def _norm(x: torch.Tensor, weight: torch.Tensor, eps: float) -> torch.Tensor:
    y: torch.Tensor = RmsNorm.apply(x, weight, eps)  # type: ignore[no-untyped-call]
    return y
