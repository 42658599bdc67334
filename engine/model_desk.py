"""The model lane's desk: loading, answering, learning, and the temporary chats."""

from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from engine.collecting import collect_later, spare_what_stays
from engine.compare_job import CompareJob
from engine.contract import (
    ApplySkill,
    Command,
    CompareVersions,
    DeleteConversation,
    Done,
    Emit,
    EngineError,
    Event,
    Examine,
    Explain,
    FailureKind,
    Forget,
    ImportAdapter,
    Learn,
    LearnDone,
    LoadModel,
    ModelCommand,
    ModelLoaded,
    ModelLoading,
    OpenConversation,
    RateMessage,
    ReadChats,
    RenameConversation,
    Reply,
    ReplyDone,
    ReplyStarted,
    ReviewExample,
    RewriteAnswer,
    SelectBranch,
    SetConversationMemory,
    Stopped,
    TeachSkill,
)
from engine.control import JobControl, JobStopped
from engine.learned_desk import LearnedDesk
from engine.library import chats
from engine.library.inbox import review
from engine.model_keeper import ModelKeeper, ModelLoader
from engine.question import Place, checked_settings, store_question
from engine.reading_job import ReadingJob, read_before_learning
from engine.reply_job import ReplyJob
from engine.session import Session
from engine.skill_desk import SkillDesk
from storage.records import ExampleStatus, ReportCard
from storage.settings import SettingValue, check
from storage.store import Store

if TYPE_CHECKING:
    from engine.memory.finder import Finder
    from engine.tuning.crew.leader import Crew
    from engine.tuning.figures import Figures

__all__ = ["ModelDesk", "ModelLoader"]

_IDLE_S = 0.2
_LEARNING_OFF = "Learning is off; allow it on the Learning page first."
_NOT_TEMPORARY = "A temporary chat is never stored or learned from; start another chat for that."


class ModelDesk:
    """Handles model commands with the lane's own store, on the model lane where nothing is said."""

    def __init__(
        self,
        session: Session,
        emit: Emit,
        load_model: ModelLoader | None = None,
        crew: "Crew | None" = None,
    ) -> None:
        self._crew = crew
        self._session = session
        self._emit = emit
        self._keeper = ModelKeeper(session, load_model)
        self._store: Store | None = None
        self._chats: Store | None = None
        self._temporary: set[str] = set()
        self._places: dict[str, Place] = {}
        self._finder: Finder | None = None
        self._learned = LearnedDesk(
            self._keeper, emit, self._progress, self._learn, self._the_finder
        )
        self._skills = SkillDesk(self._keeper, emit, self._progress)

    def owns(self, command: Command) -> bool:
        """Whether `command` is about a temporary conversation or a message in one. Any thread."""
        names = (getattr(command, "conversation_id", None), getattr(command, "message_id", None))
        return any(name in self._temporary for name in names)

    def is_temporary(self, command: Reply) -> bool:
        """Whether `command` belongs to a conversation that is never written. Any thread."""
        if command.conversation_id is None:
            return command.temporary
        return command.conversation_id in self._temporary

    def expect(self, job: str, place: Place) -> None:
        """Takes note of where the question of `job` was stored. Library lane."""
        self._places[job] = place

    def handle(self, command: ModelCommand, control: JobControl) -> Done | Stopped:
        """The terminal event of `command`; raises whatever failed."""
        store = self._open_store()
        match command:
            case LoadModel():
                model = self._keeper.current(store, self._progress(command.job, control))
                return ModelLoaded(job=command.job, info=model.info)
            case Reply():
                return self._reply(store, command, control)
            case Learn():
                return LearnDone(job=command.job, report=self._learn(store, command, control))
            case Examine() | Forget() | Explain() | ImportAdapter():
                chats_store = self._temporary_chats() if self.owns(command) else store
                return self._learned.handle(store, chats_store, command, control)
            case CompareVersions():
                compare = CompareJob(
                    command, store=store, keeper=self._keeper, control=control,
                    emit=self._emit, loading=self._progress(command.job, control),
                )  # fmt: skip
                return compare.run()
            case ReadChats():
                reading = ReadingJob(
                    command, store=store, keeper=self._keeper, control=control,
                    emit=self._emit, loading=self._progress(command.job, control),
                )  # fmt: skip
                return reading.run()
            case TeachSkill() | ApplySkill():
                return self._skills.handle(store, command, control)
            case _:
                assert_never(command)

    def handle_temporary(self, command: Command) -> Done:
        """A library command on a temporary conversation."""
        match command:
            case (
                OpenConversation() | SelectBranch() | RenameConversation() | RateMessage()
                | RewriteAnswer() | SetConversationMemory()
            ):  # fmt: skip
                return chats.handle(self._temporary_chats(), command)
            case DeleteConversation():
                forever = replace(command, forever=True)
                gone = chats.handle(self._temporary_chats(), forever)
                self._temporary.discard(command.conversation_id)
                return gone
            case _:
                raise EngineError(FailureKind.BAD_INPUT, _NOT_TEMPORARY)

    def idle(self) -> bool:
        """Does a little of what can wait, once something was answered; True while there is more."""
        if self._finder is None or not self._session.is_open:
            return False
        store = self._open_store()
        past = bool(store.settings.get("memory")) and bool(store.settings.get("past_chats"))
        return not self._finder.catch_up(store, _IDLE_S, turns=past)

    def close(self) -> None:
        """Closes both stores and lets the model go."""
        for store in (self._store, self._chats):
            if store is not None:
                store.close()
        self._store, self._chats = None, None
        self._keeper.drop()

    # -- replies ----------------------------------------------------------------------------------

    def _reply(self, store: Store, command: Reply, control: JobControl) -> ReplyDone | Stopped:
        temporary = self.is_temporary(command)
        chats_store = self._temporary_chats() if temporary else store
        place = self._places.pop(command.job, None)
        if place is None:
            checked_settings(store, command.options)
            place = store_question(chats_store, command)
        job = ReplyJob(
            command,
            place,
            store=store,
            chats=chats_store,
            keeper=self._keeper,
            finder=self._the_finder(),
            control=control,
            emit=self._note_temporary if temporary else self._emit,
        )
        return job.run()

    def _note_temporary(self, event: Event) -> None:
        """Remembers whose conversation and messages are temporary, then tells the event."""
        if isinstance(event, ReplyStarted):
            question = {event.question.id} if event.question else set()
            self._temporary |= {event.conversation.id, event.answer_id} | question
        self._emit(event)

    # -- learning ---------------------------------------------------------------------------------

    def _learn(self, store: Store, command: Learn, control: JobControl) -> ReportCard:
        """Collects, then lets the pipeline train, examine and switch a good adapter on."""
        settings = _learning_settings(store, command)
        if not settings["learning_consent"]:
            raise EngineError(FailureKind.BAD_INPUT, _LEARNING_OFF)
        with collect_later():
            from engine.tuning.collect import collect
            from engine.tuning.pipeline import LearningContext, run_learning

            spare_what_stays()
        figures = self._figures(command, settings)
        model = self._keeper.current(store, self._progress(command.job, control))
        collect(store)
        self._keeper.undisturbed(
            lambda: read_before_learning(model, store, settings, command, control, self._emit)
        )
        if command.approve_all:
            _approve_all(store)
        context = LearningContext(
            model=model, store=store, command=command, settings=settings,
            control=control, emit=self._emit, crew=self._crew, figures=figures,
        )  # fmt: skip
        with closing(figures) if figures else nullcontext():
            return self._keeper.undisturbed(lambda: run_learning(context))

    def _figures(
        self, command: Learn, settings: dict[str, SettingValue]
    ) -> "Figures | None":
        """Where the command or the setting wants training figures to be written, if anywhere."""
        from engine.tuning.figures import Figures

        if command.figures_to is not None:
            return Figures(Path(command.figures_to))
        return Figures(self._session.paths.figures) if settings["training_figures"] else None

    # -- parts ------------------------------------------------------------------------------------

    def _the_finder(self) -> "Finder":
        if self._finder is None:
            from engine.memory.finder import Finder

            self._finder = Finder()
        return self._finder

    def _progress(self, job: str, control: JobControl) -> Callable[[float], None]:
        def told(fraction: float) -> None:
            if control.should_stop():
                raise JobStopped
            self._emit(ModelLoading(job=job, fraction=fraction))

        return told

    def _open_store(self) -> Store:
        if self._store is None or self._store.closed:
            self._store = self._session.new_store()
        return self._store

    def _temporary_chats(self) -> Store:
        if self._chats is None:
            self._chats = Store.temporary()
        return self._chats


def _learning_settings(store: Store, command: Learn) -> dict[str, SettingValue]:
    """The settings with the command's own choices, each checked."""
    settings = store.settings.all()
    chosen = dict(command.overrides)
    if command.preset is not None:
        chosen["preset"] = command.preset
    return settings | {key: check(key, value) for key, value in chosen.items()}


def _approve_all(store: Store) -> None:
    """Oldest first, all or none: each transaction of its own would rewrite what it corrects."""
    with store.transaction():
        for example in reversed(store.examples.list(status=ExampleStatus.PENDING)):
            review(store, ReviewExample(example_id=example.id, status=ExampleStatus.APPROVED))
