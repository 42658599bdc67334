"""Quantized blocks of GGUF files, unpacked without a change to any weight.

Kinds with up to 4 bits become `Int4Blocks`, kinds with 5 to 8 bits `Int8Blocks`, with groups of 32
weights that share a scale and a low; Q6_K with its groups of 16 becomes `Int6Blocks`. The decoder
has a kernel for each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import gguf
import numpy as np
import torch

GROUP = 32
"""Weights that share one scale."""

_AT_ONCE = 1 << 18
"""Weights dequantized in one go: a megabyte as float32."""

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
"""(rows, bytes per row), or the same cut into blocks."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """A quantized matrix: w = code * scale + low.

    ``codes`` (N, K) uint8; ``scale`` and ``low`` (N, K / group) float32.
    """

    codes: torch.Tensor
    scale: torch.Tensor
    low: torch.Tensor

    def dense(self) -> torch.Tensor:
        """(N, K) float32, equal to what `gguf.quants.dequantize` gives."""
        found = torch.empty(self.codes.shape)
        self._write(found)
        return found

    def rounded(self) -> torch.Tensor:
        """(N, K) bfloat16, `dense` rounded, without its memory."""
        found = torch.empty(self.codes.shape, dtype=torch.bfloat16)
        self._write(found)
        return found

    def _write(self, target: torch.Tensor) -> None:
        """Computes a few rows at a time, so that what lies between stays in the cache."""
        rows, columns = self.codes.shape
        step = max(1, _AT_ONCE // columns)
        count = self.scale.shape[1]
        space = torch.empty(min(step, rows), columns)
        for at in range(0, rows, step):
            piece = slice(at, at + step)
            values = space[: min(step, rows - at)]
            values.copy_(self.codes[piece])
            grouped = values.view(-1, count, columns // count)
            self._weigh(grouped, piece)
            target[piece] = values

    def _weigh(self, codes: torch.Tensor, rows: slice) -> None:
        """Turns the codes of `rows`, (rows, groups, group) float32, into weights in place."""
        codes.mul_(self.scale[rows, :, None]).add_(self.low[rows, :, None])

    def rows(self, order: torch.Tensor) -> Self:
        """The same with its rows in `order`."""
        return type(self)(self.codes[order], self.scale[order], self.low[order])


class Int4Blocks(Blocks):
    """Codes of 0 to 15."""


class Int8Blocks(Blocks):
    """Codes of 0 to 255."""


class Int6Blocks(Blocks):
    """Codes of 0 to 63 around 32, in groups of 16: low is always -32 scales."""

    def _weigh(self, codes: torch.Tensor, rows: slice) -> None:
        """First the middle: a code times this scale would not always fit into float32."""
        codes.sub_(32).mul_(self.scale[rows, :, None])


def unpack(kind: gguf.GGMLQuantizationType, raw: Bytes) -> Blocks | None:
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


def _q6_k(raw: Bytes) -> Int6Blocks:
    """Low halves and upper two bits of 128 codes at a time, then 16 scales of 8 bits and one."""
    rows = raw.shape[0]
    blocks = raw.reshape(rows, -1, 210)
    codes = _nibbles(blocks[:, :, :128].reshape(rows, -1, 64)).view(rows, -1, 2, 4, 32)
    upper = torch.from_numpy(np.ascontiguousarray(blocks[:, :, 128:192]))
    upper = upper.view(rows, -1, 2, 1, 32) >> torch.tensor([[0], [2], [4], [6]], dtype=torch.uint8)
    shares = np.ascontiguousarray(blocks[:, :, 192:208]).view(np.int8).astype(np.float32)
    scale = (_halves(blocks[:, :, 208:]) * torch.from_numpy(shares)).view(rows, -1)
    return Int6Blocks(_flat(codes + ((upper & 3) << 4)), scale, -32 * scale)


_Reader = Callable[[Bytes], Blocks]
_READERS: dict[gguf.GGMLQuantizationType, _Reader] = {
    gguf.GGMLQuantizationType.Q4_0: _q4_0,
    gguf.GGMLQuantizationType.Q4_1: _q4_1,
    gguf.GGMLQuantizationType.Q4_K: _q4_k,
    gguf.GGMLQuantizationType.Q5_0: _q5_0,
    gguf.GGMLQuantizationType.Q5_1: _q5_1,
    gguf.GGMLQuantizationType.Q5_K: _q5_k,
    gguf.GGMLQuantizationType.Q6_K: _q6_k,
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
    rows, blocks, width = values.shape
    codes = torch.empty(rows, blocks, 2, width, dtype=torch.uint8)
    torch.bitwise_and(values, 15, out=codes[:, :, 0])
    torch.bitwise_right_shift(values, 4, out=codes[:, :, 1])
    return codes.flatten(2)


def _fifth_bits(raw: Bytes) -> torch.Tensor:
    """(rows, blocks, 4) to (rows, blocks, 32): the bits, in file order, worth 16 each."""
    values = torch.from_numpy(np.ascontiguousarray(raw))[..., None]
    bits = values >> torch.arange(8, dtype=torch.uint8) & 1
    return bits.flatten(2) << 4


def _flat(codes: torch.Tensor) -> torch.Tensor:
    return codes.reshape(codes.shape[0], -1).contiguous()
