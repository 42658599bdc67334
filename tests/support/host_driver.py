"""Drives a host without a window: one command after another, each awaited to its end."""

import queue
from types import TracebackType
from typing import Any, Self

from engine.contract import Command, Done, Event, Failed, Stopped
from engine.host import EngineHost
from storage.keys import CHEAP_COST, KeyFile, SystemKeyring
from storage.profile import ProfilePaths

PATIENCE_S = 60.0


class HostDriver:
    """A started host over `paths`. Leaving the context shuts it down.

    `keyring` None asks the system's own; a passphrase takes microseconds.
    """

    def __init__(self, paths: ProfilePaths, keyring: SystemKeyring | None = None) -> None:
        key_file = KeyFile(paths.key_file, cost=CHEAP_COST, keyring=keyring)
        self.host = EngineHost(paths, key_file=key_file)
        self._events: queue.Queue[Event] = queue.Queue()
        self.host.start(self._events.put)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self.host.shutdown(PATIENCE_S)

    def ask(self, command: Command) -> Any:
        """The terminal event of `command`."""
        self.host.submit(command)
        while True:
            event = self._events.get(timeout=PATIENCE_S)
            if event.job == command.job and isinstance(event, Done | Failed | Stopped):
                return event
