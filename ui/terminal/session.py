"""One command after another on an engine, each awaited to its end."""

import queue
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

from engine.contract import Command, Done, Engine, Event, Failed, Stop, Stopped

D = TypeVar("D", bound=Done)

_POLL_S = 0.2


class CommandError(Exception):
    """The command failed; the text is the one sentence for standard error."""


class CommandStopped(Exception):  # noqa: N818
    """The user stopped the job with Ctrl+C and the engine ended it."""


class Session:
    """A started engine, used from one thread. Leaving the context shuts it down."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._events: queue.Queue[Event] = queue.Queue()

    def __enter__(self) -> Self:
        self._engine.start(self._events.put)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._engine.shutdown()

    def run(
        self, command: Command, ending: type[D], on_event: Callable[[Event], None] | None = None
    ) -> D:
        """Submits `command` and returns its end; events before it go to `on_event`.

        The first Ctrl+C asks the engine to stop the job and keep what is there; a second one
        leaves at once.

        Raises:
            CommandError: when the engine says that the job failed.
            CommandStopped: when it ended because of Ctrl+C.
        """
        self._engine.submit(command)
        stopping = False
        while True:
            try:
                event = self._next(command.job)
            except KeyboardInterrupt:
                if stopping:
                    raise
                stopping = True
                self._engine.submit(Stop(target=command.job))
                continue
            match event:
                case Failed():
                    raise CommandError(event.detail)
                case Stopped():
                    raise CommandStopped
                case Done():
                    if isinstance(event, ending):
                        return event
                    raise CommandError("The engine gave an answer of another kind; "
                                       "please report this as a mistake in Confidant.")
                case _ if on_event is not None:
                    on_event(event)

    def _next(self, job: str) -> Event:
        """The next event of `job`. Waits in slices, since Windows delays Ctrl+C while waiting."""
        while True:
            try:
                event = self._events.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if event.job == job:
                return event
