"""Puts the rules into the kernel for this process, every thread of it and every child.

Plain ctypes: the bindings of libseccomp come without wheels, and two system calls are all it takes.
There is no way back, also not through exec, and no right can be gained any more (no_new_privs).
"""

import ctypes
import os
import platform
import sys

from engine.offline.rules import PROCESSORS, program

_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER, _ALL_THREADS = 1, 1


class FilterError(Exception):
    """The filter does not stand; the message is a clause that says why."""


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def install() -> None:
    """Sets the filter up. Call it before threads start; those that exist are covered as well.

    Raises:
        FilterError: this system or kernel has no such filter.
    """
    processor = PROCESSORS.get(platform.machine())
    if not sys.platform.startswith("linux"):
        raise FilterError("this system has no such filter")
    if processor is None or sys.maxsize <= 2**32:
        raise FilterError("there are no rules for this processor")
    code = program(processor)
    rules = _Program(len(code) // 8, code)
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise FilterError(f"no_new_privs: {os.strerror(ctypes.get_errno())}")
    library.syscall.restype = ctypes.c_long
    answer = library.syscall(
        ctypes.c_long(processor.seccomp), ctypes.c_ulong(_SET_MODE_FILTER),
        ctypes.c_ulong(_ALL_THREADS), ctypes.byref(rules),
    )  # fmt: skip
    if answer != 0:
        why = "a thread cannot take it" if answer > 0 else os.strerror(ctypes.get_errno())
        raise FilterError(f"the kernel refused it: {why}")
