"""The model lane's desk for skills: teaching and applying."""

from collections.abc import Callable
from typing import assert_never

from engine.contract import ApplySkill, Done, Emit, SkillApplied, SkillTaught, TeachSkill
from engine.control import JobControl
from engine.model_keeper import ModelKeeper
from storage.store import Store

__all__ = ["SkillDesk"]


class SkillDesk:
    """Handles these commands with what the model lane has.

    Args:
        keeper: Has the model.
        emit: Receives the events before the terminal one.
        loading: Makes the teller of a job's loading.
    """

    def __init__(
        self,
        keeper: ModelKeeper,
        emit: Emit,
        loading: Callable[[str, JobControl], Callable[[float], None]],
    ) -> None:
        self._keeper = keeper
        self._emit = emit
        self._loading = loading

    def handle(self, store: Store, command: TeachSkill | ApplySkill, control: JobControl) -> Done:
        """The terminal event of `command`; files are read before the model is loaded."""
        match command:
            case TeachSkill():
                return self._teach(store, command, control)
            case ApplySkill():
                return self._apply(store, command, control)
            case _:
                assert_never(command)

    def _teach(self, store: Store, command: TeachSkill, control: JobControl) -> SkillTaught:
        from engine.skills.teach import read_lesson, teach

        lesson = read_lesson(command)
        model = self._keeper.current(store, self._loading(command.job, control))
        self._keeper.pinned = True
        try:
            report = teach(model, store, command, lesson, control, self._emit)
        finally:
            self._keeper.pinned = False
        return SkillTaught(job=command.job, report=report)

    def _apply(self, store: Store, command: ApplySkill, control: JobControl) -> SkillApplied:
        from engine.skills.apply import apply_skill, read_given

        given = read_given(command)
        record = store.skills.get(command.name)
        model = self._keeper.current(store, self._loading(command.job, control))
        answers = apply_skill(model, store, record, command, given, control, self._emit)
        return SkillApplied(job=command.job, answers=answers)
