"""The real engine: lanes over one profile, each with a connection of its own to the store.

The library lane does what only reads or writes the store, so lists and search stay live. It also
writes each message of the user down at once; then the message goes on to the model lane, which
loads, answers and tunes, one thing at a time. A tuning gives way to waiting replies between two
steps. The files lane has the long work on files: import, export, integrity. Stop, pause and
resume set their flags on the caller's thread and never queue.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from engine.contract import (
    Acknowledged,
    ApplySkill,
    Command,
    CompareVersions,
    Diagnose,
    Done,
    Emit,
    EngineError,
    Event,
    Examine,
    Explain,
    ExportAdapter,
    ExportChats,
    Failed,
    Forget,
    ImportAdapter,
    ImportChats,
    ImportModel,
    JobPaused,
    Learn,
    LoadModel,
    Pause,
    ReadChats,
    Reply,
    Resume,
    Stop,
    Stopped,
    TeachSkill,
)
from engine.control import JobControl, Jobs, JobStopped
from engine.errors import closing, named
from engine.lanes import Lane
from engine.library.desk import LibraryDesk
from engine.model_desk import ModelDesk, ModelLoader
from engine.model_keeper import import_ahead
from engine.session import Session
from storage.keys import KeyFile
from storage.profile import ProfilePaths

if TYPE_CHECKING:
    from engine.tuning.crew.leader import Crew

__all__ = ["EngineHost"]

_log = logging.getLogger(__name__)

_LONG = (Learn, Examine, Forget, TeachSkill, CompareVersions, ReadChats)
_Ended = Done | Stopped | Failed
_Handle = Callable[[Command, JobControl], _Ended | None]


class EngineHost:
    """An `engine.contract.Engine` over a profile folder.

    Args:
        paths: The profile's folder; nothing is written before a profile is made or unlocked.
        key_file: Replaces the key slots (tests use a cheap passphrase and a made-up keyring).
        load_model: Replaces the loader of `engine.model`.
        crew: Other processes that share the work of a learning.
        ahead: The model lane imports torch right away: a window will want an answer soon.
    """

    def __init__(
        self,
        paths: ProfilePaths,
        *,
        key_file: KeyFile | None = None,
        load_model: ModelLoader | None = None,
        crew: "Crew | None" = None,
        ahead: bool = False,
    ) -> None:
        self._ahead = ahead
        self._session = Session(paths, key_file)
        self._library = LibraryDesk(self._session)
        self._files = LibraryDesk(self._session)
        self._model = ModelDesk(self._session, self._tell, load_model, crew)
        self._jobs = Jobs()
        self._emit: Emit = lambda _event: None
        self._emitting = threading.Lock()
        self._library_lane = Lane("library", self._work_library, self._library.close)
        self._files_lane = Lane("files", self._work, self._files.close)
        self._model_lane = Lane("model", self._work, self._model.close, self._idle)
        self._lanes = (self._library_lane, self._files_lane, self._model_lane)

    def start(self, emit: Emit) -> None:
        """Starts the lanes; torch is first imported on the model lane, see `ahead`."""
        self._emit = emit
        for lane in self._lanes:
            lane.start()

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
        left = [command for lane in self._lanes for command in lane.close()]
        self._jobs.stop_all()
        for command in left:
            self._end(self._failed(command.job, closing()))
        ended = [lane.join(max(0.0, deadline - time.monotonic())) for lane in self._lanes]
        if all(ended):
            self._session.close()
        return all(ended)

    def _lane_of(self, command: Command) -> Lane:
        match command:
            case (
                LoadModel() | Learn() | Examine() | Forget() | Explain() | ImportAdapter()
                | TeachSkill() | ApplySkill() | CompareVersions() | ReadChats()
            ):  # fmt: skip
                return self._model_lane
            case Reply():
                temporary = self._model.is_temporary(command)
                return self._model_lane if temporary else self._library_lane
            case ImportChats() | ImportModel() | Diagnose():
                return self._files_lane
            case _ if self._model.owns(command):
                return self._model_lane
            case ExportChats() | ExportAdapter():
                return self._files_lane
            case _:
                return self._library_lane

    def _control_of(self, command: Command) -> JobControl:
        """What takes long on the lane of the replies gives way to them."""
        if isinstance(command, _LONG):
            return JobControl(self._serve, self._teller(command.job))
        return JobControl()

    # -- on the lanes -----------------------------------------------------------------------------

    def _work(self, command: Command) -> None:
        """Handles one command and tells its one terminal event; never raises."""
        self._finish(command, self._handle)

    def _work_library(self, command: Command) -> None:
        """As `_work`; a message is written down and then goes on to the model lane."""
        self._finish(command, self._accept if isinstance(command, Reply) else self._handle)

    def _finish(self, command: Command, handle: _Handle) -> None:
        control = self._jobs.get(command.job)
        try:
            ended: _Ended | None = handle(command, control)
        except JobStopped:
            ended = Stopped(job=command.job)
        except Exception as error:
            ended = self._failed(command.job, named(error, command.job))
        if control.shutting_down and isinstance(ended, Stopped) and ended.message is None:
            ended = self._failed(command.job, closing())
        if ended is not None:
            self._end(ended)

    def _accept(self, command: Command, control: JobControl) -> None:
        """Writes a message down and hands it on; the model lane will end the job."""
        if control.should_stop():
            raise JobStopped
        assert isinstance(command, Reply)
        with self._session.working():
            self._model.expect(command.job, self._library.accept(command))
        if not self._model_lane.put(command):
            raise closing()

    def _handle(self, command: Command, control: JobControl) -> Done | Stopped:
        if control.should_stop() and not isinstance(command, Reply):
            raise JobStopped
        with self._session.working():
            return self._handle_at_work(command, control)

    def _handle_at_work(self, command: Command, control: JobControl) -> Done | Stopped:
        match command:
            case Stop() | Pause() | Resume():
                return Acknowledged(job=command.job)
            case (
                LoadModel() | Reply() | Learn() | Examine() | Forget() | Explain()
                | ImportAdapter() | TeachSkill() | ApplySkill() | CompareVersions() | ReadChats()
            ):  # fmt: skip
                return self._model.handle(command, control)
            case _ if self._model.owns(command):
                return self._model.handle_temporary(command)
            case ImportChats() | ExportChats() | ExportAdapter() | ImportModel() | Diagnose():
                return self._files.handle(command, control)
            case _:
                return self._library.handle(command, control)

    def _idle(self) -> bool:
        """Lets the model lane prepare what is looked for later; a failure is tried again later."""
        try:
            if self._ahead:
                self._ahead = False
                import_ahead()
                return True
            with self._session.working():
                return self._model.idle()
        except Exception as error:
            _log.warning("idle work: %s", type(error).__name__)
            return False

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
    """What takes long waits for everything on its lane but other work on the same layers."""
    return not isinstance(command, (*_LONG, ApplySkill))
