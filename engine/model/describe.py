"""Describes a model file as a record."""

from math import prod
from pathlib import Path

from engine.model.gguf_config import architecture
from engine.model.gguf_file import GgufFile
from storage.records import ModelRecord

_NAME_LIMIT = 120


def describe_gguf(
    path: Path, model_id: str, *, licence: str = "", embedded: bool = False, added_at: float = 0.0
) -> ModelRecord:
    """The record of a GGUF file.

    Raises:
        MalformedFileError: the file is not a sound GGUF file.
    """
    file = GgufFile(path)
    stated = file.metadata.get("general.license", "")
    return ModelRecord(
        id=model_id,
        name=path.stem if embedded else _shown_name(file, path),
        path=str(path),
        format="gguf",
        architecture=architecture(file),
        parameters=sum(prod(tensor.shape) for tensor in file.tensors.values()),
        size_bytes=path.stat().st_size,
        licence=licence or (stated[:_NAME_LIMIT] if isinstance(stated, str) else ""),
        embedded=embedded,
        added_at=added_at,
    )


def _shown_name(file: GgufFile, path: Path) -> str:
    """The name that the file gives itself, made of printable characters, else its file name."""
    stated = file.metadata.get("general.name", "")
    name = stated if isinstance(stated, str) else ""
    clean = "".join(c for c in name if c.isprintable()).strip()
    return clean[:_NAME_LIMIT] or path.stem[:_NAME_LIMIT]
