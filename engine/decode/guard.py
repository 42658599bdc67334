"""Gives failures of torch the names that the window knows."""

import functools
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

from engine.contract import EngineError, FailureKind

_P = ParamSpec("_P")
_R = TypeVar("_R")

_MARKS = ("not enough memory", "out of memory", "alloc", "std::bad_alloc")


def out_of_memory() -> EngineError:
    """The error for a machine whose memory is used up."""
    return EngineError(
        FailureKind.OUT_OF_MEMORY,
        "There is not enough free memory; close other programs or choose a smaller model.",
    )


def check_length(prompt: Sequence[int], limit: int) -> None:
    """Raises ``BAD_INPUT`` unless `prompt` holds something and fewer than `limit` tokens."""
    if not 0 < len(prompt) < limit:
        raise EngineError(
            FailureKind.BAD_INPUT, "This message is too long for the model; shorten it."
        )


def is_out_of_memory(error: BaseException) -> bool:
    """True when `error` is torch's or Python's way to say that memory ran out."""
    if isinstance(error, MemoryError):
        return True
    text = str(error).lower()
    return isinstance(error, RuntimeError) and any(mark in text for mark in _MARKS)


def named_failures(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turns an out-of-memory error of `function` into `EngineError`; others pass unchanged."""

    @functools.wraps(function)
    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return function(*args, **kwargs)
        except (MemoryError, RuntimeError) as error:
            if is_out_of_memory(error):
                raise out_of_memory() from None
            raise

    return guarded
