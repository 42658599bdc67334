"""Loads a model: from a record to something that answers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from engine.contract import EngineError, FailureKind, ModelInfo
from engine.decode.build import build_weights
from engine.decode.families import shape_from_config, why_not_lean
from engine.decode.guard import named_failures
from engine.decode.lean import LeanDecoder
from engine.decode.pacing import ThreadPacer, limit_threads, thread_limit
from engine.decode.reference import ReferenceDecoder
from engine.model.gguf_file import MalformedFileError
from engine.model.hardware import available_memory, decode_threads
from engine.model.loaded import LoadedModel
from engine.model.open_source import OpenedModel, open_model
from engine.model.reference import build_reference
from engine.model.vocabulary import UnknownVocabularyError
from storage.records import ModelRecord

DEFAULT_CONTEXT = 8192
"""Tokens of context where nothing else is asked for and memory allows it."""

_SMALLEST_CONTEXT = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """How to load. ``threads`` and ``context_length`` 0 choose for this machine.

    ``device``: auto, cpu or cuda. ``cache_dir`` holds public data only: tokenizers and templates.
    """

    cache_dir: Path
    device: str = "auto"
    threads: int = 0
    context_length: int = 0


Progress = Callable[[float], None]


@named_failures
def load_model(record: ModelRecord, options: LoadOptions, progress: Progress) -> LoadedModel:
    """Loads `record`; `progress` is told the fraction done, 0 to 1.

    Sets torch's thread count for the whole process.

    Raises:
        EngineError: ``NOT_FOUND``, ``BAD_INPUT``, ``UNSUPPORTED_MODEL`` or ``OUT_OF_MEMORY``.
    """
    limit_threads(decode_threads(options.threads))
    progress(0.0)
    try:
        return _load(record, options, progress)
    except FileNotFoundError:
        raise EngineError(
            FailureKind.NOT_FOUND, "The model's file is gone; import it again."
        ) from None
    except (MalformedFileError, OSError) as error:
        what = str(error) if isinstance(error, MalformedFileError) else "it cannot be read"
        raise EngineError(
            FailureKind.BAD_INPUT, f"This model cannot be used: {what}; get it again."
        ) from None
    except UnknownVocabularyError as error:
        raise EngineError(
            FailureKind.UNSUPPORTED_MODEL,
            f"This model cannot be used: {error}; choose another model.",
        ) from None


def _load(record: ModelRecord, options: LoadOptions, progress: Progress) -> LoadedModel:
    opened = open_model(record, options.cache_dir)
    device = _device(options.device)
    reason = why_not_lean(opened.source.config)
    if reason:
        return _load_reference(record, options, opened, device, reason, progress)
    if device == "cuda":
        found = _load_gpu(record, options, opened, progress)
        if isinstance(found, LoadedModel):
            return found
        reason = found
    return _load_lean(record, options, opened, progress, reason)


def _load_gpu(
    record: ModelRecord, options: LoadOptions, opened: OpenedModel, progress: Progress
) -> LoadedModel | str:
    """The model on the GPU, or why the CPU takes it.

    Raises:
        EngineError: ``OUT_OF_MEMORY`` when nothing but the GPU is wanted and it is too small.
    """
    from engine.model.load_gpu import free_memory, load_on_gpu

    device = torch.device("cuda", torch.cuda.current_device())
    found = load_on_gpu(
        record, opened, device, free_memory(device), wanted=options.context_length,
        usual=DEFAULT_CONTEXT, progress=progress,
    )  # fmt: skip
    if isinstance(found, str) and options.device == "cuda":
        raise EngineError(
            FailureKind.OUT_OF_MEMORY,
            f"Sorry, {found}; choose the CPU in the settings or a smaller model.",
        )
    return found


def _load_lean(
    record: ModelRecord, options: LoadOptions, opened: OpenedModel, progress: Progress, reason: str
) -> LoadedModel:
    shape = shape_from_config(opened.source.config)
    keep = 2 * shape.stacked_numbers <= available_memory() // 3
    weights = build_weights(opened.source, shape, _paced(progress), keep_dense=keep)
    per_token = (8 if shape.sandwich_norms else 4) * shape.layers * shape.kv_width
    context = _context_length(options.context_length, shape.context, per_token)
    info = _info(record, context, path=weights.path_taken(), reason=reason,
                 memory=weights.bytes() + per_token * context)  # fmt: skip
    return LoadedModel(
        info=info, record=record, opened=opened, shared=weights.shared() if keep else None,
        decoder=LeanDecoder(shape, weights, context, opened.stop_ids),
    )  # fmt: skip


def _paced(progress: Progress) -> Progress:
    """Tells `progress` and lets the thread count follow the free cores."""
    pacer = ThreadPacer(thread_limit())

    def told(fraction: float) -> None:
        pacer.adjust()
        progress(fraction)

    return told


def _load_reference(
    record: ModelRecord,
    options: LoadOptions,
    opened: OpenedModel,
    device: str,
    reason: str,
    progress: Progress,
) -> LoadedModel:
    model = build_reference(opened.source, {}, device=device)
    progress(1.0)
    trained = int(opened.source.config.get("max_position_embeddings") or DEFAULT_CONTEXT)
    context = _context_length(options.context_length, trained, _cache_bytes(model.config))
    path = "transformers, NF4 on the GPU" if device == "cuda" else "transformers, bfloat16 on CPU"
    memory = int(model.get_memory_footprint()) + _cache_bytes(model.config) * context
    info = _info(record, context, path=path, memory=memory, device=device, reason=reason)
    return LoadedModel(
        info=info, record=record, opened=opened, reference=model,
        decoder=ReferenceDecoder(model, context, opened.stop_ids),
    )  # fmt: skip


def _info(
    record: ModelRecord,
    context: int,
    *,
    path: str,
    memory: int,
    device: str = "cpu",
    reason: str = "",
) -> ModelInfo:
    return ModelInfo(
        model_id=record.id, name=record.name, architecture=record.architecture,
        parameters=record.parameters, device=device, path_taken=path, fallback_reason=reason,
        context_length=context, memory_bytes=memory,
    )  # fmt: skip


def _device(wanted: str) -> str:
    if wanted == "cpu" or not torch.cuda.is_available():
        if wanted == "cuda":
            raise EngineError(
                FailureKind.UNSUPPORTED_MODEL,
                "There is no GPU that can be used; choose the CPU in the settings.",
            )
        return "cpu"
    return "cuda"


def _context_length(wanted: int, trained: int, bytes_per_token: int) -> int:
    """What was asked for, or what fits an eighth of the free memory; never beyond training."""
    if wanted > 0:
        return min(max(_SMALLEST_CONTEXT, wanted), trained)
    room = available_memory() // 8 // max(1, bytes_per_token) // 256 * 256
    return min(trained, DEFAULT_CONTEXT, max(_SMALLEST_CONTEXT, room))


def _cache_bytes(config: object) -> int:
    """Bytes of keys and values a token; a guess where a config names things its own way."""
    layers: int = getattr(config, "num_hidden_layers", None) or 32
    all_heads: int = getattr(config, "num_attention_heads", None) or 32
    heads: int = getattr(config, "num_key_value_heads", None) or all_heads
    width: int = getattr(config, "head_dim", None) or 128
    return 4 * layers * heads * width
