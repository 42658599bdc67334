"""The learning page's codes in words: phases, reasons, states, kinds of redacted text."""

from PySide6.QtCore import QCoreApplication

from storage.records import AdapterRecord, AdapterState, ReportCard, Verdict
from ui.forms.units import rate_text
from ui.learning.presenter import Block

__all__ = [
    "adapter_state_text", "block_text", "examples_text", "phase_text", "preset_text",
    "reason_text", "verdict_text",
]  # fmt: skip



def examples_text(count: int) -> str:
    """So many examples."""
    if count == 1:
        return QCoreApplication.translate("LearningWords", "1 example")
    return QCoreApplication.translate("LearningWords", "{count} examples").format(count=count)


def block_text(block: Block) -> str:
    """Why learning cannot start, and what to do about it."""
    translate = QCoreApplication.translate
    return {
        Block.RUNNING: translate("LearningWords", "A run is under way; it can be stopped above."),
        Block.CONSENT_OFF: translate(
            "LearningWords", "Learning is off. Turn on “Learn from my chats” above first."
        ),
        Block.NOTHING_FOUND: translate(
            "LearningWords",
            "There is nothing to learn yet. Tell something about yourself in a conversation that "
            "you allow to be learned from.",
        ),
        Block.NOTHING_APPROVED: translate(
            "LearningWords", "Approve at least one example in the inbox first."
        ),
    }[block]


def phase_text(phase: str) -> str:
    """What the loop does now."""
    translate = QCoreApplication.translate
    return {
        "collect": translate("LearningWords", "Collecting what you allowed"),
        "prepare": translate("LearningWords", "Preparing questions and answers"),
        "exam_before": translate("LearningWords", "Examining the model as it is"),
        "train": translate("LearningWords", "Training"),
        "exam_after": translate("LearningWords", "Examining what it learned"),
    }.get(phase, phase)


def preset_text(preset: str) -> str:
    """What a preset is for."""
    translate = QCoreApplication.translate
    return {
        "quick": translate(
            "LearningWords", "The fewest repetitions: a first look, for a handful of facts."
        ),
        "balanced": translate("LearningWords", "Right for most people."),
        "thorough": translate(
            "LearningWords", "The most repetitions: for many facts, when there is time."
        ),
    }.get(preset, "")


def reason_text(code: str) -> str:
    """One finding of the gate in a sentence; an unknown code is named as it is."""
    translate = QCoreApplication.translate
    known = {
        "personal_not_better": translate(
            "LearningWords", "It does not know your facts better than before."
        ),
        "personal_weak": translate(
            "LearningWords", "It still gets too many of your facts wrong."
        ),
        "abstain_worse": translate(
            "LearningWords", "It invents answers to things you never told it."
        ),
        "abstain_weak": translate(
            "LearningWords", "It invents answers to things you never told it."
        ),
        "general_worse": translate("LearningWords", "It got worse at general questions."),
        "general_nll_worse": translate("LearningWords", "It got worse at general questions."),
        "text_worse": translate("LearningWords", "It got worse at ordinary text."),
        "text_slightly_worse": translate(
            "LearningWords", "It got a little worse at ordinary text."
        ),
        "leaked": translate("LearningWords", "It gave away something that must stay secret."),
        "style_not_better": translate(
            "LearningWords", "It does not prefer the answers you want more than before."
        ),
        "style_worse": translate(
            "LearningWords", "It prefers the answers you want less than before."
        ),
        "withdrawn": translate(
            "LearningWords", "You forgot something while it was being learned; learn again."
        ),
        "stopped": translate("LearningWords", "The run was stopped early."),
        "time_limit": translate("LearningWords", "The time limit was reached."),
        "diverged": translate(
            "LearningWords", "The training did not settle; try a lower learning rate."
        ),
    }
    if code in known:
        return known[code]
    return translate("LearningWords", "A check did not hold: {name}.").format(name=code)


def verdict_text(report: ReportCard) -> tuple[str, str]:
    """Headline and one sentence: how the run ended."""
    translate = QCoreApplication.translate
    if report.verdict is Verdict.NOTHING_TO_LEARN:
        return (
            translate("LearningWords", "There was nothing to learn"),
            translate("LearningWords", "No approved example was found, so nothing was changed."),
        )
    before, after = report.untuned.personal_recall, report.tuned.personal_recall
    known = translate("LearningWords", "Your facts right: {before} before, {after} now.")
    if after is None and report.tuned.style_accuracy is not None:
        before, after = report.untuned.style_accuracy, report.tuned.style_accuracy
        known = translate(
            "LearningWords", "Prefers the answers you want: {before} before, {after} now."
        )
    known = known.format(before=rate_text(before), after=rate_text(after))
    if report.verdict is Verdict.ACTIVATED:
        return translate("LearningWords", "Better, and switched on"), known
    kept = translate("LearningWords", "Nothing was switched on; your answers stay as they were.")
    return translate("LearningWords", "Not better, so what you had is kept"), kept


def adapter_state_text(adapter: AdapterRecord) -> str:
    """What an adapter's state means."""
    translate = QCoreApplication.translate
    if adapter.active:
        return translate("LearningWords", "On")
    return {
        AdapterState.READY: translate("LearningWords", "Ready"),
        AdapterState.REJECTED: translate("LearningWords", "Did not pass its exam"),
        AdapterState.RETIRED: translate(
            "LearningWords", "Retired: it learned something now deleted"
        ),
    }[adapter.state]
