"""How late the window's event loop runs: idle, while an answer streams, and while it learns.

    python -m tests.bench.event_loop [--seconds 30]

A timer asks to run every 16 ms; its delay beyond that is what a click would wait. One process, the
real window on the real engine, the embedded model. Prints JSON: milliseconds, p50, p99 and worst.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.support.window import WindowSession, pause

PASSPHRASE = "a passphrase for measuring"
PERIOD_MS = 16
FACTS = (
    "My dog is called Zorbelkin.",
    "I live in Quarnstetten.",
    "My sister's name is Ysmeralda.",
)


class LoopClock(QObject):
    """Collects how much later than asked a repeating timer runs."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._last = 0.0
        self.delays_ms: list[float] = []

    def start(self) -> None:
        """Forgets what was measured and begins again."""
        self.delays_ms = []
        self._last = time.perf_counter()
        self._timer.start(PERIOD_MS)

    def figures(self) -> dict[str, float]:
        """p50, p99 and worst delay in milliseconds."""
        ordered = sorted(self.delays_ms)
        return {
            "p50_ms": round(statistics.median(ordered), 2),
            "p99_ms": round(ordered[int(len(ordered) * 0.99)], 2),
            "worst_ms": round(ordered[-1], 2),
            "ticks": len(ordered),
        }

    def _tick(self) -> None:
        now = time.perf_counter()
        self.delays_ms.append(max(0.0, (now - self._last) * 1000 - PERIOD_MS))
        self._last = now


def measure(seconds: float) -> dict[str, dict[str, float]]:
    """One session: idle, then streaming for `seconds`, then learning for `seconds`."""
    application = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        window = WindowSession(application, Path(folder) / "profile")  # type: ignore[arg-type]
        try:
            return _measure(window, seconds)
        finally:
            window.close()


def _measure(window: WindowSession, seconds: float) -> dict[str, dict[str, float]]:
    window.first_run(PASSPHRASE)
    window.click("consentChip")
    for fact in FACTS:
        window.say(fact)
    clock = LoopClock()
    found = {}
    clock.start()
    pause(int(min(seconds, 5) * 1000))
    found["idle"] = clock.figures()
    clock.start()
    window.type("composer", "Write a long story about a lighthouse keeper and the sea.", enter=True)
    window.wait(lambda: window.shown("sendButton"), seconds * 10, "the story to end")
    found["generating"] = clock.figures()
    window.click("rail.learning")
    window.find("approveButton")
    window.click("approveAllButton")
    window.click("learnButton")
    window.find("lossChart", seconds=300)
    clock.start()
    pause(int(seconds * 1000))
    found["learning"] = clock.figures()
    return found


def main() -> None:
    """Runs the measurement and prints it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=30.0)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.update(HF_HUB_OFFLINE="1", USE_HUB_KERNELS="NO", TOKENIZERS_PARALLELISM="false")
    print(json.dumps(measure(options.parse_args().seconds), indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
