"""Ui: how late the window's event loop runs, and a conversation of 5,000 messages in it."""

import argparse
import os

from tests.bench.report import Goal, Report

_SECONDS = 30.0


def measure(options: argparse.Namespace) -> Report:
    """The real window on the real engine, drawn into memory where there is no display."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from tests.bench import event_loop, long_conversation

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    figures: dict[str, float | int | str] = {}
    figures |= long_conversation.measure(application, options.rounds)
    for name, found in event_loop.measure(_SECONDS).items():
        figures |= {f"loop_delay_{name}_{key}": value for key, value in found.items()}
    goals = {
        "open_5000_messages_ms": Goal("<=", 200), "scroll_frame_worst_ms": Goal("<=", 33),
        "loop_delay_generating_p99_ms": Goal("<=", 4),
        "loop_delay_learning_p99_ms": Goal("<=", 8),
        "loop_delay_generating_worst_ms": Goal("<=", 50),
        "loop_delay_learning_worst_ms": Goal("<=", 50),
    }  # fmt: skip
    return Report("ui", options.rounds, figures, goals)
