import random
import struct
import time
from pathlib import Path

import gguf
import numpy as np
import pytest
import torch

from engine.model.blocks import Int4Blocks, unpack
from engine.model.gguf_file import GgufFile, MalformedFileError
from engine.model.weights import GgufWeights
from tests.support.model_data import embedded_file
from tests.support.tiny_gguf import TinyGguf

_Q = gguf.GGMLQuantizationType


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return TinyGguf().write(tmp_path / "tiny.gguf")


def test_reads_what_the_gguf_package_reads(tiny: Path) -> None:
    ours, theirs = GgufFile(tiny), gguf.GGUFReader(tiny)
    for tensor in theirs.tensors:
        shape = tuple(int(n) for n in tensor.shape[::-1])
        assert ours.tensors[tensor.name].shape == shape
        expected = gguf.quants.dequantize(tensor.data, tensor.tensor_type).reshape(shape)
        assert np.array_equal(ours.dequantized(tensor.name), expected)
    for key, field in theirs.fields.items():
        if not key.startswith("GGUF."):
            assert ours.metadata[key] == pytest.approx(field.contents())


def test_embedded_header_is_read_quickly() -> None:
    path = embedded_file()
    started = time.perf_counter()
    file = GgufFile(path)
    assert time.perf_counter() - started < 2.0
    assert len(file.tensors) == 272
    assert file.metadata["llama.block_count"] == 30


@pytest.mark.parametrize("kind", [_Q.Q4_0, _Q.Q4_1])
def test_four_bit_codes_give_exactly_the_dequantized_weights(tmp_path: Path, kind: _Q) -> None:
    writer = TinyGguf(kind=kind)
    source = GgufWeights(GgufFile(writer.write(tmp_path / "m.gguf")))
    name = "model.layers.1.mlp.down_proj.weight"
    blocks = source.packed(name)
    assert isinstance(blocks, Int4Blocks)
    assert int(blocks.codes.max()) <= 15
    assert np.array_equal(blocks.dense().numpy(), writer.weights["blk.1.ffn_down.weight"])


@pytest.mark.parametrize(
    ("kind", "highest"),
    [(_Q.Q4_0, 15), (_Q.Q4_1, 15), (_Q.Q4_K, 15), (_Q.Q5_0, 31), (_Q.Q5_1, 31), (_Q.Q5_K, 31),
     (_Q.Q6_K, 63), (_Q.Q8_0, 255)],
)  # fmt: skip
def test_codes_of_any_bytes_give_exactly_the_dequantized_weights(
    monkeypatch: pytest.MonkeyPatch, kind: _Q, highest: int
) -> None:
    random = np.random.default_rng(2)
    size, width = gguf.GGML_QUANT_SIZES[kind]
    raw = random.integers(0, 256, (40, 3 * width), dtype=np.uint8)
    for block in raw.reshape(-1, width):
        place = block[-2:] if kind == _Q.Q6_K else block[:4]
        numbers = random.normal(0, 0.01, 2).astype(np.float16).view(np.uint8)
        place[:] = numbers[: place.size]
    blocks = unpack(kind, raw)
    assert blocks is not None
    assert blocks.codes.shape == (40, 3 * size)
    assert int(blocks.codes.max()) == highest
    assert np.array_equal(blocks.dense().numpy(), gguf.quants.dequantize(raw, kind))
    monkeypatch.setattr("engine.model.blocks._AT_ONCE", 600)
    assert torch.equal(blocks.rounded(), blocks.dense().bfloat16())
    assert np.array_equal(blocks.dense().numpy(), gguf.quants.dequantize(raw, kind))


def test_kinds_of_another_build_are_left_to_the_dense_path() -> None:
    assert unpack(_Q.Q3_K, np.zeros((2, 110), np.uint8)) is None
    assert unpack(_Q.F16, np.zeros((2, 64), np.uint8)) is None


def test_queries_come_in_half_split_order(tmp_path: Path) -> None:
    writer = TinyGguf(kind=_Q.F32)
    source = GgufWeights(GgufFile(writer.write(tmp_path / "m.gguf")))
    stored = torch.from_numpy(writer.weights["blk.0.attn_q.weight"])
    rows = source.dense("model.layers.0.self_attn.q_proj.weight")
    assert torch.equal(rows[1], stored[2])
    assert torch.equal(rows[8], stored[1])
    assert torch.equal(rows[16], stored[16])


def _refused(data: bytes, path: Path) -> bool:
    path.write_bytes(data)
    try:
        GgufFile(path)
    except MalformedFileError:
        return True
    return False


def test_a_forged_list_length_is_refused_at_once(tmp_path: Path) -> None:
    key = b"x"
    forged = struct.pack("<IIQQ", 0x46554747, 3, 0, 1) + struct.pack("<Q", len(key)) + key
    for inner in (0, 8, 9):
        data = forged + struct.pack("<IIQ", 9, inner, 1 << 40)
        started = time.perf_counter()
        assert _refused(data, tmp_path / "x.gguf")
        assert time.perf_counter() - started < 0.5


def test_every_truncation_is_refused(tiny: Path, tmp_path: Path) -> None:
    data = tiny.read_bytes()
    cuts = [*range(0, 600, 7), *range(600, len(data), 1500), len(data) - 1]
    survivors = [cut for cut in cuts if not _refused(data[:cut], tmp_path / "cut.gguf")]
    assert survivors == []


def test_flipped_bytes_never_crash_or_hang(tiny: Path, tmp_path: Path) -> None:
    data, chance = tiny.read_bytes(), random.Random(5)
    header = 9_000
    refused, started = 0, time.perf_counter()
    for _ in range(400):
        mutant = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            mutant[chance.randrange(header)] = chance.randrange(256)
        refused += _refused(bytes(mutant), tmp_path / "mutant.gguf")
    assert refused > 50
    assert time.perf_counter() - started < 20
