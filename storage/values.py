"""Small conversions between Python values and what a row holds."""

import time
from uuid import uuid4


def new_id() -> str:
    """A fresh random identifier, 32 hex digits."""
    return uuid4().hex


def now() -> float:
    """Unix seconds, for showing; never for order."""
    return time.time()


def clean(text: str) -> str:
    """`text` with half surrogates (which no file can hold) replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def consent_value(value: int | None) -> bool | None:
    """Consent as stored (NULL, 0 or 1)."""
    return None if value is None else bool(value)
