"""A scripted engine: the whole contract in memory, for tests of the window and for a demo.

It needs no model, no key and no disk, and it forgets everything at shutdown. Behaviour is set by
`engine.fakery.script.FakeScript`.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never, cast

from engine.contract import (
    Acknowledged,
    ApplySkill,
    Command,
    CompareVersions,
    Done,
    Emit,
    EngineError,
    Event,
    Examine,
    Explain,
    Failed,
    FailureKind,
    Forget,
    ImportAdapter,
    JobPaused,
    Learn,
    LoadModel,
    ModelCommand,
    Pause,
    ReadChats,
    Reply,
    Resume,
    Stop,
    Stopped,
    TeachSkill,
)
from engine.control import JobControl, Jobs, JobStopped
from engine.fakery import comparing, learned, learning, reading, replies, skills
from engine.fakery.library import FakeLibrary
from engine.fakery.samples import fill
from engine.fakery.script import FAKE_RECOVERY_KEY, FakeScript
from engine.fakery.world import World
from engine.lanes import Lane

__all__ = ["FAKE_RECOVERY_KEY", "FakeEngine", "FakeScript"]

_Handle = Callable[[Command, JobControl], Done | Stopped | Failed | None]
_ON_MODEL_LANE = (
    LoadModel, Learn, Examine, Forget, Explain, ImportAdapter, TeachSkill, ApplySkill,
    CompareVersions, ReadChats,
)  # fmt: skip
_LONG = (Learn, Examine, Forget, TeachSkill, CompareVersions, ReadChats)
_SHUT = "Confidant is closing; start it again to go on."


class FakeEngine:
    """An `engine.contract.Engine` that makes everything up.

    Args:
        state: Starting state: new, locked, open, damaged, in_use or key_missing.
        script: Delays, answers and planned failures; its own ``state`` is replaced.

    Attributes:
        world: What the engine knows; hold ``world.lock`` while looking at it.
    """

    def __init__(self, state: str = "new", script: FakeScript | None = None) -> None:
        self._script = replace(script or FakeScript(), state=state)
        self.world = World()
        self.world.state = state
        self.world.passphrase = self._script.passphrase
        if state != "new" and self._script.samples:
            fill(self.world)
        self._library = FakeLibrary(self.world, self._script)
        self._jobs = Jobs()
        self._emit: Emit = lambda _event: None
        self._emitting = threading.Lock()
        self._places: dict[str, replies.Place] = {}
        self._lanes = (Lane("fake-library", self._work_library), Lane("fake-model", self._work))

    def start(self, emit: Emit) -> None:
        """Starts both lanes."""
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
        library, model = self._lanes
        lane = model if isinstance(command, _ON_MODEL_LANE) else library
        if not lane.put(command):
            self._end(Failed(job=command.job, kind=FailureKind.SHUTTING_DOWN, detail=_SHUT))

    def shutdown(self, timeout_s: float = 10.0) -> bool:
        """Stops all work; waiting jobs fail with ``shutting_down``."""
        deadline = time.monotonic() + timeout_s
        left = [command for lane in self._lanes for command in lane.close()]
        self._jobs.stop_all()
        for command in left:
            self._end(Failed(job=command.job, kind=FailureKind.SHUTTING_DOWN, detail=_SHUT))
        ended = [lane.join(max(0.0, deadline - time.monotonic())) for lane in self._lanes]
        return all(ended)

    def _control_of(self, command: Command) -> JobControl:
        if isinstance(command, _LONG):
            return JobControl(self._serve, self._teller(command.job))
        return JobControl()

    # -- on the lanes -----------------------------------------------------------------------------

    def _work(self, command: Command) -> None:
        self._finish(command, self._handle)

    def _work_library(self, command: Command) -> None:
        self._finish(command, self._accept if isinstance(command, Reply) else self._handle)

    def _finish(self, command: Command, handle: _Handle) -> None:
        control = self._jobs.get(command.job)
        try:
            ended = handle(command, control)
        except EngineError as error:
            ended = Failed(job=command.job, kind=error.kind, detail=error.detail)
        except JobStopped:
            ended = Stopped(job=command.job)
        if isinstance(ended, Stopped) and control.shutting_down and ended.message is None:
            ended = Failed(job=command.job, kind=FailureKind.SHUTTING_DOWN, detail=_SHUT)
        if ended is not None:
            self._end(ended)

    def _accept(self, command: Command, control: JobControl) -> None:
        """Writes a message down at once and hands it on to the model lane."""
        assert isinstance(command, Reply)
        self._require_open()
        if control.should_stop():
            raise JobStopped
        self._places[command.job] = replies.accept(self.world, command)
        if not self._lanes[1].put(command):
            raise EngineError(FailureKind.SHUTTING_DOWN, _SHUT)

    def _require_open(self) -> None:
        if self.world.state != "open":
            raise EngineError(FailureKind.LOCKED, "The profile is locked; unlock it first.")

    def _handle(self, command: Command, control: JobControl) -> Done | Stopped:
        self._refuse_planned(command)
        match command:
            case Stop() | Pause() | Resume():
                return Acknowledged(job=command.job)
            case (
                LoadModel() | Reply() | Learn() | Examine() | Forget() | Explain()
                | ImportAdapter() | TeachSkill() | ApplySkill() | CompareVersions() | ReadChats()
            ):  # fmt: skip
                return self._handle_model(command, control)
            case _:
                return self._library.handle(command)

    def _handle_model(
        self, command: ModelCommand, control: JobControl
    ) -> Done | Stopped:
        self._require_open()
        if control.should_stop():
            raise JobStopped
        match command:
            case LoadModel():
                return replies.load(self.world, self._script, command, self._tell)
            case Reply():
                place = self._places.pop(command.job)
                return replies.reply(
                    self.world, self._script, command, place, control, self._tell
                )
            case Learn():
                return learning.learn(self.world, self._script, command, control, self._tell)
            case Examine() | Forget() | Explain() | ImportAdapter():
                return learned.handle(self.world, self._script, command, control, self._tell)
            case CompareVersions():
                return comparing.compare(
                    self.world, self._script, command, control, self._tell
                )
            case ReadChats():
                return reading.read(self.world, self._script, command, control, self._tell)
            case TeachSkill() | ApplySkill():
                return skills.handle(self.world, self._script, command, control, self._tell)
            case _:
                assert_never(command)

    def _refuse_planned(self, command: Command) -> None:
        kind = self._script.faults.get(type(command).__name__)
        if kind is not None and not isinstance(command, Reply):
            raise EngineError(kind, "This step was scripted to fail; try something else.")

    def _serve(self) -> None:
        while (waiting := self._lanes[1].take(lambda c: isinstance(c, Reply))) is not None:
            self._work(waiting)

    def _teller(self, job: str) -> Callable[[bool], None]:
        return lambda paused: self._tell(JobPaused(job=job, paused=paused))

    def _tell(self, event: Event) -> None:
        with self._emitting:
            self._emit(event)

    def _end(self, event: Done | Stopped | Failed) -> None:
        self._jobs.close(event.job)
        self._tell(cast(Event, event))
