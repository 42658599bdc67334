"""Keeps decoding from collapsing on a busy machine.

Torch's threads meet after every product, some 200 times a token. When another program holds a
core, all of them wait for the one that lost its turn: two threads beside one busy core are far
slower than one thread. So the number of threads follows the cores that others leave free. Programs
of a lower priority than ours (backups, indexing) yield to us at once; their cores count as free.
"""

import os
import time

import psutil
import torch

_INTERVAL_S = 0.25

_most = [torch.get_num_threads()]


def limit_threads(limit: int) -> None:
    """Sets torch's thread count, and the most that a pacer may go back to, for this process."""
    _most[0] = max(1, limit)
    torch.set_num_threads(_most[0])


def thread_limit() -> int:
    """The most threads that torch may take; what it takes right now may be fewer."""
    return _most[0]


class ThreadPacer:
    """Sets torch's thread count between 1 and `limit`, by what other processes take.

    Args:
        limit: The most threads.
        stale_s: A look at the machine that is older than this says nothing about now, seconds.
    """

    def __init__(self, limit: int, stale_s: float = 2.0) -> None:
        self._limit = max(1, limit)
        self._stale_s = stale_s
        self._cores = psutil.cpu_count(logical=True) or self._limit
        self.threads = self._limit
        self._at, self._others = time.perf_counter(), _others_seconds()

    def adjust(self) -> None:
        """Call before each step; looks at the machine four times a second at most."""
        if self._limit == 1:
            return
        now = time.perf_counter()
        span = now - self._at
        if span < _INTERVAL_S:
            return
        others = _others_seconds()
        if span < self._stale_s:
            self._choose((others - self._others) / span)
        self._at, self._others = now, others

    def _choose(self, busy: float) -> None:
        """Takes the cores that are left when others keep `busy` of them."""
        free = max(1, min(self._limit, int(self._cores - busy + 0.5)))
        self.threads = free
        if free != torch.get_num_threads():
            torch.set_num_threads(free)


def _others_seconds() -> float:
    """Processor time that other processes which do not yield to this one have taken so far."""
    total = psutil.cpu_times()
    free = total.idle + getattr(total, "iowait", 0.0)
    if not _yields():
        free += getattr(total, "nice", 0.0)
    guest = getattr(total, "guest", 0.0) + getattr(total, "guest_nice", 0.0)
    return float(sum(total) - guest - free) - time.process_time()


def _yields() -> bool:
    """True when this process itself runs with a lowered priority (POSIX niceness above 0)."""
    return hasattr(os, "getpriority") and os.getpriority(os.PRIO_PROCESS, 0) > 0
