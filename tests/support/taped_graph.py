"""A stand-in for CUDA graphs on the CPU, as strict as they are.

Recording notes every operation with the very tensors it read and made. A replay runs the same
operations on the same memory: a number that came from the host, a tensor that was replaced, or an
address that moved shows as a wrong result. What a capture forbids raises, as it does there: asking
the device for a number, and bringing data from the host.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch.utils import _pytree as pytree
from torch.utils._python_dispatch import TorchDispatchMode

_WAITS = ("_local_scalar_dense", "item", "is_nonzero", "nonzero", "equal", "masked_select")
_FROM_HOST = ("lift_fresh", "lift")


class Taped:
    """Implements `engine.decode.cuda.graphs.Recorder`."""

    def __init__(self) -> None:
        self.made = 0
        self.replayed = 0

    def record(self, work: Callable[[], torch.Tensor]) -> tuple[Callable[[], None], torch.Tensor]:
        work()
        tape = _Tape()
        with tape:
            result = work()
        self.made += 1

        def replay() -> None:
            self.replayed += 1
            tape.replay()

        return replay, result


class _Tape(TorchDispatchMode):
    def __init__(self) -> None:
        super().__init__()
        self._calls: list[tuple[Any, tuple[Any, ...], dict[str, Any], Any]] = []

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        name = func._schema.name.rpartition("::")[2]
        if name in _WAITS or name in _FROM_HOST:
            raise RuntimeError(f"operation not permitted when stream is capturing: {name}")
        made = func(*args, **(kwargs or {}))
        self._calls.append((func, args, kwargs or {}, made))
        return made

    @torch.inference_mode()
    def replay(self) -> None:
        for func, args, kwargs, made in self._calls:
            if func._schema.is_mutable:
                func(*args, **kwargs)
            elif not _views((args, kwargs), made):
                fresh = func(*args, **kwargs)
                for old, new in zip(_tensors(made), _tensors(fresh), strict=True):
                    old.copy_(new)


def _views(read: Any, made: Any) -> bool:
    places = {one.untyped_storage().data_ptr() for one in _tensors(read)}
    return any(one.untyped_storage().data_ptr() in places for one in _tensors(made))


def _tensors(tree: Any) -> list[torch.Tensor]:
    return [one for one in pytree.tree_leaves(tree) if isinstance(one, torch.Tensor)]


class Waits(TorchDispatchMode):
    """Counts how often the host asks the device for a number."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        self.count += func._schema.name.rpartition("::")[2] in _WAITS
        return func(*args, **(kwargs or {}))
