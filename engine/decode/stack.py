"""The lean decoder's weights, layer by layer."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch

from engine.decode.head import Head
from engine.decode.projection import Projection


@dataclass(slots=True)
class Layer:
    """Weights of one block; norms (hidden,) float32, in Hugging Face feature order throughout.

    ``qkv_bias`` (query + 2 kv widths,), ``head_norms`` (heads + kv_heads, head_dim) and the norms
    of what a half of the block adds (hidden,) are float32; None where the family has none.
    """

    input_norm: torch.Tensor
    qkv: Projection
    out: Projection
    mlp_norm: torch.Tensor
    gate_up: Projection
    down: Projection
    qkv_bias: torch.Tensor | None = None
    head_norms: torch.Tensor | None = None
    attention_out_norm: torch.Tensor | None = None
    mlp_out_norm: torch.Tensor | None = None

    def projections(self) -> tuple[Projection, Projection, Projection, Projection]:
        """Its stacks, in the order in which they are computed."""
        return self.qkv, self.out, self.gate_up, self.down


@dataclass(slots=True)
class Weights:
    """All weights of a model; ``embedding`` (V, hidden) bfloat16."""

    embedding: torch.Tensor
    layers: list[Layer]
    norm: torch.Tensor
    head: Head

    def projections(self) -> Iterator[Projection]:
        """Every stack of the layers; the head is no place for adapters."""
        for layer in self.layers:
            yield from layer.projections()

    def bytes(self) -> int:
        """Memory that the weights take."""
        tables = {t.data_ptr(): t.nbytes for t in (self.embedding, self.head.dense)}
        layers = sum(stack.bytes for stack in self.projections())
        return layers + sum(tables.values()) + self.head.bytes

    def path_taken(self) -> str:
        """Which code runs the products, in words."""
        kernels = (kernel for stack in self.projections() for kernel in stack.kernel.parts)
        kinds = sorted({kernel.name for kernel in kernels})
        return f"lean CPU decoder, {' and '.join(kinds)} layers, {self.head.name}"

    def shared(self) -> dict[str, torch.Tensor]:
        """Dense tensors by parameter name: views that the reference model uses too."""
        tensors = {
            "model.embed_tokens.weight": self.embedding,
            "lm_head.weight": self.head.dense,
        }
        for stack in self.projections():
            rows = [part.rows for part in stack.parts]
            for part, view in zip(stack.parts, torch.split(stack.dense, rows), strict=True):
                tensors[part.name + ".weight"] = view
        return tensors
