"""The skills page's codes in words."""

from PySide6.QtCore import QCoreApplication

from storage.skill_records import SkillFigures, SkillReport, SkillVerdict
from ui.widgets import percent_text

__all__ = [
    "dropped_text", "missing_text", "note_text", "phase_text", "score_text", "verdict_text",
]  # fmt: skip

_CONTEXT = "SkillWords"


def phase_text(phase: str) -> str:
    """What teaching does now."""
    translate = QCoreApplication.translate
    return {
        "prepare": translate(_CONTEXT, "Reading the texts"),
        "untuned": translate(_CONTEXT, "Examining the model as it is"),
        "train": translate(_CONTEXT, "Training"),
        "validate": translate(_CONTEXT, "Checking on rows held back"),
        "test": translate(_CONTEXT, "Examining on the test file"),
    }.get(phase, phase)


def missing_text(code: str) -> str:
    """Why teaching cannot start, and what to do about it."""
    translate = QCoreApplication.translate
    return {
        "running": translate(_CONTEXT, "One skill at a time; this one is being taught."),
        "name": translate(_CONTEXT, "Give the skill a name first."),
        "train": translate(_CONTEXT, "Choose the file to learn from first."),
        "test": translate(_CONTEXT, "Choose the file to test with first."),
    }[code]


def verdict_text(report: SkillReport) -> tuple[str, str]:
    """Headline and one sentence: how teaching ended. A look: good or bad belongs to the view."""
    translate = QCoreApplication.translate
    headlines = {
        SkillVerdict.TARGET_MET: translate(_CONTEXT, "Target met"),
        SkillVerdict.TARGET_NOT_MET: translate(_CONTEXT, "Target not met; the best is kept"),
        SkillVerdict.BETTER: translate(_CONTEXT, "Better than before, and kept"),
        SkillVerdict.NOT_BETTER: translate(_CONTEXT, "Not better, so nothing is kept"),
    }
    before, after = score_text(report.untuned), score_text(report.tuned)
    if report.target is None:
        words = translate(_CONTEXT, "{before} untuned, {after} now.")
        return headlines[report.verdict], words.format(before=before, after=after)
    words = translate(_CONTEXT, "{before} untuned, {after} now; {target} was the target.")
    target = percent_text(report.target, 1)
    return headlines[report.verdict], words.format(before=before, after=after, target=target)


def score_text(figures: SkillFigures) -> str:
    """The one figure that a skill is named by: accuracy, or overlap of written answers."""
    score = figures.accuracy if figures.accuracy is not None else figures.token_f1
    return "–" if score is None else percent_text(score, 1)


def note_text(code: str) -> str:
    """Why an attempt trained as it did."""
    translate = QCoreApplication.translate
    return {
        "first": translate(_CONTEXT, "first try"),
        "longer": translate(_CONTEXT, "trained longer"),
        "shorter": translate(_CONTEXT, "trained shorter"),
        "smaller_steps": translate(_CONTEXT, "smaller steps"),
        "another_depth": translate(_CONTEXT, "read at another layer"),
        "another_fifth": translate(_CONTEXT, "other rows held back"),
        "diverged": translate(_CONTEXT, "fell apart"),
    }.get(code, code)


def dropped_text(code: str, count: int) -> str:
    """How many rows were left out, and why."""
    translate = QCoreApplication.translate
    words = {
        "repeated": translate(_CONTEXT, "{count} repeated rows left out"),
        "contradicting": translate(_CONTEXT, "{count} rows with contradicting labels left out"),
        "in_test": translate(_CONTEXT, "{count} rows left out that are in the test file"),
        "no_label": translate(_CONTEXT, "{count} rows without a label left out"),
        "several_labels": translate(_CONTEXT, "{count} rows with several labels left out"),
        "test_no_label": translate(_CONTEXT, "{count} test rows without a label left out"),
    }.get(code, "{count}")
    return words.format(count=count)
