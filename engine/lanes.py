"""A lane: one thread that works off its own queue, one command after another."""

import threading
from collections import deque
from collections.abc import Callable

from engine.contract import Command
from engine.freed import give_back

__all__ = ["Lane"]


class Lane:
    """One named thread with a queue of commands.

    `put`, `close` and `join` may be called from any thread; `take` only from within `work`.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Command], None],
        finish: Callable[[], None] = lambda: None,
        idle: Callable[[], bool] = lambda: False,
    ) -> None:
        """Prepares the thread.

        Args:
            name: Name of the thread.
            work: Handles one command on the lane's thread; it must not raise.
            finish: Called once on the lane's thread after the last command.
            idle: Called on the lane's thread while nothing waits, for as long as it returns True;
                each call must be short, and it must not raise.
        """
        self._work = work
        self._finish = finish
        self._idle = idle
        self._queue: deque[Command] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def put(self, command: Command) -> bool:
        """Queues a command; False when the lane takes no more."""
        with self._changed:
            if self._closed:
                return False
            self._queue.append(command)
            self._changed.notify()
            return True

    def take(self, wanted: Callable[[Command], bool]) -> Command | None:
        """Takes the first queued command that is `wanted` out of its turn, if there is one."""
        with self._changed:
            for position, command in enumerate(self._queue):
                if wanted(command):
                    del self._queue[position]
                    return command
        return None

    def close(self) -> tuple[Command, ...]:
        """Takes no more commands and returns those that will not be worked on."""
        with self._changed:
            self._closed = True
            left = tuple(self._queue)
            self._queue.clear()
            self._changed.notify_all()
        return left

    def join(self, timeout_s: float) -> bool:
        """Waits for the thread; True when it ended in time (or never started)."""
        if self._thread.ident is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            while (command := self._next()) is not None:
                self._work(command)
        finally:
            self._finish()

    def _next(self) -> Command | None:
        while not self._waiting() and self._idle():
            pass
        if not self._waiting():
            give_back()
        with self._changed:
            while not self._queue and not self._closed:
                self._changed.wait()
            return self._queue.popleft() if self._queue else None

    def _waiting(self) -> bool:
        with self._changed:
            return bool(self._queue) or self._closed
