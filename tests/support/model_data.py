"""Where the shared test data lies, and the embedded model."""

from pathlib import Path

import pytest

from engine.contract import EngineError
from engine.model.catalogue import embedded_path

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def shared_file(*parts: str) -> Path:
    """A file of the shared data; skips the test where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"shared test data {'/'.join(parts)} is not on this machine")
    return path


def embedded_file() -> Path:
    """The embedded model's file; skips the test where it is not installed."""
    try:
        return embedded_path()
    except EngineError:
        pytest.skip("the embedded model is not installed")
