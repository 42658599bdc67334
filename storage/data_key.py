"""The random key of a profile and what is derived from it."""

import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derive(secret: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    """HKDF-SHA256 of `secret` for one `purpose`; other purposes give unrelated bytes."""
    info = b"confidant/1/" + purpose.encode()
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(secret)


class DataKey:
    """32 random bytes that open a profile. Never printed; compare with `matches`."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError("A data key has 32 bytes.")
        self._secret = bytes(secret)

    @classmethod
    def generate(cls) -> "DataKey":
        """A new key from the system's random source."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def __repr__(self) -> str:
        return "DataKey(hidden)"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("A data key is never pickled.")

    @property
    def secret(self) -> bytes:
        """The bytes themselves, for wrapping into key slots only."""
        return self._secret

    @property
    def database_key(self) -> bytes:
        """The raw 32-byte key of the database."""
        return derive(self._secret, "database")

    @property
    def file_key(self) -> bytes:
        """The 32-byte key that wraps the keys of sealed files."""
        return derive(self._secret, "files")

    @property
    def check(self) -> bytes:
        """16 public bytes that tell whether a key is this one, without telling the key."""
        return derive(self._secret, "check", 16)

    def matches(self, check: bytes) -> bool:
        """Whether `check` was taken from this same key."""
        return hmac.compare_digest(self.check, check)
