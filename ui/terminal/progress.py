"""The progress bar of long commands on standard error."""

from collections.abc import Sequence

from engine.contract import Event, JobPaused, LearnProgress, LearnStarted
from ui.terminal.console import Console

_WIDTH = 24
_CLEAR_LINE = "\r\x1b[K"
_PHASES = {
    "collect": "collecting examples",
    "prepare": "preparing",
    "exam_before": "exam before",
    "train": "training",
    "exam_after": "exam after",
}


class StepLine:
    """One line that is redrawn on a terminal; in a file, one line at each new phase or tenth."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._drawn = False
        self._told: tuple[object, int] | None = None

    def show(self, phase: object, fraction: float, words: str) -> None:
        """Draws `words`; `phase` is anything that differs from one phase to the next."""
        if self._console.notes_on_screen:
            self._console.redraw(_CLEAR_LINE + words)
            self._drawn = True
            return
        now = (phase, int(fraction * 10))
        if now != self._told:
            self._told = now
            self._console.note(words)

    def note(self, words: str) -> None:
        """Writes a line that stays."""
        self.close()
        self._console.note(words)

    def close(self) -> None:
        """Ends the redrawn line."""
        if self._drawn:
            self._console.redraw("\n")
        self._drawn = False


class ProgressBar:
    """Shows the events of the learning loop."""

    def __init__(self, console: Console) -> None:
        self._line = StepLine(console)

    def show(self, event: Event) -> None:
        """Draws what an event of the learning loop tells."""
        match event:
            case LearnStarted():
                self._line.note(f"Learning from {event.examples} examples.")
            case LearnProgress():
                phase = (event.phase, event.attempt)
                self._line.show(phase, event.fraction, describe(event))
            case JobPaused() if event.paused:
                self._line.note("Paused.")

    def close(self) -> None:
        """Ends the redrawn line."""
        self._line.close()


def describe(event: LearnProgress) -> str:
    """One line: bar, per cent, phase, step, loss, speed and time left."""
    parts = [_PHASES.get(event.phase, event.phase)]
    if event.phase == "train":
        parts.append(f"step {event.step}/{event.steps}")
    if event.attempt > 1:
        parts.append(f"attempt {event.attempt}")
    if event.smoothed_loss is not None:
        parts.append(f"loss {event.smoothed_loss:.3f}")
    if event.tokens_per_s > 0:
        parts.append(f"{event.tokens_per_s:.0f} tokens/s")
    return bar(event.fraction, parts, event.seconds_left)


def bar(fraction: float, parts: Sequence[str], seconds_left: float | None) -> str:
    """One line: how much of the whole is done, drawn and in per cent, then `parts`."""
    done = min(max(fraction, 0.0), 1.0)
    filled = round(done * _WIDTH)
    left = [] if seconds_left is None else [f"{_duration(seconds_left)} left"]
    drawn = f"[{'#' * filled}{'-' * (_WIDTH - filled)}] {done:4.0%}"
    return "  ".join([drawn, *parts, *left])


def _duration(seconds: float) -> str:
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
