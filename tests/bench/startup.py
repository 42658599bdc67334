"""Startup: from the start of ``main.py`` to the painted window, and to a model that can answer.

A profile with a passphrase of the real cost; the passphrase is typed the moment its field is there.
Each start is a process of its own. The disk is warm: the first start does not count.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from storage.keys import KeyFile
from storage.profile import ProfilePaths
from storage.setup import create_profile
from tests.bench.report import Goal, Report, Sample, alternate, median

PASSPHRASE = "a passphrase for measuring"
_ROOT = Path(__file__).resolve().parents[2]
_STAGES = ("window", "lock_screen", "unlocked", "ready")


def measure(options: argparse.Namespace) -> Report:
    """The median over the starts of each stage, seconds since the process was asked for."""
    with tempfile.TemporaryDirectory() as folder:
        paths = ProfilePaths(Path(folder) / "profile")
        store, _, _ = create_profile(paths, KeyFile(paths.key_file), passphrase=PASSPHRASE)
        store.close()
        samples = alternate({"start": lambda: _start(paths.root)}, options.rounds)["start"]
    figures: dict[str, float | int | str] = {
        f"{stage}_s": median(samples, stage) for stage in _STAGES
    }
    goals = {"window_s": Goal("<=", 1.0), "ready_s": Goal("<=", 4.0)}
    return Report("startup", options.rounds, figures, goals)


def _start(profile: Path) -> Sample:
    """One start, which ends itself when the model is ready."""
    environment = dict(os.environ)
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.startup_child", str(profile), PASSPHRASE],
        cwd=_ROOT, env=environment, check=True, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    told: dict[str, float] = json.loads(done.stdout)
    return {stage: told[stage] - began for stage in _STAGES}
