"""Tells how far a learning run is: phases, one rising fraction, time left."""

import time
from collections.abc import Callable

import psutil

from engine.contract import Emit, LearnProgress
from engine.control import JobControl
from engine.tuning.trainer import StepReport

_SHARES = {
    "collect": (0.0, 0.01),
    "prepare": (0.01, 0.12),
    "exam_before": (0.12, 0.22),
    "train": (0.22, 0.88),
    "exam_after": (0.88, 1.0),
}
_LEAST_PAUSE_S = 0.1


class Progress:
    """Emits `LearnProgress`; between events it gives way to replies, pause and stop."""

    def __init__(
        self,
        job: str,
        emit: Emit,
        control: JobControl,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Starts counting; `clock` tells seconds and is looked at with every report."""
        self._clock = clock
        self._job = job
        self._emit = emit
        self._control = control
        self._started = clock()
        self._told = float("-inf")
        self._high = 0.0
        self._memory = psutil.Process()
        self.attempt = 1

    def phase(self, name: str, done: float = 0.0) -> None:
        """Says that `name` is `done` (0 to 1), then serves the job's control.

        Raises:
            JobStopped: The user stopped.
        """
        self._control.checkpoint()
        self._tell(name, done)

    def closing(self, name: str, done: float = 0.0) -> None:
        """As `phase`, after a stop that keeps: replies are served, the stop is no longer heard."""
        self._control.serve()
        self._tell(name, done)

    def step(self, report: StepReport) -> None:
        """Tells one training step; every step, since the loss curve is drawn from them."""
        low, high = _SHARES["train"]
        fraction = self._rise(low + (high - low) * report.step / report.steps)
        self._emit(
            LearnProgress(
                job=self._job, phase="train", attempt=self.attempt, step=report.step,
                steps=report.steps, fraction=fraction, loss=report.loss,
                smoothed_loss=report.smoothed, tokens_per_s=report.tokens_per_s,
                seconds_left=self._left(fraction), memory_bytes=self._memory.memory_info().rss,
            )
        )  # fmt: skip

    def again(self) -> None:
        """Another attempt begins; the fraction falls back to where training starts."""
        self.attempt += 1
        self._high = _SHARES["train"][0]

    def _tell(self, name: str, done: float) -> None:
        now = self._clock()
        if 0.0 < done < 1.0 and now - self._told < _LEAST_PAUSE_S:
            return
        self._told = now
        low, high = _SHARES[name]
        fraction = self._rise(low + (high - low) * min(max(done, 0.0), 1.0))
        self._emit(
            LearnProgress(
                job=self._job, phase=name, attempt=self.attempt, step=0, steps=0,
                fraction=fraction, seconds_left=self._left(fraction),
                memory_bytes=self._memory.memory_info().rss,
            )
        )  # fmt: skip

    def _rise(self, fraction: float) -> float:
        self._high = max(self._high, fraction)
        return self._high

    def _left(self, fraction: float) -> float | None:
        """Seconds to the end at the pace so far; None while there is too little to go by."""
        spent = self._clock() - self._started
        return None if fraction < 0.05 else spent * (1 - fraction) / fraction
