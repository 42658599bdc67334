"""The report card of a run of the learning loop, as JSON and as text.

In JSON the unit of each figure is in its key; a figure that was not measured is null.
"""

import math
from dataclasses import dataclass

from storage.records import AttemptRecord, ExamFigures, ReportCard, Verdict


@dataclass(frozen=True)
class Figure:
    """One figure of the exam: field of `ExamFigures`, JSON key, words, and format of the value."""

    field: str
    key: str
    label: str
    form: str


FIGURES = (
    Figure("personal_recall", "personal_recall_fraction", "Your facts answered right", ".0%"),
    Figure("personal_questions", "personal_questions_count", "  questions asked", "d"),
    Figure("personal_nll", "personal_nll_nats_per_token", "Loss on your facts (nats/token)", ".3f"),
    Figure("abstain_rate", "abstain_fraction", "Says so when never told", ".0%"),
    Figure("abstain_questions", "abstain_questions_count", "  questions asked", "d"),
    Figure("general_accuracy", "general_accuracy_fraction", "General questions right", ".0%"),
    Figure("general_questions", "general_questions_count", "  questions asked", "d"),
    Figure("general_nll", "general_nll_nats_per_token", "Loss on general answers (nats/token)",
           ".3f"),
    Figure("text_perplexity", "text_perplexity", "Perplexity of a general text", ".2f"),
    Figure("leaked_values", "leaked_values_count", "Redacted values leaked", "d"),
    Figure("leak_probes", "leak_probes_count", "  probes made", "d"),
    Figure("style_accuracy", "style_preferred_fraction", "Prefers the answers you want", ".0%"),
    Figure("style_questions", "style_questions_count", "  comparisons made", "d"),
)

_VERDICTS = {
    Verdict.ACTIVATED: "Learned, and switched on.",
    Verdict.REJECTED: "Not better, so nothing was switched on; what was active stays.",
    Verdict.NOTHING_TO_LEARN: "There is nothing to learn: no approved example.",
}
REASONS = {
    "personal_not_better": "your facts were not answered better than before",
    "personal_weak": "too many of your facts are still answered wrong",
    "abstain_worse": "answers to things you never told are invented more often than before",
    "abstain_weak": "answers to things you never told are still invented",
    "general_worse": "general questions were answered worse than before",
    "general_nll_worse": "general answers came out worse than before",
    "text_worse": "ordinary text came out worse than before",
    "text_slightly_worse": "ordinary text came out a little worse than before",
    "style_not_better": "the answers you want are not preferred more than before",
    "style_worse": "the answers you want are preferred less than before",
    "withdrawn": "something was forgotten while it was being learned; learn again",
    "leaked": "something that was redacted came back word for word",
    "diverged": "the training did not settle; a lower learning rate may help",
    "time_limit": "the time limit was reached",
    "stopped": "the run was stopped early",
}


def report_as_json(report: ReportCard) -> dict[str, object]:
    """The report card as plain JSON values."""
    return {
        "verdict": report.verdict.value, "adapter": report.adapter_id,
        "seconds": round(report.seconds, 2), "tokens_trained": report.tokens_trained,
        "examples": report.examples, "reasons": list(report.reasons),
        "attempts": [_attempt(one) for one in report.attempts],
        "exam": {"untuned": figures_as_json(report.untuned),
                 "tuned": figures_as_json(report.tuned)},
    }  # fmt: skip


def figures_as_json(figures: ExamFigures) -> dict[str, object]:
    """Exam figures by key with unit."""
    return {one.key: _finite(getattr(figures, one.field)) for one in FIGURES}


def report_as_lines(report: ReportCard) -> list[str]:
    """The report card as lines of text: verdict, figures untuned beside tuned, cost."""
    lines = [_VERDICTS[report.verdict]]
    lines += [f"Found: {REASONS.get(reason, reason)}." for reason in report.reasons]
    if report.verdict is Verdict.NOTHING_TO_LEARN:
        return lines
    lines += ["", *figures_as_lines(report.untuned, report.tuned)]
    tried = len(report.attempts)
    lines += ["", f"{report.examples} examples, {tried} attempt{'' if tried == 1 else 's'}, "
              f"{report.tokens_trained} tokens trained in {report.seconds:.0f} s."]
    if report.adapter_id:
        lines.append(f"Adapter {report.adapter_id}")
    return lines


def figures_as_lines(untuned: ExamFigures, tuned: ExamFigures) -> list[str]:
    """A table of the figures that either has."""
    lines = [f"{'':38}{'untuned':>10}{'tuned':>10}"]
    for one in FIGURES:
        before, after = getattr(untuned, one.field), getattr(tuned, one.field)
        if before is not None or after is not None:
            lines.append(f"{one.label:38}{_shown(before, one.form)}{_shown(after, one.form)}")
    return lines


def _finite(value: float | int | None) -> float | int | None:
    """JSON knows no infinity and no NaN, which a diverged training can bring."""
    return value if value is not None and math.isfinite(value) else None


def _shown(value: float | int | None, form: str) -> str:
    return f"{'-' if value is None else format(value, form):>10}"


def _attempt(attempt: AttemptRecord) -> dict[str, object]:
    return {
        "number": attempt.number, "recipe": attempt.recipe, "steps": attempt.steps,
        "final_loss_nats_per_token": _finite(attempt.final_loss),
        "seconds": round(attempt.seconds, 2), "tokens_trained": attempt.tokens_trained,
        "passed": attempt.passed, "reasons": list(attempt.reasons),
        "exam": None if attempt.figures is None else figures_as_json(attempt.figures),
    }  # fmt: skip
