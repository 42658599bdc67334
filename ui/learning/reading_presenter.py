"""The model reads chats while the page is looked at, without widgets."""

from PySide6.QtCore import QObject

from engine.contract import (
    ChatsRead,
    Event,
    Failed,
    ModelLoading,
    ReadChats,
    ReadingProgress,
    Stop,
    Stopped,
)
from ui.engine_client import EngineClient
from ui.forms.page_presenter import PagePresenter
from ui.learning.presenter import LearningPresenter

__all__ = ["ReadingPresenter"]


class ReadingPresenter(PagePresenter):
    """One reading at a time; the engine alone knows whether there is anything to read.

    Attributes:
        shown: the model is at work; stays False where the engine had nothing for it.
        read: messages done, of ``messages``; both 0 while the model is loaded.
        found: facts that came to the inbox.
    """

    def __init__(
        self, client: EngineClient, learning: LearningPresenter, parent: QObject | None = None
    ) -> None:
        super().__init__(client, parent)
        self._learning = learning
        self._job = ""
        self.shown = False
        self.read = self.messages = self.found = 0
        client.event.connect(self._take_event)

    def start(self) -> None:
        """Has the model read what waits, unless it is at it or a learning will see to it."""
        if self._job or self._learning.run is not None:
            return
        command = ReadChats()
        self._job, self.shown = command.job, False
        self.read = self.messages = self.found = 0
        self.client.submit(command)

    def stop(self) -> None:
        """Ends it; the facts that were found stay, and the rest is read another time."""
        self.client.submit(Stop(target=self._job))

    def _take_event(self, event: Event) -> None:
        if not self._job or event.job != self._job:
            return
        match event:
            case ModelLoading():
                self.shown = True
            case ReadingProgress():
                self.shown = True
                if event.found > self.found:
                    self._learning.list_examples()
                self.read, self.messages, self.found = event.read, event.messages, event.found
            case ChatsRead() | Stopped() | Failed():
                self._job, self.shown = "", False
                self.failure = event if isinstance(event, Failed) else None
        self.changed.emit()
