"""Loads a model of a covered family onto a GPU, if it fits."""

import gc
from collections.abc import Callable

import torch

from engine.contract import EngineError, FailureKind, ModelInfo
from engine.decode.cuda.decoder import GpuDecoder
from engine.decode.cuda.weights import build_gpu_weights
from engine.decode.families import shape_from_config
from engine.decode.guard import is_out_of_memory
from engine.model.loaded import LoadedModel
from engine.model.open_source import OpenedModel
from engine.model.placement import Placement, place
from engine.model.reference import build_reference_on
from storage.records import ModelRecord


def free_memory(device: torch.device) -> int:
    """Bytes that nobody uses, what an earlier model left behind included."""
    gc.collect()
    torch.cuda.empty_cache()
    return int(torch.cuda.mem_get_info(device)[0])


def load_on_gpu(
    record: ModelRecord, opened: OpenedModel, device: torch.device, free_bytes: int,
    *, wanted: int, usual: int, progress: Callable[[float], None],
) -> LoadedModel | str:  # fmt: skip
    """The model on `device`, or why it is not there.

    Args:
        record: What is loaded.
        opened: Its parts.
        device: The GPU.
        free_bytes: Of its memory.
        wanted: Tokens of context that were asked for; 0 for as many as fit, up to `usual`.
        usual: See `place`.
        progress: Told the fraction done, 0 to 1.

    Raises:
        EngineError: ``UNSUPPORTED_MODEL`` when the GPU's libraries cannot be used here.
    """
    shape = shape_from_config(opened.source.config)
    found = place(shape, free_bytes, wanted=wanted, trained=shape.context, usual=usual)
    if not found.on_gpu:
        return found.reason
    try:
        return _load(record, opened, device, found, progress)
    except (EngineError, MemoryError, RuntimeError) as error:
        if not _ran_out(error):
            raise
    gc.collect()
    torch.cuda.empty_cache()
    return "the GPU's memory was used up while the model was being loaded"


def _load(
    record: ModelRecord, opened: OpenedModel, device: torch.device, placement: Placement,
    progress: Callable[[float], None],
) -> LoadedModel:  # fmt: skip
    shape = shape_from_config(opened.source.config)
    weights = build_gpu_weights(opened.source, shape, device, progress)
    decoder = GpuDecoder(shape, weights, placement.context, opened.stop_ids)
    decoder.warm_up()
    info = ModelInfo(
        model_id=record.id, name=record.name, architecture=record.architecture,
        parameters=record.parameters, device=device.type, path_taken=decoder.path_taken,
        fallback_reason="", context_length=placement.context, memory_bytes=decoder.bytes,
    )  # fmt: skip
    return LoadedModel(
        info=info, record=record, opened=opened, decoder=decoder,
        trouble=lambda: decoder.trouble,
        make_reference=lambda: build_reference_on(weights, opened.source),
    )  # fmt: skip


def _ran_out(error: BaseException) -> bool:
    if isinstance(error, EngineError):
        return error.kind is FailureKind.OUT_OF_MEMORY
    return is_out_of_memory(error)
