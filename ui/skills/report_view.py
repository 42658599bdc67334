"""A skill's report: the verdict, untuned beside tuned, mistakes, and the figures of experts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from storage.skill_records import SkillAttempt, SkillFigures, SkillReport, SkillVerdict
from ui.forms.units import count_text, number_text, rate_text
from ui.skills.confusion import MOST_LABELS, ConfusionMatrix
from ui.skills.words import dropped_text, note_text, verdict_text
from ui.widgets import Text, duration_text, percent_text, push_button

__all__ = ["SkillReportView"]

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST_MISTAKES = 8


class SkillReportView(QWidget):
    """Shows one `SkillReport`; empty until `show_report`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("skillReport")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)
        self._parts: list[QWidget] = []
        self._shown: SkillReport | None = None

    def show_report(self, report: SkillReport | None) -> None:
        """Replaces what is shown."""
        if report is self._shown:
            return
        self._shown = report
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts.clear()
        if report is None:
            return
        headline, sentence = verdict_text(report)
        self.setAccessibleName(f"{headline}. {sentence}")
        good = report.verdict in (SkillVerdict.TARGET_MET, SkillVerdict.BETTER)
        title = Text(headline, "good" if good else "strong")
        title.setObjectName("skillReport.verdict")
        self._put(title)
        self._put(Text(sentence))
        self._put(self._compared(report))
        self._put_mistakes(report.tuned)
        self._put_expert(report)

    def _put(self, part: QWidget) -> None:
        self._box.addWidget(part)
        self._parts.append(part)

    # -- for everyone -----------------------------------------------------------------------------

    def _compared(self, report: SkillReport) -> QWidget:
        """Untuned beside tuned."""
        table, grid = _grid()
        for column, head in enumerate(("", self.tr("Untuned"), self.tr("Tuned"))):
            grid.addWidget(Text(head, "help", wrap=False), 0, column, _RIGHT)
        shown = [row for row in self._rows(report) if row[2] is not None]
        for at, (label, before, after, decimals) in enumerate(shown, start=1):
            show = number_text if decimals else _rate
            grid.addWidget(Text(label), at, 0)
            grid.addWidget(Text(show(before), "muted", wrap=False), at, 1, _RIGHT)
            grid.addWidget(Text(show(after), "strong", wrap=False), at, 2, _RIGHT)
        return table

    def _rows(self, report: SkillReport) -> list[tuple[str, float | None, float | None, bool]]:
        before, after = report.untuned, report.tuned
        return [
            (self.tr("Right answers (accuracy)"), before.accuracy, after.accuracy, False),
            (self.tr("Precision, mean of all labels"), before.macro_precision,
             after.macro_precision, False),
            (self.tr("Recall, mean of all labels"), before.macro_recall, after.macro_recall, False),
            (self.tr("F1, mean of all labels"), before.macro_f1, after.macro_f1, False),
            (self.tr("Exactly the expected answer"), before.exact_match, after.exact_match, False),
            (self.tr("Shared words (F1)"), before.token_f1, after.token_f1, False),
            (self.tr("Shared letters (chrF)"), before.chrf, after.chrf, False),
            (self.tr("Loss (nats per token)"), before.nll_per_token, after.nll_per_token, True),
        ]  # fmt: skip

    def _put_mistakes(self, figures: SkillFigures) -> None:
        """The matrix, or with many labels the mistakes that happen most."""
        if not figures.classes:
            return
        if len(figures.classes) <= MOST_LABELS:
            self._put(ConfusionMatrix(figures))
            return
        names = [one.label for one in figures.classes]
        wrong = [
            (count, names[true], names[given])
            for true, row in enumerate(figures.confusion)
            for given, count in enumerate(row)
            if given != true and count
        ]
        words = self.tr("{count} × “{true}” answered as “{given}”")
        self._put(Text(self.tr("What it confuses most"), "help"))
        for count, true, given in sorted(wrong, reverse=True)[:_MOST_MISTAKES]:
            self._put(Text(words.format(count=count, true=true, given=given)))

    # -- for experts ------------------------------------------------------------------------------

    def _put_expert(self, report: SkillReport) -> None:
        toggle = push_button(self.tr("Show all figures"), "skillReport.expert", "link")
        self._put(toggle)
        part = QWidget()
        box = QVBoxLayout(part)
        box.setContentsMargins(0, 0, 0, 0)
        if report.tuned.classes:
            box.addWidget(self._by_label(report.tuned))
        for words in self._told(report):
            box.addWidget(Text(words, "help", selectable=True))
        part.hide()
        self._put(part)

        def turn() -> None:
            part.setVisible(part.isHidden())
            toggle.setText(
                self.tr("Show all figures") if part.isHidden() else self.tr("Hide the figures")
            )

        toggle.clicked.connect(turn)

    def _by_label(self, figures: SkillFigures) -> QWidget:
        table, grid = _grid()
        heads = (self.tr("Label"), self.tr("Precision"), self.tr("Recall"), "F1", self.tr("Rows"))
        for column, head in enumerate(heads):
            align = _RIGHT if column else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(Text(head, "help", wrap=False), 0, column, align)
        for at, one in enumerate(figures.classes, start=1):
            grid.addWidget(Text(one.label), at, 0)
            figures_of_one = (_rate(one.precision), _rate(one.recall), _rate(one.f1),
                              count_text(one.rows))  # fmt: skip
            for column, words in enumerate(figures_of_one, start=1):
                grid.addWidget(Text(words, "text", wrap=False), at, column, _RIGHT)
        return table

    def _told(self, report: SkillReport) -> list[str]:
        words = self.tr("{train} rows to learn from, {test} to test, {time} in all.").format(
            train=count_text(report.train_rows), test=count_text(report.test_rows),
            time=duration_text(report.seconds),
        )  # fmt: skip
        told = [words, *(dropped_text(code, count) for code, count in report.dropped)]
        if report.majority_accuracy is not None:
            words = self.tr("Always the most frequent label would be right in {rate}.")
            told.append(words.format(rate=rate_text(report.majority_accuracy)))
        return [*told, *(self._attempt_text(one) for one in report.attempts)]

    def _attempt_text(self, one: SkillAttempt) -> str:
        recipe = ", ".join(f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}"
                           for name, value in one.recipe.items())  # fmt: skip
        return self.tr(
            "Attempt {number} ({why}): {score} on rows held back, {steps} steps in {time}. {recipe}"
        ).format(
            number=one.number, why=note_text(one.note), score=number_text(one.validation, 3),
            steps=count_text(one.steps), time=duration_text(one.seconds), recipe=recipe,
        )  # fmt: skip


def _rate(share: float | None) -> str:
    return "–" if share is None else percent_text(share, 1)


def _grid() -> tuple[QWidget, QGridLayout]:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 4, 0, 4)
    grid.setHorizontalSpacing(22)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(0, 1)
    return table, grid
