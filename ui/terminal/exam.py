"""The command ``exam``: how the adapter does, without training anything."""

import argparse

from engine.contract import Examine, Examined
from storage.records import ExamFigures
from ui.terminal.adapters import resolve_adapter
from ui.terminal.console import Console
from ui.terminal.progress import ProgressBar
from ui.terminal.report import REASONS, figures_as_json, figures_as_lines
from ui.terminal.session import Session


def exam(session: Session, options: argparse.Namespace, console: Console) -> int:
    """Examines the active adapter, or the one that is named, beside no adapter."""
    chosen = resolve_adapter(session, options.adapter)
    bar = ProgressBar(console)
    try:
        done = session.run(
            Examine(adapter_id=None if chosen == "active" else chosen), Examined, bar.show
        )
    finally:
        bar.close()
    if options.json:
        console.json(_as_json(done))
        return 0
    console.line(f"Adapter {done.adapter_id}" if done.adapter_id else "No adapter is on.")
    for line in [*figures_as_lines(done.untuned, done.tuned or ExamFigures()), ""]:
        console.line(line)
    for reason in done.reasons:
        console.line(f"Found: {REASONS.get(reason, reason)}.")
    console.line(f"{done.facts} facts, examined in {done.seconds:.0f} s.")
    return 0


def _as_json(done: Examined) -> dict[str, object]:
    return {
        "adapter": done.adapter_id, "facts": done.facts, "seconds": round(done.seconds, 2),
        "reasons": list(done.reasons),
        "exam": {
            "untuned": figures_as_json(done.untuned),
            "tuned": None if done.tuned is None else figures_as_json(done.tuned),
        },
    }  # fmt: skip
