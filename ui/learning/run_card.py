"""A run as it goes: one large number, the curve, the figures, and how to end it."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from ui.forms.confirm import Confirm
from ui.forms.units import count_text, left_text
from ui.learning.loss_chart import LossChart
from ui.learning.presenter import LearningPresenter
from ui.learning.run_state import RunState
from ui.learning.words import phase_text
from ui.widgets import Card, Text, bytes_text, percent_text, push_button

__all__ = ["RunCard"]


class RunCard(Card):
    """Visible while the presenter has a run."""

    def __init__(self, presenter: LearningPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._presenter = presenter
        self.setObjectName("runCard")
        self.setAccessibleName(self.tr("Learning run"))
        self._build_head()
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.body.addWidget(self._bar)
        self.chart = LossChart()
        self.body.addWidget(self.chart)
        self._build_figures()
        self._build_buttons()
        presenter.changed.connect(self.redraw)
        presenter.run_changed.connect(self.redraw)
        self.redraw()

    def _build_head(self) -> None:
        head = QHBoxLayout()
        self.percent = Text("0 %", "number", wrap=False)
        self.percent.setObjectName("run.percent")
        self.phase = Text("", "heading")
        self.phase.setObjectName("run.phase")
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

    def _build_figures(self) -> None:
        row = QHBoxLayout()
        self._figures = {}
        names = {
            "speed": self.tr("Tokens per second"),
            "left": self.tr("Time left"),
            "memory": self.tr("Memory in use"),
        }
        for name, label in names.items():
            box = QVBoxLayout()
            box.setSpacing(0)
            value = Text("–", "strong", wrap=False)
            value.setObjectName(f"run.{name}")
            self._figures[name] = value
            box.addWidget(value)
            box.addWidget(Text(label, "help"))
            row.addLayout(box, 1)
        self.body.addLayout(row)

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        self.pause = push_button(self.tr("Pause"), "pauseButton", "plain", "pause")
        self.pause.clicked.connect(self._presenter.pause_or_resume)
        self.keep = push_button(self.tr("Stop and keep"), "stopKeepButton", "plain", "stop")
        self.keep.setToolTip(self.tr("Examines what it learned so far; kept if it is better"))
        self.keep.clicked.connect(lambda: self._presenter.stop(keep=True))
        self.discard = push_button(self.tr("Stop and discard…"), "stopDiscardButton", "quiet")
        self.discard.clicked.connect(self._ask_discard)
        row.addWidget(self.pause)
        row.addStretch(1)
        row.addWidget(self.discard)
        row.addWidget(self.keep)
        self.body.addLayout(row)
        self.confirm = Confirm("confirmDiscard")
        self.body.addWidget(self.confirm)

    def _ask_discard(self) -> None:
        self.confirm.ask(
            self.tr(
                "What this run has learned so far is lost and cannot be brought back. Your "
                "examples and earlier versions stay."
            ),
            self.tr("Stop and discard"),
            lambda: self._presenter.stop(keep=False),
        )

    def redraw(self) -> None:
        """Shows where the run stands."""
        run = self._presenter.run
        self.setVisible(run is not None)
        if run is None:
            self.confirm.dismiss()
            return
        self.percent.setText(percent_text(run.fraction))
        self._bar.setValue(round(run.fraction * 1000))
        self.phase.setText(self._phase(run))
        self._where.setText(self._place(run))
        self.chart.show_curve(run.curve, run.steps)
        speed = count_text(round(run.tokens_per_s)) if run.tokens_per_s else "–"
        self._figures["speed"].setText(speed)
        self._figures["left"].setText(left_text(None if run.paused else run.seconds_left))
        memory = bytes_text(run.memory_bytes) if run.memory_bytes else "–"
        self._figures["memory"].setText(memory)
        self._name_pause(run)
        for button in (self.pause, self.keep, self.discard):
            button.setEnabled(not run.stopping)

    def _phase(self, run: RunState) -> str:
        if run.stopping:
            return self.tr("Stopping after this step")
        return self.tr("Paused") if run.paused else phase_text(run.phase)

    def _place(self, run: RunState) -> str:
        if run.phase != "train" or not run.steps:
            return self.tr("You can go on chatting meanwhile.")
        return self.tr("Attempt {attempt}, step {step} of {steps}").format(
            attempt=run.attempt, step=run.step, steps=run.steps
        )

    def _name_pause(self, run: RunState) -> None:
        text = self.tr("Go on") if run.paused else self.tr("Pause")
        if self.pause.text() != text:
            self.pause.setText(text)
            self.pause.setAccessibleName(text)
            self.pause.set_icon("play" if run.paused else "pause")
