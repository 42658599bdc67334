"""Failure kinds: each is named where it is known and shown in one way."""

from enum import StrEnum

__all__ = ["EngineError", "FailureKind"]


class FailureKind(StrEnum):
    """What went wrong, for the window to choose heading and next step."""

    LOCKED = "locked"
    WRONG_KEY = "wrong_key"
    KEY_MISSING = "key_missing"
    KEYRING_UNAVAILABLE = "keyring_unavailable"
    DATABASE_DAMAGED = "database_damaged"
    IN_USE = "in_use"
    BAD_INPUT = "bad_input"
    UNSUPPORTED_MODEL = "unsupported_model"
    ADAPTER_DAMAGED = "adapter_damaged"
    NOT_FOUND = "not_found"
    OUT_OF_MEMORY = "out_of_memory"
    DISK_FULL = "disk_full"
    SHUTTING_DOWN = "shutting_down"
    BUG = "bug"


class EngineError(Exception):
    """A failure with a name. ``detail`` is one sentence for the user that says what to do next.

    It never holds the user's words, a key or a passphrase.
    """

    def __init__(self, kind: FailureKind, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail
