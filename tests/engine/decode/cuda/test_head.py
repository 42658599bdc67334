"""The quantized head: exact where it counts, close elsewhere."""

import pytest
import torch

from engine.decode.cuda.head import RESCORED, QuantizedHead, head_bytes

pytest.importorskip("bitsandbytes", reason="bitsandbytes is not installed here")


@pytest.fixture(scope="module")
def head() -> QuantizedHead:
    torch.manual_seed(0)
    return QuantizedHead((torch.randn(9000, 128) * 0.15).bfloat16())


def test_the_distribution_stays(head: QuantizedHead) -> None:
    x = torch.randn(6, 128).bfloat16() * 2
    exact = torch.nn.functional.linear(x.float(), head.dense.float())
    found = head(x)
    truth = exact.log_softmax(-1)
    assert float((truth.exp() * truth).sum(-1).mean()) > -8.5
    assert float((truth.exp() * (truth - found.log_softmax(-1))).sum(-1).mean()) < 2e-4
    best = exact.topk(RESCORED // 4, dim=1).indices
    assert torch.allclose(found.gather(1, best), exact.gather(1, best), atol=1e-4)
    assert float((found - exact).abs().max()) < 0.3


def test_many_rows_take_the_dense_head(head: QuantizedHead) -> None:
    x = torch.randn(9, 128).bfloat16()
    assert torch.equal(head(x), torch.nn.functional.linear(x, head.dense).float())


def test_a_token_reads_little_more_than_a_byte_a_weight(head: QuantizedHead) -> None:
    assert head.bytes == head_bytes(9000, 128)
    assert head.bytes / head.dense.numel() < 1.13
    assert head.bytes_a_token - head.bytes == RESCORED * 128 * 2


def test_rows_of_short_blocks_are_as_close() -> None:
    """Both halves of a row must fall into the same blocks as the weights alone."""
    torch.manual_seed(1)
    head, x = QuantizedHead((torch.randn(400, 96) * 0.2).bfloat16()), torch.randn(4, 96).bfloat16()
    exact = torch.nn.functional.linear(x.float(), head.dense.float())
    assert head.bytes == head_bytes(400, 96)
    assert float((head(x) - exact).abs().mean()) < 0.02
