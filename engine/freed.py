"""Gives memory that was freed back to the system.

A prompt of a new length makes torch prepare products of new shapes, and those that it lets go leave
holes between what stays. The C library keeps the holes: over a thousand turns of many lengths they
grew to hundreds of megabytes (docs/measurements.md). Source: malloc_trim(3).
"""

import ctypes
import sys
from collections.abc import Callable
from functools import lru_cache

__all__ = ["give_back"]


def give_back() -> None:
    """Takes about a millisecond; does nothing where the C library cannot. Any thread."""
    _trim()(0)


@lru_cache(maxsize=1)
def _trim() -> Callable[[int], int]:
    if not sys.platform.startswith("linux"):
        return lambda _pad: 0
    found: Callable[[int], int] = getattr(ctypes.CDLL(None), "malloc_trim", lambda _pad: 0)
    return found
