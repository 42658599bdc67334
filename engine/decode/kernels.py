"""Products of one token with a weight matrix, on torch's 4-bit CPU kernel where that pays."""

import torch

from engine.model.blocks import GROUP, Int4Blocks

_ops = torch.ops.aten


class Int4Kernel:
    """(M, K) bfloat16 times a 4-bit matrix; scale and zero of each group in bfloat16."""

    name = "int4"

    def __init__(self, blocks: Int4Blocks) -> None:
        zero = blocks.low + 8 * blocks.scale
        self._packed = _ops._convert_weight_to_int4pack_for_cpu(blocks.codes.to(torch.int32), 1)
        self._pair = _pair(blocks.scale, zero)
        self.bytes: int = self._packed.nbytes + self._pair.nbytes

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """The product, (M, N) bfloat16."""
        y: torch.Tensor = _ops._weight_int4pack_mm_for_cpu(x, self._packed, GROUP, self._pair)
        return y


class Int8Kernel:
    """(M, K) bfloat16 times an 8-bit matrix with a scale for each group of 32.

    The 4-bit kernel runs over both halves of each code, laid side by side, in one call.

    Args:
        dense: (N, K) of any floating type; rounded to 8 bits here unless it came from 8 bits
            of the same groups.
    """

    name = "int8 (rounded where the file holds more)"

    def __init__(self, dense: torch.Tensor) -> None:
        rows, columns = dense.shape
        groups = dense.float().view(rows, columns // GROUP, GROUP)
        scale = (groups.abs().amax(dim=2) / 127).bfloat16().float().clamp_min(1e-30)
        codes = (groups / scale[..., None]).round_().clamp_(-128, 127).add_(128).to(torch.uint8)
        codes = codes.view(rows, columns)
        halves = torch.cat((codes >> 4, codes & 15), dim=1)
        self._packed = _ops._convert_weight_to_int4pack_for_cpu(halves.to(torch.int32), 1)
        zero = torch.cat((torch.zeros_like(scale), 8 * scale), dim=1)
        self._pair = _pair(torch.cat((16 * scale, scale), dim=1), zero)
        self.bytes: int = self._packed.nbytes + self._pair.nbytes

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """The product, (M, N) bfloat16."""
        twice = torch.cat((x, x), dim=1)
        y: torch.Tensor = _ops._weight_int4pack_mm_for_cpu(twice, self._packed, GROUP, self._pair)
        return y


Kernel = Int4Kernel | Int8Kernel


def _pair(scale: torch.Tensor, zero: torch.Tensor) -> torch.Tensor:
    """(K / GROUP, N, 2) bfloat16, as the kernel wants it."""
    return torch.stack((scale.t(), zero.t()), dim=2).to(torch.bfloat16).contiguous()
