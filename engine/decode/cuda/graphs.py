"""Work that is captured once and replayed, so that the host launches one thing for a token.

A step of an 8B model launches a thousand small kernels; launching them one by one takes the host
longer than the GPU needs to run them. A captured graph replays on the same memory, so the work may
read and write only tensors that stay where they are, and its result is one such tensor too.
"""

from collections.abc import Callable, Hashable
from typing import Any, Protocol

import torch

_WARM_UP = 3
"""Runs before a capture: libraries choose kernels and take workspaces at their first calls."""

Work = Callable[[], torch.Tensor]


class Recorder(Protocol):
    """Captures work."""

    def record(self, work: Work) -> tuple[Callable[[], None], torch.Tensor]:
        """What replays `work`, and the tensor that then holds its result.

        Raises:
            RuntimeError: It cannot be captured.
        """


class CudaRecorder:
    """Captures CUDA graphs that share one pool of memory: they never run at the same time.

    Everything is recorded on one stream, because libraries keep a workspace for each.
    """

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._pool: Any = torch.cuda.graph_pool_handle()
        self._stream = torch.cuda.Stream(device)  # type: ignore[no-untyped-call]

    def record(self, work: Work) -> tuple[Callable[[], None], torch.Tensor]:
        """See `Recorder`. Only this thread's calls can spoil the capture."""
        with torch.cuda.device(self._device):
            self._warm_up(work)
            usual, graph = torch.cuda.current_stream(), torch.cuda.CUDAGraph()
            capture = torch.cuda.graph(
                graph, pool=self._pool, stream=self._stream, capture_error_mode="thread_local"
            )
            try:
                with capture:
                    result = work()
            except RuntimeError:
                # A capture that ends in an error leaves its own stream current.
                torch.cuda.set_stream(usual)
                raise
        return graph.replay, result

    def _warm_up(self, work: Work) -> None:
        """Runs on a side stream, as torch asks for."""
        self._stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(self._stream):
            for _ in range(_WARM_UP):
                work()
        torch.cuda.current_stream().wait_stream(self._stream)


class Graphs:
    """Captured work by key; work that cannot be captured runs as it is.

    Args:
        recorder: Captures; None runs everything as it is.
    """

    def __init__(self, recorder: Recorder | None) -> None:
        self._recorder = recorder
        self._made: dict[Hashable, tuple[Callable[[], None], torch.Tensor]] = {}
        self.trouble = ""

    def __len__(self) -> int:
        return len(self._made)

    def run(self, key: Hashable, work: Work) -> torch.Tensor:
        """The result of `work`, captured at the first call with `key`.

        The tensor holds until the next call with the same key.
        """
        if self._recorder is None or self.trouble:
            return work()
        if key not in self._made:
            try:
                self._made[key] = self._recorder.record(work)
            except RuntimeError as error:
                self._give_up(error)
                return work()
        replay, result = self._made[key]
        replay()
        return result

    def clear(self) -> None:
        """Forgets what was captured: memory that it reads lies elsewhere now."""
        self._made.clear()

    def _give_up(self, error: RuntimeError) -> None:
        """Nothing is captured any more; what is freed may be needed to go on without."""
        reason = type(error).__name__
        self.trouble = f"the GPU's graphs could not be captured ({reason}), so tokens take longer"
        self._made.clear()
