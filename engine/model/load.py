"""Loads a model: from a record to something that answers."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from engine.chat.templates import ChatTemplate
from engine.contract import EngineError, FailureKind, ModelInfo
from engine.decode.build import build_weights
from engine.decode.decoder import Decoder
from engine.decode.guard import named_failures
from engine.decode.lean import LeanDecoder
from engine.decode.shape import shape_from_config, why_not_lean
from engine.model.chat_format import choose_template, stop_ids
from engine.model.gguf_config import SUPPORTED, architecture
from engine.model.gguf_file import GgufFile, MalformedFileError
from engine.model.hardware import available_memory, decode_threads
from engine.model.loaded import LoadedModel
from engine.model.token_cache import load_tokenizer
from engine.model.tokenizer import TextTokenizer
from engine.model.vocabulary import UnknownVocabularyError
from engine.model.weights import GgufWeights, WeightSource
from storage.records import ModelRecord

DEFAULT_CONTEXT = 8192
_SMALLEST_CONTEXT = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOptions:
    """How to load. ``threads`` and ``context_length`` 0 choose for this machine.

    ``cache_dir`` holds public data only: tokenizers, named by the model's hash.
    """

    cache_dir: Path
    device: str = "auto"
    threads: int = 0
    context_length: int = 0


@named_failures
def load_model(
    record: ModelRecord, options: LoadOptions, progress: Callable[[float], None]
) -> LoadedModel:
    """Loads `record`; `progress` is told the fraction done, 0 to 1.

    Sets torch's thread count for the whole process.

    Raises:
        EngineError: ``NOT_FOUND``, ``BAD_INPUT``, ``UNSUPPORTED_MODEL`` or ``OUT_OF_MEMORY``.
    """
    torch.set_num_threads(decode_threads(options.threads))
    progress(0.0)
    try:
        return _load_gguf(record, options, progress)
    except FileNotFoundError:
        raise EngineError(
            FailureKind.NOT_FOUND, "The model's file is gone; import it again."
        ) from None
    except MalformedFileError as error:
        raise EngineError(
            FailureKind.BAD_INPUT, f"This model cannot be used: {error}; download it again."
        ) from None
    except UnknownVocabularyError as error:
        raise EngineError(
            FailureKind.UNSUPPORTED_MODEL,
            f"This model cannot be used: {error}; choose another model.",
        ) from None


def _load_gguf(
    record: ModelRecord, options: LoadOptions, progress: Callable[[float], None]
) -> LoadedModel:
    file = GgufFile(Path(record.path))
    if architecture(file) not in SUPPORTED:
        raise EngineError(
            FailureKind.UNSUPPORTED_MODEL,
            "This kind of model is not supported yet; choose a Llama-like model.",
        )
    tokenizer = load_tokenizer(file, record.id, options.cache_dir)
    template = choose_template(
        file.metadata.get("tokenizer.chat_template"), tokenizer, options.cache_dir
    )
    source = GgufWeights(file)
    stops = stop_ids(source.config, tokenizer)
    return _assemble(record, options, source, (tokenizer, template, stops), progress)


def _assemble(
    record: ModelRecord,
    options: LoadOptions,
    source: WeightSource,
    text: tuple[TextTokenizer, ChatTemplate, frozenset[int]],
    progress: Callable[[float], None],
) -> LoadedModel:
    tokenizer, template, stops = text
    reason = why_not_lean(source.config)
    if reason:
        raise EngineError(FailureKind.UNSUPPORTED_MODEL, f"This model cannot be used: {reason}.")
    shape = shape_from_config(source.config)
    weights = build_weights(source, shape, progress)
    context = _context_length(options.context_length, shape.context, shape.layers * shape.kv_width)
    decoder: Decoder = LeanDecoder(shape, weights, context, stops)
    info = ModelInfo(
        model_id=record.id,
        name=record.name,
        architecture=record.architecture,
        parameters=record.parameters,
        device="cpu",
        path_taken=weights.path_taken(),
        fallback_reason="",
        context_length=context,
        memory_bytes=weights.bytes() + 8 * shape.layers * shape.kv_width * context,
    )
    return LoadedModel(
        info=info, record=record, tokenizer=tokenizer, template=template, stop_ids=stops,
        decoder=decoder, source=source, shared=weights.shared(),
    )  # fmt: skip


def _context_length(wanted: int, trained: int, numbers_per_token: int) -> int:
    """What was asked for, or what fits an eighth of the free memory; never beyond training."""
    if wanted > 0:
        return max(_SMALLEST_CONTEXT, min(wanted, trained))
    room = available_memory() // 8 // (8 * numbers_per_token)
    return max(_SMALLEST_CONTEXT, min(DEFAULT_CONTEXT, trained, room // 256 * 256))
