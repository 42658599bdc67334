"""Loading for a GPU: one that has room, one that has not, one that runs out on the way."""

from pathlib import Path
from typing import Any

import pytest
import torch

from engine.contract import EngineError, FailureKind
from engine.decode.cuda.decoder import GpuDecoder
from engine.decode.lean import LeanDecoder
from engine.decode.sampling import Sampling
from engine.model import load_gpu
from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from engine.model.open_source import open_model
from storage.records import ModelRecord
from tests.support.tiny_gguf import TinyGguf

pytest.importorskip("bitsandbytes", reason="bitsandbytes is not installed here")
_GREEDY = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=6)
_CPU, _MUCH = torch.device("cpu"), 8 << 30


@pytest.fixture
def record(tmp_path: Path) -> ModelRecord:
    return describe_gguf(TinyGguf().write(tmp_path / "m.gguf"), "ab" * 32)


def _load(record: ModelRecord, cache: Path, free: int = _MUCH, **how: Any) -> LoadedModel | str:
    """As on a GPU with `free` bytes, but on the CPU."""
    settings = {"wanted": 0, "usual": 512, "progress": lambda _: None} | how
    return load_gpu.load_on_gpu(record, open_model(record, cache), _CPU, free, **settings)


def test_a_model_with_room_answers_and_trains_on_one_copy(
    record: ModelRecord, tmp_path: Path
) -> None:
    told: list[float] = []
    model = _load(record, tmp_path, progress=told.append)
    assert isinstance(model, LoadedModel)
    assert isinstance(model.decoder, GpuDecoder)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert "NF4 layers" in model.info.path_taken
    assert (model.info.context_length, model.info.fallback_reason) == (512, "")
    assert model.info.memory_bytes == model.decoder.bytes
    assert len(list(model.decoder.stream([1, 2, 3], _GREEDY, lambda: False))) == 6
    packed = next(model.decoder.weights.stacks())._packed
    weight = model.reference().get_parameter("model.layers.0.self_attn.q_proj.weight")
    assert weight.untyped_storage().data_ptr() == packed.untyped_storage().data_ptr()
    assert model.reference() is model.reference()


def test_trouble_after_loading_is_seen(record: ModelRecord, tmp_path: Path) -> None:
    model = _load(record, tmp_path)
    assert isinstance(model, LoadedModel)
    assert isinstance(model.decoder, GpuDecoder)
    model.decoder._tuned.trouble = "the graphs broke"
    assert model.info.fallback_reason == "the graphs broke"


def test_a_model_without_room_says_why(record: ModelRecord, tmp_path: Path) -> None:
    found = _load(record, tmp_path, free=200 << 20)
    assert isinstance(found, str)
    assert found.startswith("the GPU has 0.2 GB free")


def test_running_out_on_the_way_is_no_failure(
    record: ModelRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(load_gpu, "build_gpu_weights", full)
    found = _load(record, tmp_path)
    assert isinstance(found, str)
    assert "used up" in found


def test_another_failure_is_one(
    record: ModelRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("CUDA error: an illegal memory access was encountered")

    monkeypatch.setattr(load_gpu, "build_gpu_weights", broken)
    with pytest.raises(RuntimeError, match="illegal"):
        _load(record, tmp_path)


@pytest.fixture
def small_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Torch tells of a GPU with 100 MB free."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: (100 << 20, 4 << 30))


@pytest.mark.usefixtures("small_gpu")
def test_the_cpu_takes_what_the_gpu_cannot_and_says_why(
    record: ModelRecord, tmp_path: Path
) -> None:
    model = load_model(record, LoadOptions(cache_dir=tmp_path, threads=1), lambda _: None)
    assert isinstance(model.decoder, LeanDecoder)
    assert model.info.device == "cpu"
    assert "the GPU has 0.1 GB free" in model.info.fallback_reason


@pytest.mark.usefixtures("small_gpu")
def test_a_gpu_that_was_asked_for_and_is_too_small_is_a_failure(
    record: ModelRecord, tmp_path: Path
) -> None:
    options = LoadOptions(cache_dir=tmp_path, device="cuda", threads=1)
    with pytest.raises(EngineError) as caught:
        load_model(record, options, lambda _: None)
    assert caught.value.kind is FailureKind.OUT_OF_MEMORY
    assert "choose the CPU" in caught.value.detail
