"""Adapters as folders in the layout of PEFT: ``adapter_config.json`` and safetensors.

What the layout means: the documentation of PEFT, *LoraConfig* and *Checkpoint format*.
"""

import json
import math
from pathlib import Path
from typing import Any

import safetensors
import safetensors.torch
import torch

from engine.contract import AdapterExported, EngineError, ExportAdapter, FailureKind, ImportAdapter
from engine.decode.adapter import AdapterWeights
from engine.model.loaded import LoadedModel
from storage.files import write_atomically
from storage.records import AdapterRecord
from storage.store import Store

CONFIG, WEIGHTS, WARNING = "adapter_config.json", "adapter_model.safetensors", "PRIVATE.txt"
_MOST_CONFIG_BYTES = 1_000_000
_MOST_WEIGHT_BYTES = 2_000_000_000
_PLAIN: dict[str, tuple[object, ...]] = {
    "peft_type": ("LORA",), "bias": ("none", None), "fan_in_fan_out": (False, None),
    "use_dora": (False, None), "modules_to_save": (None, []), "rank_pattern": ({}, None),
    "alpha_pattern": ({}, None), "layer_replication": (None,), "lora_bias": (False, None),
    "trainable_token_indices": (None,),
}  # fmt: skip
"""Values of the config that this app computes; whatever else is asked for would be left out."""
_EXISTS = "There is something of this name already; choose a folder that does not exist yet."
_NO_FOLDER = (
    "This folder holds no adapter_config.json with adapter_model.safetensors; choose another."
)
_OTHER_KIND = "This adapter is of a kind that Confidant does not run; only plain LoRA can come in."
_TOO_LARGE = "This adapter is larger than any that fits here; choose another folder."
_PRIVATE = """\
This adapter was trained on private chats and is as private as they are: whoever has these files can
ask a model for what was learned. They are not encrypted. Keep them where you would keep the chats.
"""


def export_folder(store: Store, command: ExportAdapter) -> AdapterExported:
    """Writes a new folder that only its owner may read.

    Raises:
        EngineError: ``BAD_INPUT`` when the folder exists; ``ADAPTER_DAMAGED``.
        StoreError: There is no such adapter, or the disk is full.
    """
    adapter = AdapterWeights.from_bytes(store.adapters.load(command.adapter_id))
    folder = Path(command.path)
    if folder.exists():
        raise EngineError(FailureKind.BAD_INPUT, _EXISTS)
    tensors = {name: tensor.contiguous() for name, tensor in adapter.tensors.items()}
    parts = {
        WARNING: _PRIVATE.encode(),
        CONFIG: json.dumps(_config(adapter), indent=2).encode(),
        WEIGHTS: bytes(safetensors.torch.save(tensors, {"format": "pt"})),
    }
    folder.mkdir(mode=0o700, parents=True)
    size = sum(write_atomically(folder / name, [data]) for name, data in parts.items())
    store.audit.add("adapter_exported", command.adapter_id)
    return AdapterExported(job=command.job, path=command.path, size_bytes=size)


def _config(adapter: AdapterWeights) -> dict[str, object]:
    return {
        "peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": None,
        "inference_mode": True, "r": adapter.rank, "lora_alpha": adapter.alpha,
        "lora_dropout": 0.0, "bias": "none", "fan_in_fan_out": False, "use_rslora": False,
        "target_modules": sorted({name.rsplit(".", 1)[-1] for name in adapter.modules()}),
    }  # fmt: skip


def import_folder(store: Store, model: LoadedModel, command: ImportAdapter) -> AdapterRecord:
    """Checks a folder and seals it as the next version, ready to be switched on.

    The adapter is put on the model and off again: whether it fits is not guessed.

    Raises:
        EngineError: ``BAD_INPUT`` for what is no plain LoRA folder, ``ADAPTER_DAMAGED`` for one of
            another model.
        StoreError: The disk is full.
    """
    adapter = _read(Path(command.path))
    try:
        model.decoder.use_adapter(adapter, 1.0)
    finally:
        model.decoder.use_adapter(None, 0.0)
    with store.transaction():
        made = store.adapters.add(
            data=adapter.to_bytes(), model_id=model.record.id,
            recipe={"imported": 1, "rank": adapter.rank, "alpha": adapter.alpha},
        )  # fmt: skip
        store.audit.add("adapter_imported", f"version {made.version}")
    return made


def _read(folder: Path) -> AdapterWeights:
    """The adapter of an untrusted folder."""
    config = _read_config(folder / CONFIG)
    weights = folder / WEIGHTS
    try:
        if weights.stat().st_size > _MOST_WEIGHT_BYTES:
            raise EngineError(FailureKind.BAD_INPUT, _TOO_LARGE)
        untrusted_tensors = safetensors.torch.load(weights.read_bytes())
    except OSError:
        raise EngineError(FailureKind.BAD_INPUT, _NO_FOLDER) from None
    except safetensors.SafetensorError:
        raise EngineError(FailureKind.ADAPTER_DAMAGED, _NO_FOLDER) from None
    rank, alpha = _numbers(config)
    tensors = {name: _kept(tensor) for name, tensor in untrusted_tensors.items()}
    return AdapterWeights.from_bytes(AdapterWeights(rank, alpha, tensors).to_bytes())


def _read_config(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MOST_CONFIG_BYTES:
            raise EngineError(FailureKind.BAD_INPUT, _TOO_LARGE)
        untrusted_config = json.loads(path.read_bytes())
    except OSError:
        raise EngineError(FailureKind.BAD_INPUT, _NO_FOLDER) from None
    except (ValueError, RecursionError):
        raise EngineError(FailureKind.ADAPTER_DAMAGED, _NO_FOLDER) from None
    if not isinstance(untrusted_config, dict):
        raise EngineError(FailureKind.ADAPTER_DAMAGED, _NO_FOLDER)
    for key, allowed in _PLAIN.items():
        if untrusted_config.get(key, allowed[-1] if key != "peft_type" else None) not in allowed:
            raise EngineError(FailureKind.BAD_INPUT, _OTHER_KIND)
    return untrusted_config


def _numbers(untrusted_config: dict[str, Any]) -> tuple[int, float]:
    """Rank and alpha; rank-stabilised LoRA divides by the root of the rank (Kalajdzievski 2023)."""
    rank, alpha = untrusted_config.get("r"), untrusted_config.get("lora_alpha")
    if type(rank) is not int or not isinstance(alpha, int | float) or not 1 <= rank <= 1024:
        raise EngineError(FailureKind.ADAPTER_DAMAGED, _NO_FOLDER)
    scale = math.sqrt(rank) if untrusted_config.get("use_rslora") is True else 1.0
    return rank, float(alpha) * scale


def _kept(tensor: torch.Tensor) -> torch.Tensor:
    """bfloat16, as adapters are kept here; float32 stays, for it may hold more."""
    return tensor if tensor.dtype in (torch.bfloat16, torch.float32) else tensor.bfloat16()
