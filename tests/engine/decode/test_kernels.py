"""The products of one token and of a few, kind by kind, beside the weights that they stand for."""

from pathlib import Path
from typing import Any

import gguf
import pytest
import torch

from engine.decode.few import MOST
from engine.decode.kernels import Int6Kernel, SeveralKernels, kernel_for, round_to_int8
from engine.decode.lean import LeanDecoder
from engine.model.blocks import Blocks, Int4Blocks, Int6Blocks, Int8Blocks
from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from tests.support.tiny_gguf import TinyGguf

Kind = gguf.GGMLQuantizationType
ROWS, COLUMNS = 96, 128


def blocks_of(kind: type[Blocks], seed: int = 0) -> Blocks:
    random = torch.Generator().manual_seed(seed)
    most = {Int4Blocks: 16, Int6Blocks: 64, Int8Blocks: 256}[kind]
    group = 16 if kind is Int6Blocks else 32
    codes = torch.randint(0, most, (ROWS, COLUMNS), dtype=torch.uint8, generator=random)
    codes[0, :2] = torch.tensor([0, most - 1], dtype=torch.uint8)
    # Powers of two, which bfloat16 holds, so that only the sums are rounded.
    scale = 2.0 ** torch.randint(-8, -4, (ROWS, COLUMNS // group), generator=random)
    return kind(codes, scale, -(most // 2) * scale)


def inputs(rows: int) -> torch.Tensor:
    return torch.randn(rows, COLUMNS, generator=torch.Generator().manual_seed(3)).bfloat16()


@pytest.mark.parametrize("rows", [1, MOST])
@pytest.mark.parametrize("kind", [Int4Blocks, Int6Blocks, Int8Blocks])
def test_a_kernel_multiplies_with_the_weights(kind: type[Blocks], rows: int) -> None:
    blocks, x = blocks_of(kind), inputs(rows)
    expected = x.float() @ blocks.dense().t()
    found = kernel_for(blocks)(x).float()
    assert torch.allclose(found, expected, rtol=1e-2, atol=2e-2 * float(expected.abs().mean()))


@pytest.mark.parametrize("kind", [Int4Blocks, Int6Blocks, Int8Blocks])
def test_a_row_among_others_is_the_same_to_the_last_bit(kind: type[Blocks]) -> None:
    kernel, x = kernel_for(blocks_of(kind)), inputs(MOST)
    assert torch.equal(kernel(x), torch.cat([kernel(row[None]) for row in x]))


def test_six_bits_reach_both_ends() -> None:
    codes = torch.arange(64, dtype=torch.uint8).repeat(16, 2)
    blocks = Int6Blocks(codes, torch.ones(16, 8), torch.full((16, 8), -32.0))
    for column in range(64):
        x = torch.zeros(1, 128, dtype=torch.bfloat16)
        x[0, column] = 1.0
        assert torch.equal(Int6Kernel(blocks)(x), torch.full((1, 16), column - 32.0).bfloat16())


def test_several_kinds_below_each_other() -> None:
    parts = [kernel_for(blocks_of(kind)) for kind in (Int4Blocks, Int6Blocks)]
    x = inputs(1)
    both = SeveralKernels(parts)
    assert torch.equal(both(x), torch.cat([part(x) for part in parts], 1))
    assert both.bytes == sum(part.bytes for part in parts)


def test_rows_can_be_put_in_another_order() -> None:
    blocks, order = blocks_of(Int6Blocks), torch.randperm(ROWS)
    assert torch.equal(blocks.rows(order).dense(), blocks.dense()[order])
    assert type(blocks.rows(order)) is Int6Blocks


def test_weights_that_are_not_packed_become_eight_bits() -> None:
    dense = torch.randn(32, 64, generator=torch.Generator().manual_seed(5))
    assert float((round_to_int8(dense).dense() - dense).abs().max()) < 0.02


def test_a_file_that_mixes_kinds_runs_each_as_it_is(tmp_path: Path, truth_of: Any) -> None:
    file = TinyGguf(kind=Kind.Q4_1, others={"attn_v": Kind.Q8_0, "ffn_gate": Kind.F32})
    path = file.write(tmp_path / "mixed.gguf")
    options = LoadOptions(cache_dir=tmp_path, device="cpu", threads=1)
    model = load_model(describe_gguf(path, "ef" * 32), options, lambda _: None)
    decoder = model.decoder
    assert isinstance(decoder, LeanDecoder)
    assert "bfloat16 and int4 and int8 layers" in model.info.path_taken
    assert not decoder.look_ahead
    ids = [(7 * i * i + 3 * i) % 280 for i in range(60)]
    truth = truth_of(model).log_shares(ids)
    prompt = decoder.logits(ids).log_softmax(-1)
    decoder._forget()
    steps = torch.stack([decoder._step(i) for i in ids]).log_softmax(-1)
    for found in (prompt, steps):
        assert float((truth.exp() * (truth - found)).sum(-1).mean()) <= 1e-3
