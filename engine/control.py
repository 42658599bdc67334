"""Stop, pause and resume: flags that one thread sets and the working thread obeys.

`JobControl` is handed to whatever does the work of a job. `Jobs` knows all jobs that wait or run,
so that a control command reaches its target without queueing behind it.
"""

import threading
from collections.abc import Callable

__all__ = ["JobControl", "JobStopped", "Jobs"]

_PAUSE_POLL_S = 0.1


class JobStopped(Exception):  # noqa: N818 - not an error: the user asked for it
    """Raised by `JobControl.checkpoint` once the job was asked to stop."""


def _nothing() -> None:
    """Serves nobody."""


def _untold(_paused: bool) -> None:
    """Tells nobody."""


class JobControl:
    """The flags of one job.

    Any thread may call `stop`, `pause` and `resume`; `checkpoint` and `serve` belong to the thread
    that works on the job.

    Attributes:
        keep: What the stop asked for: True keeps what is there, False discards it.
        shutting_down: The stop came from the engine's shutdown: leave at once and leave a saved
            checkpoint where it is, so that the work can go on after the next start.
    """

    def __init__(
        self, serve: Callable[[], None] = _nothing, tell_paused: Callable[[bool], None] = _untold
    ) -> None:
        """Makes the flags of a job.

        Args:
            serve: Answers the replies that wait meanwhile; called on the working thread.
            tell_paused: Told True when the job stands still and False when it goes on.
        """
        self.keep = True
        self.shutting_down = False
        self._serve = serve
        self._tell_paused = tell_paused
        self._stopped = threading.Event()
        self._paused = False
        self._changed = threading.Condition()

    def stop(self, *, keep: bool = True, shutting_down: bool = False) -> None:
        """Asks the job to end. The first stop decides what is kept, unless a later one discards."""
        with self._changed:
            self.keep = keep and (self.keep or not self._stopped.is_set())
            self.shutting_down = self.shutting_down or shutting_down
            self._stopped.set()
            self._changed.notify_all()

    def pause(self) -> None:
        """Asks the job to stand still at its next checkpoint."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        """Lets a paused job go on."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def should_stop(self) -> bool:
        """True once the job was asked to stop; cheap enough to ask for every token."""
        return self._stopped.is_set()

    def serve(self) -> None:
        """Answers the waiting replies and goes on, stopped or not."""
        self._serve()

    def checkpoint(self) -> None:
        """Gives way between two steps: serves waiting replies and stands still while paused.

        Raises:
            JobStopped: The job was asked to stop.
        """
        self._leave_if_stopped()
        self._serve()
        if self._paused:
            self._tell_paused(True)
            self._stand_still()
            self._tell_paused(False)
        self._leave_if_stopped()

    def _stand_still(self) -> None:
        while True:
            with self._changed:
                if not self._paused or self._stopped.is_set():
                    return
                self._changed.wait(_PAUSE_POLL_S)
            self._serve()

    def _leave_if_stopped(self) -> None:
        if self._stopped.is_set():
            raise JobStopped


class Jobs:
    """Every job that waits or runs, by name. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._controls: dict[str, JobControl] = {}

    def open(self, job: str, control: JobControl) -> JobControl:
        """Enters a job, so that it can be stopped while it still waits."""
        with self._lock:
            self._controls[job] = control
        return control

    def get(self, job: str) -> JobControl:
        """The flags of `job`; fresh ones when it is unknown."""
        with self._lock:
            return self._controls.get(job) or JobControl()

    def close(self, job: str) -> None:
        """Forgets a job that has ended."""
        with self._lock:
            self._controls.pop(job, None)

    def stop_all(self) -> None:
        """Stops everything because the engine shuts down."""
        with self._lock:
            controls = list(self._controls.values())
        for control in controls:
            control.stop(keep=False, shutting_down=True)
