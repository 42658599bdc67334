"""Checks of a safetensors folder; called in the limited child."""

from math import prod
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from engine.decode.rope import COVERED
from engine.model.expected import expected_shapes
from engine.model.folder_config import hf_config
from engine.model.gguf_file import MalformedFileError
from engine.model.model_folder import ModelFolder

_TOKENIZER_LIMIT = 128 << 20
_FLOATS = frozenset({"F64", "F32", "F16", "BF16"})


def check_folder(path: Path) -> dict[str, Any]:
    """What is wrong with `path` (``kind`` and ``detail``), or its description (``record``)."""
    try:
        folder = ModelFolder(path)
        config = hf_config(folder.config)
        if "quantization_config" in config:
            return {
                "kind": "unsupported_model",
                "detail": "its weights are quantized in a way that is not supported",
            }
        _check_weights(folder, config)
        _check_tokenizer(path / "tokenizer.json", config)
    except MalformedFileError as error:
        return {"kind": "bad_input", "detail": str(error)}
    except (MemoryError, OSError):
        return {"kind": "bad_input", "detail": "it cannot be read"}
    return {
        "record": {
            "name": path.name,
            "architecture": config["model_type"],
            "parameters": sum(prod(tensor.shape) for tensor in folder.tensors.values()),
            "licence": "",
        }
    }


def _check_weights(folder: ModelFolder, config: dict[str, Any]) -> None:
    if not all(tensor.kind in _FLOATS for tensor in folder.tensors.values()):
        raise MalformedFileError("its weights are not floating-point numbers")
    if config["model_type"] not in COVERED:
        return
    for name, shape in expected_shapes(config).items():
        if name not in folder.tensors:
            raise MalformedFileError("a part of the model is missing")
        if folder.tensors[name].shape != shape:
            raise MalformedFileError("a part of the model has the wrong shape")


def _check_tokenizer(path: Path, config: dict[str, Any]) -> None:
    if path.stat().st_size > _TOKENIZER_LIMIT:
        raise MalformedFileError("its tokenizer.json is far too long")
    try:
        ids = Tokenizer.from_file(str(path)).encode("Hello, 123 你好").ids
    except Exception as error:
        raise MalformedFileError("its tokenizer.json is damaged") from error
    size = config.get("vocab_size")
    if not ids or (isinstance(size, int) and max(ids) >= size):
        raise MalformedFileError("its tokenizer does not fit its weights")
