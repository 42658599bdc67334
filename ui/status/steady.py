"""Seconds that go on while the computer sleeps and that no one can set."""

import time

__all__ = ["steady_seconds"]

# Linux counts sleep with the first, macOS with the second; Windows in its monotonic clock anyway.
_CLOCKS = tuple(
    getattr(time, name) for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC_RAW") if hasattr(time, name)
)


def steady_seconds() -> float:
    """Seconds since some moment in the past; only differences mean anything."""
    return time.clock_gettime(_CLOCKS[0]) if _CLOCKS else time.monotonic()
