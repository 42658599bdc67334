"""One stacked linear product of the lean decoder, in a fast form for one token and for many.

One token runs on torch's 4-bit CPU kernel (or on dense bfloat16), many tokens on a dense
bfloat16 copy. An adapter runs beside either as two thin products and is never merged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from engine.model.weights import GROUP, Int4Blocks

_ops = torch.ops.aten


@dataclass(frozen=True, slots=True)
class Part:
    """One module of the Hugging Face model inside a stack: its name and its number of rows."""

    name: str
    rows: int


class Int4Kernel:
    """(1, K) bfloat16 times a 4-bit matrix; group-wise scale and zero in bfloat16."""

    name = "int4"

    def __init__(self, blocks: Int4Blocks) -> None:
        codes = blocks.codes.to(torch.int32)
        self._packed = _ops._convert_weight_to_int4pack_for_cpu(codes, 1)
        zero = blocks.low + 8 * blocks.scale
        pair = torch.stack((blocks.scale.t(), zero.t()), dim=2)
        self._pair = pair.to(torch.bfloat16).contiguous()
        self.bytes = self._packed.nbytes + self._pair.nbytes

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """The product, (1, N) bfloat16."""
        y: torch.Tensor = _ops._weight_int4pack_mm_for_cpu(x, self._packed, GROUP, self._pair)
        return y


class DenseKernel:
    """(1, K) bfloat16 times a dense bfloat16 matrix."""

    name = "bfloat16"

    def __init__(self, dense: torch.Tensor) -> None:
        self._dense = dense
        self.bytes = 0

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        """The product, (1, N) bfloat16."""
        return torch.nn.functional.linear(x, self._dense)


Kernel = Int4Kernel | DenseKernel


class Projection:
    """A stack of linear modules that share their input.

    Args:
        parts: The modules, in row order.
        dense: (N, K) bfloat16, rows in Hugging Face order; may be shared with the reference.
        kernel: The product for one token; its rows follow `order`.
        order: (N,) permutation of the rows for one token, or None for the same order.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        dense: torch.Tensor,
        kernel: Kernel,
        order: torch.Tensor | None = None,
    ) -> None:
        self.parts = tuple(parts)
        self.dense = dense
        self.kernel = kernel
        self._order = order
        self._low: _SidePath | None = None

    def many(self, x: torch.Tensor) -> torch.Tensor:
        """(M, K) bfloat16 to (M, N) bfloat16, Hugging Face row order."""
        y = torch.nn.functional.linear(x, self.dense)
        if self._low is not None:
            y.addmm_(x @ self._low.first_many, self._low.second_many)
        return y

    def one(self, x: torch.Tensor) -> torch.Tensor:
        """(1, K) float32 to (1, N), bfloat16 or with an adapter float32, rows in `order`."""
        y = self.kernel(x.bfloat16())
        if self._low is None:
            return y
        return torch.addmm(y.float(), x @ self._low.first, self._low.second)

    def use_adapter(
        self, modules: Mapping[str, tuple[torch.Tensor, torch.Tensor]], scaling: float
    ) -> None:
        """Takes this stack's share of an adapter that fits; call `set_strength` next.

        Args:
            modules: (A, B) by module name; names of other stacks are ignored.
            scaling: alpha / rank.
        """
        found = [(at, *modules[part.name]) for at, part in self._places() if part.name in modules]
        if not found:
            self._low = None
            return
        rows = self.dense.shape[0]
        first = torch.cat([a.float() for _, a, _ in found]) * scaling
        second = torch.zeros(rows, first.shape[0])
        column = 0
        for at, _, b in found:
            second[at : at + b.shape[0], column : column + b.shape[1]] = b.float()
            column += b.shape[1]
        self._low = _SidePath(first, second, self._order)

    def set_strength(self, strength: float) -> None:
        """Scales the adapter; takes effect with the next product."""
        if self._low is not None:
            self._low.scale(strength)

    def _places(self) -> list[tuple[int, Part]]:
        places, at = [], 0
        for part in self.parts:
            places.append((at, part))
            at += part.rows
        return places


class _SidePath:
    """The two thin products of an adapter, for one token in float32 and for many in bfloat16."""

    def __init__(
        self, first: torch.Tensor, second: torch.Tensor, order: torch.Tensor | None
    ) -> None:
        self._base = first.t().contiguous()
        self.first = self._base.clone()
        self.first_many = self._base.bfloat16()
        self.second_many = second.t().contiguous().bfloat16()
        self.second = (second if order is None else second[order]).t().contiguous()

    def scale(self, strength: float) -> None:
        torch.mul(self._base, strength, out=self.first)
        self.first_many.copy_(self.first)
