"""Builds the lean decoder's weights from a weight source."""

from collections.abc import Callable

import torch

from engine.decode.head import Head
from engine.decode.kernels import Int4Kernel, Int8Kernel, Kernel
from engine.decode.projection import Part, Projection
from engine.decode.rotary import interleaved_rows
from engine.decode.shape import Shape
from engine.decode.stack import Layer, Weights
from engine.model.blocks import Int4Blocks
from engine.model.weights import WeightSource


def build_weights(
    source: WeightSource,
    shape: Shape,
    progress: Callable[[float], None],
    *,
    keep_dense: bool = True,
) -> Weights:
    """Reads and repacks everything.

    Args:
        source: Where the weights come from; also later, where `keep_dense` is False.
        shape: Sizes of the model.
        progress: Told the fraction done, 0 to 1.
        keep_dense: Keep a bfloat16 copy beside the packed weights: faster prompts, more memory.
    """
    embedding = source.dense("model.embed_tokens.weight").bfloat16()
    layers = []
    for index in range(shape.layers):
        layers.append(_layer(source, shape, f"model.layers.{index}.", keep=keep_dense))
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


def _layer(source: WeightSource, shape: Shape, prefix: str, *, keep: bool) -> Layer:
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
        qkv=_stack(source, qkv, keep=keep, order=interleaved_rows(shape)),
        out=_stack(source, [Part(attention + "o_proj", shape.hidden)], keep=keep),
        mlp_norm=source.dense(prefix + "post_attention_layernorm.weight").float(),
        gate_up=_stack(source, gate_up, keep=keep),
        down=_stack(source, [Part(mlp + "down_proj", shape.hidden)], keep=keep),
    )


def _stack(
    source: WeightSource, parts: list[Part], *, keep: bool, order: torch.Tensor | None = None
) -> Projection:
    blocks = _four_bits(source, parts)
    if blocks is not None:
        width = blocks.codes.shape[1]
        kernel: Kernel = Int4Kernel(_reordered(blocks, order))
        dense = blocks.dense().bfloat16() if keep else None
    else:
        whole = _dense(source, parts)
        width, dense = whole.shape[1], whole if keep else None
        kernel = Int8Kernel(whole if order is None else whole[order])

    def read() -> torch.Tensor:
        return _dense(source, parts) if dense is None else dense

    return Projection(parts, kernel, width, read, keep=keep, order=order)


def _four_bits(source: WeightSource, parts: list[Part]) -> Int4Blocks | None:
    """The parts as one 4-bit matrix, or None when one of them is stored in another way."""
    blocks = [source.int4(part.name + ".weight") for part in parts]
    found = [block for block in blocks if block is not None]
    if len(found) < len(parts):
        return None
    return Int4Blocks(
        torch.cat([block.codes for block in found]),
        torch.cat([block.scale for block in found]),
        torch.cat([block.low for block in found]),
    )


def _dense(source: WeightSource, parts: list[Part]) -> torch.Tensor:
    return torch.cat([source.dense(part.name + ".weight").bfloat16() for part in parts])


def _reordered(blocks: Int4Blocks, order: torch.Tensor | None) -> Int4Blocks:
    if order is None:
        return blocks
    return Int4Blocks(blocks.codes[order], blocks.scale[order], blocks.low[order])
