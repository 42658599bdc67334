"""Builds the lean decoder's weights from a weight source."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import torch

from engine.decode.head import Head
from engine.decode.kernels import DenseKernel, Int4Kernel, Int8Kernel, Kernel, round_to_int8
from engine.decode.projection import Part, Projection
from engine.decode.rotary import interleaved_rows
from engine.decode.shape import Shape
from engine.decode.stack import Layer, Weights
from engine.model.blocks import Int4Blocks, Int8Blocks
from engine.model.weights import WeightSource

_B = TypeVar("_B", Int4Blocks, Int8Blocks)


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
        norm=_norm(source, shape, "model.norm"),
        head=Head(head),
    )
    progress(1.0)
    return weights


def _layer(source: WeightSource, shape: Shape, prefix: str, *, keep: bool) -> Layer:
    attention, mlp = prefix + "self_attn.", prefix + "mlp."
    before_mlp = "pre_feedforward" if shape.sandwich_norms else "post_attention"
    return Layer(
        input_norm=_norm(source, shape, prefix + "input_layernorm"),
        qkv=_stack(source, _qkv(shape, attention), keep=keep, order=interleaved_rows(shape)),
        out=_stack(source, [Part(attention + "o_proj", shape.hidden)], keep=keep),
        mlp_norm=_norm(source, shape, f"{prefix}{before_mlp}_layernorm"),
        gate_up=_stack(source, _gate_up(shape, mlp), keep=keep),
        down=_stack(source, [Part(mlp + "down_proj", shape.hidden)], keep=keep),
        **_extras(source, shape, prefix),
    )


def _qkv(shape: Shape, prefix: str) -> list[Part]:
    widths = {"q_proj": shape.query_width, "k_proj": shape.kv_width, "v_proj": shape.kv_width}
    if shape.fused:
        return [Part(prefix + "qkv_proj", sum(widths.values()))]
    return [Part(prefix + name, width) for name, width in widths.items()]


def _gate_up(shape: Shape, prefix: str) -> list[Part]:
    if shape.fused:
        return [Part(prefix + "gate_up_proj", 2 * shape.intermediate)]
    return [Part(prefix + name, shape.intermediate) for name in ("gate_proj", "up_proj")]


def _extras(source: WeightSource, shape: Shape, prefix: str) -> dict[str, torch.Tensor]:
    """What only some families have."""
    found, attention = {}, prefix + "self_attn."
    if shape.qkv_bias:
        biases = [source.dense(f"{attention}{name}_proj.bias").float() for name in "qkv"]
        found["qkv_bias"] = torch.cat(biases)
    if shape.head_norms:
        queries = _norm(source, shape, attention + "q_norm").expand(shape.heads, -1)
        keys = _norm(source, shape, attention + "k_norm").expand(shape.kv_heads, -1)
        found["head_norms"] = torch.cat((queries, keys))
    if shape.sandwich_norms:
        found["attention_out_norm"] = _norm(source, shape, prefix + "post_attention_layernorm")
        found["mlp_out_norm"] = _norm(source, shape, prefix + "post_feedforward_layernorm")
    return found


def _norm(source: WeightSource, shape: Shape, name: str) -> torch.Tensor:
    return source.dense(name + ".weight").float() + shape.norm_shift


def _stack(
    source: WeightSource, parts: list[Part], *, keep: bool, order: torch.Tensor | None = None
) -> Projection:
    names = [part.name + ".weight" for part in parts]
    blocks: Int4Blocks | Int8Blocks | None
    blocks = _joined([source.int4(name) for name in names], Int4Blocks)
    blocks = blocks or _joined([_wide(source, name) for name in names], Int8Blocks)
    if blocks is not None:
        whole = blocks.dense().bfloat16()
    else:
        whole = torch.cat([source.dense(name).bfloat16() for name in names])
    dense = whole if keep else None

    def read() -> torch.Tensor:
        if dense is not None:
            return dense
        return torch.cat([source.dense(name).bfloat16() for name in names])

    kernel = _kernel(blocks, whole, order, keep=keep)
    return Projection(parts, kernel, whole.shape[1], read, keep=keep, order=order)


def _kernel(
    blocks: Int4Blocks | Int8Blocks | None,
    whole: torch.Tensor,
    order: torch.Tensor | None,
    *,
    keep: bool,
) -> Kernel:
    """The exact kernel for what the file holds; rounded to 8 bits only where memory is short."""
    if blocks is None and keep:
        return DenseKernel(whole if order is None else whole[order])
    if blocks is None:
        blocks = round_to_int8(whole)
    if order is not None:
        rows = (blocks.codes[order], blocks.scale[order], blocks.low[order])
        blocks = type(blocks)(*rows)
    return Int4Kernel(blocks) if isinstance(blocks, Int4Blocks) else Int8Kernel(blocks)


def _wide(source: WeightSource, name: str) -> Int8Blocks | None:
    """A matrix of up to 8 bits, 4-bit codes included, which take up an 8-bit kernel's low half."""
    narrow = source.int4(name)
    if narrow is not None:
        return Int8Blocks(narrow.codes, narrow.scale, narrow.low)
    return source.int8(name)


def _joined(blocks: Sequence[_B | None], kind: type[_B]) -> _B | None:
    """Several matrices stacked, or None when one is missing."""
    found = [block for block in blocks if block is not None]
    if len(found) < len(blocks):
        return None
    return kind(
        torch.cat([block.codes for block in found]),
        torch.cat([block.scale for block in found]),
        torch.cat([block.low for block in found]),
    )
