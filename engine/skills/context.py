"""What teaching works with, and how it tells where it stands."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from engine.contract import Emit, SkillProgress, TeachSkill
from engine.control import JobControl
from engine.model.loaded import LoadedModel

_SHARES = {
    "prepare": (0.0, 0.06),
    "untuned": (0.06, 0.14),
    "train": (0.14, 0.9),
    "validate": (0.14, 0.9),
    "test": (0.9, 1.0),
}
_LEAST_PAUSE_S = 0.1


@dataclass(frozen=True, slots=True)
class TeachContext:
    """The model, the command and the job's flags; times by `time.monotonic`."""

    model: LoadedModel
    command: TeachSkill
    control: JobControl
    emit: Emit
    began: float
    deadline: float


class Progress:
    """Emits `SkillProgress`; between events it gives way to replies, pause and stop.

    Attributes:
        attempt: The one under way, from 1; 0 before the first.
        best: The best validation score so far.
        closing: After a stop that keeps: replies are served, the stop is no longer heard.
    """

    def __init__(self, context: TeachContext, attempts: int) -> None:
        self._job = context.command.job
        self._emit = context.emit
        self._control = context.control
        self._began = context.began
        self._attempts = attempts
        self._high = 0.0
        self._told = 0.0
        self.attempt = 0
        self.best: float | None = None
        self.closing = False

    def ticker(self, phase: str) -> Callable[[float], None]:
        """A function that tells how much of `phase` is done, 0 to 1.

        It raises `JobStopped` when the user stopped, unless `closing`.
        """
        return lambda done: self.tell(phase, done)

    def tell(
        self, phase: str, done: float, *, step: int = 0, steps: int = 0, loss: float | None = None
    ) -> None:
        """Tells where `phase` stands, a few times a second at most, after serving the control."""
        if self.closing:
            self._control.serve()
        else:
            self._control.checkpoint()
        now = time.monotonic()
        if 0.0 < done < 1.0 and now - self._told < _LEAST_PAUSE_S and step == 0:
            return
        self._told = now
        self._high = max(self._high, self._fraction(phase, done))
        spent = now - self._began
        left = None if self._high < 0.1 else spent * (1 - self._high) / self._high
        self._emit(
            SkillProgress(
                job=self._job, phase=phase, attempt=self.attempt, step=step, steps=steps,
                fraction=self._high, loss=loss, validation=self.best, seconds_left=left,
            )
        )  # fmt: skip

    def _fraction(self, phase: str, done: float) -> float:
        low, high = _SHARES[phase]
        if phase in ("train", "validate"):
            part = done * 0.9 if phase == "train" else 0.9 + done * 0.1
            done = (self.attempt - 1 + part) / self._attempts
        return low + (high - low) * min(max(done, 0.0), 1.0)
