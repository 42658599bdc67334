"""Has the model read chats. On the model lane; waiting replies go first."""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from engine.contract import ChatsRead, Emit, Learn, LearnProgress, ReadChats, ReadingProgress
from engine.control import JobControl
from engine.library.models import chosen_model
from engine.model_keeper import ModelKeeper
from storage.settings import SettingValue
from storage.store import Store

if TYPE_CHECKING:
    from engine.model.loaded import LoadedModel

__all__ = ["ReadingJob", "read_before_learning"]

_READING_SHARE = 0.25
_COLLECTING = 0.01
"""What reading is of the whole run in the eyes of `LearnProgress`."""


class ReadingJob:
    """One `ReadChats`.

    Args:
        command: Its job.
        store: The profile: settings, messages, inbox.
        keeper: Has the model.
        control: Stop flag; lets waiting replies go first.
        emit: Receives the progress.
        loading: Told how far the model is loaded.
    """

    def __init__(
        self, command: ReadChats, *, store: Store, keeper: ModelKeeper,
        control: JobControl, emit: Emit, loading: Callable[[float], None],
    ) -> None:  # fmt: skip
        self._job = command.job
        self._store = store
        self._keeper = keeper
        self._control = control
        self._emit = emit
        self._loading = loading

    def run(self) -> ChatsRead:
        """The terminal event.

        Raises:
            JobStopped: The user stopped; what was found stays in the inbox.
            EngineError: The model cannot be loaded.
        """
        started = time.monotonic()
        messages, found = self._read() if self._is_wanted() else (0, 0)
        seconds = time.monotonic() - started
        return ChatsRead(job=self._job, messages=messages, found=found, seconds=seconds)

    def _is_wanted(self) -> bool:
        """Whether the settings want it and something waits; asks no model."""
        from engine.tuning.collect import collect
        from engine.tuning.reading.wanted import model_reads

        if not model_reads(self._store.settings.all(), chosen_model(self._store).parameters):
            return False
        collect(self._store)
        return bool(self._store.messages.for_reading())

    def _read(self) -> tuple[int, int]:
        from engine.tuning.reading.catching_up import catch_up

        model: LoadedModel = self._keeper.current(self._store, self._loading)
        return self._keeper.undisturbed(
            lambda: catch_up(model, self._store, self._control, self._tell)
        )

    def _tell(self, read: int, messages: int, found: int) -> None:
        self._emit(ReadingProgress(job=self._job, read=read, messages=messages, found=found))


def read_before_learning(
    model: "LoadedModel", store: Store, settings: Mapping[str, SettingValue], command: Learn,
    control: JobControl, emit: Emit,
) -> None:  # fmt: skip
    """Reads, where wanted, what waits: for a quarter of the learning's time at most.

    Raises:
        JobStopped: The user stopped the learning.
    """
    from engine.tuning.reading.catching_up import catch_up
    from engine.tuning.reading.wanted import model_reads

    if not model_reads(settings, model.record.parameters):
        return

    def tell(read: int, messages: int, _found: int) -> None:
        share = _COLLECTING * read / messages
        emit(
            LearnProgress(
                job=command.job, phase="collect", attempt=1, step=read, steps=messages,
                fraction=share,
            )
        )  # fmt: skip

    minutes = float(settings["max_minutes"]) if command.max_minutes is None else command.max_minutes
    deadline = time.monotonic() + 60.0 * minutes * _READING_SHARE
    catch_up(model, store, control, tell, deadline)
