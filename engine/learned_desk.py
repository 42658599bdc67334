"""The model lane's desk for what was learned: exam, forgetting, explaining, adapter files."""

from collections.abc import Callable
from typing import TYPE_CHECKING, assert_never

from engine.contract import (
    AdapterImported,
    Done,
    Emit,
    Examine,
    Explain,
    Forget,
    ImportAdapter,
    Learn,
)
from engine.control import JobControl
from engine.explain_job import ExplainJob
from engine.model_keeper import ModelKeeper
from storage.records import AdapterRecord, ReportCard
from storage.store import Store

if TYPE_CHECKING:
    from engine.memory.finder import Finder
    from engine.model.loaded import LoadedModel

__all__ = ["LearnedCommand", "LearnedDesk"]

LearnedCommand = Examine | Forget | Explain | ImportAdapter


class LearnedDesk:
    """Handles these commands with what the model lane has.

    Args:
        keeper: Has the model.
        emit: Receives the events before the terminal one.
        loading: Makes the teller of a job's loading.
        learn: Runs the learning loop, as for `Learn`.
        finder: The lane's finder, made when it is first asked for.
    """

    def __init__(
        self,
        keeper: ModelKeeper,
        emit: Emit,
        loading: Callable[[str, JobControl], Callable[[float], None]],
        learn: Callable[[Store, Learn, JobControl], ReportCard],
        finder: "Callable[[], Finder]",
    ) -> None:
        self._keeper = keeper
        self._emit = emit
        self._loading = loading
        self._learn = learn
        self._finder = finder

    def handle(
        self, store: Store, chats: Store, command: LearnedCommand, control: JobControl
    ) -> Done:
        """The terminal event of `command`; `chats` is where its message lives."""
        match command:
            case Examine():
                return self._examine(store, command, control)
            case Forget():
                return self._forget(store, command, control)
            case Explain():
                job = ExplainJob(
                    command, store=store, chats=chats, keeper=self._keeper,
                    finder=self._finder(), control=control,
                    loading=self._loading(command.job, control),
                )  # fmt: skip
                return job.run()
            case ImportAdapter():
                model = self._model(store, command.job, control)
                from engine.tuning.adapter_folder import import_folder

                made = import_folder(store, model, command)
                return AdapterImported(job=command.job, adapter=made)
            case _:
                assert_never(command)

    def _examine(self, store: Store, command: Examine, control: JobControl) -> Done:
        model = self._model(store, command.job, control)
        from engine.tuning.examining import ExamContext, examine

        chosen = self._chosen(store, model, command)
        weights = None if chosen is None else self._keeper.weights(store, chosen.id)
        context = ExamContext(
            model=model, store=store, command=command, settings=store.settings.all(),
            adapter=chosen, weights=weights, control=control, emit=self._emit,
        )  # fmt: skip
        return self._keeper.undisturbed(lambda: examine(context))

    def _chosen(
        self, store: Store, model: "LoadedModel", command: Examine
    ) -> AdapterRecord | None:
        wanted = "active" if command.adapter_id is None else command.adapter_id
        return self._keeper.chosen_adapter(store, model, wanted)

    def _forget(self, store: Store, command: Forget, control: JobControl) -> Done:
        from engine.tuning.forgetting import ForgetContext, forget

        again = Learn(job=command.job)
        context = ForgetContext(
            store=store, command=command, instruction=str(store.settings.get("instruction")),
            control=control, emit=self._emit,
            model=lambda: self._model(store, command.job, control),
            learn=lambda: self._learn(store, again, control),
        )  # fmt: skip
        return forget(context)

    def _model(self, store: Store, job: str, control: JobControl) -> "LoadedModel":
        return self._keeper.current(store, self._loading(job, control))
