"""The skills page's codes in words."""

from PySide6.QtCore import QCoreApplication

from storage.skill_records import SkillFigures, SkillReport, SkillVerdict
from ui.widgets import percent_text

__all__ = [
    "dropped_text", "missing_text", "note_text", "phase_text", "score_text", "verdict_text",
]  # fmt: skip


def phase_text(phase: str) -> str:
    """What teaching does now."""
    translate = QCoreApplication.translate
    return {
        "prepare": translate("SkillWords", "Reading the texts"),
        "untuned": translate("SkillWords", "Examining the model as it is"),
        "train": translate("SkillWords", "Training"),
        "validate": translate("SkillWords", "Checking on rows held back"),
        "test": translate("SkillWords", "Examining on the test file"),
    }.get(phase, phase)


def missing_text(code: str) -> str:
    """Why teaching cannot start, and what to do about it."""
    translate = QCoreApplication.translate
    return {
        "running": translate("SkillWords", "One skill at a time; this one is being taught."),
        "name": translate("SkillWords", "Give the skill a name first."),
        "train": translate("SkillWords", "Choose the file to learn from first."),
        "test": translate("SkillWords", "Choose the file to test with first."),
    }[code]


def verdict_text(report: SkillReport) -> tuple[str, str]:
    """Headline and one sentence: how teaching ended. A look: good or bad belongs to the view."""
    translate = QCoreApplication.translate
    headlines = {
        SkillVerdict.TARGET_MET: translate("SkillWords", "Target met"),
        SkillVerdict.TARGET_NOT_MET: translate("SkillWords", "Target not met; the best is kept"),
        SkillVerdict.BETTER: translate("SkillWords", "Better than before, and kept"),
        SkillVerdict.NOT_BETTER: translate("SkillWords", "Not better, so nothing is kept"),
    }
    before, after = score_text(report.untuned), score_text(report.tuned)
    if report.target is None:
        words = translate("SkillWords", "{before} untuned, {after} now.")
        return headlines[report.verdict], words.format(before=before, after=after)
    words = translate("SkillWords", "{before} untuned, {after} now; {target} was the target.")
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
        "first": translate("SkillWords", "first try"),
        "longer": translate("SkillWords", "trained longer"),
        "shorter": translate("SkillWords", "trained shorter"),
        "smaller_steps": translate("SkillWords", "smaller steps"),
        "another_reading": translate("SkillWords", "read in another way"),
        "another_fifth": translate("SkillWords", "other rows held back"),
        "diverged": translate("SkillWords", "fell apart"),
    }.get(code, code)


def dropped_text(code: str, count: int) -> str:
    """How many rows were left out, and why."""
    translate = QCoreApplication.translate
    words = {
        "repeated": translate("SkillWords", "{count} repeated rows left out"),
        "contradicting": translate("SkillWords", "{count} rows with contradicting labels left out"),
        "in_test": translate("SkillWords", "{count} rows left out that are in the test file"),
        "no_label": translate("SkillWords", "{count} rows without a label left out"),
        "several_labels": translate("SkillWords", "{count} rows with several labels left out"),
        "test_no_label": translate("SkillWords", "{count} test rows without a label left out"),
        "beyond_limit": translate(
            "SkillWords", "{count} rows left out, more than memory is spent on"
        ),
    }.get(code, "{count}")
    return words.format(count=count)
