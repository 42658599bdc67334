"""Two answers side by side, without saying whose they are, and the three things to say of them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.chat.markdown import blocks
from ui.chat.message_body import MessageBody
from ui.learning.compare_presenter import Choice, Pair
from ui.widgets import Text, push_button

__all__ = ["PairView"]


class _Answer(QFrame):
    """One answer under its letter."""

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setObjectName(f"compare.answer.{letter}")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(6)
        box.addWidget(Text(letter, "heading"))
        self.body = MessageBody()
        box.addWidget(self.body)
        box.addStretch(1)
        self.setAccessibleName(self.tr("Answer {letter}").format(letter=letter))

    def show_answer(self, text: str) -> None:
        """Shows Markdown `text`; an empty answer is said to be one."""
        self.body.show_blocks(blocks(text or self.tr("(no answer)")))


class PairView(QWidget):
    """A question, the answers A and B, and the choice.

    Signals:
        chosen: a `Choice`.
        stopped: the user has had enough.
    """

    chosen = Signal(object)
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(10)
        self._where = Text("", "help")
        self._where.setObjectName("compare.where")
        self._question = Text("", "strong", selectable=True)
        self._question.setObjectName("compare.question")
        box.addWidget(self._where)
        box.addWidget(self._question)
        self._answers = (_Answer("A"), _Answer("B"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for at, answer in enumerate(self._answers):
            grid.addWidget(answer, 0, at)
            grid.setColumnStretch(at, 1)
        box.addLayout(grid)
        box.addLayout(self._build_buttons())

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._buttons = []
        for choice, text in (
            (Choice.A, self.tr("A is better")), (Choice.B, self.tr("B is better")),
            (Choice.SAME, self.tr("About the same")),
        ):  # fmt: skip
            button = push_button(text, f"compare.{choice}")
            button.clicked.connect(lambda _on, said=choice: self.chosen.emit(said))
            row.addWidget(button)
            self._buttons.append(button)
        row.addStretch(1)
        stop = push_button(self.tr("Stop comparing"), "compare.stop", "quiet")
        stop.clicked.connect(self.stopped)
        row.addWidget(stop)
        return row

    def show_pair(self, pair: Pair | None, number: int, count: int) -> None:
        """Shows `pair`, or that it is being answered."""
        for part in (self._question, *self._answers, *self._buttons):
            part.setVisible(pair is not None)
        if pair is None:
            self._where.setText(
                self.tr("Both are answering question {number}…").format(number=number)
            )
            return
        words = self.tr("Question {number} of {count}. Which answer do you prefer?")
        self._where.setText(words.format(number=number, count=count))
        self._question.setText(pair.question)
        for answer, text in zip(self._answers, pair.shown, strict=True):
            answer.show_answer(text)
