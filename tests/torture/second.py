"""A second start beside an open window: it gives way within a second and writes nothing."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.setup import create_profile
from tests.storage.support import snapshot

ROOT = Path(__file__).parents[2]
GOAL_S, PATIENCE_S = 1.0, 300.0
_PASSING = ("confidant.db-shm", "confidant.db-wal", "logs")
"""The first process may write its own log and its database's passing files meanwhile."""


def starts(folder: Path, times: int) -> dict[str, object]:
    """Starts `times` second copies of ``main.py``, one after another, beside a locked window."""
    paths = ProfilePaths(folder / "profile")
    store, _key, _recovery = create_profile(
        paths, KeyFile(paths.key_file, cost=CHEAP_COST), passphrase="a"
    )
    store.close()
    temporary = folder / "temporary"
    temporary.mkdir()
    first = _start(paths, temporary)
    try:
        _until_it_listens(first, temporary)
        _second(paths, temporary)  # warms the disk
        before = _lasting(paths.root)
        taken = [_second(paths, temporary) for _ in range(times)]
        untouched = _lasting(paths.root) == before
        alive = first.poll() is None
    finally:
        first.terminate()
        first.communicate()
    seconds, processor, gave_way = zip(*taken, strict=True)
    median = statistics.median(seconds)
    return {"starts": times, "median_s": round(median, 3), "slowest_s": round(max(seconds), 3),
            "processor_s": round(statistics.median(processor), 3), "untouched": untouched,
            "good": all(gave_way) and untouched and alive and median <= GOAL_S}  # fmt: skip


def _start(paths: ProfilePaths, temporary: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, "main.py", "--profile", str(paths.root)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)  # fmt: skip


def _until_it_listens(first: "subprocess.Popen[str]", temporary: Path) -> None:
    end = time.monotonic() + PATIENCE_S
    while not list(temporary.glob("confidant-*")):
        assert first.poll() is None, "the first window ended"
        assert time.monotonic() < end, "the first window never listened"
        time.sleep(0.05)


def _second(paths: ProfilePaths, temporary: Path) -> tuple[float, float, bool]:
    """Seconds of the wall and of the processor, and whether it gave way with the one sentence."""
    began, used = time.perf_counter(), os.times()
    second = _start(paths, temporary)
    _out, said = second.communicate(timeout=PATIENCE_S)
    seconds, now = time.perf_counter() - began, os.times()
    processor = now.children_user + now.children_system - used.children_user - used.children_system
    return seconds, processor, second.returncode == 1 and "already open" in said


def _lasting(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {name: held for name, held in snapshot(folder).items()
            if not name.startswith(_PASSING)}  # fmt: skip
