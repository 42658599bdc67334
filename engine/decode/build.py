"""Builds the lean decoder's weights from a weight source."""

from collections.abc import Callable

import torch

from engine.decode.head import Head
from engine.decode.projection import DenseKernel, Int4Kernel, Kernel, Part, Projection
from engine.decode.rotary import interleaved_rows
from engine.decode.shape import Shape
from engine.decode.stack import Layer, Weights
from engine.model.weights import Int4Blocks, WeightSource


def build_weights(
    source: WeightSource, shape: Shape, progress: Callable[[float], None]
) -> Weights:
    """Reads and repacks everything; `progress` is told the fraction done, 0 to 1."""
    embedding = source.dense("model.embed_tokens.weight").bfloat16()
    layers = []
    for index in range(shape.layers):
        layers.append(_layer(source, shape, f"model.layers.{index}."))
        progress((index + 1) / (shape.layers + 1))
    head = embedding if shape.tied else source.dense("lm_head.weight").bfloat16()
    weights = Weights(
        embedding=embedding,
        layers=layers,
        norm=source.dense("model.norm.weight").float(),
        head=Head(head),
    )
    progress(1.0)
    return weights


def _layer(source: WeightSource, shape: Shape, prefix: str) -> Layer:
    attention, mlp = prefix + "self_attn.", prefix + "mlp."
    queries, keys = shape.query_width, shape.kv_width
    qkv = [
        Part(attention + "q_proj", queries),
        Part(attention + "k_proj", keys),
        Part(attention + "v_proj", keys),
    ]
    gate_up = [
        Part(mlp + "gate_proj", shape.intermediate),
        Part(mlp + "up_proj", shape.intermediate),
    ]
    return Layer(
        input_norm=source.dense(prefix + "input_layernorm.weight").float(),
        qkv=_stack(source, qkv, interleaved_rows(shape)),
        out=_stack(source, [Part(attention + "o_proj", shape.hidden)]),
        mlp_norm=source.dense(prefix + "post_attention_layernorm.weight").float(),
        gate_up=_stack(source, gate_up),
        down=_stack(source, [Part(mlp + "down_proj", shape.hidden)]),
    )


def _stack(
    source: WeightSource, parts: list[Part], order: torch.Tensor | None = None
) -> Projection:
    blocks = [source.int4(part.name + ".weight") for part in parts]
    found = [block for block in blocks if block is not None]
    if len(found) == len(parts):
        together = Int4Blocks(
            torch.cat([block.codes for block in found]),
            torch.cat([block.scale for block in found]),
            torch.cat([block.low for block in found]),
        )
        dense = together.dense().bfloat16()
        return Projection(parts, dense, Int4Kernel(_reordered(together, order)), order)
    dense = torch.cat([source.dense(part.name + ".weight").bfloat16() for part in parts])
    kernel: Kernel = DenseKernel(dense if order is None else dense[order])
    return Projection(parts, dense, kernel, order)


def _reordered(blocks: Int4Blocks, order: torch.Tensor | None) -> Int4Blocks:
    if order is None:
        return blocks
    return Int4Blocks(blocks.codes[order], blocks.scale[order], blocks.low[order])
