"""The conversations' text out of a ChatGPT export archive, with every size checked first.

Only the entries that hold conversations are unpacked, into memory and counted as they come, so a
header that lies about its size gains nothing. Archives inside are never opened.
"""

import errno
import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from engine.library.chat_file import bad_file

__all__ = ["LIMITS", "Limits", "is_archive", "read_conversations"]

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_END = b"PK\x05\x06"
_WANTED = re.compile(r"(^|/)conversations(-\d{1,4})?\.json$")
_CHUNK = 1 << 20
_DAMAGED = "this archive is damaged or packed in an unknown way"
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, struct.error,
    ValueError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What an import may cost. Sizes in bytes, ``ratio`` unpacked over packed."""

    file: int = 512 * 2**20
    archive: int = 4 * 2**30
    directory: int = 64 * 2**20
    entries: int = 65_000
    ratio: int = 200
    line: int = 64 * 2**20


LIMITS = Limits()


def is_archive(path: Path) -> bool:
    """Whether the file begins as a zip archive does."""
    with path.open("rb") as stream:
        return stream.read(4) in _MAGIC


def read_conversations(path: Path, limits: Limits = LIMITS) -> list[bytes]:
    """The bytes of each conversations file in the archive, in order of their names.

    Raises:
        EngineError: ``BAD_INPUT`` for a damaged, encrypted, oversized or foreign archive.
    """
    _check_directory(path, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = [entry for entry in archive.infolist() if _WANTED.search(entry.filename)]
            if not wanted:
                raise bad_file("", "this archive holds no conversations.json")
            return _unpack(archive, sorted(wanted, key=lambda entry: entry.filename), limits)
    except _DAMAGE:
        raise bad_file("", _DAMAGED) from None
    except OSError as error:
        # A place before the beginning of the file, or what bz2 says of damage; no failing disk.
        if error.errno not in (None, errno.EINVAL):
            raise
        raise bad_file("", _DAMAGED) from None


def _check_directory(path: Path, limits: Limits) -> None:
    """Refuses by the archive's end record, before its list of entries is read into memory."""
    size = path.stat().st_size
    if size > limits.archive:
        raise bad_file("", "this archive is too large; unpack it and import conversations.json")
    with path.open("rb") as stream:
        stream.seek(max(0, size - 65_557))
        tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise bad_file("", "this archive is damaged")
    entries, directory = struct.unpack_from("<HL", tail, at + 10)
    if entries > limits.entries or directory > limits.directory:
        raise bad_file("", "this archive holds too many files")


def _unpack(
    archive: zipfile.ZipFile, wanted: list[zipfile.ZipInfo], limits: Limits
) -> list[bytes]:
    unpacked: list[bytes] = []
    room = limits.file
    for entry in wanted:
        if entry.flag_bits & 1:
            raise bad_file("", "this archive is locked with a password; unpack it first")
        allowed = min(room, max(limits.ratio * entry.compress_size, 1 << 16))
        unpacked.append(_unpack_one(archive, entry, allowed))
        room -= len(unpacked[-1])
    return unpacked


def _unpack_one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowed: int) -> bytes:
    parts, size = [], 0
    with archive.open(entry) as stream:
        while part := stream.read(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > allowed:
                raise bad_file("", "this archive unpacks to far more than it should hold")
    return b"".join(parts)
