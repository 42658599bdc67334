"""The real engine: two lanes over one profile.

The library lane does everything that only reads or writes the store, so lists and search stay
live. The model lane loads, answers and tunes, one thing at a time; a tuning gives way to waiting
replies between two steps. Each lane has its own connection to the store. Stop, pause and resume
set their flags on the caller's thread and never queue.
"""

import threading
import time
from collections.abc import Callable
from typing import cast

from engine.contract import (
    Acknowledged,
    Command,
    Done,
    Emit,
    EngineError,
    Event,
    Failed,
    JobPaused,
    Learn,
    LoadModel,
    Pause,
    Reply,
    Resume,
    Stop,
    Stopped,
)
from engine.control import JobControl, Jobs, JobStopped
from engine.errors import closing, named
from engine.lanes import Lane
from engine.library.desk import LibraryDesk
from engine.model_desk import ModelDesk, ModelLoader
from engine.session import Session
from storage.keys import KeyFile
from storage.profile import ProfilePaths

__all__ = ["EngineHost"]

_Ended = Done | Stopped | Failed


class EngineHost:
    """An `engine.contract.Engine` over a profile folder.

    Args:
        paths: The profile's folder; nothing is written before a profile is made or unlocked.
        key_file: Replaces the key slots (tests use a cheap passphrase and a made-up keyring).
        load_model: Replaces the loader of `engine.model`.
    """

    def __init__(
        self,
        paths: ProfilePaths,
        *,
        key_file: KeyFile | None = None,
        load_model: ModelLoader | None = None,
    ) -> None:
        self._session = Session(paths, key_file)
        self._library = LibraryDesk(self._session)
        self._model = ModelDesk(self._session, self._tell, load_model)
        self._jobs = Jobs()
        self._emit: Emit = lambda _event: None
        self._emitting = threading.Lock()
        self._library_lane = Lane("library", self._work, self._library.close)
        self._model_lane = Lane("model", self._work, self._model.close)

    def start(self, emit: Emit) -> None:
        """Starts both lanes; torch is first imported on the model lane, when a model is needed."""
        self._emit = emit
        self._library_lane.start()
        self._model_lane.start()

    def submit(self, command: Command) -> None:
        """Queues a command; stop, pause and resume take effect before this returns."""
        match command:
            case Stop():
                self._jobs.get(command.target).stop(keep=command.keep)
            case Pause():
                self._jobs.get(command.target).pause()
            case Resume():
                self._jobs.get(command.target).resume()
            case _:
                self._jobs.open(command.job, self._control_of(command))
        if not self._lane_of(command).put(command):
            self._end(self._failed(command.job, closing()))

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Stops all work and closes the profile; waiting jobs fail with ``shutting_down``.

        A streaming answer is kept as stopped. A training leaves its checkpoint for the next start.
        """
        deadline = time.monotonic() + timeout_s
        lanes = (self._library_lane, self._model_lane)
        left = [command for lane in lanes for command in lane.close()]
        self._jobs.stop_all()
        for command in left:
            self._end(self._failed(command.job, closing()))
        ended = [lane.join(max(0.0, deadline - time.monotonic())) for lane in lanes]
        if all(ended):
            self._session.close()
        return all(ended)

    def _lane_of(self, command: Command) -> Lane:
        if isinstance(command, LoadModel | Reply | Learn):
            return self._model_lane
        return self._model_lane if self._model.owns(command) else self._library_lane

    def _control_of(self, command: Command) -> JobControl:
        """Only a training gives way to replies: it runs on their lane."""
        if isinstance(command, Learn):
            return JobControl(self._serve, self._teller(command.job))
        return JobControl()

    # -- on the lanes -----------------------------------------------------------------------------

    def _work(self, command: Command) -> None:
        """Handles one command and tells its one terminal event; never raises."""
        control = self._jobs.get(command.job)
        try:
            ended: _Ended = self._handle(command, control)
        except JobStopped:
            ended = Stopped(job=command.job)
        except Exception as error:
            ended = self._failed(command.job, named(error, command.job))
        if control.shutting_down and isinstance(ended, Stopped) and ended.message is None:
            ended = self._failed(command.job, closing())
        self._end(ended)

    def _handle(self, command: Command, control: JobControl) -> Done | Stopped:
        if control.should_stop():
            raise JobStopped
        match command:
            case Stop() | Pause() | Resume():
                return Acknowledged(job=command.job)
            case LoadModel() | Reply() | Learn():
                return self._model.handle(command, control)
            case _ if self._model.owns(command):
                return self._model.handle_temporary(command)
            case _:
                return self._library.handle(command, control)

    def _serve(self) -> None:
        """Answers what waits on the model lane while a training runs on it."""
        while (waiting := self._model_lane.take(_may_interrupt)) is not None:
            self._work(waiting)

    # -- telling ----------------------------------------------------------------------------------

    def _teller(self, job: str) -> Callable[[bool], None]:
        return lambda paused: self._tell(JobPaused(job=job, paused=paused))

    def _tell(self, event: Event) -> None:
        with self._emitting:
            self._emit(event)

    def _end(self, event: _Ended) -> None:
        self._jobs.close(event.job)
        self._tell(cast(Event, event))

    def _failed(self, job: str, error: EngineError) -> Failed:
        return Failed(job=job, kind=error.kind, detail=error.detail)


def _may_interrupt(command: Command) -> bool:
    """A training waits for everything on its lane but another training."""
    return not isinstance(command, Learn)
