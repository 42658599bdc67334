"""Load: decoding beside a busy core, and memory over 1,000 turns of conversation."""

import argparse
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise

import psutil

from engine.decode.pacing import ThreadPacer, thread_limit
from engine.decode.sampling import Sampling
from engine.model.loaded import LoadedModel
from tests.bench.decode import sides
from tests.bench.report import Goal, Report, Sample, alternate, median

_PROMPT, _TOKENS = 64, 96
_TURNS, _SETTLED = 1000, 100
_SPIN = "while True: pass"


def measure(options: argparse.Namespace) -> Report:
    """Quiet and busy rounds in turn, then the turns."""
    with sides.loaded(options, 1024) as model:
        ids = sides.prompt_of(model, _PROMPT)
        runs = {"quiet": lambda: _round(model, ids), "busy": lambda: _busy_round(model, ids)}
        found = alternate(runs, options.rounds)
        figures: dict[str, float | int | str] = {
            f"{name}_tokens_per_s": median(samples, "tokens_per_s")
            for name, samples in found.items()
        }
        speeds = [float(figures[f"{name}_tokens_per_s"]) for name in ("quiet", "busy")]
        figures["busy_to_quiet_ratio"] = speeds[1] / speeds[0]
        figures["busy_longest_wait_ms"] = max(sample["longest_ms"] for sample in found["busy"])
        figures |= _turns(model)
    goals = {
        "busy_to_quiet_ratio": Goal(">=", 0.4), "busy_longest_wait_ms": Goal("<=", 200),
        "memory_growth_after_100_turns_mb": Goal("<=", 8),
    }  # fmt: skip
    return Report("load", options.rounds, figures, goals)


def _round(model: LoadedModel, ids: list[int]) -> Sample:
    """Tokens a second, and the longest wait for a token."""
    decoder = sides.lean(model)
    decoder._forget()
    decoder._stop_ids = frozenset()
    decoder.look_ahead = False
    decoder._pacer = ThreadPacer(thread_limit())
    how = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=_TOKENS)
    times = []
    for _ in decoder.stream(ids, how, lambda: False):
        times.append(time.perf_counter())
    waits = [later - earlier for earlier, later in pairwise(times)]
    return {
        "tokens_per_s": len(waits) / (times[-1] - times[0]), "longest_ms": max(waits) * 1000
    }  # fmt: skip


def _busy_round(model: LoadedModel, ids: list[int]) -> Sample:
    with _busy_core():
        return _round(model, ids)


@contextlib.contextmanager
def _busy_core() -> Iterator[None]:
    """Another program of our own priority that never rests."""
    spinner = subprocess.Popen([sys.executable, "-c", _SPIN])
    try:
        time.sleep(0.5)
        yield
    finally:
        spinner.kill()
        spinner.wait()


def _turns(model: LoadedModel) -> dict[str, float]:
    """Resident memory after 100 turns and what 900 more add; each turn a prompt of its own."""
    decoder, process = sides.lean(model), psutil.Process(os.getpid())
    how = Sampling(max_tokens=2, seed=1)
    settled = 0
    for turn in range(_TURNS):
        if turn == _SETTLED:
            settled = process.memory_info().rss
        ids = sides.prompt_of(model, 16 + turn % 48)
        for _ in decoder.stream([*ids, turn % 4096 + 64], how, lambda: False):
            pass
    grown = process.memory_info().rss - settled
    return {"memory_after_100_turns_mb": settled / 1e6,
            "memory_growth_after_100_turns_mb": grown / 1e6}  # fmt: skip
