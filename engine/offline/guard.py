"""Sets the guards up at the start of the process and says what stands."""

import os
from dataclasses import dataclass

from engine.offline import seccomp, watch

LEAVE_OUT = "CONFIDANT_NO_NETWORK_FILTER"
"""Environment variable: with ``1`` the kernel's filter is left out and this computer's own address
may be reached (a forwarded X display). The doctor tells."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What keeps this process from a network.

    Attributes:
        kind: ``filter`` (the kernel refuses), ``hook`` (Python refuses), ``left_out`` (on request,
            Python refuses all but this computer), ``none`` (nothing was set up).
        detail: A clause that says why the filter does not stand; empty when it does.
    """

    kind: str = "none"
    detail: str = ""


_guard = Guard()


def go_offline() -> Guard:
    """Sets up what this system has. Main thread, before any other thread starts."""
    global _guard
    if os.environ.get(LEAVE_OUT) == "1":
        watch.install(allow_loopback=True)
        _guard = Guard("left_out", f"{LEAVE_OUT} is set")
        return _guard
    watch.install()
    try:
        seccomp.install()
    except seccomp.FilterError as error:
        _guard = Guard("hook", str(error))
    else:
        _guard = Guard("filter")
    return _guard


def present() -> Guard:
    """What `go_offline` set up in this process."""
    return _guard
