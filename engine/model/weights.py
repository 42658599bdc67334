"""Where weights come from: a GGUF file or a safetensors folder, by Hugging Face name."""

from dataclasses import dataclass
from typing import Any, Protocol

import gguf
import numpy as np
import torch

from engine.model.gguf_config import hf_config, tensor_names
from engine.model.gguf_file import GgufFile

GROUP = 32
"""Weights that share one scale in Q4_0 and Q4_1."""


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


class WeightSource(Protocol):
    """Weights by Hugging Face name."""

    config: dict[str, Any]

    def names(self) -> frozenset[str]:
        """Every parameter name at hand."""

    def dense(self, name: str) -> torch.Tensor:
        """Parameter `name`, float32 or bfloat16, not shared with anything."""

    def int4(self, name: str) -> Int4Blocks | None:
        """Parameter `name` as stored in 4 bits, or None when it is stored in another way."""


class GgufWeights:
    """The weights of a GGUF file."""

    def __init__(self, file: GgufFile) -> None:
        self._file = file
        self.config = hf_config(file)
        self._names = tensor_names(file)

    def names(self) -> frozenset[str]:
        """Every parameter name at hand."""
        return frozenset(self._names)

    def dense(self, name: str) -> torch.Tensor:
        """Parameter `name` in float32; queries and keys in Hugging Face's row order."""
        blocks = self.int4(name)
        if blocks is not None:
            return blocks.dense()
        values = torch.from_numpy(self._file.dequantized(self._names[name]).copy())
        order = self._row_order(name, values.shape[0])
        return values if order is None else values[order]

    def int4(self, name: str) -> Int4Blocks | None:
        """Codes, scales and zeros of a Q4_0 or Q4_1 parameter; None for other kinds."""
        tensor = self._file.tensors[self._names[name]]
        four_bits = (gguf.GGMLQuantizationType.Q4_0, gguf.GGMLQuantizationType.Q4_1)
        if tensor.kind not in four_bits or len(tensor.shape) != 2:
            return None
        with_minimum = tensor.kind == gguf.GGMLQuantizationType.Q4_1
        raw = self._file.blocks(tensor.name)
        order = self._row_order(name, raw.shape[0])
        if order is not None:
            raw = raw[order.numpy()]
        return _unpack(raw, with_minimum=with_minimum)

    def _row_order(self, name: str, rows: int) -> torch.Tensor | None:
        """The rows in half-split order where llama.cpp's converter interleaved them."""
        heads = {"q_proj": "num_attention_heads", "k_proj": "num_key_value_heads"}
        module = name.split(".")[-2]
        if self.config["model_type"] != "llama" or module not in heads:
            return None
        count = int(self.config[heads[module]])
        order = torch.arange(rows).view(count, rows // count // 2, 2)
        return order.transpose(1, 2).reshape(rows)


def _unpack(raw: np.ndarray[Any, np.dtype[np.uint8]], *, with_minimum: bool) -> Int4Blocks:
    header = 4 if with_minimum else 2
    blocks = raw.reshape(raw.shape[0], -1, header + GROUP // 2)
    numbers = np.ascontiguousarray(blocks[:, :, :header]).view(np.float16).astype(np.float32)
    scale = torch.from_numpy(numbers[:, :, 0].copy())
    low = torch.from_numpy(numbers[:, :, 1].copy()) if with_minimum else -8 * scale
    nibbles = torch.from_numpy(np.ascontiguousarray(blocks[:, :, header:]))
    codes = torch.cat((nibbles & 15, nibbles >> 4), dim=2).view(raw.shape[0], -1)
    return Int4Blocks(codes, scale, low)
