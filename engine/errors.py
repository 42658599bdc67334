"""Names every failure: what the store, the system or torch raised becomes an `EngineError`."""

import errno
import logging
import traceback

from engine.contract import EngineError, FailureKind
from storage.errors import (
    DatabaseDamaged,
    DiskFull,
    KeyMissing,
    KeyringUnavailable,
    NotFound,
    ProfileInUse,
    SealBroken,
    StoreError,
    WrongKey,
)
from storage.settings import SettingError

__all__ = ["CLOSING", "LOCKED", "closing", "locked", "named"]

CLOSING = "Confidant is closing; start it again to go on."
LOCKED = "The profile is locked; unlock it first."

_log = logging.getLogger(__name__)

_STORE_KINDS: tuple[tuple[type[StoreError], FailureKind], ...] = (
    (WrongKey, FailureKind.WRONG_KEY),
    (KeyMissing, FailureKind.KEY_MISSING),
    (KeyringUnavailable, FailureKind.KEYRING_UNAVAILABLE),
    (DatabaseDamaged, FailureKind.DATABASE_DAMAGED),
    (ProfileInUse, FailureKind.IN_USE),
    (DiskFull, FailureKind.DISK_FULL),
    (NotFound, FailureKind.NOT_FOUND),
    (SealBroken, FailureKind.ADAPTER_DAMAGED),
)
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}
_NO_MEMORY_MARKS = ("out of memory", "not enough memory", "can't allocate memory", "bad_alloc")
_NO_MEMORY = "Not enough memory; close other programs or choose a smaller model."
_NO_DISK = "The disk is full; free some space and try again. Everything saved before is safe."
_BUG = "Something went wrong inside Confidant; try again, and restart it if this comes back."


def closing() -> EngineError:
    """The failure of a job that the engine's shutdown cut off."""
    return EngineError(FailureKind.SHUTTING_DOWN, CLOSING)


def locked() -> EngineError:
    """The failure of a command that needs an open profile."""
    return EngineError(FailureKind.LOCKED, LOCKED)


def named(error: BaseException, job: str) -> EngineError:
    """`error` as a named failure.

    An unknown exception is our bug: its kind and the places it went through are logged with the
    job's name. Its message is not, for it may hold the user's words.
    """
    match error:
        case EngineError():
            return error
        case StoreError():
            return EngineError(_store_kind(error), error.detail)
        case SettingError():
            return EngineError(FailureKind.BAD_INPUT, str(error))
        case OSError() if error.errno in _NO_ROOM:
            return EngineError(FailureKind.DISK_FULL, _NO_DISK)
    if _is_out_of_memory(error):
        return EngineError(FailureKind.OUT_OF_MEMORY, _NO_MEMORY)
    _log.error("job %s: %s\n%s", job, type(error).__name__, _places(error))
    return EngineError(FailureKind.BUG, _BUG)


def _store_kind(error: StoreError) -> FailureKind:
    for kind, name in _STORE_KINDS:
        if isinstance(error, kind):
            return name
    return FailureKind.BAD_INPUT


def _is_out_of_memory(error: BaseException) -> bool:
    """Python's own error and torch's, which is recognised without importing torch."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    text = str(error).lower() if isinstance(error, RuntimeError) else ""
    return any(mark in text for mark in _NO_MEMORY_MARKS)


def _places(error: BaseException) -> str:
    """File, line and function of each frame; no source text, no values, no message."""
    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
