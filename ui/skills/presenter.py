"""Skills without widgets: the list, what is being taught, the last report, what was applied."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.contract import (
    ApplySkill,
    Command,
    DeleteSkill,
    Event,
    Failed,
    ListSkills,
    SkillAnswer,
    SkillApplied,
    SkillProgress,
    SkillsListed,
    SkillTaught,
    Stop,
    Stopped,
    TeachSkill,
)
from storage.skill_records import SkillRecord, SkillReport
from ui.engine_client import EngineClient
from ui.forms.page_presenter import PagePresenter

__all__ = ["SkillsPresenter", "TeachingState", "Wish"]


@dataclass
class Wish:
    """What the user filled in so far. ``target`` is 0 to 1, ``minutes`` the most to take."""

    name: str = ""
    train: Path | None = None
    test: Path | None = None
    target: float = 0.85
    minutes: float = 10.0


@dataclass
class TeachingState:
    """A teaching under way, as far as the engine has told."""

    job: str
    name: str
    phase: str = "prepare"
    attempt: int = 0
    step: int = 0
    steps: int = 0
    fraction: float = 0.0
    validation: float | None = None
    seconds_left: float | None = None
    stopping: bool = False

    def take(self, event: SkillProgress) -> None:
        """Takes a progress event. The fraction never runs backwards."""
        self.phase, self.attempt = event.phase, event.attempt
        self.step, self.steps = event.step, event.steps
        self.fraction = max(self.fraction, min(event.fraction, 1.0))
        self.validation = event.validation if event.validation is not None else self.validation
        self.seconds_left = event.seconds_left


class SkillsPresenter(PagePresenter):
    """State of the skills page; every act is one command of the contract.

    Signals:
        run_changed: the teaching went on; only its figures need drawing anew.
    """

    run_changed = Signal()

    def __init__(self, client: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(client, parent)
        self.skills: tuple[SkillRecord, ...] = ()
        self.known = False
        self.selected = ""
        self.wish = Wish()
        self.run: TeachingState | None = None
        self.unkept: SkillReport | None = None
        self.discarded = False
        self.answer: SkillAnswer | None = None
        self.applying = ""
        client.event.connect(self._take_event)
        client.finished.connect(self._notice)

    # -- what the page shows ----------------------------------------------------------------------

    def skill(self) -> SkillRecord | None:
        """The skill that is looked at."""
        return next((one for one in self.skills if one.name == self.selected), None)

    def missing(self) -> str:
        """What is still needed before teaching: running, name, train, test; empty for nothing."""
        wish = self.wish
        if self.run is not None:
            return "running"
        if not wish.name.strip():
            return "name"
        if wish.train is None:
            return "train"
        return "test" if wish.test is None else ""

    # -- acts -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the skills anew."""
        self.ask(ListSkills(), self._take_skills)

    def select(self, name: str) -> None:
        """Looks at another skill."""
        if name != self.selected:
            self.selected, self.answer = name, None
            self.changed.emit()

    def teach(self) -> None:
        """Starts teaching what was filled in."""
        wish = self.wish
        if self.missing() or wish.train is None or wish.test is None:
            return
        self.unkept, self.discarded = None, False
        command = TeachSkill(
            name=wish.name.strip(), train=str(wish.train), test=str(wish.test),
            target=wish.target, max_minutes=wish.minutes,
        )  # fmt: skip
        self.run = TeachingState(command.job, command.name)
        self.ask(command, self._taught, self._teach_failed)

    def stop(self, *, keep: bool) -> None:
        """Stops the teaching, keeping what is there or nothing."""
        if self.run is not None:
            self.run.stopping = True
            self.client.submit(Stop(target=self.run.job, keep=keep))
            self.run_changed.emit()

    def apply(self, text: str) -> None:
        """Applies the skill that is looked at to a text."""
        if self.selected and text.strip() and not self.applying:
            self.answer, self.applying = None, self.selected
            self.ask(ApplySkill(name=self.selected, text=text), self._applied, self._apply_failed)

    def delete(self, name: str) -> None:
        """Destroys a skill."""
        self.ask(DeleteSkill(name=name), lambda _event: self.refresh())

    def close_notice(self) -> None:
        """Forgets how the last teaching that kept nothing ended."""
        self.unkept, self.discarded = None, False
        self.changed.emit()

    # -- answers ----------------------------------------------------------------------------------

    def _take_skills(self, event: SkillsListed) -> None:
        self.skills, self.known = event.skills, True
        if self.skill() is None:
            self.selected = self.skills[0].name if self.skills else ""
            self.answer = None

    def _taught(self, event: SkillTaught) -> None:
        self.run = None
        if event.report.kept:
            self.wish = Wish(target=self.wish.target, minutes=self.wish.minutes)
            self.selected = event.report.name
        else:
            self.unkept = event.report
        self.refresh()

    def _teach_failed(self, event: Failed) -> None:
        self.run, self.failure = None, event

    def _applied(self, event: SkillApplied) -> None:
        if self.applying == self.selected:
            self.answer = event.answers[0]
        self.applying = ""

    def _apply_failed(self, event: Failed) -> None:
        self.applying, self.failure = "", event

    def _take_event(self, event: Event) -> None:
        run = self.run
        if run is not None and isinstance(event, SkillProgress) and event.job == run.job:
            run.take(event)
            self.run_changed.emit()

    def _notice(self, command: Command, event: Event) -> None:
        """A stop that left nothing calls no callback of its own."""
        if isinstance(event, Stopped) and isinstance(command, TeachSkill | ApplySkill):
            self._pending -= 1
            if isinstance(command, TeachSkill):
                self.run, self.discarded = None, True
            else:
                self.applying = ""
            self.changed.emit()
