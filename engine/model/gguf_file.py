"""A strict reader of GGUF files: every count and offset is checked before it is believed.

The `gguf` package trusts what a header claims and can loop for hours on a forged array length.
Here the header is read in one forward pass over a memory map; nothing is allocated before the
bytes that it needs are known to be there. Dequantizing stays with `gguf.quants`.

Source of the layout: the GGUF specification, versions 2 and 3, little endian.
"""

import mmap
import struct
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

MetaValue = bool | int | float | str | list["MetaValue"]

_MAX_KEY = 65_535
_MAX_TENSORS = 65_536
_MAX_KEYS = 4_096
_MAX_DIMENSIONS = 4
_ARRAY, _STRING, _BOOL = 9, 8, 7
_LENGTH = struct.Struct("<Q")
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q",
            12: "d"}  # fmt: skip


class MalformedFileError(ValueError):
    """A model file that is not what it claims to be; the message is part of a sentence."""


@dataclass(frozen=True, slots=True)
class GgufTensor:
    """Where one tensor lies. ``shape`` as torch has it (rows first); ``offset`` in the file."""

    name: str
    shape: tuple[int, ...]
    kind: gguf.GGMLQuantizationType
    offset: int
    size: int


class GgufFile:
    """An opened GGUF file: ``metadata`` by key and ``tensors`` by name.

    Raises:
        MalformedFileError: anything in the header does not add up.
        OSError: the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        size = path.stat().st_size
        if size < 24:
            raise MalformedFileError("the file is too short")
        with path.open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        cursor = _Cursor(self._map, size)
        tensor_count, key_count = _read_counts(cursor)
        self.metadata = _read_metadata(cursor, key_count)
        self.tensors = _read_tensors(cursor, tensor_count, self.metadata)

    def blocks(self, name: str) -> npt.NDArray[np.uint8]:
        """The raw bytes of tensor `name` as (rows, bytes per row), not copied."""
        tensor = self.tensors[name]
        flat = np.frombuffer(self._map, np.uint8, tensor.size, tensor.offset)
        rows = int(np.prod(tensor.shape[:-1])) if len(tensor.shape) > 1 else 1
        return flat.reshape(rows, -1)

    def dequantized(self, name: str) -> npt.NDArray[np.float32]:
        """Tensor `name` as float32 in its shape."""
        tensor = self.tensors[name]
        values: npt.NDArray[np.float32] = gguf.quants.dequantize(self.blocks(name), tensor.kind)
        return np.asarray(values, np.float32).reshape(tensor.shape)


class _Cursor:
    """Reads forward through the map and never past its end."""

    def __init__(self, data: mmap.mmap, size: int) -> None:
        self._data = data
        self.size = size
        self.at = 0

    def need(self, count: int) -> int:
        """Claims `count` bytes and returns where they start."""
        start = self.at
        if count < 0 or count > self.size - start:
            raise MalformedFileError("it ends before its header does")
        self.at = start + count
        return start

    def number(self, code: str) -> int:
        start = self.need(struct.calcsize("<" + code))
        return int(struct.unpack_from("<" + code, self._data, start)[0])

    def text(self, limit: int) -> str:
        length = self.number("Q")
        if length > limit:
            raise MalformedFileError("a name in its header is far too long")
        start = self.need(length)
        return self._data[start : start + length].decode("utf-8", "replace")

    def texts(self, count: int) -> list[MetaValue]:
        """Strings one after another; in a loop of its own, since vocabularies hold 100,000."""
        data, at, size = self._data, self.at, self.size
        found: list[MetaValue] = []
        for _ in range(count):
            start = at + _LENGTH.size
            if start > size:
                raise MalformedFileError("it ends before its header does")
            at = start + _LENGTH.unpack_from(data, at)[0]
            if at > size:
                raise MalformedFileError("it ends before its header does")
            found.append(data[start:at].decode("utf-8", "replace"))
        self.at = at
        return found

    def scalars(self, code: str, count: int) -> list[MetaValue]:
        width = struct.calcsize("<" + code)
        if count > self.size // width:
            raise MalformedFileError("a list in its header is longer than the file")
        start = self.need(count * width)
        return list(struct.unpack_from(f"<{count}{code}", self._data, start))


def _read_counts(cursor: _Cursor) -> tuple[int, int]:
    if cursor.number("I") != 0x46554747:
        raise MalformedFileError("it does not begin with the GGUF mark")
    version = cursor.number("I")
    if version not in (2, 3):
        raise MalformedFileError("its GGUF version is not 2 or 3")
    tensor_count, key_count = cursor.number("Q"), cursor.number("Q")
    if tensor_count > _MAX_TENSORS or key_count > _MAX_KEYS:
        raise MalformedFileError("its header claims far too many entries")
    return tensor_count, key_count


def _read_metadata(cursor: _Cursor, count: int) -> dict[str, MetaValue]:
    metadata: dict[str, MetaValue] = {}
    for _ in range(count):
        key = cursor.text(_MAX_KEY)
        if key in metadata:
            raise MalformedFileError("a key appears twice in its header")
        metadata[key] = _read_value(cursor, cursor.number("I"))
    return metadata


def _read_value(cursor: _Cursor, kind: int) -> MetaValue:
    if kind in _SCALARS:
        return cursor.scalars(_SCALARS[kind], 1)[0]
    if kind == _STRING:
        return cursor.text(cursor.size)
    if kind != _ARRAY:
        raise MalformedFileError("its header holds a value of an unknown type")
    inner, length = cursor.number("I"), cursor.number("Q")
    if inner in _SCALARS:
        return cursor.scalars(_SCALARS[inner], length)
    if inner != _STRING:
        raise MalformedFileError("its header holds a list of an unknown type")
    if length > (cursor.size - cursor.at) // 8:
        raise MalformedFileError("a list in its header is longer than the file")
    return cursor.texts(length)


def _read_tensors(
    cursor: _Cursor, count: int, metadata: dict[str, MetaValue]
) -> dict[str, GgufTensor]:
    alignment = metadata.get("general.alignment", 32)
    if not isinstance(alignment, int) or not 1 <= alignment <= 65_536 or alignment & alignment - 1:
        raise MalformedFileError("its alignment is not a power of two")
    found = [_read_tensor(cursor) for _ in range(count)]
    start = -(-cursor.at // alignment) * alignment
    tensors: dict[str, GgufTensor] = {}
    for tensor in found:
        if tensor.name in tensors:
            raise MalformedFileError("a tensor appears twice")
        if tensor.offset % alignment or tensor.offset > cursor.size:
            raise MalformedFileError("a tensor lies at a wrong place")
        end = start + tensor.offset + tensor.size
        if end > cursor.size:
            raise MalformedFileError("a tensor reaches past the end of the file")
        tensors[tensor.name] = GgufTensor(
            tensor.name, tensor.shape, tensor.kind, start + tensor.offset, tensor.size
        )
    return tensors


def _read_tensor(cursor: _Cursor) -> GgufTensor:
    name = cursor.text(_MAX_KEY)
    dimensions = cursor.number("I")
    if not 1 <= dimensions <= _MAX_DIMENSIONS:
        raise MalformedFileError("a tensor has an impossible number of dimensions")
    shape = tuple(cursor.number("Q") for _ in range(dimensions))[::-1]
    number = cursor.number("I")
    try:
        kind = gguf.GGMLQuantizationType(number)
    except ValueError:
        raise MalformedFileError("a tensor is stored in an unknown way") from None
    offset = cursor.number("Q")
    elements = 1
    for length in shape:
        elements *= length
    block, width = gguf.GGML_QUANT_SIZES[kind]
    if elements == 0 or shape[-1] % block or elements // block * width > cursor.size:
        raise MalformedFileError("a tensor's shape does not fit the file")
    return GgufTensor(name, shape, kind, offset, elements // block * width)
