"""The time that a run works, for its time limit: sleep, long pauses and jumps are left out.

Linux and macOS stop the monotonic clock while the computer sleeps; Windows lets it go on, and has
another that stops (QueryUnbiasedInterruptTime, in units of 100 ns). The wall clock is never asked.
"""

import ctypes
import sys
import time
from collections.abc import Callable

_LONGEST_LOOK_S = 60.0
_UNUSUAL = 3.0


def awake_s() -> float:
    """Seconds on a clock that stands still while the computer sleeps. Its start means nothing."""
    if sys.platform == "win32":
        ticks = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
        return ticks.value * 1e-7
    return time.monotonic()


class WorkClock:
    """Counts seconds from 0, as far as it is looked at now and then. Used by one thread.

    Between two looks a run makes a step or sits a part of an exam. When far more time went by than
    ever before, the run was held up (a pause, a stopped virtual machine, a jump of the clock), and
    only what is usual counts. Time never runs backwards.
    """

    def __init__(self, clock: Callable[[], float] = awake_s) -> None:
        self._clock = clock
        self._seen = clock()
        self._worked = 0.0
        self._longest = 0.0

    def __call__(self) -> float:
        """Seconds of work so far."""
        now = self._clock()
        passed = max(now - self._seen, 0.0)
        self._seen = now
        counted = min(passed, max(_LONGEST_LOOK_S, _UNUSUAL * self._longest))
        self._longest = max(self._longest, counted)
        self._worked += counted
        return self._worked
