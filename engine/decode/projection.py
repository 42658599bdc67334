"""One stacked linear product of the lean decoder, in a fast form for one token and for many.

One token runs on a quantized kernel, many tokens on a dense bfloat16 copy, or on the same kernel
where memory does not allow a copy. An adapter runs beside either as two thin products and is
never merged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch

from engine.decode.kernels import Kernel


@dataclass(frozen=True, slots=True)
class Part:
    """One module of the Hugging Face model inside a stack: its name and its number of rows."""

    name: str
    rows: int


class Projection:
    """A stack of linear modules that share their input.

    Args:
        parts: The modules, in row order.
        kernel: The product for one token; its rows follow `order`.
        width: K, the features of the input.
        read: Reads the (N, K) bfloat16 weights, rows in Hugging Face order.
        keep: Reads them now and keeps them; they may be shared with the reference.
        order: (N,) permutation of the rows for one token, or None for the same order.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        kernel: Kernel,
        width: int,
        read: Callable[[], torch.Tensor],
        *,
        keep: bool = True,
        order: torch.Tensor | None = None,
    ) -> None:
        self.parts = tuple(parts)
        self.kernel = kernel
        self.width = width
        self._read = read
        self._kept = read() if keep else None
        self._order = order
        self._back = None if order is None else torch.argsort(order)
        self._low: _SidePath | None = None

    @property
    def dense(self) -> torch.Tensor:
        """(N, K) bfloat16, Hugging Face row order; read anew each time where it is not kept."""
        return self._read() if self._kept is None else self._kept

    @property
    def bytes(self) -> int:
        """Memory that the weights take."""
        kept = 0 if self._kept is None else self._kept.nbytes
        return self.kernel.bytes + kept

    def many(self, x: torch.Tensor) -> torch.Tensor:
        """(M, K) bfloat16 to (M, N) bfloat16, Hugging Face row order."""
        if self._kept is not None:
            y = torch.nn.functional.linear(x, self._kept)
        else:
            y = self.kernel(x)
            y = y if self._back is None else y[:, self._back]
        if self._low is not None:
            y.addmm_(x @ self._low.first_many, self._low.second_many)
        return y

    def one(self, x: torch.Tensor) -> torch.Tensor:
        """(1, K) of any kind to (1, N), bfloat16 or with an adapter float32, rows in `order`."""
        y = self.kernel(x.bfloat16())
        if self._low is None:
            return y
        return torch.addmm(y.float(), x.float() @ self._low.first, self._low.second)

    def few(self, x: torch.Tensor) -> torch.Tensor:
        """(M, K) of any kind to (M, N), each row exactly as `one` gives it."""
        y = self.kernel(x.bfloat16())
        if self._low is None:
            return y
        low, rows = self._low, zip(y.float()[:, None], x.float()[:, None], strict=True)
        return torch.cat([torch.addmm(y, x @ low.first, low.second) for y, x in rows])

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
        rows = sum(part.rows for part in self.parts)
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
