"""Codes in words."""

import pytest

from storage.records import ExamFigures, ReportCard, Verdict
from ui.learning.presenter import Block
from ui.learning.redaction_words import redacted_text, redaction_text
from ui.learning.words import block_text, reason_text, verdict_text


def card(verdict, before=None, after=None):
    return ReportCard(
        verdict=verdict, adapter_id=None, seconds=1.0, tokens_trained=1, examples=1,
        untuned=ExamFigures(personal_recall=before), tuned=ExamFigures(personal_recall=after),
    )  # fmt: skip


def test_every_block_has_words(qapp):
    assert len({block_text(block) for block in Block}) == len(Block)


def test_unknown_reason_is_named(qapp):
    assert "moon_phase" in reason_text("moon_phase")


GATE_CODES = (
    "personal_not_better", "personal_weak", "abstain_worse", "abstain_weak", "general_worse",
    "general_nll_worse", "text_worse", "text_slightly_worse", "leaked", "diverged",
    "style_not_better", "style_worse",
)  # fmt: skip


@pytest.mark.parametrize("code", GATE_CODES)
def test_every_finding_of_the_gate_has_words(qapp, code):
    assert code not in reason_text(code)


def test_verdicts(qapp):
    better, figures = verdict_text(card(Verdict.ACTIVATED, 0.1, 0.9))
    assert better == "Better, and switched on"
    assert figures == "Your facts right: 10 % before, 90 % now."
    assert verdict_text(card(Verdict.REJECTED))[0].startswith("Not better")
    assert verdict_text(card(Verdict.NOTHING_TO_LEARN))[0] == "There was nothing to learn"


def test_redactions(qapp):
    assert redacted_text(("phone", "iban")) == "Removed: a phone number, a bank account"
    assert redaction_text(3, "phone") == "3 hold phone numbers"
    assert redaction_text(1, "phone") == "1 holds a phone number"
    assert redaction_text(2, "unheard_of") == "2 hold unheard_of"


def test_a_run_of_judged_answers_alone_tells_their_figure(qapp):
    report = ReportCard(
        verdict=Verdict.ACTIVATED, adapter_id=None, seconds=1.0, tokens_trained=1, examples=8,
        untuned=ExamFigures(style_accuracy=0.25, style_questions=8),
        tuned=ExamFigures(style_accuracy=1.0, style_questions=8),
    )  # fmt: skip
    assert verdict_text(report)[1] == "Prefers the answers you want: 25 % before, 100 % now."
