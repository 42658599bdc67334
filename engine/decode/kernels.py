"""Products of one token with a weight matrix, on torch's 4-bit CPU kernel where that is exact."""

import torch

from engine.model.blocks import GROUP, Int4Blocks, Int8Blocks

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
    """(M, K) bfloat16 times a matrix of 5 to 8 bits.

    The 4-bit kernel runs over both halves of each code, laid side by side, in one call. The
    kernel takes 8 from each half; what that takes from the high half is given back as a multiple
    of its scale, so that rounding to bfloat16 keeps the two in step.
    """

    name = "int8"

    def __init__(self, blocks: Int8Blocks) -> None:
        codes, scale = blocks.codes, blocks.scale
        halves = torch.cat((codes >> 4, codes & 15), dim=1)
        self._packed = _ops._convert_weight_to_int4pack_for_cpu(halves.to(torch.int32), 1)
        zero = torch.cat((128 * scale, blocks.low + 8 * scale), dim=1)
        self._pair = _pair(torch.cat((16 * scale, scale), dim=1), zero)
        self.bytes: int = self._packed.nbytes + self._pair.nbytes

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """The product, (M, N) bfloat16."""
        twice = torch.cat((x, x), dim=1)
        y: torch.Tensor = _ops._weight_int4pack_mm_for_cpu(twice, self._packed, GROUP, self._pair)
        return y


class DenseKernel:
    """(M, K) bfloat16 times a dense bfloat16 matrix, for weights of more than 8 bits."""

    name = "bfloat16"

    def __init__(self, dense: torch.Tensor) -> None:
        self._dense = dense
        self.bytes: int = dense.nbytes

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """The product, (M, N) bfloat16."""
        return torch.nn.functional.linear(x, self._dense)


Kernel = Int4Kernel | Int8Kernel | DenseKernel


def round_to_int8(dense: torch.Tensor) -> Int8Blocks:
    """(N, K) rounded to 8 bits with a scale for each group of 32."""
    rows, columns = dense.shape
    groups = dense.float().view(rows, columns // GROUP, GROUP)
    scale = (groups.abs().amax(dim=2) / 127).bfloat16().float().clamp_min(1e-30)
    codes = (groups / scale[..., None]).round_().clamp_(-128, 127).add_(128).to(torch.uint8)
    return Int8Blocks(codes.view(rows, columns), scale, -128 * scale)


def _pair(scale: torch.Tensor, zero: torch.Tensor) -> torch.Tensor:
    """(K / GROUP, N, 2) bfloat16, as the kernel wants it."""
    return torch.stack((scale.t(), zero.t()), dim=2).to(torch.bfloat16).contiguous()
