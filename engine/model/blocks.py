"""4-bit blocks of GGUF files, unpacked without a change to any weight."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import gguf
import numpy as np
import torch

GROUP = 32
"""Weights that share one scale."""

Raw = np.ndarray[Any, np.dtype[np.uint8]]
"""(rows, bytes per row)."""


@dataclass(frozen=True, slots=True)
class Int4Blocks:
    """A 4-bit matrix: w = code * scale + low.

    ``codes`` (N, K) uint8 of 0 to 15; ``scale`` and ``low`` (N, K / GROUP) float32.
    """

    codes: torch.Tensor
    scale: torch.Tensor
    low: torch.Tensor

    def dense(self) -> torch.Tensor:
        """(N, K) float32, equal to what `gguf.quants.dequantize` gives."""
        rows, columns = self.codes.shape
        codes = self.codes.view(rows, columns // GROUP, GROUP).float()
        return codes.mul_(self.scale[..., None]).add_(self.low[..., None]).view(rows, columns)


def unpack(kind: gguf.GGMLQuantizationType, raw: Raw) -> Int4Blocks | None:
    """The codes, scales and lows in `raw`; None when `kind` is not a 4-bit kind."""
    reader = _READERS.get(kind)
    return None if reader is None else reader(raw)


def _q4_0(raw: Raw) -> Int4Blocks:
    blocks = raw.reshape(raw.shape[0], -1, 2 + GROUP // 2)
    scale = _halves(blocks[:, :, :2])[:, :, 0]
    return Int4Blocks(_nibbles(blocks[:, :, 2:]), scale, -8 * scale)


def _q4_1(raw: Raw) -> Int4Blocks:
    blocks = raw.reshape(raw.shape[0], -1, 4 + GROUP // 2)
    numbers = _halves(blocks[:, :, :4])
    return Int4Blocks(
        _nibbles(blocks[:, :, 4:]), numbers[:, :, 0].contiguous(), numbers[:, :, 1].contiguous()
    )


def _q4_k(raw: Raw) -> Int4Blocks:
    """Eight groups of 32 in a block; scales and lows are 6-bit shares of the block's two."""
    rows = raw.shape[0]
    blocks = raw.reshape(rows, -1, 144)
    numbers = _halves(blocks[:, :, :4])
    shares, lows = gguf.quants.Q4_K.get_scale_min(blocks[:, :, 4:16].reshape(-1, 12))
    scale = numbers[:, :, :1] * torch.from_numpy(shares).view(rows, -1, 8).float()
    low = -numbers[:, :, 1:] * torch.from_numpy(lows).view(rows, -1, 8).float()
    codes = _nibbles(blocks[:, :, 16:].reshape(rows, -1, 32))
    return Int4Blocks(codes, scale.view(rows, -1), low.view(rows, -1))


_READERS: dict[gguf.GGMLQuantizationType, Callable[[Raw], Int4Blocks]] = {
    gguf.GGMLQuantizationType.Q4_0: _q4_0,
    gguf.GGMLQuantizationType.Q4_1: _q4_1,
    gguf.GGMLQuantizationType.Q4_K: _q4_k,
}


def _halves(raw: np.ndarray[Any, np.dtype[np.uint8]]) -> torch.Tensor:
    """float16 numbers in the last axis, as float32."""
    return torch.from_numpy(np.ascontiguousarray(raw).view(np.float16).astype(np.float32))


def _nibbles(raw: np.ndarray[Any, np.dtype[np.uint8]]) -> torch.Tensor:
    """(rows, blocks, bytes) to (rows, codes): a block's low halves, then its high ones."""
    values = torch.from_numpy(np.ascontiguousarray(raw))
    return torch.cat((values & 15, values >> 4), dim=2).view(raw.shape[0], -1)
