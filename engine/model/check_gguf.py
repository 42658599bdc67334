"""Checks of a GGUF file that runs nothing of it; called in the limited child."""

from math import prod
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from engine.model.describe import describe_gguf
from engine.model.expected import expected_shapes
from engine.model.gguf_config import SUPPORTED, architecture, hf_config, tensor_names
from engine.model.gguf_file import GgufFile, MalformedFileError
from engine.model.vocabulary import UnknownVocabularyError, build_tokenizer

_SAMPLE = "Hello, world! 123 你好"


def check_gguf(path: Path) -> dict[str, Any]:
    """What is wrong with `path` (``kind`` and ``detail``), or its description (``record``)."""
    try:
        file = GgufFile(path)
        if architecture(file) not in SUPPORTED:
            raise UnknownVocabularyError("this kind of model is not supported yet")
        config = hf_config(file)
        _check_tensors(file, config)
        _check_vocabulary(file, config)
    except MalformedFileError as error:
        return {"kind": "bad_input", "detail": str(error)}
    except UnknownVocabularyError as error:
        return {"kind": "unsupported_model", "detail": str(error)}
    except (MemoryError, OSError):
        return {"kind": "bad_input", "detail": "it cannot be read"}
    record = describe_gguf(path, "")
    return {
        "record": {
            "name": record.name,
            "architecture": record.architecture,
            "parameters": record.parameters,
            "licence": record.licence,
        }
    }


def _check_tensors(file: GgufFile, config: dict[str, Any]) -> None:
    names = tensor_names(file)
    for hf_name, shape in expected_shapes(config).items():
        tensor = file.tensors.get(names.get(hf_name, ""))
        if tensor is None:
            raise MalformedFileError("a part of the model is missing")
        if tensor.shape != shape:
            raise MalformedFileError("a part of the model has the wrong shape")
        _check_sample(file, tensor.name)


def _check_sample(file: GgufFile, name: str) -> None:
    """The first and the last row can be dequantized and hold numbers."""
    tensor, blocks = file.tensors[name], file.blocks(name)
    ends = np.concatenate((blocks[:1], blocks[-1:]))
    try:
        values = gguf.quants.dequantize(ends, tensor.kind)
    except NotImplementedError:
        raise UnknownVocabularyError("its way of storing weights is not supported yet") from None
    with np.errstate(all="ignore"):
        sound = bool(np.isfinite(values.astype(np.float64)).all())
    if not sound or values.size != 2 * prod(tensor.shape[-1:]):
        raise MalformedFileError("its weights are not numbers")


def _check_vocabulary(file: GgufFile, config: dict[str, Any]) -> None:
    tokens = file.metadata.get("tokenizer.ggml.tokens")
    if isinstance(tokens, list) and len(tokens) > config["vocab_size"]:
        raise MalformedFileError("it has more tokens than word vectors")
    try:
        ids = build_tokenizer(file.metadata).encode(_SAMPLE, add_special_tokens=False).ids
    except (MalformedFileError, UnknownVocabularyError):
        raise
    except Exception as error:
        raise MalformedFileError("its vocabulary cannot be used") from error
    if not ids or max(ids) >= config["vocab_size"]:
        raise MalformedFileError("its vocabulary cannot be used")
