"""Learning without widgets: consent, inbox, the run, its report card and the adapters."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from engine.contract import (
    ActivateAdapter,
    AdaptersListed,
    Command,
    DeleteAdapter,
    Event,
    ExampleReviewed,
    ExamplesListed,
    Failed,
    Forget,
    ImportAdapter,
    JobPaused,
    Learn,
    LearnDone,
    LearnProgress,
    LearnStarted,
    ListAdapters,
    ListExamples,
    Pause,
    Resume,
    ReviewExample,
    RollBackAdapter,
    Stop,
    Stopped,
)
from storage.records import AdapterRecord, ExampleRecord, ExampleStatus, ReportCard
from ui.engine_client import EngineClient
from ui.forms.page_presenter import PagePresenter
from ui.forms.setting_values import SettingValues
from ui.learning.run_state import RunState

__all__ = ["Block", "LearningPresenter"]


class Block(StrEnum):
    """Why learning cannot start now."""

    RUNNING = "running"
    CONSENT_OFF = "consent_off"
    NOTHING_FOUND = "nothing_found"
    NOTHING_APPROVED = "nothing_approved"


class LearningPresenter(PagePresenter):
    """State of the learning page; every act is one command of the contract.

    Signals:
        run_changed: the run went on; only its figures need drawing anew.
    """

    run_changed = Signal()

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(client, parent)
        self.settings = SettingValues(client, self)
        self.settings.changed.connect(self._settings_changed)
        self.examples: tuple[ExampleRecord, ...] = ()
        self.examples_known = False
        self.adapters: tuple[AdapterRecord, ...] = ()
        self.shown_status = ExampleStatus.PENDING
        self.run: RunState | None = None
        self.report: ReportCard | None = None
        self.discarded = False
        self.approving = 0
        self._fresh: dict[str, ExampleRecord] = {}
        client.event.connect(self._take_event)
        client.finished.connect(self._notice)

    # -- what the page shows ----------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """True while a question or an *Approve all* is unanswered."""
        return super().busy or self.approving > 0

    @property
    def consent(self) -> bool:
        """True when the user allows the app to learn at all."""
        return bool(self.settings["learning_consent"])

    def with_status(self, status: ExampleStatus) -> tuple[ExampleRecord, ...]:
        """The examples that the user decided on so, in list order."""
        return tuple(example for example in self.examples if example.status is status)

    def redacted(self) -> dict[str, int]:
        """How many pending examples hold each kind of redacted text."""
        counts: dict[str, int] = {}
        for example in self.with_status(ExampleStatus.PENDING):
            for kind in set(example.redactions):
                counts[kind] = counts.get(kind, 0) + 1
        return counts

    @property
    def block(self) -> Block | None:
        """Why Learn is not possible now; None when it is."""
        if self.run is not None:
            return Block.RUNNING
        if not self.consent:
            return Block.CONSENT_OFF
        if self.with_status(ExampleStatus.APPROVED):
            return None
        pending = self.with_status(ExampleStatus.PENDING)
        return Block.NOTHING_APPROVED if pending else Block.NOTHING_FOUND

    @property
    def active(self) -> AdapterRecord | None:
        """The adapter that is switched on."""
        return next((adapter for adapter in self.adapters if adapter.active), None)

    # -- what the user does -----------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads settings, inbox and adapters anew."""
        self.settings.load()
        self.list_examples()
        self.ask(ListAdapters(), self._take_adapters)

    def list_examples(self) -> None:
        """Reads the inbox anew."""
        self.ask(ListExamples(status=None), self._take_examples)

    def set_consent(self, on: bool) -> None:
        """Allows or forbids learning in the whole app."""
        self.settings.change("learning_consent", on)

    def show_status(self, status: ExampleStatus) -> None:
        """Turns the inbox to another pile."""
        self.shown_status = status
        self.changed.emit()

    @staticmethod
    def edit_problem(question: str, answer: str, value: str) -> str | None:
        """Code of what an edit lacks: ``empty``, ``value_missing``; None when it can be kept."""
        if not (question.strip() and answer.strip() and value.strip()):
            return "empty"
        return None if value.strip().casefold() in answer.casefold() else "value_missing"

    def review(
        self,
        example_id: str,
        status: ExampleStatus,
        texts: tuple[str, str, str] | None = None,
    ) -> None:
        """Decides on one example; `texts` is an edited (question, answer, value)."""
        question, answer, value = texts or (None, None, None)
        command = ReviewExample(
            example_id=example_id, status=status, question=question, answer=answer, value=value
        )
        self.ask(command, self._take_example)

    def approve_all(self) -> None:
        """Approves every example that awaits a decision; the page is drawn anew once, at the end.

        The first failure is kept; what was approved before and after it stays approved.
        """
        pending = self.with_status(ExampleStatus.PENDING)
        if self.approving or not pending:
            return
        self.approving, self.failure = len(pending), None
        for example in pending:
            command = ReviewExample(example_id=example.id, status=ExampleStatus.APPROVED)
            self.client.request(command, self._approved, self._not_approved, owner=self)
        self.changed.emit()

    def _approved(self, event: ExampleReviewed) -> None:
        self._fresh[event.example.id] = event.example
        self._count_down()

    def _not_approved(self, event: Failed) -> None:
        self.failure = self.failure or event
        self._count_down()

    def _count_down(self) -> None:
        self.approving -= 1
        if self.approving:
            return
        self.examples = tuple(self._fresh.get(old.id, old) for old in self.examples)
        self._fresh.clear()
        self.changed.emit()

    def learn(self) -> None:
        """Starts the loop, unless something stands in its way."""
        if self.block is not None:
            return
        self.failure, self.report, self.discarded = None, None, False
        command = Learn(preset=str(self.settings["preset"]))
        self.run = RunState(command.job, len(self.with_status(ExampleStatus.APPROVED)))
        self.client.submit(command)
        self.changed.emit()

    def pause_or_resume(self) -> None:
        """Stands the run still at its next step, or lets it go on."""
        if self.run is not None:
            target = self.run.job
            self.client.submit(Resume(target=target) if self.run.paused else Pause(target=target))

    def stop(self, *, keep: bool) -> None:
        """Ends the run early; what it learned is examined and kept, or thrown away."""
        if self.run is not None and not self.run.stopping:
            self.run.stopping = True
            self.client.submit(Stop(target=self.run.job, keep=keep))
            self.changed.emit()

    def activate(self, adapter_id: str | None) -> None:
        """Switches an adapter on, or all off."""
        self.ask(ActivateAdapter(adapter_id=adapter_id))

    def roll_back(self) -> None:
        """Goes back to what was on before."""
        self.ask(RollBackAdapter())

    def delete(self, adapter_id: str) -> None:
        """Destroys an adapter for ever."""
        self.ask(DeleteAdapter(adapter_id=adapter_id))

    def set_strength(self, strength: float) -> None:
        """Sets how strongly the adapter acts, 0 to 1.5."""
        self.settings.change("adapter_strength", strength)

    # -- answers of the engine --------------------------------------------------------------------

    def _take_examples(self, event: ExamplesListed) -> None:
        self.examples, self.examples_known = event.examples, True

    def _take_example(self, event: ExampleReviewed) -> None:
        new = event.example
        self.examples = tuple(new if old.id == new.id else old for old in self.examples)

    def _take_adapters(self, event: AdaptersListed) -> None:
        self.adapters = event.adapters

    def _settings_changed(self, key: str) -> None:
        self.changed.emit()
        if key == "learning_consent":
            self.list_examples()

    def _notice(self, command: Command, event: Event) -> None:
        """Follows the adapters, whoever changed them."""
        acts = (
            ActivateAdapter | RollBackAdapter | DeleteAdapter | Learn | Forget | ImportAdapter
        )
        if isinstance(event, AdaptersListed):
            self.adapters = event.adapters
            self.changed.emit()
        elif isinstance(command, acts) and not isinstance(event, Failed):
            self.ask(ListAdapters(), self._take_adapters)

    def _take_event(self, event: Event) -> None:
        """Follows the run that this page started."""
        if self.run is None or event.job != self.run.job:
            return
        match event:
            case LearnStarted():
                self.run.examples = event.examples
                self.run_changed.emit()
            case LearnProgress():
                self.run.take(event)
                self.run_changed.emit()
            case JobPaused():
                self.run.paused = event.paused
                self.run_changed.emit()
            case LearnDone() | Stopped() | Failed():
                self._end_run(event)

    def _end_run(self, event: LearnDone | Stopped | Failed) -> None:
        self.run = None
        match event:
            case LearnDone():
                self.report = event.report
            case Stopped():
                self.discarded = True
            case Failed():
                self.failure = event
        self.changed.emit()
