"""The filter's program, run here by a small interpreter of its four instructions."""

import errno
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.offline.rules import PROCESSORS, X32_BIT, program

ALLOW, KILL, ERROR = 0x7FFF0000, 0x80000000, 0x00050000
MACHINES = sorted(PROCESSORS)


def verdict(machine, mark, number, first):
    """What the kernel would do with one system call."""
    data = struct.pack("<IIQQ", number, mark, 0, first)
    code, at = program(PROCESSORS[machine]), 0
    lines = [struct.unpack_from("<HBBI", code, 8 * i) for i in range(len(code) // 8)]
    held = 0
    while True:
        kind, if_true, if_false, value = lines[at]
        at += 1
        if kind == 0x20:
            held = struct.unpack_from("<I", data, value)[0]
        elif kind == 0x15:
            at += if_true if held == value else if_false
        elif kind == 0x35:
            at += if_true if held >= value else if_false
        elif kind == 0x06:
            return value
        else:
            raise AssertionError(kind)


def call(machine, number, first=0):
    return verdict(machine, PROCESSORS[machine].mark, number, first)


@pytest.mark.parametrize("machine", MACHINES)
@given(family=st.integers(0, 2**32 - 1) | st.integers(0, 60))
def test_only_local_families_get_a_socket(machine, family):
    expected = ALLOW if family in (1, 16) else ERROR | errno.EACCES
    assert call(machine, PROCESSORS[machine].socket, family) == expected


@pytest.mark.parametrize("machine", MACHINES)
def test_the_upper_half_of_the_argument_changes_nothing(machine):
    """The kernel takes the family as an int, so it looks at the lower half alone."""
    number = PROCESSORS[machine].socket
    assert call(machine, number, (1 << 32) | 2) == ERROR | errno.EACCES
    assert call(machine, number, (2 << 32) | 1) == ALLOW


@pytest.mark.parametrize("machine", MACHINES)
def test_rings_and_borrowed_descriptors_are_refused(machine):
    for number in (425, 426, 427, 438):
        assert call(machine, number) == ERROR | errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
@given(number=st.integers(0, 600), first=st.integers(0, 2**64 - 1))
def test_everything_else_passes(machine, number, first):
    processor = PROCESSORS[machine]
    if number not in (processor.socket, *processor.forbidden):
        assert call(machine, number, first) == ALLOW


@given(number=st.integers(X32_BIT, 2**32 - 1), first=st.integers(0, 60))
def test_x32_is_refused_as_a_whole(number, first):
    assert call("x86_64", number, first) == ERROR | errno.EPERM


@pytest.mark.parametrize("machine", MACHINES)
@given(mark=st.integers(0, 2**32 - 1), number=st.integers(0, 600))
def test_calls_of_another_processor_end_the_process(machine, mark, number):
    if mark != PROCESSORS[machine].mark:
        assert verdict(machine, mark, number, 0) == KILL
