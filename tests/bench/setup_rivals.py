"""Installs llama-cpp-python into an environment of its own, for benchmarks only.

Run ``python -m tests.bench.setup_rivals``. Building it from source takes minutes and a C compiler;
it is never a dependency of the project. The environment lies in ``build/rivals``. The other rivals,
transformers and peft, are pinned dependencies already, and measured in the project's own process.
"""

import argparse
import os
import subprocess
import sys
import venv
from pathlib import Path

RIVALS = Path(__file__).resolve().parents[2] / "build" / "rivals"
LLAMA = "llama-cpp-python==0.3.36"
_BUILD = {"CMAKE_ARGS": "-DLLAVA_BUILD=OFF", "CMAKE_BUILD_PARALLEL_LEVEL": "2"}
"""For this processor (the build's own default), without what reads pictures."""


def rival_python(folder: Path = RIVALS) -> Path:
    """The interpreter of the environment in `folder`, whether or not it exists."""
    inside = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return folder.joinpath(*inside)


def main() -> int:
    """Makes the environment and returns pip's exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=RIVALS)
    options = parser.parse_args()
    if not rival_python(options.folder).is_file():
        venv.create(options.folder, with_pip=True)
    command = [str(rival_python(options.folder)), "-m", "pip", "install", LLAMA]
    return subprocess.run(command, env=_BUILD | os.environ, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
