"""Quantized blocks of GGUF files, unpacked without a change to any weight.

Kinds with up to 4 bits become `Int4Blocks`, kinds with 5 to 8 bits `Int8Blocks`; both have groups
of 32 weights that share a scale and a low, which is what the decoder's kernels take.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gguf
import numpy as np
import torch

GROUP = 32
"""Weights that share one scale."""

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
"""(rows, bytes per row), or the same cut into blocks."""


@dataclass(frozen=True, slots=True)
class _Blocks:
    """A quantized matrix: w = code * scale + low.

    ``codes`` (N, K) uint8; ``scale`` and ``low`` (N, K / GROUP) float32.
    """

    codes: torch.Tensor
    scale: torch.Tensor
    low: torch.Tensor

    def dense(self) -> torch.Tensor:
        """(N, K) float32, equal to what `gguf.quants.dequantize` gives."""
        rows, columns = self.codes.shape
        codes = self.codes.view(rows, columns // GROUP, GROUP).float()
        return codes.mul_(self.scale[..., None]).add_(self.low[..., None]).view(rows, columns)


class Int4Blocks(_Blocks):
    """Codes of 0 to 15."""


class Int8Blocks(_Blocks):
    """Codes of 0 to 255."""


def unpack(kind: gguf.GGMLQuantizationType, raw: Bytes) -> Int4Blocks | Int8Blocks | None:
    """The codes, scales and lows in `raw`; None for a kind of another build."""
    reader = _READERS.get(kind)
    return None if reader is None else reader(raw)


def _q4_0(raw: Bytes) -> Int4Blocks:
    blocks = raw.reshape(raw.shape[0], -1, 18)
    scale = _halves(blocks[:, :, :2])[:, :, 0]
    return Int4Blocks(_flat(_nibbles(blocks[:, :, 2:])), scale, -8 * scale)


def _q4_1(raw: Bytes) -> Int4Blocks:
    blocks = raw.reshape(raw.shape[0], -1, 20)
    scale, low = _halves(blocks[:, :, :4]).unbind(2)
    return Int4Blocks(_flat(_nibbles(blocks[:, :, 4:])), scale.contiguous(), low.contiguous())


def _q5_0(raw: Bytes) -> Int8Blocks:
    blocks = raw.reshape(raw.shape[0], -1, 22)
    scale = _halves(blocks[:, :, :2])[:, :, 0]
    codes = _nibbles(blocks[:, :, 6:]) + _fifth_bits(blocks[:, :, 2:6])
    return Int8Blocks(_flat(codes), scale, -16 * scale)


def _q5_1(raw: Bytes) -> Int8Blocks:
    blocks = raw.reshape(raw.shape[0], -1, 24)
    scale, low = _halves(blocks[:, :, :4]).unbind(2)
    codes = _nibbles(blocks[:, :, 8:]) + _fifth_bits(blocks[:, :, 4:8])
    return Int8Blocks(_flat(codes), scale.contiguous(), low.contiguous())


def _q8_0(raw: Bytes) -> Int8Blocks:
    blocks = raw.reshape(raw.shape[0], -1, 34)
    scale = _halves(blocks[:, :, :2])[:, :, 0]
    codes = torch.from_numpy(np.ascontiguousarray(blocks[:, :, 2:])) ^ 128
    return Int8Blocks(_flat(codes), scale, -128 * scale)


def _q4_k(raw: Bytes) -> Int4Blocks:
    """Eight groups of 32 in a block."""
    rows = raw.shape[0]
    blocks = raw.reshape(rows, -1, 144)
    scale, low = _shares(blocks)
    codes = _nibbles(blocks[:, :, 16:].reshape(rows, -1, 32))
    return Int4Blocks(_flat(codes), scale, low)


def _q5_k(raw: Bytes) -> Int8Blocks:
    """As Q4_K, with the fifth bit of a block's eight groups in the bits of 32 bytes."""
    rows = raw.shape[0]
    blocks = raw.reshape(rows, -1, 176)
    scale, low = _shares(blocks)
    codes = _nibbles(blocks[:, :, 48:].reshape(rows, -1, 32)).view(rows, -1, 8, 32)
    bits = torch.from_numpy(np.ascontiguousarray(blocks[:, :, 16:48]))[:, :, None]
    fifth = (bits >> torch.arange(8, dtype=torch.uint8)[:, None] & 1) << 4
    return Int8Blocks(_flat(codes + fifth), scale, low)


_Reader = Callable[[Bytes], Int4Blocks | Int8Blocks]
_READERS: dict[gguf.GGMLQuantizationType, _Reader] = {
    gguf.GGMLQuantizationType.Q4_0: _q4_0,
    gguf.GGMLQuantizationType.Q4_1: _q4_1,
    gguf.GGMLQuantizationType.Q4_K: _q4_k,
    gguf.GGMLQuantizationType.Q5_0: _q5_0,
    gguf.GGMLQuantizationType.Q5_1: _q5_1,
    gguf.GGMLQuantizationType.Q5_K: _q5_k,
    gguf.GGMLQuantizationType.Q8_0: _q8_0,
}


def _shares(blocks: Bytes) -> tuple[torch.Tensor, torch.Tensor]:
    """Scale and low of each group of a K block: 6-bit shares of the block's two numbers."""
    rows = blocks.shape[0]
    numbers = _halves(blocks[:, :, :4])
    shares, lows = gguf.quants.Q4_K.get_scale_min(blocks[:, :, 4:16].reshape(-1, 12))
    scale = numbers[:, :, :1] * torch.from_numpy(shares).view(rows, -1, 8).float()
    low = -numbers[:, :, 1:] * torch.from_numpy(lows).view(rows, -1, 8).float()
    return scale.view(rows, -1), low.view(rows, -1)


def _halves(raw: Bytes) -> torch.Tensor:
    """float16 numbers in the last axis, as float32."""
    return torch.from_numpy(np.ascontiguousarray(raw).view(np.float16).astype(np.float32))


def _nibbles(raw: Bytes) -> torch.Tensor:
    """(rows, blocks, bytes) to (rows, blocks, codes): a block's low halves, then its high ones."""
    values = torch.from_numpy(np.ascontiguousarray(raw))
    return torch.cat((values & 15, values >> 4), dim=2)


def _fifth_bits(raw: Bytes) -> torch.Tensor:
    """(rows, blocks, 4) to (rows, blocks, 32): the bits, in file order, worth 16 each."""
    values = torch.from_numpy(np.ascontiguousarray(raw))[..., None]
    bits = values >> torch.arange(8, dtype=torch.uint8) & 1
    return bits.flatten(2) << 4


def _flat(codes: torch.Tensor) -> torch.Tensor:
    return codes.reshape(codes.shape[0], -1).contiguous()
