"""NF4 stacks: modules are slices of one copy, and products see what is dequantized."""

import pytest
import torch

from engine.decode.cuda.nf4 import Nf4Stack, block_size, nests, stack_bytes
from engine.decode.projection import Part

pytest.importorskip("bitsandbytes", reason="bitsandbytes is not installed here")


@pytest.mark.parametrize(
    ("rows", "width", "block", "nested"),
    [((64, 32, 32), 512, 64, True), ((64, 32, 16), 96, 32, False), ((576,), 576, 64, False)],
)
def test_a_stack_is_its_modules(
    rows: tuple[int, ...], width: int, block: int, nested: bool
) -> None:
    torch.manual_seed(0)
    dense = torch.randn(sum(rows), width).bfloat16()
    parts = [Part(f"m{number}", count) for number, count in enumerate(rows)]
    stack, x = Nf4Stack.of(parts, dense), torch.randn(3, width).bfloat16()
    assert (block_size(width), nests(rows, width)) == (block, nested)
    assert stack.bytes == stack_bytes(rows, width)
    assert float((stack.dense() - dense).float().abs().mean()) < 0.1
    expected = torch.nn.functional.linear(x, stack.dense())
    assert torch.allclose(stack(x).float(), expected.float(), atol=0.15, rtol=0.02)
    import bitsandbytes as bnb

    cut = [
        bnb.functional.dequantize_4bit(packed, state) for _, packed, state in stack.slices()
    ]
    assert torch.equal(torch.cat(cut), stack.dense())
    assert [name for name, _, _ in stack.slices()] == [part.name for part in parts]
    assert all(
        packed.untyped_storage().data_ptr() == stack._packed.untyped_storage().data_ptr()
        for _, packed, _ in stack.slices()
    )


def test_a_stack_takes_little_more_than_half_a_byte_a_weight() -> None:
    stack = Nf4Stack.of([Part("m", 512)], torch.randn(512, 1024))
    assert 0.5 <= stack.bytes / (512 * 1024) < 0.53


def test_the_bias_is_added() -> None:
    stack, bias = Nf4Stack.of([Part("m", 32)], torch.randn(32, 64)), torch.randn(32).bfloat16()
    x = torch.randn(2, 64).bfloat16()
    assert torch.allclose(stack(x, bias), stack(x) + bias, atol=0.1, rtol=0.02)
