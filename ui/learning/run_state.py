"""What a running training looks like: plain data fed by progress events."""

from dataclasses import dataclass, field

from engine.contract import LearnProgress

__all__ = ["LossCurve", "RunState"]

MAX_POINTS = 4000


@dataclass
class LossCurve:
    """Losses of one attempt, in nats per token, against the step. Thinned when it grows long."""

    attempt: int = 1
    steps: list[int] = field(default_factory=list)
    raw: list[float] = field(default_factory=list)
    smooth: list[float] = field(default_factory=list)

    def add(self, step: int, loss: float, smoothed: float | None) -> None:
        """Adds a point; without a smoothed loss it is averaged here (weight 0.1)."""
        if smoothed is None:
            smoothed = loss if not self.smooth else 0.9 * self.smooth[-1] + 0.1 * loss
        self.steps.append(step)
        self.raw.append(loss)
        self.smooth.append(smoothed)
        if len(self.steps) > MAX_POINTS:
            self.steps, self.raw, self.smooth = self.steps[::2], self.raw[::2], self.smooth[::2]


@dataclass
class RunState:
    """One run of the learning loop, as far as the engine has told. Memory in bytes."""

    job: str
    examples: int = 0
    phase: str = "collect"
    attempt: int = 1
    step: int = 0
    steps: int = 0
    fraction: float = 0.0
    tokens_per_s: float = 0.0
    seconds_left: float | None = None
    memory_bytes: int = 0
    paused: bool = False
    stopping: bool = False
    curve: LossCurve = field(default_factory=LossCurve)

    def take(self, event: LearnProgress) -> None:
        """Takes a progress event. The fraction never runs backwards."""
        self.phase = event.phase
        self.attempt, self.step, self.steps = event.attempt, event.step, event.steps
        self.fraction = max(self.fraction, min(event.fraction, 1.0))
        self.tokens_per_s = event.tokens_per_s or self.tokens_per_s
        self.seconds_left = event.seconds_left
        self.memory_bytes = event.memory_bytes or self.memory_bytes
        if event.attempt != self.curve.attempt:
            self.curve = LossCurve(attempt=event.attempt)
        if event.loss is not None:
            self.curve.add(event.step, event.loss, event.smoothed_loss)
