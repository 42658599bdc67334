"""Long tests: kill -9, disk full, flips, a wrong clock, many messages, many turns, bad files.

``python -m tests.torture [NAME ...] [--times N [--first N]]`` prints one line of JSON for each;
without names all run. A long run can be split: ``mutants --times 5000 --first 15000`` is its last
quarter. The exit code is 1 when a goal was missed. The short forms are in ``tests/storage``.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.torture import clock, disk, flips, kills, long_life, mutants, scale, second, tuning

Figures = dict[str, object]

RUNS: dict[str, tuple[Callable[..., Figures], int]] = {
    "kill-writing": (kills.writing, 500),
    "kill-adapters": (kills.adapters, 200),
    "kill-passphrase": (kills.passphrases, 100),
    "kill-keys": (kills.keys, 100),
    "kill-keys-everywhere": (kills.keys_everywhere, 0),
    "kill-erasing": (kills.erasing, 20),
    "disk-full": (disk.full, 1),
    "flips": (flips.everywhere, 0),
    "clock": (clock.ten_years, 1),
    "scale": (scale.hundred_thousand, 100_000),
    "kill-tuning": (tuning.killed, 30),
    "mutants": (mutants.damaged, 20_000),
    "turns": (long_life.turns, 1000),
    "second-start": (second.starts, 10),
}
SPLIT = {"kill-writing", "kill-adapters", "kill-passphrase", "kill-keys", "flips", "kill-tuning",
         "mutants"}  # fmt: skip
"""Those that can begin at another number than 0."""


def main() -> int:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(RUNS))
    parser.add_argument("--times", type=int, help="instead of each one's own number")
    parser.add_argument("--first", type=int, help="the number to begin with, to split a long run")
    options = parser.parse_args()
    if unknown := set(options.names) - set(RUNS):
        parser.error(f"there is no test called {unknown.pop()}")
    whole = set(options.names or RUNS) - SPLIT
    if options.first is not None and whole:
        parser.error(f"{min(whole)} cannot be split")
    words = () if options.first is None else (options.first,)
    missed = 0
    for name in options.names or RUNS:
        run, times = RUNS[name]
        began = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="confidant-torture-") as folder:
            figures = run(Path(folder), times if options.times is None else options.times, *words)
        figures["seconds"] = round(time.perf_counter() - began, 1)
        missed += not figures["good"]
        sys.stdout.write(json.dumps({"run": name, **figures}) + "\n")
        sys.stdout.flush()
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
