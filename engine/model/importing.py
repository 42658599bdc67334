"""Brings a stranger's model into the profile: checked in a limited child, then copied."""

import errno
import hashlib
import shutil
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from engine.contract import EngineError, FailureKind
from engine.model.child import ChildFailedError, run_child
from engine.model.gguf_file import MalformedFileError
from engine.model.model_folder import SMALL_FILES, weight_files
from storage.records import ModelRecord

_PICKLE_MARKS = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05", b"PK\x03\x04", b"\x1f\x8b")
_PICKLE_NAMES = frozenset({".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"})
_SMALL, _SHORT_S, _LONG_S = 64 << 20, 4.0, 30.0
_CHILD_MEMORY = 3 << 30
_COPY_BYTES = 4 << 20


def import_model(source: Path, models_dir: Path) -> ModelRecord:
    """Checks `source` (a GGUF file or a safetensors folder) and copies it into `models_dir`.

    Raises:
        EngineError: ``BAD_INPUT``, ``UNSUPPORTED_MODEL``, ``NOT_FOUND`` or ``DISK_FULL``; then
            nothing is left behind.
    """
    source = source.expanduser()
    if not source.exists():
        raise EngineError(FailureKind.NOT_FOUND, "There is no such file; choose another.")
    is_folder = source.is_dir()
    if is_folder:
        _refuse_pickle_folder(source)
    else:
        _refuse_by_mark(source)
    _check(source)
    models_dir.mkdir(parents=True, exist_ok=True)
    partial = models_dir / f".incoming-{uuid4().hex}"
    try:
        model_id = _copy_folder(source, partial) if is_folder else _copy_file(source, partial)
        found = _check(partial)
        return _settle(source, partial, model_id, found)
    except OSError as error:
        raise _named(error) from None
    except MalformedFileError as error:
        raise _refused(FailureKind.BAD_INPUT, str(error)) from None
    finally:
        _remove(partial)


def _refuse_by_mark(path: Path) -> None:
    try:
        with path.open("rb") as stream:
            lead = stream.read(8)
    except OSError as error:
        raise _named(error) from None
    if lead.startswith(_PICKLE_MARKS) or path.suffix.lower() in _PICKLE_NAMES:
        raise EngineError(
            FailureKind.BAD_INPUT,
            "This file can hold hidden programs and is never opened; get the model as GGUF or "
            "safetensors.",
        )
    if lead[:4] != b"GGUF":
        raise EngineError(
            FailureKind.BAD_INPUT,
            "This is not a GGUF model file; choose a .gguf file or a folder with safetensors.",
        )


def _refuse_pickle_folder(path: Path) -> None:
    if any(path.glob("*.safetensors")):
        return
    if any(file.suffix.lower() in _PICKLE_NAMES for file in path.iterdir()):
        raise EngineError(
            FailureKind.BAD_INPUT,
            "This folder's weights can hold hidden programs and are never opened; get the model "
            "as GGUF or safetensors.",
        )
    raise EngineError(
        FailureKind.BAD_INPUT,
        "This folder holds no safetensors weights; choose another folder or a .gguf file.",
    )


def _check(path: Path) -> dict[str, Any]:
    """The child's description of `path`; raises when it finds something or does not answer."""
    task = "check_folder" if path.is_dir() else "check_gguf"
    size = _size(path)
    seconds = _SHORT_S if size <= _SMALL else _LONG_S
    try:
        answer = run_child(
            task, seconds=seconds, memory_bytes=_CHILD_MEMORY + size, path=str(path.absolute())
        )
    except ChildFailedError:
        raise _refused(FailureKind.BAD_INPUT, "checking it took too long or failed") from None
    if "record" not in answer:
        raise _refused(FailureKind(answer["kind"]), str(answer["detail"]))
    found: dict[str, Any] = answer["record"]
    return found


def _copy_file(source: Path, target: Path) -> str:
    """Copies and returns the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    with source.open("rb") as reader, target.open("xb") as writer:
        while block := reader.read(_COPY_BYTES):
            digest.update(block)
            writer.write(block)
    return digest.hexdigest()


def _copy_folder(source: Path, target: Path) -> str:
    """Copies weights and known small files only; the identifier covers all weight files."""
    target.mkdir()
    digest = hashlib.sha256()
    for file in weight_files(source):
        digest.update(f"{file.name} {_copy_file(file, target / file.name)}\n".encode())
    for name in SMALL_FILES:
        if (source / name).is_file():
            _copy_file(source / name, target / name)
    return digest.hexdigest()


def _settle(source: Path, partial: Path, model_id: str, found: dict[str, Any]) -> ModelRecord:
    folder = partial.is_dir()
    final = partial.parent / (model_id if folder else f"{model_id}.gguf")
    if folder and final.exists():
        shutil.rmtree(final)
    partial.replace(final)
    return ModelRecord(
        id=model_id,
        name=source.name if folder else _name(found["name"], partial, source),
        path=str(final),
        format="safetensors" if folder else "gguf",
        architecture=str(found["architecture"]),
        parameters=int(found["parameters"]),
        size_bytes=_size(final),
        licence=str(found["licence"]),
        added_at=time.time(),
    )


def _name(stated: object, partial: Path, source: Path) -> str:
    """The name that the file gives itself; its old file name where it gave none."""
    return str(stated) if stated and stated != partial.stem else source.stem


def _size(path: Path) -> int:
    files = path.iterdir() if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _refused(kind: FailureKind, what: str) -> EngineError:
    return EngineError(kind, f"This model cannot be used: {what}; get it again or choose another.")


def _named(error: OSError) -> EngineError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return EngineError(
            FailureKind.DISK_FULL, "The disk is full; free some space and import the model again."
        )
    return EngineError(
        FailureKind.BAD_INPUT, "This model cannot be read; check that you may open its files."
    )
