"""Adapters in buffers at fixed addresses, so that captured steps go on with another one.

A new adapter or another strength is copied into the buffers. They are laid out anew only for an
adapter of a higher rank, or for modules that none before it had; only then are graphs made again.
"""

from collections.abc import Mapping, Sequence

import torch

from engine.decode.adapter import AdapterWeights, damaged
from engine.decode.cuda.nf4 import Nf4Stack

_ROUND = 8
"""Ranks are rounded up to a multiple of this: products of 16-bit numbers want it."""

_Pair = tuple[torch.Tensor, torch.Tensor]


class SideBuffers:
    """The thin products beside the stacks of a model.

    For a stack of P modules, ``first`` is (K, P * rank) and ``second`` (P * rank, N), bfloat16,
    with zeros where a module has no adapter.
    """

    def __init__(self, stacks: Sequence[Nf4Stack], device: torch.device) -> None:
        self._stacks = list(stacks)
        self._known = {p.name: (p.rows, s.width) for s in self._stacks for p in s.parts}
        self._device = device
        self._rank = 0
        self._pairs: dict[int, _Pair] = {}
        self._beside: torch.cuda.Stream | None = None
        if device.type == "cuda":
            self._beside = torch.cuda.Stream(device)  # type: ignore[no-untyped-call]
        self.on = False

    @property
    def bytes(self) -> int:
        """Memory that the buffers take."""
        return sum(one.nbytes for pair in self._pairs.values() for one in pair)

    def take(self, adapter: AdapterWeights | None, strength: float) -> bool:
        """Copies `adapter` in, scaled by `strength`; True when the buffers lie elsewhere now.

        Raises:
            EngineError: ``ADAPTER_DAMAGED`` when it does not fit this model; then none is on.
        """
        self.on = False
        if adapter is None:
            return False
        modules = adapter.modules()
        for name, (first, second) in modules.items():
            if self._known.get(name) != (second.shape[0], first.shape[1]):
                raise damaged()
        moved = self._make_room(modules, adapter.rank)
        for index, (first, second) in self._pairs.items():
            self._fill(index, first, second, modules, adapter.scaling * strength)
        self.on = True
        return moved

    def product(self, index: int, x: torch.Tensor, bias: torch.Tensor | None) -> torch.Tensor:
        """Stack `index` times (M, K) bfloat16, with the adapter where one is on; (M, N) bfloat16.

        On a GPU the thin products run beside the large one, which leaves them one addition. The
        side stream starts only after the main one, and the main one goes on only after it: so
        neither hands out memory that the other still reads.
        """
        stack, pair = self._stacks[index], self._pairs.get(index) if self.on else None
        if pair is None:
            return stack(x, bias)
        if self._beside is None:
            return stack(x, bias).add_((x @ pair[0]) @ pair[1])
        main = torch.cuda.current_stream(self._device)
        self._beside.wait_stream(main)
        with torch.cuda.stream(self._beside):
            low = (x @ pair[0]) @ pair[1]
        y = stack(x, bias)
        main.wait_stream(self._beside)
        return y.add_(low)

    def _make_room(self, modules: Mapping[str, _Pair], rank: int) -> bool:
        """Lays the buffers out anew where `modules` of `rank` do not fit; True if it did."""
        wanted = {
            index for index, stack in enumerate(self._stacks)
            if any(part.name in modules for part in stack.parts)
        }  # fmt: skip
        if rank <= self._rank and wanted <= self._pairs.keys():
            return False
        wanted |= self._pairs.keys()
        self._rank = max(self._rank, -(-rank // _ROUND) * _ROUND)
        self._pairs = {}
        for index in sorted(wanted):
            stack = self._stacks[index]
            inner = len(stack.parts) * self._rank
            shapes = ((stack.width, inner), (inner, stack.rows))
            first, second = (
                torch.zeros(shape, dtype=torch.bfloat16, device=self._device) for shape in shapes
            )
            self._pairs[index] = (first, second)
        return True

    def _fill(
        self, index: int, first: torch.Tensor, second: torch.Tensor,
        modules: Mapping[str, _Pair], scale: float,
    ) -> None:  # fmt: skip
        """Copies the modules of one stack into its buffers, zeros around them."""
        a, b = (torch.zeros(one.shape, dtype=torch.bfloat16) for one in (first, second))
        row = 0
        for number, part in enumerate(self._stacks[index].parts):
            if part.name in modules:
                low, high = modules[part.name]
                at = slice(number * self._rank, number * self._rank + low.shape[0])
                a[:, at] = (low.float() * scale).t()
                b[at, row : row + part.rows] = high.t()
            row += part.rows
        first.copy_(a)
        second.copy_(b)
