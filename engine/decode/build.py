"""Builds the lean decoder's weights from a weight source."""

from collections.abc import Callable, Sequence
from itertools import groupby

import torch

from engine.decode.head import Head
from engine.decode.kernels import (
    DenseKernel,
    Kernel,
    SeveralKernels,
    SingleKernel,
    kernel_for,
    round_to_int8,
)
from engine.decode.projection import Part, Projection
from engine.decode.rotary import interleaved_rows
from engine.decode.shape import Shape
from engine.decode.stack import Layer, Weights
from engine.model.blocks import Blocks
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
    embedding = rounded(source, "model.embed_tokens.weight")
    layers = []
    for index in range(shape.layers):
        layers.append(_layer(source, shape, f"model.layers.{index}.", keep=keep_dense))
        progress((index + 1) / (shape.layers + 1))
    head = embedding if shape.tied else rounded(source, "lm_head.weight")
    weights = Weights(
        embedding=embedding,
        layers=layers,
        norm=norm_weight(source, shape, "model.norm"),
        head=Head(head),
    )
    progress(1.0)
    return weights


def _layer(source: WeightSource, shape: Shape, prefix: str, *, keep: bool) -> Layer:
    attention, mlp = prefix + "self_attn.", prefix + "mlp."
    before_mlp = "pre_feedforward" if shape.sandwich_norms else "post_attention"
    return Layer(
        input_norm=norm_weight(source, shape, prefix + "input_layernorm"),
        qkv=_stack(source, qkv_parts(shape, attention), keep=keep, order=interleaved_rows(shape)),
        out=_stack(source, [Part(attention + "o_proj", shape.hidden)], keep=keep),
        mlp_norm=norm_weight(source, shape, f"{prefix}{before_mlp}_layernorm"),
        gate_up=_stack(source, gate_up_parts(shape, mlp), keep=keep),
        down=_stack(source, [Part(mlp + "down_proj", shape.hidden)], keep=keep),
        **family_extras(source, shape, prefix),
    )


def qkv_parts(shape: Shape, prefix: str) -> list[Part]:
    """The modules that make queries, keys and values, in row order."""
    widths = {"q_proj": shape.query_width, "k_proj": shape.kv_width, "v_proj": shape.kv_width}
    if shape.fused:
        return [Part(prefix + "qkv_proj", sum(widths.values()))]
    return [Part(prefix + name, width) for name, width in widths.items()]


def gate_up_parts(shape: Shape, prefix: str) -> list[Part]:
    """The modules that make the gate and what it gates, in row order."""
    if shape.fused:
        return [Part(prefix + "gate_up_proj", 2 * shape.intermediate)]
    return [Part(prefix + name, shape.intermediate) for name in ("gate_proj", "up_proj")]


def family_extras(source: WeightSource, shape: Shape, prefix: str) -> dict[str, torch.Tensor]:
    """What only some families have."""
    found, attention = {}, prefix + "self_attn."
    if shape.qkv_bias:
        biases = [source.dense(f"{attention}{name}_proj.bias").float() for name in "qkv"]
        found["qkv_bias"] = torch.cat(biases)
    if shape.head_norms:
        queries = norm_weight(source, shape, attention + "q_norm").expand(shape.heads, -1)
        keys = norm_weight(source, shape, attention + "k_norm").expand(shape.kv_heads, -1)
        found["head_norms"] = torch.cat((queries, keys))
    if shape.sandwich_norms:
        for ours, theirs in (("attention_out", "attention"), ("mlp_out", "feedforward")):
            name = f"{prefix}post_{theirs}_layernorm"
            found[f"{ours}_norm"] = norm_weight(source, shape, name)
    return found


def norm_weight(source: WeightSource, shape: Shape, name: str) -> torch.Tensor:
    """The weight of norm `name` in float32, as the norm multiplies with it."""
    return source.dense(name + ".weight").float() + shape.norm_shift


def _stack(
    source: WeightSource, parts: list[Part], *, keep: bool, order: torch.Tensor | None = None
) -> Projection:
    names = [part.name + ".weight" for part in parts]
    pieces = [source.packed(name) for name in names]
    whole = torch.cat([
        source.dense(name).bfloat16() if piece is None else piece.rounded()
        for name, piece in zip(names, pieces, strict=True)
    ])  # fmt: skip

    kept = whole if keep else None

    def read() -> torch.Tensor:
        if kept is not None:
            return kept
        return torch.cat([rounded(source, name) for name in names])

    kernel = _kernel(pieces, [part.rows for part in parts], whole, order, keep=keep)
    return Projection(parts, kernel, whole.shape[1], read, keep=keep, order=order)


def rounded(source: WeightSource, name: str) -> torch.Tensor:
    """Parameter `name` in bfloat16."""
    piece = source.packed(name)
    return source.dense(name).bfloat16() if piece is None else piece.rounded()


def _kernel(
    pieces: Sequence[Blocks | None],
    rows: Sequence[int],
    whole: torch.Tensor,
    order: torch.Tensor | None,
    *,
    keep: bool,
) -> Kernel:
    """One kernel where the file holds all of a stack in one way, else one for each run of a way.

    `order` never carries a row from one module to another.
    """
    kernels: list[SingleKernel] = []
    at = 0
    for _, run in groupby(zip(pieces, rows, strict=True), key=lambda pair: type(pair[0])):
        same = list(run)
        end = at + sum(count for _, count in same)
        turned = None if order is None else order[at:end] - at
        kernels.append(_single([one for one, _ in same], whole[at:end], turned, keep=keep))
        at = end
    return kernels[0] if len(kernels) == 1 else SeveralKernels(kernels)


def _single(
    pieces: Sequence[Blocks | None], whole: torch.Tensor, order: torch.Tensor | None, *, keep: bool
) -> SingleKernel:
    """The exact kernel for what the file holds; rounded to 8 bits only where memory is short."""
    blocks = _joined(pieces)
    if blocks is None and keep:
        return DenseKernel(whole if order is None else whole[order])
    if blocks is None:
        blocks = round_to_int8(whole)
    return kernel_for(blocks if order is None else blocks.rows(order))


def _joined(pieces: Sequence[Blocks | None]) -> Blocks | None:
    """Matrices of one kind stacked; None when they are not packed."""
    found = [piece for piece in pieces if piece is not None]
    if not found:
        return None
    return type(found[0])(
        torch.cat([piece.codes for piece in found]),
        torch.cat([piece.scale for piece in found]),
        torch.cat([piece.low for piece in found]),
    )
