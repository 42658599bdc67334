"""The rules for the kernel: a small program of the Berkeley Packet Filter kind, as bytes.

It looks at each system call and refuses those that lead to a network:

- ``socket`` of any family but AF_UNIX (windows, keyring, message bus on this machine) and
  AF_NETLINK (the kernel telling about devices);
- ``io_uring_*``, whose rings open sockets without a system call that could be looked at;
- ``pidfd_getfd``, which takes an open socket out of another process.

A refused call returns an error; the program goes on. Calls of another processor's numbering (32-bit
programs, x32) would need rules of their own, so they are refused as a whole.

Sources: linux/filter.h, linux/seccomp.h, linux/audit.h, seccomp(2).
"""

import errno
import struct
from dataclasses import dataclass

X32_BIT = 0x4000_0000
ALLOWED_FAMILIES = (1, 16)
"""AF_UNIX and AF_NETLINK."""

_LOAD_WORD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL_PROCESS, _ERROR = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16


@dataclass(frozen=True, slots=True)
class Processor:
    """Numbers of one processor family: its mark in audit records and its system calls."""

    mark: int
    seccomp: int
    socket: int
    forbidden: tuple[int, ...]
    has_x32: bool = False


PROCESSORS = {
    "x86_64": Processor(0xC000_003E, 317, 41, (425, 426, 427, 438), has_x32=True),
    "aarch64": Processor(0xC000_00B7, 277, 198, (425, 426, 427, 438)),
}
"""By `platform.machine()`; ``forbidden`` are io_uring_setup, _enter, _register and pidfd_getfd."""


def program(processor: Processor) -> bytes:
    """The filter for `processor`: 8 bytes an instruction, in the order of execution."""
    refuse_call, refuse_family = _give(_ERROR | errno.EPERM), _give(_ERROR | errno.EACCES)
    lines = [
        _load(_ARCHITECTURE_AT),
        _jump(_JUMP_EQUAL, processor.mark, 1, 0),
        _give(_KILL_PROCESS),
        _load(_NUMBER_AT),
    ]
    if processor.has_x32:
        lines += [_jump(_JUMP_AT_LEAST, X32_BIT, 0, 1), refuse_call]
    for number in processor.forbidden:
        lines += [_jump(_JUMP_EQUAL, number, 0, 1), refuse_call]
    lines += [_jump(_JUMP_EQUAL, processor.socket, 1, 0), _give(_ALLOW), _load(_FIRST_ARGUMENT_AT)]
    for family in ALLOWED_FAMILIES:
        lines += [_jump(_JUMP_EQUAL, family, 0, 1), _give(_ALLOW)]
    return b"".join([*lines, refuse_family])


def _load(offset: int) -> bytes:
    """Takes a word of `struct seccomp_data`; both processors are little-endian."""
    return struct.pack("<HBBI", _LOAD_WORD, 0, 0, offset)


def _jump(kind: int, value: int, if_true: int, if_false: int) -> bytes:
    """Compares and skips so many instructions."""
    return struct.pack("<HBBI", kind, if_true, if_false, value)


def _give(verdict: int) -> bytes:
    return struct.pack("<HBBI", _RETURN, 0, 0, verdict)
