"""Runs work on strangers' files in a child process that is limited and can be killed.

The child gets one JSON request and gives one JSON answer. It may use so much memory, so much
processor time, write no file, and is killed when its time is up.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

CHILD_FLAG = "--checking-child"
"""The argument with which a frozen app is started to call `engine.model.child_main.main`."""

_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from engine.model.child_main import main; sys.exit(main())"
)
_ANSWER_LIMIT = 1 << 20
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "LANG")
_SINGLE = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}


class ChildFailedError(Exception):
    """The child gave no answer: it took too long, too much memory, or crashed."""


def run_child(task: str, *, seconds: float, memory_bytes: int, **request: Any) -> dict[str, Any]:
    """The answer of `task` (a function named in `engine.model.child_main`) to `request`.

    Args:
        task: What to do.
        seconds: Processor and wall time after which the child is killed.
        memory_bytes: Address space that the child may use, its libraries included.
        **request: Plain JSON values.

    Raises:
        ChildFailedError: there is no answer.
    """
    asked = {"task": task, "seconds": seconds, "memory_bytes": memory_bytes, **request}
    try:
        done = subprocess.run(
            _command(),
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=seconds,
            env={name: os.environ[name] for name in _KEPT if name in os.environ} | _SINGLE,
            check=False,
        )
        answer = json.loads(done.stdout[:_ANSWER_LIMIT])
    except (subprocess.TimeoutExpired, ValueError, RecursionError):
        raise ChildFailedError from None
    if done.returncode != 0 or not isinstance(answer, dict):
        raise ChildFailedError
    return answer


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_FLAG]
    return [sys.executable, "-I", "-c", _START, str(_ROOT)]
