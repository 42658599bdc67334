"""One skill: trying it on a text, its report, and destroying it."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from engine.contract import SkillAnswer
from storage.skill_records import SkillRecord
from ui.forms.confirm import Confirm
from ui.forms.units import rate_text
from ui.skills.presenter import SkillsPresenter
from ui.skills.report_view import SkillReportView
from ui.widgets import Card, Text, allow, forbid, line, push_button

__all__ = ["DetailCard"]


class DetailCard(Card):
    """Shows the skill that the presenter looks at; hidden without one."""

    def __init__(self, presenter: SkillsPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._presenter = presenter
        self._shown = ""
        self.setObjectName("skillDetail")
        self._name = Text("", "heading")
        self._name.setObjectName("skillDetail.name")
        self.body.addWidget(self._name)
        self._build_try()
        self.body.addWidget(line())
        self.report = SkillReportView()
        self.body.addWidget(self.report)
        row = QHBoxLayout()
        self.delete = push_button(self.tr("Delete…"), "skillDetail.delete", "quiet", "trash")
        self.delete.clicked.connect(self._ask_delete)
        row.addWidget(self.delete)
        row.addStretch(1)
        self.body.addLayout(row)
        self.confirm = Confirm("skillDetail.confirm")
        self.body.addWidget(self.confirm)
        presenter.changed.connect(self.redraw)
        self.redraw()

    def _build_try(self) -> None:
        row = QHBoxLayout()
        self.text = QLineEdit()
        self.text.setObjectName("skillDetail.text")
        self.text.setAccessibleName(self.tr("Text to try it on"))
        self.text.setPlaceholderText(self.tr("Try it on a text"))
        self.text.returnPressed.connect(self._apply)
        self.apply = push_button(self.tr("Apply"), "skillDetail.apply", "plain", "play")
        self.apply.clicked.connect(self._apply)
        row.addWidget(self.text, 1)
        row.addWidget(self.apply)
        self.body.addLayout(row)
        self.answer = Text("", "strong", selectable=True)
        self.answer.setObjectName("skillDetail.answer")
        self.others = Text("", "help")
        self.body.addWidget(self.answer)
        self.body.addWidget(self.others)

    def redraw(self) -> None:
        """Shows the skill, and what it said last."""
        skill = self._presenter.skill()
        self.setVisible(skill is not None)
        if skill is None:
            return
        if skill.id != self._shown:
            self._shown = skill.id
            self.text.clear()
            self.confirm.dismiss()
        self._name.setText(skill.name)
        self.setAccessibleName(skill.name)
        self.report.show_report(skill.report)
        self._show_answer(self._presenter.answer)
        if self._presenter.applying:
            forbid(self.apply, self.tr("It is being applied; a training comes first."))
        elif self._presenter.run is not None:
            forbid(self.apply, self.tr("Another skill is being taught; wait for it or stop it."))
        else:
            allow(self.apply)

    def _show_answer(self, answer: SkillAnswer | None) -> None:
        self.answer.setVisible(answer is not None)
        self.others.setVisible(answer is not None and bool(answer.others))
        if answer is None:
            return
        if answer.confidence is None:
            self.answer.setText(answer.answer)
            return
        words = self.tr("{label}, {sure} sure").format(
            label=answer.answer, sure=rate_text(answer.confidence)
        )
        self.answer.setText(words)
        others = (f"{label} {rate_text(share)}" for label, share in answer.others)
        self.others.setText(self.tr("Else: {labels}").format(labels=", ".join(others)))

    def _apply(self) -> None:
        if self.apply.isEnabled():
            self._presenter.apply(self.text.text())

    def _ask_delete(self) -> None:
        skill = self._presenter.skill()
        if skill is not None:
            self._confirm_delete(skill)

    def _confirm_delete(self, skill: SkillRecord) -> None:
        self.confirm.ask(
            self.tr("The skill and its key are destroyed; this cannot be undone. Teach it again "
                    "from its rows if you need it later."),
            self.tr("Delete it"),
            lambda: self._presenter.delete(skill.name),
        )  # fmt: skip
