"""Which of several processes this one is, by its own option or by what started it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psutil

from engine.contract import EngineError, FailureKind

MOST = 64

_ONE_COMPUTER = (
    "Confidant learns on one computer only, because it opens no network; start it with all "
    "processes on this one (accelerate launch --num_machines 1)."
)
_SYSTEM = "Learning in several processes needs Linux or macOS; leave the number of processes out."
_TOO_MANY = f"At most {MOST} processes can learn together; ask for fewer."
_MEETING = "CONFIDANT_LEARN_MEETING"
_COUNT_FLAGS = ("--num_processes", "--num-processes")


@dataclass(frozen=True, slots=True)
class Ranks:
    """One of ``count`` processes, numbered from 0; 0 leads.

    ``meeting`` is the same number in all; ``launched`` tells that a launcher has started all.
    """

    rank: int = 0
    count: int = 1
    meeting: int = 0
    launched: bool = False


def found_ranks(wanted: int | None, environment: Mapping[str, str]) -> Ranks:
    """Tells who this process is; where it must start the others itself, it is the leader.

    torchrun, which ``accelerate launch --multi_gpu`` runs on, starts all processes and numbers them
    in the environment. ``accelerate launch --cpu --num_processes N`` starts only one and leaves
    the number to its own command line.

    Args:
        wanted: The number on our own command line; None leaves it to the launcher.
        environment: Of this process.

    Raises:
        EngineError: The processes are on several computers, too many, or on a system without Unix
            sockets.
    """
    count = int(environment.get("WORLD_SIZE", "1"))
    if count > 1:
        if environment.get("LOCAL_WORLD_SIZE") != str(count):
            raise EngineError(FailureKind.BAD_INPUT, _ONE_COMPUTER)
        meeting = int(environment.get(_MEETING) or os.getppid())
        made = Ranks(int(environment["RANK"]), count, meeting, launched=True)
    else:
        lone = "MASTER_PORT" in environment and "ACCELERATE_MIXED_PRECISION" in environment
        made = Ranks(0, wanted or (_asked_of_accelerate() if lone else 1), os.getpid())
    if made.count > MOST:
        raise EngineError(FailureKind.BAD_INPUT, _TOO_MANY)
    if made.count > 1 and sys.platform == "win32":
        raise EngineError(FailureKind.BAD_INPUT, _SYSTEM)
    return made


def hide_gpus_if_asked(environment: Mapping[str, str]) -> None:
    """For ``accelerate launch --cpu``; call it before torch is imported."""
    if environment.get("ACCELERATE_USE_CPU", "").lower() == "true":
        os.environ["CUDA_VISIBLE_DEVICES"] = ""


def start_helpers(ranks: Ranks) -> list[subprocess.Popen[bytes]]:
    """Starts ranks 1 and up with this process's own command line, unless a launcher has."""
    if ranks.launched:
        return []
    environment = {key: value for key, value in os.environ.items() if key != "KMP_AFFINITY"}
    environment |= {
        "WORLD_SIZE": str(ranks.count), "LOCAL_WORLD_SIZE": str(ranks.count),
        _MEETING: str(ranks.meeting), "PYINSTALLER_RESET_ENVIRONMENT": "1",
    }  # fmt: skip
    return [
        subprocess.Popen(
            [sys.executable, *sys.orig_argv[1:]], stdin=subprocess.DEVNULL,
            env=environment | {"RANK": str(rank), "LOCAL_RANK": str(rank)},
        )
        for rank in range(1, ranks.count)
    ]  # fmt: skip


def _asked_of_accelerate() -> int:
    """The number of processes on the command line of the launcher; 1 when it names none."""
    try:
        words = psutil.Process(os.getppid()).cmdline()
    except psutil.Error:
        return 1
    return _count_in(words)


def _count_in(words: Sequence[str]) -> int:
    """The value of ``--num_processes`` in `words`, before the script's own name."""
    for place, word in enumerate(words):
        flag, _, value = word.partition("=")
        if flag in _COUNT_FLAGS:
            text = value or (words[place + 1] if place + 1 < len(words) else "")
            return int(text) if text.isascii() and text.isdecimal() and int(text) else 1
    return 1
