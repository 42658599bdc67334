"""Freed memory goes back to the system when a lane has nothing to do."""

import ctypes
import sys

import psutil
import pytest

from engine import freed, lanes
from engine.contract import ReadStatus
from engine.lanes import Lane


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the C library of Linux")
def test_holes_between_what_stays_are_given_back():
    libc, process = ctypes.CDLL(None), psutil.Process()
    if not hasattr(libc, "malloc_trim"):
        pytest.skip("another C library")
    libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    libc.free.argtypes = [ctypes.c_void_p]
    pieces = [libc.malloc(100_000) for _ in range(2000)]
    for piece in pieces:
        ctypes.memset(piece, 1, 100_000)
    for number, piece in enumerate(pieces):
        if number % 50:
            libc.free(piece)
    before = process.memory_info().rss
    freed.give_back()
    assert before - process.memory_info().rss > 50_000_000
    for piece in pieces[::50]:
        libc.free(piece)


def test_another_system_goes_without(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    freed._trim.cache_clear()
    freed.give_back()
    freed._trim.cache_clear()


def test_a_lane_gives_back_when_nothing_waits(monkeypatch):
    told = []
    monkeypatch.setattr(lanes, "give_back", lambda: told.append("given back"))
    lane = Lane("test", lambda _command: told.append("worked"))
    lane.put(ReadStatus())
    lane.put(ReadStatus())
    lane.start()
    while len(told) < 3:
        pass
    lane.close()
    assert lane.join(10)
    assert told[:3] == ["worked", "worked", "given back"]
