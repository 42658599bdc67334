"""Personal adapters (LoRA) as data: the standard PEFT file layout, kept in memory only."""

import json
from dataclasses import dataclass, field
from typing import Any

import safetensors
import safetensors.torch
import torch

from engine.contract import EngineError, FailureKind

_PREFIX = "base_model.model."
_A, _B = ".lora_A.weight", ".lora_B.weight"


@dataclass(frozen=True, slots=True)
class AdapterWeights:
    """A low-rank update of some linear modules: W + strength * (alpha / rank) * B @ A.

    ``tensors`` holds PEFT names such as
    ``base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight``; A is (rank, K), B (N, rank).
    """

    rank: int
    alpha: float
    tensors: dict[str, torch.Tensor] = field(repr=False)

    @property
    def scaling(self) -> float:
        """The factor alpha / rank."""
        return self.alpha / self.rank

    def scaled(self, factor: float) -> "AdapterWeights":
        """The adapter whose full strength is `factor` of this one's."""
        tensors = {
            name: tensor * factor if name.endswith(_B) else tensor
            for name, tensor in self.tensors.items()
        }
        return AdapterWeights(self.rank, self.alpha, tensors)

    def modules(self) -> dict[str, tuple[torch.Tensor, torch.Tensor]]:
        """(A, B) by module name such as ``model.layers.0.self_attn.q_proj``.

        Raises:
            EngineError: ``ADAPTER_DAMAGED`` when names, pairs or shapes do not fit together.
        """
        pairs: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}
        for name, first in self.tensors.items():
            if not name.endswith(_A):
                if not name.endswith(_B):
                    raise damaged()
                continue
            second = self.tensors.get(name.removesuffix(_A) + _B)
            if second is None or not _fits(first, second, self.rank):
                raise damaged()
            pairs[name.removesuffix(_A).removeprefix(_PREFIX)] = (first, second)
        if 2 * len(pairs) != len(self.tensors):
            raise damaged()
        return pairs

    def to_bytes(self) -> bytes:
        """The adapter as one safetensors file with its PEFT config in the metadata."""
        targets = sorted({name.rsplit(".", 1)[-1] for name in self.modules()})
        config = {
            "peft_type": "LORA",
            "task_type": "CAUSAL_LM",
            "r": self.rank,
            "lora_alpha": self.alpha,
            "target_modules": targets,
            "bias": "none",
        }
        tensors = {name: tensor.detach().contiguous() for name, tensor in self.tensors.items()}
        metadata = {"format": "pt", "adapter_config": json.dumps(config, sort_keys=True)}
        return bytes(safetensors.torch.save(tensors, metadata))

    @classmethod
    def from_bytes(cls, data: bytes) -> "AdapterWeights":
        """Reads what `to_bytes` wrote.

        Raises:
            EngineError: ``ADAPTER_DAMAGED`` for anything else.
        """
        try:
            config = _read_config(data)
            tensors = safetensors.torch.load(data)
            adapter = cls(int(config["r"]), float(config["lora_alpha"]), tensors)
        except (LookupError, TypeError, ValueError, OverflowError, safetensors.SafetensorError):
            raise damaged() from None
        if not 1 <= adapter.rank <= 1024 or not 0 < adapter.alpha < 1e6:
            raise damaged()
        adapter.modules()
        return adapter


def damaged() -> EngineError:
    """The error for an adapter that cannot be used."""
    return EngineError(
        FailureKind.ADAPTER_DAMAGED,
        "This adapter is damaged or belongs to another model; switch it off or learn again.",
    )


def _read_config(data: bytes) -> dict[str, Any]:
    """The PEFT config out of the header; the library itself does not return metadata."""
    length = int.from_bytes(data[:8], "little")
    if len(data) < 8 or length > len(data) - 8:
        raise ValueError
    header = json.loads(data[8 : 8 + length])
    config = json.loads(header["__metadata__"]["adapter_config"])
    if not isinstance(config, dict):
        raise TypeError
    return config


def _fits(first: torch.Tensor, second: torch.Tensor, rank: int) -> bool:
    shapes = first.dim() == 2 and second.dim() == 2
    if not shapes or first.shape[0] != rank or second.shape[1] != rank:
        return False
    if not (first.is_floating_point() and second.is_floating_point()):
        return False
    return bool(first.isfinite().all()) and bool(second.isfinite().all())
