"""Sealing bytes with AES-256-GCM in chunks of 1 MiB, after the STREAM construction.

A header (magic, format version, 7 random bytes), then the chunks, each with its own tag. A
chunk's nonce is the 7 bytes, its number, and whether it is the last; so chunks cannot be changed,
moved, left out or added unnoticed. Header and `binding` are authenticated with each chunk.
The construction is that of Hoang, Reyhanitabar, Rogaway and Vizár (CRYPTO 2015).
"""

import secrets
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import SealBroken

VERSION = 1
CHUNK_BYTES = 1024 * 1024
_MAGIC = b"CNFS"
_PREFIX_BYTES = 7
_HEADER_BYTES = len(_MAGIC) + 1 + _PREFIX_BYTES
_TAG_BYTES = 16
_BROKEN = "A sealed file is damaged and was not used; delete it and learn again."


def sealed_size(size: int) -> int:
    """Bytes that `size` bytes take when sealed."""
    chunks = max(1, -(-size // CHUNK_BYTES))
    return _HEADER_BYTES + size + chunks * _TAG_BYTES


def seal(key: bytes, data: bytes, binding: bytes) -> Iterator[bytes]:
    """The sealed form of `data`, piece by piece. `key` (32 bytes) must be used only once."""
    prefix = secrets.token_bytes(_PREFIX_BYTES)
    header = _MAGIC + bytes([VERSION]) + prefix
    cipher, view = AESGCM(key), memoryview(data)
    count = max(1, -(-len(data) // CHUNK_BYTES))
    yield header
    for number in range(count):
        chunk = view[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES]
        yield cipher.encrypt(_nonce(prefix, number, count), chunk, header + binding)


def unseal(key: bytes, sealed: bytes, binding: bytes) -> bytes:
    """What was sealed; raises `SealBroken` when a single bit of anything is different."""
    header, body = sealed[:_HEADER_BYTES], memoryview(sealed)[_HEADER_BYTES:]
    if header[: len(_MAGIC) + 1] != _MAGIC + bytes([VERSION]) or len(body) < _TAG_BYTES:
        raise SealBroken(_BROKEN)
    prefix, cipher, step = header[-_PREFIX_BYTES:], AESGCM(key), CHUNK_BYTES + _TAG_BYTES
    count = -(-len(body) // step)
    chunks = []
    try:
        for number in range(count):
            chunk = body[number * step : (number + 1) * step]
            chunks.append(cipher.decrypt(_nonce(prefix, number, count), chunk, header + binding))
    except (InvalidTag, ValueError):
        raise SealBroken(_BROKEN) from None
    return b"".join(chunks)


def _nonce(prefix: bytes, number: int, count: int) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([number == count - 1])
