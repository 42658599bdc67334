"""Copies the libraries that the program needs, without what it never uses.

They are copied file by file as they lie in the environment, so that everything a library looks for
beside itself is there: sources that torch and transformers read at run time, shared libraries,
metadata. Then symbol tables are stripped and byte code is added, so that nothing has to be compiled
at a start.
"""

from __future__ import annotations

import fnmatch
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution
from pathlib import Path, PurePosixPath

from bundle.bytecode import compile_tree
from bundle.distributions import copied, name_of
from bundle.places import LIBRARIES, say

_NEVER = (
    "../*", "*/__pycache__/*", "__pycache__/*", "*.pyc", "*.pyi", "*.pyx", "*.pxd", "*.a", "*.lib",
    "*.c", "*.cc", "*.cpp", "*.cu", "*.cuh", "*.h", "*.hpp", "*.cmake", "*/tests/*",
    "*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED",
    "*.dist-info/direct_url.json", "*.dist-info/top_level.txt", "*.dist-info/sboms/*",
)  # fmt: skip
_NOT_OF = {
    "accelerate": ("accelerate/commands/*", "accelerate/test_utils/*"),
    "huggingface-hub": ("huggingface_hub/cli/*",),
    "numpy": ("numpy/f2py/*", "numpy/*/include/*", "numpy/random/_examples/*"),
    "phonenumbers": ("phonenumbers/geodata/*", "phonenumbers/carrierdata/*",
                     "phonenumbers/tzdata/*"),
    "torch": ("torch/bin/protoc*", "torch/bin/test_*", "torch/bin/*Test", "torch/bin/*.ptl",
              "torch/bin/*/*", "torch/include/*", "torch/share/*", "torch/test/*",
              "torch/lib/libtorchbind_test*", "torch/lib/libjitbackend_test*",
              "torch/lib/libbackend_with_compiler*", "torch/lib/libaoti_custom_ops*",
              "torchgen/packaged/*"),
    "transformers": ("transformers/cli/*", "transformers/models/*/convert_*",
                     "transformers/models/*/image_processing_*",
                     "transformers/models/*/video_processing_*"),
}  # fmt: skip
_STRIPPED = (
    "torch/lib/*.so*", "sqlcipher3/*.so", "cryptography/*.so", "tokenizers/*.so",
    "safetensors/*.so", "regex/*.so", "yaml/*.so",
)  # fmt: skip


def build() -> None:
    """Fills the folder `LIBRARIES` anew."""
    if LIBRARIES.exists():
        shutil.rmtree(LIBRARIES)
    LIBRARIES.mkdir(parents=True)
    for found in copied():
        copy(found, LIBRARIES)
    say(f"copied {_megabytes(LIBRARIES)} MB of libraries")
    strip(LIBRARIES, _STRIPPED)
    compile_tree(LIBRARIES)
    say(f"stripped and compiled: {_megabytes(LIBRARIES)} MB")


def copy(found: Distribution, target: Path) -> int:
    """Copies the files of one distribution that are wanted; returns their number."""
    count = 0
    for entry in sorted(found.files or (), key=str):
        if not is_wanted(name_of(found), entry.as_posix()):
            continue
        source = Path(str(entry.locate()))
        place = target / PurePosixPath(entry.as_posix())
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
        place.chmod(0o755 if os.access(source, os.X_OK) and not place.suffix else 0o644)
        count += 1
    return count


def is_wanted(name: str, path: str) -> bool:
    """Tells whether file `path` of distribution `name` goes into the package."""
    return not any(fnmatch.fnmatch(path, one) for one in (*_NEVER, *_NOT_OF.get(name, ())))


def strip(folder: Path, patterns: Iterable[str]) -> None:
    """Takes symbol tables out of the large shared libraries; on Linux, where strip is at hand."""
    program = shutil.which("strip")
    if program is None or not sys.platform.startswith("linux"):
        return
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            command = [program, "--strip-unneeded", str(path)]
            subprocess.run(command, check=True)


def _megabytes(folder: Path) -> int:
    sizes = (os.lstat(Path(place) / name).st_size
             for place, _, names in os.walk(folder) for name in names)  # fmt: skip
    return round(sum(sizes) / 1e6)
