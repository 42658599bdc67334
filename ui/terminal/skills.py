"""The commands ``skill teach|apply|list|delete``."""

import argparse
from pathlib import Path

from engine.contract import (
    ApplySkill,
    DeleteSkill,
    Done,
    Event,
    ListSkills,
    SkillAnswer,
    SkillApplied,
    SkillProgress,
    SkillsListed,
    SkillTaught,
    TeachSkill,
)
from storage.skill_records import SkillRecord
from ui.terminal.console import Console, is_text
from ui.terminal.progress import StepLine, bar
from ui.terminal.session import CommandError, CommandStopped, Session
from ui.terminal.skill_report import report_as_json, report_as_lines

_PHASES = {
    "prepare": "reading the texts", "untuned": "examining the untuned model",
    "train": "training", "validate": "validating", "test": "examining the skill",
    "apply": "applying",
}  # fmt: skip


def check_skill_input(options: argparse.Namespace) -> None:
    """Looks whether the files are there before any profile is opened or made.

    Raises:
        CommandError: One is not, or a name or text is none.
    """
    if options.action in ("teach", "apply", "delete"):
        _check_word(options.name, "--name")
    if options.action == "teach":
        _check_file(options.train, "--train")
        _check_file(options.test, "--test")
    if options.action == "apply" and options.file is not None:
        _check_file(options.file, "--file")
    elif options.action == "apply":
        _check_word(options.text, "TEXT")


def skills(session: Session, options: argparse.Namespace, console: Console) -> int:
    """Carries out one of the four actions."""
    match options.action:
        case "teach":
            _teach(session, options, console)
        case "apply":
            _apply(session, options, console)
        case "list":
            _list(session, options, console)
        case "delete":
            session.run(DeleteSkill(name=options.name), Done)
            console.line("The skill was deleted.")
    return 0


def _teach(session: Session, options: argparse.Namespace, console: Console) -> None:
    command = TeachSkill(
        name=options.name, train=str(options.train), test=str(options.test),
        target=options.target, max_minutes=options.max_minutes, seed=options.seed,
        text_field=options.text_field, label_field=options.label_field,
        label_words=options.label_words or (),
    )  # fmt: skip
    line = StepLine(console)
    try:
        report = session.run(command, SkillTaught, lambda event: _show(line, event)).report
    except CommandStopped:
        raise CommandError(
            "Teaching was stopped before there was anything to keep; nothing was changed."
        ) from None
    finally:
        line.close()
    if options.json:
        console.json(report_as_json(report))
        return
    for text in report_as_lines(report):
        console.line(text)


def _show(line: StepLine, event: Event) -> None:
    if not isinstance(event, SkillProgress):
        return
    parts = [_PHASES.get(event.phase, event.phase)]
    if event.steps:
        parts.append(f"step {event.step}/{event.steps}")
    if event.attempt:
        parts.append(f"attempt {event.attempt}")
    if event.loss is not None:
        parts.append(f"loss {event.loss:.3f}")
    if event.validation is not None:
        parts.append(f"validation {event.validation:.3f}")
    words = bar(event.fraction, parts, event.seconds_left)
    line.show((event.phase, event.attempt), event.fraction, words)


def _apply(session: Session, options: argparse.Namespace, console: Console) -> None:
    command = ApplySkill(
        name=options.name, text=options.text,
        path=None if options.file is None else str(options.file), text_field=options.text_field,
    )  # fmt: skip
    line = StepLine(console)
    try:
        answers = session.run(command, SkillApplied, lambda event: _show(line, event)).answers
    finally:
        line.close()
    for number, one in enumerate(answers, 1):
        if options.json:
            console.json(_as_json(one, number if options.text is None else None))
        else:
            sure = "" if one.confidence is None else f"  ({one.confidence:.0%})"
            console.line(f"{one.answer}{sure}")


def _as_json(one: SkillAnswer, number: int | None) -> dict[str, object]:
    """``id`` is the row's own, or its number from 1; a single text has none."""
    if one.confidence is None:
        found: dict[str, object] = {"answer": one.answer}
    else:
        best = [{"label": label, "confidence": round(share, 4)} for label, share in one.others]
        found = {"label": one.answer, "confidence": round(one.confidence, 4), "others": best}
    return found if number is None else {"id": one.row_id or number, **found}


def _list(session: Session, options: argparse.Namespace, console: Console) -> None:
    known = session.run(ListSkills(), SkillsListed).skills
    for one in known if options.json else ():
        console.json(_listed(one))
    if not options.json and not known:
        console.line("There is no skill yet; main.py skill teach makes one.")
    for one in () if options.json else known:
        figures = one.report.tuned
        score = figures.accuracy if figures.accuracy is not None else figures.token_f1
        console.line(
            f"{one.name}  {one.report.kind}  {score or 0.0:.1%}  "
            f"{one.report.verdict}  {one.size_bytes / 1e6:.1f} MB"
        )


def _listed(one: SkillRecord) -> dict[str, object]:
    return {
        "name": one.name, "id": one.id, "model": one.model_id, "size_bytes": one.size_bytes,
        "created_at_unix_s": one.created_at, "report": report_as_json(one.report),
    }  # fmt: skip


def _check_file(path: Path, option: str) -> None:
    if not path.is_file():
        raise CommandError(f"There is no file at the path after {option}; check it.")


def _check_word(word: str, option: str) -> None:
    if not word.strip() or not is_text(word):
        raise CommandError(f"What stands after {option} is no text; write it again.")
