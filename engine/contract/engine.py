"""What an engine is to its callers: the real host and the scripted one both are."""

from collections.abc import Callable
from typing import Protocol

from engine.contract.commands import Command
from engine.contract.events import Event

__all__ = ["Emit", "Engine"]

Emit = Callable[[Event], None]
"""Receives every event, on an engine thread; it must only hand it over and return."""


class Engine(Protocol):
    """Takes commands, tells events. Safe to call from any one thread at a time."""

    def start(self, emit: Emit) -> None:
        """Starts the threads; from now on `emit` receives every event."""

    def submit(self, command: Command) -> None:
        """Queues a command and returns at once; control commands take effect at once."""

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Stops all work, closes the store; True when every thread ended in time."""
