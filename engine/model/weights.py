"""Where weights come from: a GGUF file or a safetensors folder, by Hugging Face name."""

from typing import Any, Protocol

import torch

from engine.model.blocks import Blocks, unpack
from engine.model.gguf_config import hf_config, tensor_names
from engine.model.gguf_families import INTERLEAVED, SHIFTED_NORMS
from engine.model.gguf_file import GgufFile


class WeightSource(Protocol):
    """Weights by Hugging Face name."""

    config: dict[str, Any]

    def names(self) -> frozenset[str]:
        """Every parameter name at hand."""

    def dense(self, name: str) -> torch.Tensor:
        """Parameter `name`, float32 or bfloat16, not shared with anything."""

    def packed(self, name: str) -> Blocks | None:
        """Parameter `name` as stored in 4 to 8 bits, or None when it is stored in another way."""


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
        blocks = self.packed(name)
        if blocks is not None:
            return blocks.dense()
        values = torch.from_numpy(self._file.dequantized(self._names[name]).copy())
        if values.dim() == 1 and self.config["model_type"] in SHIFTED_NORMS:
            values -= 1
        order = self._row_order(name, values.shape[0])
        return values if order is None else values[order]

    def packed(self, name: str) -> Blocks | None:
        """Codes, scales and lows of a matrix of 4 to 8 bits; None for other kinds."""
        tensor = self._file.tensors[self._names[name]]
        if len(tensor.shape) != 2:
            return None
        raw = self._file.blocks(tensor.name)
        order = self._row_order(name, raw.shape[0])
        return unpack(tensor.kind, raw if order is None else raw[order.numpy()])

    def _row_order(self, name: str, rows: int) -> torch.Tensor | None:
        """The rows in half-split order where llama.cpp's converter interleaved them."""
        heads = {"q_proj": "num_attention_heads", "k_proj": "num_key_value_heads"}
        module = name.split(".")[-2]
        if self.config["model_type"] not in INTERLEAVED or module not in heads:
            return None
        count = int(self.config[heads[module]])
        order = torch.arange(rows).view(count, rows // count // 2, 2)
        return order.transpose(1, 2).reshape(rows)
