"""A small secret wrapped in AES-256-GCM, bound to what it is for."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import WrongKey

_NONCE_BYTES = 12


def wrap(wrapping_key: bytes, secret: bytes, binding: bytes) -> bytes:
    """Nonce, ciphertext and tag of `secret`; it unwraps only with the same `binding`."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(wrapping_key).encrypt(nonce, secret, binding)


def unwrap(wrapping_key: bytes, wrapped: bytes, binding: bytes) -> bytes:
    """The secret inside `wrapped`; raises `WrongKey` when key, bytes or binding differ."""
    nonce, sealed = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
    try:
        return AESGCM(wrapping_key).decrypt(nonce, sealed, binding)
    except (InvalidTag, ValueError):
        raise WrongKey("This key does not open the profile; try another one.") from None
