"""Adapters as PEFT folders: the same logits in PEFT, and back; strangers' folders are checked."""

import json
from pathlib import Path

import peft
import pytest
import safetensors.torch
import torch

from engine.contract import EngineError, ExportAdapter, FailureKind, ImportAdapter
from engine.decode.adapter import AdapterWeights
from engine.model.loaded import LoadedModel
from engine.tuning.adapter_folder import CONFIG, WARNING, WEIGHTS, export_folder, import_folder
from engine.tuning.network.network import build_network
from storage.records import AdapterState
from storage.store import Store

RANK, ALPHA = 4, 8.0
IDS = (5, 9, 30, 41, 7, 22)


@pytest.fixture
def adapter(tiny_model: LoadedModel) -> AdapterWeights:
    generator = torch.Generator().manual_seed(7)
    blank = build_network(tiny_model, rank=RANK, alpha=ALPHA, seed=1).adapter()
    tensors = {
        name: (torch.randn(tensor.shape, generator=generator) * 0.1).bfloat16()
        for name, tensor in blank.tensors.items()
    }
    return AdapterWeights(RANK, ALPHA, tensors)


@pytest.fixture
def folder(
    store: Store, tiny_model: LoadedModel, adapter: AdapterWeights, tmp_path: Path
) -> Path:
    made = store.adapters.add(data=adapter.to_bytes(), model_id=tiny_model.record.id)
    done = export_folder(store, ExportAdapter(adapter_id=made.id, path=str(tmp_path / "out")))
    assert done.size_bytes == sum(f.stat().st_size for f in (tmp_path / "out").iterdir())
    return tmp_path / "out"


def bring_in(store: Store, model: LoadedModel, folder: Path) -> AdapterWeights:
    made = import_folder(store, model, ImportAdapter(path=str(folder)))
    assert made.state is AdapterState.READY
    assert not made.active
    return AdapterWeights.from_bytes(store.adapters.load(made.id))


def refused(store: Store, model: LoadedModel, folder: Path) -> FailureKind:
    before = store.adapters.list()
    with pytest.raises(EngineError) as caught:
        import_folder(store, model, ImportAdapter(path=str(folder)))
    assert caught.value.detail.endswith(".")
    assert store.adapters.list() == before
    return caught.value.kind


def change(folder: Path, **values: object) -> None:
    config = json.loads((folder / CONFIG).read_text()) | values
    (folder / CONFIG).write_text(json.dumps(config))


def test_peft_gives_the_same_logits_as_the_decoder(
    tiny_model: LoadedModel, adapter: AdapterWeights, folder: Path
) -> None:
    tiny_model.decoder.use_adapter(adapter, 1.0)
    ours = tiny_model.decoder.logits(IDS)
    tiny_model.decoder.use_adapter(None, 0.0)
    plain = tiny_model.decoder.logits(IDS)
    wrapped = peft.PeftModel.from_pretrained(tiny_model.reference(), str(folder))
    with torch.no_grad():
        theirs = wrapped(torch.tensor([IDS])).logits[0].float()
    wrapped.unload()
    moved = (ours - plain).abs().max()
    assert moved > 0.1
    assert (ours - theirs).abs().max() < 0.1 * moved


def test_out_and_in_again_is_the_same(
    store: Store, tiny_model: LoadedModel, adapter: AdapterWeights, folder: Path
) -> None:
    back = bring_in(store, tiny_model, folder)
    assert (back.rank, back.alpha) == (RANK, ALPHA)
    assert back.tensors.keys() == adapter.tensors.keys()
    assert all(torch.equal(back.tensors[name], t) for name, t in adapter.tensors.items())


def test_the_folder_is_the_owner_s_alone_and_warns(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0
    assert "as private as" in (folder / WARNING).read_text()
    assert {file.name for file in folder.iterdir()} == {CONFIG, WEIGHTS, WARNING}


def test_nothing_is_overwritten(store: Store, folder: Path) -> None:
    one = store.adapters.list()[0]
    with pytest.raises(EngineError, match="choose a folder"):
        export_folder(store, ExportAdapter(adapter_id=one.id, path=str(folder)))


def test_what_peft_itself_saved_comes_in(
    store: Store, tiny_model: LoadedModel, tmp_path: Path
) -> None:
    config = peft.LoraConfig(r=2, lora_alpha=8, target_modules=["q_proj", "v_proj"],
                             use_rslora=True, task_type="CAUSAL_LM")  # fmt: skip
    wrapped = peft.get_peft_model(tiny_model.reference(), config)
    wrapped.save_pretrained(str(tmp_path / "theirs"))
    wrapped.unload()
    back = bring_in(store, tiny_model, tmp_path / "theirs")
    assert back.rank == 2
    assert back.scaling == pytest.approx(8 / 2**0.5)
    assert {name.split(".")[-1] for name in back.modules()} == {"q_proj", "v_proj"}


@pytest.mark.parametrize(
    "values",
    [
        {"peft_type": "LOHA"}, {"use_dora": True}, {"bias": "all"},
        {"modules_to_save": ["lm_head"]}, {"rank_pattern": {"q_proj": 2}},
    ],
    ids=lambda values: next(iter(values)),
)  # fmt: skip
def test_other_kinds_are_refused(
    store: Store, tiny_model: LoadedModel, folder: Path, values: dict[str, object]
) -> None:
    change(folder, **values)
    assert refused(store, tiny_model, folder) is FailureKind.BAD_INPUT


@pytest.mark.parametrize(
    "values", [{"r": 3}, {"r": "4"}, {"r": 0}, {"lora_alpha": None}, {"lora_alpha": -1}],
    ids=str,
)
def test_numbers_that_do_not_fit_are_refused(
    store: Store, tiny_model: LoadedModel, folder: Path, values: dict[str, object]
) -> None:
    change(folder, **values)
    assert refused(store, tiny_model, folder) is FailureKind.ADAPTER_DAMAGED


@pytest.mark.parametrize("name", [CONFIG, WEIGHTS])
def test_a_missing_or_broken_file_is_refused(
    store: Store, tiny_model: LoadedModel, folder: Path, name: str
) -> None:
    (folder / name).write_bytes(b"\x80\x04not what it should be")
    assert refused(store, tiny_model, folder) is FailureKind.ADAPTER_DAMAGED
    (folder / name).unlink()
    assert refused(store, tiny_model, folder) is FailureKind.BAD_INPUT


def test_an_adapter_of_another_model_is_refused(
    store: Store, tiny_model: LoadedModel, folder: Path
) -> None:
    tensors = safetensors.torch.load_file(folder / WEIGHTS)
    wider = {
        name: torch.cat((t, t), 1) if name.endswith("lora_A.weight") else t
        for name, t in tensors.items()
    }
    safetensors.torch.save_file(wider, folder / WEIGHTS)
    assert refused(store, tiny_model, folder) is FailureKind.ADAPTER_DAMAGED
