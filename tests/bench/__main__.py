"""Benchmarks: every figure that the project has a goal for, and how to get it.

    python -m tests.bench [NAME] [--json] [--rounds 5] [--threads 0] [--model FILE]

The same as ``main.py bench NAME``. Without a name all run, each in a process of its own. They live
beside the tests because they drive the window and rivals that the program itself never loads.
"""

import argparse
import importlib
import os
import subprocess
import sys
from pathlib import Path

BENCHES = {
    "decode": ("tests.bench.decode.speed", "tokens a second beside llama.cpp and transformers"),
    "prefill": ("tests.bench.decode.prefill", "reading a prompt of 1,000 tokens beside them"),
    "turn2": ("tests.bench.decode.turn2", "first token of a second turn against the first"),
    "adapter": ("tests.bench.decode.with_adapter", "what an adapter costs while decoding"),
    "train": ("tests.bench.training", "a training step beside peft with transformers"),
    "startup": ("tests.bench.startup", "from start to window and to ready"),
    "ui": ("tests.bench.window", "delays of the window, a conversation of 5,000 messages"),
    "load": ("tests.bench.load", "beside a busy core, and memory over 1,000 turns"),
}
"""Module and subject of each; a module has ``measure(options) -> Report``."""

_ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "USE_HUB_KERNELS": "NO",
    "TOKENIZERS_PARALLELISM": "false", "THP_MEM_ALLOC_ENABLE": "1",
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "256", "LRU_CACHE_CAPACITY": "256",
}  # fmt: skip


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options that every benchmark understands."""
    lines = [f"{name:8} {about}" for name, (_, about) in BENCHES.items()]
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="?", choices=BENCHES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count, at least 1")
    parser.add_argument("--threads", type=int, default=0, help="0: as the program chooses")
    parser.add_argument("--model", type=Path, help="a GGUF file; without it the embedded model")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Runs one benchmark here, or all in processes of their own; returns the exit code."""
    options = parse(arguments)
    if options.name is None:
        return _run_all(arguments)
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    module = importlib.import_module(BENCHES[options.name][0])
    from tests.bench.report import show

    show(module.measure(options), as_json=options.json)
    return 0


def _run_all(arguments: list[str]) -> int:
    worst = 0
    for name in BENCHES:
        command = [sys.executable, "-m", "tests.bench", name, *arguments]
        worst = max(worst, abs(subprocess.run(command, check=False).returncode))
    return min(worst, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
