"""Tries to reach a network in every way at hand and tells what came of it.

Nothing leaves the machine even where an attempt succeeds: all of them aim at the discard port of
this computer itself. An attempt counts as denied only when a guard refused it; a network that is
merely absent is no proof.
"""

import contextlib
import ctypes
import errno
import os
import platform
import socket
import sys
from collections.abc import Callable, Iterator

from engine.contract import NetworkAttempt
from engine.model.child import ChildFailedError, run_child
from engine.offline import watch
from engine.offline.rules import PROCESSORS

_DISCARD = 9
_CHILD_SECONDS, _CHILD_BYTES = 120, 4 << 30
_IO_URING_SETUP = 425
_TCP, _PACKETS = (2, 1, 0), (17, 3, 0)
"""Arguments of socket(2): AF_INET and SOCK_STREAM, AF_PACKET and SOCK_RAW."""
_Way = tuple[str, Callable[[], None], int]


def attempts() -> tuple[NetworkAttempt, ...]:
    """Every attempt with its outcome, in a fixed order. Takes about a second."""
    before = watch.refused()
    found = tuple(_attempt(*way) for way in _ways())
    watch.forget(watch.refused() - before)
    return found


def try_socket() -> int:
    """Opens an internet socket past Python's hooks; returns the error number, 0 when it opened.

    The checking child calls this too, to tell whether a child is held.
    """
    library = ctypes.CDLL(None, use_errno=True)
    number = library.socket(int(socket.AF_INET), int(socket.SOCK_STREAM), 0)
    if number < 0:
        return ctypes.get_errno()
    os.close(number)
    return 0


def _ways() -> Iterator[_Way]:
    """Name, what to do, and the error number with which the kernel's filter answers it."""
    yield "python_tcp_ipv4", lambda: _connect(socket.AF_INET, "127.0.0.1"), errno.EACCES
    yield "python_tcp_ipv6", lambda: _connect(socket.AF_INET6, "::1"), errno.EACCES
    yield "python_udp", _send, errno.EACCES
    yield "python_name_lookup", _look_up, errno.EACCES
    if os.name == "posix":
        yield "library_socket", lambda: _raise(try_socket()), errno.EACCES
    processor = PROCESSORS.get(platform.machine())
    if processor is not None and sys.platform.startswith("linux"):
        number = processor.socket
        yield "system_call_socket", lambda: _call(number, *_TCP), errno.EACCES
        yield "system_call_raw_packets", lambda: _call(number, *_PACKETS), errno.EACCES
        yield "system_call_io_uring", lambda: _call(_IO_URING_SETUP, 1, 0), errno.EPERM
    if os.name == "posix":
        yield "child_process_socket", _in_child, errno.EACCES


def _attempt(name: str, what: Callable[[], None], refusal: int) -> NetworkAttempt:
    try:
        what()
    except watch.ConnectionDeniedError:
        return NetworkAttempt(name=name, denied=True, detail="refused by Python's hook")
    except ChildFailedError:
        return NetworkAttempt(name=name, denied=False, detail="the child gave no answer")
    except OSError as error:
        code = errno.errorcode.get(error.errno or 0, "error")
        denied = error.errno == refusal
        words = "refused by the kernel" if denied else "not refused, failed otherwise"
        return NetworkAttempt(name=name, denied=denied, detail=f"{words} ({code})")
    return NetworkAttempt(name=name, denied=False, detail="it went through")


def _look_up() -> None:
    socket.getaddrinfo("localhost", _DISCARD)


def _connect(family: int, host: str) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as made:
        made.settimeout(1)
        made.connect((host, _DISCARD))


def _send() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.sendto(b"", ("127.0.0.1", _DISCARD))


def _call(number: int, *arguments: int) -> None:
    """One system call by its number; a file that it opens is closed at once."""
    library = ctypes.CDLL(None, use_errno=True)
    library.syscall.restype = ctypes.c_long
    answer = library.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    if answer < 0:
        _raise(ctypes.get_errno())
    with contextlib.suppress(OSError):
        os.close(answer)


def _in_child() -> None:
    answer = run_child("try_socket", seconds=_CHILD_SECONDS, memory_bytes=_CHILD_BYTES)
    _raise(int(answer["errno"]))


def _raise(number: int) -> None:
    if number:
        raise OSError(number, os.strerror(number))
