"""The proof after forgetting: how many of the forgotten facts are still told, before and now."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from engine.contract import Forgotten
from ui.memory.presenter import MemoryPresenter
from ui.widgets import Card, Text, push_button

__all__ = ["ForgottenCard"]


class ForgottenCard(Card):
    """Shows `MemoryPresenter.forgotten`; hidden while there is none."""

    def __init__(self, presenter: MemoryPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("forgottenCard")
        self.setAccessibleName(self.tr("Forgotten"))
        self._presenter = presenter
        self._heading = Text("", "strong")
        self.body.addWidget(self._heading)
        self._words = Text("", "help")
        self.body.addWidget(self._words)
        self._build_figures()
        self._build_buttons()
        presenter.changed.connect(self.redraw)
        self.redraw()

    def _build_figures(self) -> None:
        self._figures = QWidget()
        grid = QGridLayout(self._figures)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(28)
        self._numbers = {}
        headings = {
            "before": self.tr("Before"), "now": self.tr("Now"),
            "untuned": self.tr("Never taught"),
        }  # fmt: skip
        for column, (name, heading) in enumerate(headings.items()):
            number = Text("", "number", wrap=False)
            number.setObjectName(f"forgotten.{name}")
            number.setAccessibleName(heading)
            grid.addWidget(number, 0, column)
            grid.addWidget(Text(heading, "help", wrap=False), 1, column)
            self._numbers[name] = number
        grid.setColumnStretch(len(headings), 1)
        self.body.addWidget(self._figures)

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        self._relearn = push_button(
            self.tr("Learn the rest anew"), "forgotten.relearn", "plain", "learning"
        )
        self._relearn.clicked.connect(self._presenter.relearn)
        close = push_button(self.tr("Close"), "forgotten.close", "quiet")
        close.clicked.connect(self._presenter.dismiss_forgotten)
        row.addWidget(self._relearn)
        row.addStretch(1)
        row.addWidget(close)
        self.body.addLayout(row)

    def redraw(self) -> None:
        """Shows what the presenter holds."""
        done, under_way = self._presenter.forgotten, self._presenter.forgetting
        self.setVisible(done is not None or under_way)
        self._figures.setVisible(done is not None and done.recall_before is not None)
        self._relearn.setVisible(done is not None and bool(done.adapters_retired))
        if done is None:
            self._heading.setText(self.tr("Forgetting…"))
            self._words.setText(
                self.tr("It is erased first; then the model is asked whether it still knows it.")
            )
            return
        self._heading.setText(self.tr("Forgotten"))
        self._words.setText(self._sentences(done))
        shares = {
            "before": done.recall_before, "now": done.recall_after,
            "untuned": done.recall_untuned,
        }  # fmt: skip
        for name, share in shares.items():
            self._numbers[name].setText("–" if share is None else f"{share:.0%}")
        state = self._presenter.relearning
        self._relearn.setEnabled(state != "running")
        if state:
            self._relearn.setText(self._relearn_text(state))

    def _sentences(self, done: Forgotten) -> str:
        parts = []
        if done.recall_before is not None:
            parts.append(
                self.tr("Asked for it in {count} ways, memory off; this share of the answers told "
                        "it:").format(count=done.questions)
            )  # fmt: skip
        if done.adapters_retired:
            parts.append(
                self.tr("Versions that had learned it and are switched off for good: {count}.")
                .format(count=len(done.adapters_retired))
            )  # fmt: skip
        if done.told_in_chat:
            parts.append(
                self.tr("The message that told it still stands in its chat; erase the chat to "
                        "erase that as well.")
            )  # fmt: skip
        return " ".join(reversed(parts)) if done.recall_before is not None else " ".join(parts)

    def _relearn_text(self, state: str) -> str:
        return {
            "running": self.tr("Learning in the background…"),
            "done": self.tr("Learned anew"),
            "nothing": self.tr("Nothing is left to learn"),
            "failed": self.tr("Not learned; see the Learning page"),
        }[state]
