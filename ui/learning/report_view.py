"""The report card: the verdict in one line, untuned beside tuned, the figures of experts below."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from storage.records import AttemptRecord, ExamFigures, ReportCard, Verdict
from ui.forms.units import count_text, number_text, rate_text
from ui.learning.words import examples_text, reason_text, verdict_text
from ui.widgets import Text, duration_text, line, push_button

__all__ = ["ReportView"]


@dataclass(frozen=True)
class _Row:
    """One figure: its name, its value in both columns, and whether more is better."""

    label: str
    before: float | None
    after: float | None
    show: Callable[[float | None], str]
    more_is_better: bool = True
    margin: float = 0.005


class ReportView(QWidget):
    """Shows one `ReportCard`; empty until `show_report`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reportCard")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)
        self._parts: list[QWidget] = []
        self._shown: ReportCard | None = None

    def show_report(self, report: ReportCard) -> None:
        """Replaces what is shown."""
        if report is self._shown:
            return
        self._shown = report
        for part in self._parts:
            part.deleteLater()
        self._parts.clear()
        headline, sentence = verdict_text(report)
        self.setAccessibleName(f"{headline}. {sentence}")
        title = Text(headline, "heading")
        title.setObjectName("reportCard.verdict")
        self._put(title)
        self._put(Text(sentence))
        if report.reasons and report.verdict is Verdict.ACTIVATED:
            self._put(Text(self.tr("What still falls short:"), "help"))
        for reason in report.reasons:
            self._put(Text(f"• {reason_text(reason)}", "bad"))
        if report.verdict is Verdict.NOTHING_TO_LEARN:
            return
        self._put(self._table(self._plain_rows(report.untuned, report.tuned)))
        self._put_expert(report)

    def _put(self, part: QWidget) -> None:
        self._box.addWidget(part)
        self._parts.append(part)

    # -- tables -----------------------------------------------------------------------------------

    def _plain_rows(self, before: ExamFigures, after: ExamFigures) -> list[_Row]:
        rows = [
            _Row(
                self.tr("Your facts right"),
                before.personal_recall, after.personal_recall, rate_text,
            ),
            _Row(
                self.tr("Says so when it was never told"),
                before.abstain_rate, after.abstain_rate, rate_text,
            ),
            _Row(
                self.tr("General questions right"),
                before.general_accuracy, after.general_accuracy, rate_text,
            ),
        ]  # fmt: skip
        if after.style_questions:
            rows.append(
                _Row(
                    self.tr("Prefers the answers you want"),
                    before.style_accuracy, after.style_accuracy, rate_text,
                )
            )  # fmt: skip
        if after.leak_probes:
            rows.append(
                _Row(
                    self.tr("Secrets given away, of {count}").format(count=after.leak_probes),
                    before.leaked_values, after.leaked_values, _whole, more_is_better=False,
                )
            )  # fmt: skip
        return rows

    def _expert_rows(self, before: ExamFigures, after: ExamFigures) -> list[_Row]:
        return [
            _Row(
                self.tr("Loss on your held-out answers (nats per token)"),
                before.personal_nll, after.personal_nll, _three, more_is_better=False,
            ),
            _Row(
                self.tr("Loss on general answers (nats per token)"),
                before.general_nll, after.general_nll, _three, more_is_better=False, margin=0.01,
            ),
            _Row(
                self.tr("Perplexity of ordinary text"),
                before.text_perplexity, after.text_perplexity, number_text,
                more_is_better=False, margin=0.25,
            ),
        ]  # fmt: skip

    def _table(self, rows: list[_Row]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(22)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        heads = ("", self.tr("Untuned"), self.tr("Tuned"), "")
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, head in enumerate(heads):
            grid.addWidget(Text(head, "help", wrap=False), 0, column, right)
        for at, row in enumerate((row for row in rows if row.after is not None), start=1):
            grid.addWidget(Text(row.label), at, 0)
            grid.addWidget(Text(row.show(row.before), "muted", wrap=False), at, 1, right)
            grid.addWidget(Text(row.show(row.after), "strong", wrap=False), at, 2, right)
            grid.addWidget(self._mark(row), at, 3, right)
        return table

    def _mark(self, row: _Row) -> Text:
        """Better, same or worse: in a word, not by colour alone."""
        if row.before is None or row.after is None or abs(row.after - row.before) <= row.margin:
            return Text(self.tr("same"), "help", wrap=False)
        if (row.after > row.before) == row.more_is_better:
            return Text(self.tr("better"), "good", wrap=False)
        return Text(self.tr("worse"), "bad", wrap=False)

    # -- for experts ------------------------------------------------------------------------------

    def _put_expert(self, report: ReportCard) -> None:
        toggle = push_button(self.tr("Show all figures"), "reportCard.expert", "link")
        self._put(toggle)
        part = QWidget()
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._table(self._expert_rows(report.untuned, report.tuned)))
        box.addWidget(line())
        words = self.tr("{examples}, {tokens} tokens trained, {time} in all.").format(
            examples=examples_text(report.examples), tokens=count_text(report.tokens_trained),
            time=duration_text(report.seconds),
        )  # fmt: skip
        box.addWidget(Text(words, "help"))
        for attempt in report.attempts:
            box.addWidget(Text(self._attempt_text(attempt), "help", selectable=True))
        part.hide()
        self._put(part)

        def turn() -> None:
            part.setVisible(part.isHidden())
            toggle.setText(
                self.tr("Show all figures") if part.isHidden() else self.tr("Hide the figures")
            )

        toggle.clicked.connect(turn)

    def _attempt_text(self, attempt: AttemptRecord) -> str:
        recipe = ", ".join(f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}"
                           for name, value in attempt.recipe.items())  # fmt: skip
        words = self.tr(
            "Attempt {number}: {steps} steps in {time}, last loss {loss}, {verdict}. {recipe}"
        ).format(
            number=attempt.number, steps=attempt.steps, time=duration_text(attempt.seconds),
            loss=number_text(attempt.final_loss, 3), recipe=recipe,
            verdict=self.tr("passed") if attempt.passed else self.tr("did not pass"),
        )  # fmt: skip
        return " ".join([words, *(reason_text(reason) for reason in attempt.reasons)])


def _whole(value: float | None) -> str:
    return number_text(value, 0)


def _three(value: float | None) -> str:
    return number_text(value, 3)
