"""A skill's report as one JSON object and as lines for a person."""

from collections.abc import Iterator
from dataclasses import asdict

from storage.skill_records import SkillFigures, SkillKind, SkillReport, SkillVerdict

_VERDICTS = {
    SkillVerdict.TARGET_MET: "The target was met; the skill was kept.",
    SkillVerdict.TARGET_NOT_MET: "The target was not met; the best that was found was kept.",
    SkillVerdict.BETTER: "Better than the untuned model; the skill was kept.",
    SkillVerdict.NOT_BETTER: "Not better than the untuned model; nothing was kept.",
}
_METHODS = {
    "label_words": "by the likelihood of the label's words",
    "majority": "by the most frequent label",
    "written": "as it answers",
}
_DROPPED = {
    "repeated": "repeated", "contradicting": "with contradicting labels",
    "in_test": "also in the test file", "no_label": "without a label",
    "several_labels": "with several labels", "test_no_label": "test rows without a label",
    "beyond_limit": "beyond what memory is spent on",
}  # fmt: skip
_MOST_COLUMNS = 12
_WIDTH = 18


def report_as_json(report: SkillReport) -> dict[str, object]:
    """Plain values; keys carry their units, rates are 0 to 1, NLL is nats per token."""
    return {
        "name": report.name,
        "kind": report.kind.value,
        "verdict": report.verdict.value,
        "kept": report.kept,
        "stopped_early": report.stopped,
        "target": report.target,
        **_figures_as_json(report.kind, report.tuned),
        "baseline": {
            "method": report.untuned_method,
            **_figures_as_json(report.kind, report.untuned),
            "majority_accuracy": report.majority_accuracy,
        },
        "validation": report.validation,
        "rows": {"train": report.train_rows, "test": report.test_rows,
                 "left_out": dict(report.dropped)},
        "attempts": [asdict(attempt) for attempt in report.attempts],
        "seconds": round(report.seconds, 2),
        "seed": report.seed,
        "kept_data": "sealed weights and label names; no rows" if report.kept else "nothing",
    }  # fmt: skip


def _figures_as_json(kind: SkillKind, figures: SkillFigures) -> dict[str, object]:
    if kind is SkillKind.GENERATION:
        names = ("nll_per_token", "perplexity", "exact_match", "token_f1", "chrf")
        return {name: getattr(figures, name) for name in names} | {"rows_written": figures.examined}
    return {
        "rows_answered": figures.examined,
        "accuracy": figures.accuracy,
        "precision": figures.macro_precision,
        "recall": figures.macro_recall,
        "f1": figures.macro_f1,
        "averaging": "macro",
        "per_class": [
            {"label": one.label, "precision": one.precision, "recall": one.recall, "f1": one.f1,
             "test_rows": one.rows}
            for one in figures.classes
        ],
        "confusion_matrix": {
            "labels": [one.label for one in figures.classes],
            "true_rows_answered_columns": [list(row) for row in figures.confusion],
        },
    }  # fmt: skip


def report_as_lines(report: SkillReport) -> list[str]:
    """The report card in words, the untuned model beside the tuned one."""
    lines = [_VERDICTS[report.verdict]]
    if report.stopped:
        lines.append("It was stopped early.")
    lines += ["", f"{'':<{_WIDTH}}{'untuned':>10}{'tuned':>10}"]
    lines += list(_compared(report.untuned, report.tuned))
    if report.target is not None:
        lines.append(f"{'target':<{_WIDTH}}{'':>10}{report.target:>10.3f}")
    method = _METHODS.get(report.untuned_method, report.untuned_method)
    lines.append(f"The untuned model answers {method}.")
    if report.majority_accuracy is not None:
        lines.append(f"Always the most frequent label: accuracy {report.majority_accuracy:.3f}.")
    lines += _classes(report.tuned)
    lines += _confusion(report.tuned)
    lines += _story(report)
    return lines


def _story(report: SkillReport) -> list[str]:
    """Which rows, which attempts, how long, what is kept."""
    lines = ["", f"Rows: {report.train_rows} to learn, {report.test_rows} to test."]
    lines += [f"Left out: {count} {_DROPPED.get(why, why)}." for why, count in report.dropped]
    for one in report.attempts:
        words = ", ".join(f"{name} {value}" for name, value in one.recipe.items())
        lines.append(
            f"Attempt {one.number} ({one.note}): validation {one.validation:.3f}, "
            f"{one.steps} steps, {one.seconds:.0f} s{', kept' if one.kept else ''}; {words}"
        )
    lines.append(f"Seconds: {report.seconds:.0f}. Seed: {report.seed}.")
    sealed = "Kept: sealed weights and the names of the labels; none of the rows."
    return [*lines, sealed if report.kept else "Kept: nothing."]


def _compared(untuned: SkillFigures, tuned: SkillFigures) -> Iterator[str]:
    names = (
        ("accuracy", "accuracy"), ("macro_precision", "precision (macro)"),
        ("macro_recall", "recall (macro)"), ("macro_f1", "F1 (macro)"),
        ("nll_per_token", "NLL, nats/token"), ("perplexity", "perplexity"),
        ("exact_match", "exact match"), ("token_f1", "token F1"), ("chrf", "chrF"),
    )  # fmt: skip
    for name, words in names:
        before, after = getattr(untuned, name), getattr(tuned, name)
        if after is not None:
            shown = "-" if before is None else f"{before:.3f}"
            yield f"{words:<{_WIDTH}}{shown:>10}{after:>10.3f}"


def _classes(figures: SkillFigures) -> list[str]:
    if not figures.classes:
        return []
    head = f"{'class':<{_WIDTH}}{'precision':>10}{'recall':>10}{'F1':>10}{'rows':>7}"
    return ["", head] + [
        f"{_short(one.label):<{_WIDTH}}{one.precision:>10.3f}{one.recall:>10.3f}{one.f1:>10.3f}"
        f"{one.rows:>7}"
        for one in figures.classes
    ]


def _confusion(figures: SkillFigures) -> list[str]:
    """The matrix where it fits a screen, else the confusions that happen most."""
    labels = [_short(one.label) for one in figures.classes]
    if not labels:
        return []
    if len(labels) <= _MOST_COLUMNS:
        head = "".join(f"{label[:8]:>9}" for label in labels)
        rows = [
            f"{label:<{_WIDTH}}" + "".join(f"{count:>9}" for count in row)
            for label, row in zip(labels, figures.confusion, strict=True)
        ]
        return ["", f"{'true / answered':<{_WIDTH}}{head}", *rows]
    wrong = [
        (count, labels[true], labels[given])
        for true, row in enumerate(figures.confusion)
        for given, count in enumerate(row)
        if given != true and count
    ]
    wrong.sort(reverse=True)
    return ["", "Most frequent confusions:"] + [
        f"{count:>5}  {true} answered as {given}" for count, true, given in wrong[:_MOST_COLUMNS]
    ]


def _short(label: str) -> str:
    one_line = " ".join(label.split())
    return one_line if len(one_line) < _WIDTH else one_line[: _WIDTH - 2] + "…"
