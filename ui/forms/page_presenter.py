"""What all page presenters share: asking the engine, being busy, holding a failure."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.contract import Command, Failed
from ui.engine_client import EngineClient


class PagePresenter(QObject):
    """State of a page without any widget. Lives in the GUI thread; ``changed`` asks to redraw."""

    changed = Signal()

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.client = client
        self.failure: Failed | None = None
        self._pending = 0

    @property
    def busy(self) -> bool:
        """True while a question to the engine is unanswered."""
        return self._pending > 0

    def ask(
        self,
        command: Command,
        on_done: Callable[[Any], None] | None = None,
        on_failed: Callable[[Failed], None] | None = None,
    ) -> str:
        """Sends `command`; `on_done` gets its terminal event. A failure is kept in ``failure``.

        Returns:
            The job's name.
        """
        self._pending += 1
        self.failure = None
        job = self.client.request(
            command,
            lambda event: self._answered(event, on_done),
            lambda event: self._answered(event, on_failed or self._keep_failure),
            owner=self,
        )
        self.changed.emit()
        return job

    def _answered(self, event: Any, then: Callable[[Any], None] | None) -> None:
        self._pending -= 1
        if then is not None:
            then(event)
        self.changed.emit()

    def _keep_failure(self, event: Failed) -> None:
        self.failure = event

    def dismiss_failure(self) -> None:
        """Forgets the failure that is shown."""
        self.failure = None
        self.changed.emit()
