"""The GPU decoder's weights, read layer by layer so that one dense matrix at a time is needed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch

from engine.decode.build import (
    family_extras,
    gate_up_parts,
    norm_weight,
    qkv_parts,
    rounded,
)
from engine.decode.cuda.head import QuantizedHead
from engine.decode.cuda.nf4 import Nf4Stack
from engine.decode.projection import Part
from engine.decode.shape import Shape
from engine.model.weights import WeightSource


@dataclass(slots=True)
class GpuLayer:
    """Weights of one block: stacks in NF4, norms float32, the bias bfloat16; see `stack.Layer`."""

    input_norm: torch.Tensor
    qkv: Nf4Stack
    out: Nf4Stack
    mlp_norm: torch.Tensor
    gate_up: Nf4Stack
    down: Nf4Stack
    qkv_bias: torch.Tensor | None = None
    head_norms: torch.Tensor | None = None
    attention_out_norm: torch.Tensor | None = None
    mlp_out_norm: torch.Tensor | None = None

    def stacks(self) -> tuple[Nf4Stack, Nf4Stack, Nf4Stack, Nf4Stack]:
        """Its stacks, in the order in which they are computed."""
        return self.qkv, self.out, self.gate_up, self.down


@dataclass(slots=True)
class GpuWeights:
    """All weights of a model; ``embedding`` (V, hidden) bfloat16."""

    embedding: torch.Tensor
    layers: list[GpuLayer]
    norm: torch.Tensor
    head: QuantizedHead

    def stacks(self) -> Iterator[Nf4Stack]:
        """Every stack of the layers."""
        for layer in self.layers:
            yield from layer.stacks()

    def bytes(self) -> int:
        """Memory that the weights take."""
        tables = {t.data_ptr(): t.nbytes for t in (self.embedding, self.head.dense)}
        return sum(tables.values()) + self.head.bytes + sum(s.bytes for s in self.stacks())

    def bytes_a_token(self) -> int:
        """What one token has to read of them: all but the embedding, of which it reads a row."""
        return self.head.bytes_a_token + sum(stack.bytes for stack in self.stacks())


def build_gpu_weights(
    source: WeightSource, shape: Shape, device: torch.device, progress: Callable[[float], None]
) -> GpuWeights:
    """Reads and quantizes everything; `progress` is told the fraction done, 0 to 1."""
    embedding = rounded(source, "model.embed_tokens.weight").to(device)
    layers = []
    for index in range(shape.layers):
        layers.append(_layer(source, shape, f"model.layers.{index}.", device))
        progress((index + 1) / (shape.layers + 1))
    dense = embedding if shape.tied else rounded(source, "lm_head.weight").to(device)
    norm = norm_weight(source, shape, "model.norm").to(device)
    weights = GpuWeights(embedding, layers, norm, QuantizedHead(dense))
    progress(1.0)
    return weights


def _layer(source: WeightSource, shape: Shape, prefix: str, device: torch.device) -> GpuLayer:
    attention, mlp = prefix + "self_attn.", prefix + "mlp."
    before_mlp = "pre_feedforward" if shape.sandwich_norms else "post_attention"
    more = {name: one.to(device) for name, one in family_extras(source, shape, prefix).items()}
    if "qkv_bias" in more:
        more["qkv_bias"] = more["qkv_bias"].bfloat16()

    def stack(parts: Sequence[Part]) -> Nf4Stack:
        dense = [rounded(source, part.name + ".weight").to(device) for part in parts]
        return Nf4Stack.of(parts, torch.cat(dense))

    def norm(name: str) -> torch.Tensor:
        return norm_weight(source, shape, prefix + name).to(device)

    return GpuLayer(
        input_norm=norm("input_layernorm"),
        qkv=stack(qkv_parts(shape, attention)),
        out=stack([Part(attention + "o_proj", shape.hidden)]),
        mlp_norm=norm(f"{before_mlp}_layernorm"),
        gate_up=stack(gate_up_parts(shape, mlp)),
        down=stack([Part(mlp + "down_proj", shape.hidden)]),
        **more,
    )
