"""A teaching as it goes: one large number, the phase, the figures, and how to end it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.forms.confirm import Confirm
from ui.forms.units import left_text, rate_text
from ui.skills.presenter import SkillsPresenter, TeachingState
from ui.skills.words import phase_text
from ui.widgets import Card, Text, percent_text, push_button

__all__ = ["TeachingCard"]


class TeachingCard(Card):
    """Visible while the presenter has a teaching under way."""

    def __init__(self, presenter: SkillsPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._presenter = presenter
        self.setObjectName("teachingCard")
        self.setAccessibleName(self.tr("Teaching"))
        self._build_head()
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.body.addWidget(self._bar)
        self._figures = Text("", "help")
        self._figures.setObjectName("teaching.figures")
        self.body.addWidget(self._figures)
        self._build_buttons()
        presenter.changed.connect(self.redraw)
        presenter.run_changed.connect(self.redraw)
        self.redraw()

    def _build_head(self) -> None:
        head = QHBoxLayout()
        self.percent = Text("0 %", "number", wrap=False)
        self.percent.setObjectName("teaching.percent")
        self.phase = Text("", "heading")
        self.phase.setObjectName("teaching.phase")
        self._where = Text("", "help")
        words = QVBoxLayout()
        words.addStretch(1)
        words.addWidget(self.phase)
        words.addWidget(self._where)
        words.addStretch(1)
        head.addWidget(self.percent)
        head.addSpacing(12)
        head.addLayout(words, 1)
        self.body.addLayout(head)

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        self.discard = push_button(self.tr("Stop and discard…"), "teaching.discard", "quiet")
        self.discard.clicked.connect(self._ask_discard)
        self.keep = push_button(self.tr("Stop and keep"), "teaching.keep", "plain", "stop")
        self.keep.setToolTip(self.tr("Examines what was finished so far, and keeps it"))
        self.keep.clicked.connect(lambda: self._presenter.stop(keep=True))
        row.addStretch(1)
        row.addWidget(self.discard)
        row.addWidget(self.keep)
        self.body.addLayout(row)
        self.confirm = Confirm("teaching.confirm")
        self.body.addWidget(self.confirm)

    def _ask_discard(self) -> None:
        self.confirm.ask(
            self.tr("What was taught so far is lost. Your other skills stay."),
            self.tr("Stop and discard"),
            lambda: self._presenter.stop(keep=False),
        )

    def redraw(self) -> None:
        """Shows where the teaching stands."""
        run = self._presenter.run
        self.setVisible(run is not None)
        if run is None:
            self.confirm.dismiss()
            return
        self.percent.setText(percent_text(run.fraction))
        self._bar.setValue(round(run.fraction * 1000))
        stopping = self.tr("Stopping after this step")
        self.phase.setText(stopping if run.stopping else phase_text(run.phase))
        self._where.setText(self._place(run))
        words = self.tr("Right so far on rows held back: {score}. Time left: {left}.")
        self._figures.setText(
            words.format(score=rate_text(run.validation), left=left_text(run.seconds_left))
        )
        for button in (self.keep, self.discard):
            button.setEnabled(not run.stopping)

    def _place(self, run: TeachingState) -> str:
        if run.phase != "train" or not run.steps:
            return self.tr("You can go on chatting meanwhile.")
        return self.tr("Attempt {attempt}, step {step} of {steps}").format(
            attempt=run.attempt, step=run.step, steps=run.steps
        )
