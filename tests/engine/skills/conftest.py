"""A tiny random model, a store in memory, and files of rows."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from storage.store import Store
from tests.support.tiny_gguf import TinyGguf

Write = Callable[[str, Sequence[dict[str, Any]]], Path]


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store.temporary()
    yield made
    made.close()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    """A tiny random model on the fast path, loaded from a file."""
    folder = tmp_path_factory.mktemp("tiny")
    record = describe_gguf(TinyGguf(scale=0.05).write(folder / "tiny.gguf"), "a" * 64)
    threads = torch.get_num_threads()
    loaded = load_model(record, LoadOptions(cache_dir=folder), lambda _fraction: None)
    torch.set_num_threads(threads)
    return loaded


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows as JSONL."""

    def make(name: str, rows: Sequence[dict[str, Any]]) -> Path:
        path = tmp_path / name
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        path.write_text("".join(lines), encoding="utf-8")
        return path

    return make
