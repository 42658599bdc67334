"""The progress bar of ``learn`` on standard error."""

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


class ProgressBar:
    """One line that is redrawn on a terminal; in a file, one line at each new phase or tenth."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._drawn = False
        self._told: tuple[str, int, int] | None = None

    def show(self, event: Event) -> None:
        """Draws what an event of the learning loop tells."""
        match event:
            case LearnStarted():
                self._line(f"Learning from {event.examples} examples.")
            case LearnProgress() if self._console.notes_on_screen:
                self._console.redraw(_CLEAR_LINE + describe(event))
                self._drawn = True
            case LearnProgress():
                self._tell_sparsely(event)
            case JobPaused() if event.paused:
                self._line("Paused.")

    def close(self) -> None:
        """Ends the redrawn line."""
        if self._drawn:
            self._console.redraw("\n")
        self._drawn = False

    def _line(self, text: str) -> None:
        self.close()
        self._console.note(text)

    def _tell_sparsely(self, event: LearnProgress) -> None:
        now = (event.phase, event.attempt, int(event.fraction * 10))
        if now != self._told:
            self._told = now
            self._console.note(describe(event))


def describe(event: LearnProgress) -> str:
    """One line: bar, per cent, phase, step, loss, speed and time left."""
    fraction = min(max(event.fraction, 0.0), 1.0)
    filled = round(fraction * _WIDTH)
    parts = [f"[{'#' * filled}{'-' * (_WIDTH - filled)}] {fraction:4.0%}",
             _PHASES.get(event.phase, event.phase)]
    if event.phase == "train":
        parts.append(f"step {event.step}/{event.steps}")
    if event.attempt > 1:
        parts.append(f"attempt {event.attempt}")
    if event.smoothed_loss is not None:
        parts.append(f"loss {event.smoothed_loss:.3f}")
    if event.tokens_per_s > 0:
        parts.append(f"{event.tokens_per_s:.0f} tokens/s")
    if event.seconds_left is not None:
        parts.append(f"{_duration(event.seconds_left)} left")
    return "  ".join(parts)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(max(0, round(seconds)), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
