"""The line above the inbox while the model reads chats."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.learning.presenter import LearningPresenter
from ui.learning.reading_presenter import ReadingPresenter
from ui.widgets import Card, InlineError, Text, push_button

__all__ = ["ReadingCard"]


class ReadingCard(Card):
    """Shown while the model is at work, or when it could not."""

    def __init__(self, learning: LearningPresenter, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.setObjectName("reading")
        self.presenter = ReadingPresenter(learning.client, learning, self)
        row = QHBoxLayout()
        self._words = Text("")
        self._words.setObjectName("reading.words")
        row.addWidget(self._words, 1)
        self._stop = push_button(self.tr("Stop reading"), "reading.stop", "quiet")
        self._stop.clicked.connect(self.presenter.stop)
        row.addWidget(self._stop)
        self.body.addLayout(row)
        self.error = InlineError("reading.error")
        self.body.addWidget(self.error)
        self.presenter.changed.connect(self._redraw)
        self._redraw()

    def _redraw(self) -> None:
        presenter = self.presenter
        self._words.setText(self._said())
        self._words.setVisible(presenter.shown)
        self._stop.setVisible(presenter.shown)
        if presenter.failure is None:
            self.error.clear()
        else:
            self.error.show_failure(presenter.failure)
        self.setVisible(presenter.shown or presenter.failure is not None)

    def _said(self) -> str:
        presenter = self.presenter
        if not presenter.messages:
            return self.tr("The model gets ready to read your messages.")
        return self.tr("The model reads your messages: {read} of {messages}.").format(
            read=presenter.read, messages=presenter.messages
        )
