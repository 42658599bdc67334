"""Products of one token with a weight matrix, on torch's 4-bit CPU kernel where that is exact."""

from collections.abc import Sequence

import torch

from engine.model.blocks import GROUP, Blocks, Int4Blocks, Int6Blocks, Int8Blocks

_SIX = 16
"""Weights of Q6_K that share one scale."""


class Int4Kernel:
    """(M, K) bfloat16 times a 4-bit matrix; scale and zero of each group in bfloat16."""

    name = "int4"

    def __init__(self, blocks: Int4Blocks) -> None:
        zero = blocks.low + 8 * blocks.scale
        self._packed = torch._convert_weight_to_int4pack_for_cpu(blocks.codes.to(torch.int32), 1)
        self._pair = _pair(blocks.scale, zero)
        self.parts = (self,)
        self.bytes: int = self._packed.nbytes + self._pair.nbytes

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """The product, (M, N) bfloat16."""
        y: torch.Tensor = torch._weight_int4pack_mm_for_cpu(x, self._packed, GROUP, self._pair)
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
        self._packed = torch._convert_weight_to_int4pack_for_cpu(halves.to(torch.int32), 1)
        zero = torch.cat((128 * scale, blocks.low + 8 * scale), dim=1)
        self._pair = _pair(torch.cat((16 * scale, scale), dim=1), zero)
        self.parts = (self,)
        self.bytes: int = self._packed.nbytes + self._pair.nbytes

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """The product, (M, N) bfloat16."""
        twice = torch.cat((x, x), dim=1)
        y: torch.Tensor = torch._weight_int4pack_mm_for_cpu(twice, self._packed, GROUP, self._pair)
        return y


class DenseKernel:
    """(M, K) bfloat16 times a dense bfloat16 matrix, for weights of more than 8 bits."""

    name = "bfloat16"

    def __init__(self, dense: torch.Tensor) -> None:
        self._dense = dense
        self.parts = (self,)
        self.bytes: int = dense.nbytes

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """The product, (M, N) bfloat16."""
        return torch.nn.functional.linear(x, self._dense)


class Int6Kernel:
    """(M, K) bfloat16 times a matrix of 6 bits with a scale for each 16 weights (Q6_K).

    The 4-bit kernel runs over groups of 32 that hold 16 weights twice: once what they have of 16,
    for the input times 16, and once the rest, -8 to 7. Sixteen times a number is exact.
    """

    name = "int6"

    def __init__(self, blocks: Int6Blocks) -> None:
        rows, columns = blocks.codes.shape
        values = blocks.codes.to(torch.int32) - 32
        rest = ((values + 8) & 15) - 8
        both = torch.stack(((values - rest) >> 4, rest)).view(2, rows, columns // _SIX, _SIX)
        codes = both.permute(1, 2, 0, 3).reshape(rows, 2 * columns).add_(8)
        self._packed = torch._convert_weight_to_int4pack_for_cpu(codes, 1)
        self._pair = _pair(blocks.scale, torch.zeros_like(blocks.scale))
        self._shares = torch.tensor([[16.0], [1.0]], dtype=torch.bfloat16)
        self.parts = (self,)
        self.bytes: int = self._packed.nbytes + self._pair.nbytes

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """The product, (M, N) bfloat16."""
        twice = (x.reshape(x.shape[0], -1, 1, _SIX) * self._shares).view(x.shape[0], -1)
        y: torch.Tensor = torch._weight_int4pack_mm_for_cpu(twice, self._packed, GROUP, self._pair)
        return y


class SeveralKernels:
    """Kernels of different kinds, one below the other."""

    def __init__(self, parts: Sequence["SingleKernel"]) -> None:
        self.parts = tuple(parts)
        self.bytes: int = sum(part.bytes for part in parts)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """The product, (M, N) bfloat16."""
        return torch.cat([part(x) for part in self.parts], dim=1)


SingleKernel = Int4Kernel | Int6Kernel | Int8Kernel | DenseKernel
Kernel = SingleKernel | SeveralKernels


def kernel_for(blocks: Blocks) -> SingleKernel:
    """The kernel that runs `blocks` as they are."""
    match blocks:
        case Int4Blocks():
            return Int4Kernel(blocks)
        case Int6Blocks():
            return Int6Kernel(blocks)
        case Int8Blocks():
            return Int8Kernel(blocks)
    raise TypeError(type(blocks).__name__)


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
