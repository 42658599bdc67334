"""The recovery key: a random secret that people can write down and type back.

160 random bits and 20 bits of checksum in 36 characters of Crockford's base 32 (no I, L, O, U;
reading 1 for I or L and 0 for O), shown as nine groups of four. The checksum tells a slip of the
pen from a key that belongs to another profile.
"""

import hashlib
import secrets

from storage.errors import RecoveryTypo

SECRET_BYTES = 20
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SECRET_CHARS, _CHECK_CHARS, _GROUP = 32, 4, 4
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


def generate_secret() -> bytes:
    """20 random bytes."""
    return secrets.token_bytes(SECRET_BYTES)


def to_text(secret: bytes) -> str:
    """The secret as nine groups of four characters joined by hyphens."""
    body = _encode(int.from_bytes(secret, "big"), _SECRET_CHARS) + _checksum(secret)
    return "-".join(body[at : at + _GROUP] for at in range(0, len(body), _GROUP))


def from_text(text: str) -> bytes:
    """The secret that `text` spells; raises `RecoveryTypo` when it cannot be a recovery key.

    Case, spaces and hyphens do not matter.
    """
    body = "".join(text.split()).replace("-", "").upper().translate(_LOOKALIKES)
    wanted = _SECRET_CHARS + _CHECK_CHARS
    if len(body) != wanted:
        raise RecoveryTypo(
            f"A recovery key has {wanted} characters, this has {len(body)}; please compare them."
        )
    if any(character not in _ALPHABET for character in body):
        raise RecoveryTypo("The recovery key holds a character that never occurs in one.")
    number = 0
    for character in body[:_SECRET_CHARS]:
        number = number * 32 + _ALPHABET.index(character)
    secret = number.to_bytes(SECRET_BYTES, "big")
    if _checksum(secret) != body[_SECRET_CHARS:]:
        raise RecoveryTypo("The recovery key was mistyped; please compare it with your copy.")
    return secret


def _checksum(secret: bytes) -> str:
    digest = hashlib.sha256(b"confidant recovery key" + secret).digest()
    return _encode(int.from_bytes(digest[:4], "big") & 0xFFFFF, _CHECK_CHARS)


def _encode(number: int, characters: int) -> str:
    return "".join(_ALPHABET[number >> 5 * at & 31] for at in reversed(range(characters)))
