"""The command ``learn``."""

import argparse

from engine.contract import (
    ExamplesListed,
    Learn,
    LearnDone,
    ListExamples,
    ReadSettings,
    SettingsRead,
)
from storage.records import Verdict
from ui.terminal.console import Console
from ui.terminal.progress import ProgressBar
from ui.terminal.report import report_as_json, report_as_lines
from ui.terminal.session import CommandError, CommandStopped, Session

_OFF = ("Learning is off in this profile; allow it with main.py import --consent FILE "
        "or in the window, on the Learning page.")


def learn(session: Session, options: argparse.Namespace, console: Console) -> int:
    """Runs the learning loop to its end. Ctrl+C stops it and keeps what was learned so far."""
    settings = dict(session.run(ReadSettings(), SettingsRead).values)
    if not settings["learning_consent"]:
        raise CommandError(_OFF)
    bar = ProgressBar(console)
    chosen = () if options.extraction is None else (("extraction", options.extraction),)
    command = Learn(preset=options.preset, overrides=chosen, approve_all=options.approve_all,
                    max_minutes=options.max_minutes,
                    figures_to=None if options.tensorboard is None else str(options.tensorboard))
    try:
        report = session.run(command, LearnDone, bar.show).report
    except CommandStopped:
        raise CommandError("Learning was stopped before there was anything to keep; "
                           "the active adapter is as it was.") from None
    finally:
        bar.close()
    if options.json:
        console.json(report_as_json(report))
    else:
        for line in report_as_lines(report):
            console.line(line)
    if report.verdict is Verdict.NOTHING_TO_LEARN:
        _tell_waiting(session, console)
    return 0


def _tell_waiting(session: Session, console: Console) -> None:
    waiting = len(session.run(ListExamples(), ExamplesListed).examples)
    if waiting:
        console.note(f"{waiting} examples wait for approval: look at them in the window, "
                     "or approve all with --approve-all.")
