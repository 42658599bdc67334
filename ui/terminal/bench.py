"""The bench command: measurements of a checkout, in a process of their own.

They live in tests/bench, because they drive the window and rivals that the program never loads;
so an installed copy without its source has none.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from ui.terminal.session import CommandError

__all__ = ["bench"]

_ROOT = Path(__file__).resolve().parents[2]
_NO_SOURCE = "Benchmarks are part of the source only; run this command in a checkout of it."
_FAILED = "The benchmark did not finish; the lines above say why."


def bench(options: argparse.Namespace) -> int:
    """Runs the benchmark that `options` names; it writes to this process's streams.

    Raises:
        CommandError: There is no source here, or the benchmark failed.
    """
    if getattr(sys, "frozen", False) or not (_ROOT / "tests" / "bench").is_dir():
        raise CommandError(_NO_SOURCE)
    command = [sys.executable, "-m", "tests.bench", options.name]
    command += ["--rounds", str(options.rounds), "--threads", str(options.threads)]
    command += ["--model", str(options.model.absolute())] if options.model else []
    command += ["--json"] if options.json else []
    if subprocess.run(command, cwd=_ROOT, check=False).returncode != 0:
        raise CommandError(_FAILED)
    return 0
