"""The window's side of the contract: commands go out, events come back in the GUI thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from engine.contract import Command, Done, Engine, Event, Failed, Stopped

__all__ = ["EngineClient"]

OnDone = Callable[[Any], None]
OnFailed = Callable[[Failed], None]


@dataclass(frozen=True)
class _Request:
    """One command under way and who wants to hear how it ended."""

    command: Command
    on_done: OnDone | None = None
    on_failed: OnFailed | None = None
    owner: QObject | None = None
    reports: bool = False

    def listens(self) -> bool:
        """Whether the asking object still lives."""
        return self.owner is None or isValid(self.owner)


class _Bus(QObject):
    """The signals. They sit beside the client because a QObject may not have one called event."""

    started = Signal(object)
    told = Signal(object)
    finished = Signal(object, object)
    failure = Signal(object)
    arrived = Signal(object)


class EngineClient:
    """Submits commands to an engine and delivers its events in the GUI thread, in order.

    Attributes:
        started: signal (command) for every command, before it goes out.
        event: signal (event) with every event of every job.
        finished: signal (command, terminal event) of every job, after its callbacks ran; lets one
            part of the window notice what another part changed.
        failure: signal (failed) with a `Failed` that nobody else handles, for the shell to show.
    """

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        self._engine = engine
        self._open: dict[str, _Request] = {}
        self._running = False
        self._bus = _Bus(parent)
        self.started = self._bus.started
        self.event = self._bus.told
        self.finished = self._bus.finished
        self.failure = self._bus.failure
        self._bus.arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Starts the engine's threads; from now on events arrive."""
        self._running = True
        self._engine.start(self._receive)

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Ends the engine; no callback runs afterwards. True when all its threads ended."""
        self._running = False
        self._open.clear()
        return self._engine.shutdown(timeout_s)

    def submit(self, command: Command) -> str:
        """Sends `command` and returns its job; its events come through `event`."""
        return self._send(_Request(command))

    def request(
        self,
        command: Command,
        on_done: OnDone,
        on_failed: OnFailed | None = None,
        *,
        owner: QObject | None = None,
    ) -> str:
        """Sends `command` and calls back once, in the GUI thread.

        Args:
            command: what to ask.
            on_done: gets the job's `Done` event.
            on_failed: gets its `Failed` event; without it the signal `failure` carries it.
            owner: callbacks are dropped once this object is destroyed.

        Returns:
            The job. A job that ends `Stopped` calls neither; listen to `event` for it.
        """
        return self._send(_Request(command, on_done, on_failed, owner, reports=True))

    def _send(self, request: _Request) -> str:
        command = request.command
        self._open[command.job] = request
        self.started.emit(command)
        self._engine.submit(command)
        return command.job

    def _receive(self, event: Event) -> None:
        """Takes an event on an engine thread and hands it to the GUI thread."""
        if self._running:
            self._bus.arrived.emit(event)

    def _deliver(self, event: Event) -> None:
        if not self._running:
            return
        self.event.emit(event)
        if not isinstance(event, Done | Stopped | Failed):
            return
        request = self._open.pop(event.job, None)
        if request is None:
            return
        self._call_back(request, event)
        self.finished.emit(request.command, event)

    def _call_back(self, request: _Request, event: Done | Stopped | Failed) -> None:
        if isinstance(event, Failed):
            if not request.reports or not request.listens():
                return
            if request.on_failed is not None:
                request.on_failed(event)
            else:
                self.failure.emit(event)
        elif isinstance(event, Done) and request.on_done is not None and request.listens():
            request.on_done(event)
