import base64
import hashlib
import json
import pickle
import shutil
import time
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from engine.contract import EngineError, FailureKind
from engine.model import importing
from engine.model.check_gguf import check_gguf
from engine.model.gguf_file import GgufFile
from engine.model.importing import import_model
from engine.model.safetensors_file import read_header
from engine.model.vocabulary import build_tokenizer
from tests.support.model_data import shared_file
from tests.support.tiny_gguf import HEADS, HIDDEN, INNER, KV_HEADS, TinyGguf, vocabulary


def _left_behind(models: Path) -> list[str]:
    return [path.name for path in models.iterdir()] if models.exists() else []


def _assert_refused(source: Path, models: Path, kind: FailureKind) -> str:
    started = time.perf_counter()
    with pytest.raises(EngineError) as failure:
        import_model(source, models)
    assert time.perf_counter() - started < 5.0
    assert failure.value.kind is kind
    assert failure.value.detail.endswith(".")
    assert _left_behind(models) == []
    return failure.value.detail


def test_a_sound_file_is_copied_and_named_by_its_hash(tmp_path: Path) -> None:
    source = TinyGguf().write(tmp_path / "tiny.gguf")
    record = import_model(source, tmp_path / "models")
    assert record.id == hashlib.sha256(source.read_bytes()).hexdigest()
    assert Path(record.path).read_bytes() == source.read_bytes()
    assert (record.name, record.architecture, record.format) == ("Tiny", "llama", "gguf")
    assert record.parameters > 50_000
    assert _left_behind(tmp_path / "models") == [f"{record.id}.gguf"]
    assert import_model(source, tmp_path / "models").id == record.id


def test_pickles_are_refused_by_mark_and_by_name(tmp_path: Path) -> None:
    disguised = tmp_path / "model.gguf"
    disguised.write_bytes(pickle.dumps({"weights": [1, 2]}))
    detail = _assert_refused(disguised, tmp_path / "models", FailureKind.BAD_INPUT)
    assert "hidden programs" in detail
    archive = tmp_path / "pytorch_model.gguf"
    archive.write_bytes(b"PK\x03\x04" + bytes(40))
    _assert_refused(archive, tmp_path / "models", FailureKind.BAD_INPUT)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "pytorch_model.bin").write_bytes(b"anything")
    detail = _assert_refused(folder, tmp_path / "models", FailureKind.BAD_INPUT)
    assert "hidden programs" in detail


def test_malformed_gguf_files_are_refused(tmp_path: Path) -> None:
    lines = shared_file("malformed_models", "gguf.jsonl").read_text().splitlines()
    assert len(lines) > 100
    source = tmp_path / "model.gguf"
    for position, row in enumerate(map(json.loads, lines)):
        source.write_bytes(base64.b64decode(row["base64"]))
        started = time.perf_counter()
        found = check_gguf(source)
        assert time.perf_counter() - started < 1.0, row["id"]
        assert found["kind"] in ("bad_input", "unsupported_model"), row["id"]
        if position % 20 == 0 or row["kind"] == "fuzz_crash":
            _assert_refused(source, tmp_path / "models", FailureKind(found["kind"]))


def test_malformed_safetensors_headers_are_told_apart(tmp_path: Path) -> None:
    lines = shared_file("malformed_models", "safetensors.jsonl").read_text().splitlines()
    for row in map(json.loads, lines):
        file = tmp_path / "model.safetensors"
        file.write_bytes(base64.b64decode(row["base64"]))
        try:
            read_header(file)
            verdict = "accepted"
        except ValueError:
            verdict = "rejected"
        assert verdict == row["expected"], row["id"]


@pytest.mark.parametrize("part", ["output_norm", "blk.1.ffn_up", "token_embd"])
def test_a_model_with_a_part_missing_is_refused(tmp_path: Path, part: str) -> None:
    source = TinyGguf(leave_out=frozenset({part})).write(tmp_path / "m.gguf")
    _assert_refused(source, tmp_path / "models", FailureKind.BAD_INPUT)


def test_weights_that_are_not_numbers_are_refused(tmp_path: Path) -> None:
    source = TinyGguf().write(tmp_path / "m.gguf")
    place = GgufFile(source).tensors["blk.0.ffn_up.weight"].offset
    data = bytearray(source.read_bytes())
    data[place : place + 2] = np.float16(np.nan).tobytes()
    source.write_bytes(data)
    assert "not numbers" in _assert_refused(source, tmp_path / "models", FailureKind.BAD_INPUT)


def test_other_architectures_are_named_as_such(tmp_path: Path) -> None:
    source = TinyGguf().write(tmp_path / "m.gguf")
    length = b"\x05\0\0\0\0\0\0\0"
    source.write_bytes(source.read_bytes().replace(length + b"llama", length + b"mambo"))
    _assert_refused(source, tmp_path / "models", FailureKind.UNSUPPORTED_MODEL)


def test_a_missing_file(tmp_path: Path) -> None:
    _assert_refused(tmp_path / "none.gguf", tmp_path / "models", FailureKind.NOT_FOUND)


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = TinyGguf().write(tmp_path / "m.gguf")

    def full(source: Path, target: Path) -> str:
        target.write_bytes(source.read_bytes()[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(importing, "_copy_file", full)
    _assert_refused(source, tmp_path / "models", FailureKind.DISK_FULL)


def _write_folder(path: Path, gguf_path: Path) -> Path:
    """A safetensors folder with the weights of a tiny model."""
    path.mkdir()
    build_tokenizer(GgufFile(gguf_path).metadata).save(str(path / "tokenizer.json"))
    config = {
        "model_type": "llama", "hidden_size": HIDDEN, "intermediate_size": INNER,
        "num_hidden_layers": 1, "num_attention_heads": HEADS, "num_key_value_heads": KV_HEADS,
        "vocab_size": len(vocabulary()), "tie_word_embeddings": True, "rms_norm_eps": 1e-5,
    }  # fmt: skip
    (path / "config.json").write_text(json.dumps(config))
    keys, layer = HIDDEN // HEADS * KV_HEADS, "model.layers.0."
    shapes = {
        "model.embed_tokens.weight": (len(vocabulary()), HIDDEN),
        "model.norm.weight": (HIDDEN,),
        layer + "input_layernorm.weight": (HIDDEN,),
        layer + "post_attention_layernorm.weight": (HIDDEN,),
        layer + "self_attn.q_proj.weight": (HIDDEN, HIDDEN),
        layer + "self_attn.k_proj.weight": (keys, HIDDEN),
        layer + "self_attn.v_proj.weight": (keys, HIDDEN),
        layer + "self_attn.o_proj.weight": (HIDDEN, HIDDEN),
        layer + "mlp.gate_proj.weight": (INNER, HIDDEN),
        layer + "mlp.up_proj.weight": (INNER, HIDDEN),
        layer + "mlp.down_proj.weight": (HIDDEN, INNER),
    }
    chance = np.random.default_rng(0)
    tensors = {n: chance.normal(0, 0.1, s).astype(np.float32) for n, s in shapes.items()}
    safetensors.numpy.save_file(tensors, path / "model.safetensors")
    return path


def test_a_sound_folder_is_taken_without_strange_files(tmp_path: Path) -> None:
    folder = _write_folder(tmp_path / "folder", TinyGguf().write(tmp_path / "m.gguf"))
    (folder / "modeling_evil.py").write_text("raise SystemExit")
    record = import_model(folder, tmp_path / "models")
    assert record.format == "safetensors"
    names = {path.name for path in Path(record.path).iterdir()}
    assert names == {"config.json", "tokenizer.json", "model.safetensors"}


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_damaged_folder_is_refused(tmp_path: Path, name: str) -> None:
    folder = _write_folder(tmp_path / "folder", TinyGguf().write(tmp_path / "m.gguf"))
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(data[: len(data) // 2])
    _assert_refused(folder, tmp_path / "models", FailureKind.BAD_INPUT)
    (folder / name).unlink()
    _assert_refused(folder, tmp_path / "models", FailureKind.BAD_INPUT)
    shutil.rmtree(folder)
