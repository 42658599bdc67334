"""A strict look at a safetensors file's header: names, types and shapes, nothing loaded."""

import json
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from engine.model.gguf_file import MalformedFileError

_HEADER_LIMIT = 100_000_000
_WIDTHS = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "I64": 8, "I32": 4, "I16": 2, "I8": 1,
           "U64": 8, "U32": 4, "U16": 2, "U8": 1, "BOOL": 1, "F8_E4M3": 1,
           "F8_E5M2": 1}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredTensor:
    """One tensor of a safetensors file."""

    kind: str
    shape: tuple[int, ...]


def read_header(path: Path) -> dict[str, StoredTensor]:
    """Every tensor of `path` by name.

    Raises:
        MalformedFileError: the header does not add up or does not cover the file exactly.
        OSError: the file cannot be read.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        lead = stream.read(8)
        length = int.from_bytes(lead, "little")
        if len(lead) < 8 or length > min(size - 8, _HEADER_LIMIT):
            raise MalformedFileError("it ends before its header does")
        raw = stream.read(length)
    tensors: dict[str, StoredTensor] = {}
    spans: list[tuple[int, int]] = []
    for name, entry in _parse(raw).items():
        if name != "__metadata__":
            tensors[name], span = _read_entry(entry)
            spans.append(span)
    end = 0
    for first, last in sorted(spans):
        if first != end:
            raise MalformedFileError("its tensors overlap or leave gaps")
        end = last
    if end != size - 8 - length:
        raise MalformedFileError("its size is not what its header says")
    return tensors


def _parse(raw: bytes) -> dict[str, Any]:
    try:
        header = json.loads(raw.decode("utf-8"), object_pairs_hook=_no_doubles)
    except (ValueError, RecursionError):
        raise MalformedFileError("its header is not readable") from None
    if not isinstance(header, dict):
        raise MalformedFileError("its header is not readable")
    return header


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _read_entry(entry: Any) -> tuple[StoredTensor, tuple[int, int]]:
    try:
        kind, shape, (first, last) = entry["dtype"], entry["shape"], entry["data_offsets"]
        numbers = [*shape, first, last]
    except (TypeError, KeyError, ValueError):
        raise MalformedFileError("its header is incomplete") from None
    if kind not in _WIDTHS or not all(type(n) is int and 0 <= n < 1 << 62 for n in numbers):
        raise MalformedFileError("its header is incomplete")
    if last - first != prod(shape) * _WIDTHS[kind]:
        raise MalformedFileError("a tensor's shape does not fit its size")
    return StoredTensor(kind, tuple(shape)), (first, last)
