"""The last product on the GPU: quantized rows find the candidates, dense rows decide."""

from collections.abc import Iterator

import torch
from torch.nn import functional

from engine.decode.cuda.nf4 import Nf4Stack, block_size

RESCORED = 64
"""Candidates whose logits are computed from dense rows; see docs/measurements.md."""

_FEW = 8
"""Rows of the input up to which reading the dense head would take longest."""

_AT_ONCE = 8192


class QuantizedHead:
    """(V, K) in NF4 twice, the weights and what NF4 leaves of them, beside the dense rows.

    bitsandbytes leaves the head in bfloat16: a third of what a token of a small model reads. NF4
    alone moves the distribution far too much (0.1 nats on SmolLM2). The rest of each weight in
    NF4 once more makes about 8 bits of it, on the same product: the rest lies beside the weights,
    and the input comes twice.

    Args:
        dense: (V, K) bfloat16; kept, for the exact candidates and for training.
    """

    name = "twofold NF4 head with exact candidates"

    def __init__(self, dense: torch.Tensor) -> None:
        self.dense = dense
        block = block_size(dense.shape[1])
        self._stack = Nf4Stack.of_pieces("lm_head", _twofold(dense, block), block)
        self.bytes = self._stack.bytes

    @property
    def bytes_a_token(self) -> int:
        """What one token reads: all codes and the dense rows of its candidates."""
        return self.bytes + min(RESCORED, self.dense.shape[0]) * self.dense.shape[1] * 2

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """(M, K) bfloat16 to (M, V) float32."""
        if x.shape[0] > _FEW:
            return functional.linear(x, self.dense).float()
        logits = self._stack(torch.cat((x, x), dim=1)).float()
        best = torch.topk(logits, min(RESCORED, logits.shape[1]), dim=1).indices
        exact = torch.bmm(self.dense[best].float(), x.float()[:, :, None])
        return logits.scatter_(1, best, exact[:, :, 0])


def head_bytes(vocabulary: int, width: int) -> int:
    """Memory that a quantized head takes beside its dense rows."""
    numbers = vocabulary * width
    return numbers + 4 * (2 * numbers // block_size(width))


def _twofold(dense: torch.Tensor, block: int) -> Iterator[torch.Tensor]:
    """A few rows at a time: the weights and, beside them, what their quantization leaves."""
    for rows in torch.split(dense, _AT_ONCE):
        first = Nf4Stack.of_pieces("", [rows], block).dense()
        yield torch.cat((rows, (rows.float() - first.float()).to(rows.dtype)), dim=1)
