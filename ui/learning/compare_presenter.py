"""Blind comparison without widgets: two versions answer, the user chooses, then it is revealed.

Which version is A is drawn anew for every question and told to nobody before the last choice.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QObject

from engine.contract import (
    ActivateAdapter,
    ComparedAnswers,
    CompareVersions,
    ComparisonsListed,
    Event,
    Failed,
    KeepComparison,
    ListComparisons,
    Stop,
    Stopped,
)
from storage.records import ComparisonRecord
from ui.engine_client import EngineClient
from ui.forms.page_presenter import PagePresenter

__all__ = ["Choice", "ComparePresenter", "Pair", "Side", "Tally"]

QUESTIONS = 5


class Choice(StrEnum):
    """What the user may say of two answers."""

    A = "a"
    B = "b"
    SAME = "same"


class Side(StrEnum):
    """Which version was preferred."""

    FIRST = "first"
    SECOND = "second"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers to a question; ``turned``: the second version's stands at A."""

    question: str = field(repr=False)
    first: str = field(repr=False)
    second: str = field(repr=False)
    turned: bool

    @property
    def shown(self) -> tuple[str, str]:
        """The answers A and B."""
        return (self.second, self.first) if self.turned else (self.first, self.second)

    def side(self, choice: Choice) -> Side:
        """The version behind a choice."""
        if choice is Choice.SAME:
            return Side.SAME
        return Side.SECOND if (choice is Choice.A) == self.turned else Side.FIRST


@dataclass(frozen=True, slots=True)
class Tally:
    """The end of a comparison: counts, and (question, preferred side) in order.

    ``alike`` of those that count as the same were so word for word and never shown.
    """

    first: int
    second: int
    same: int
    alike: int
    chosen: tuple[tuple[str, Side], ...] = field(repr=False)

    @property
    def preferred(self) -> Side:
        """The version with more choices; SAME where they are level."""
        if self.first == self.second:
            return Side.SAME
        return Side.FIRST if self.first > self.second else Side.SECOND


def _toss() -> bool:
    return random.SystemRandom().random() < 0.5


class ComparePresenter(PagePresenter):
    """One comparison at a time.

    Attributes:
        versions: the two that are compared, adapter ids, None for the untuned model.
        count: how many questions there are; 0 before the first answers.
        tally: the revealed result, None before the last choice.
        kept: earlier comparisons, newest first.
    """

    def __init__(
        self, client: EngineClient, parent: QObject | None = None,
        toss: Callable[[], bool] = _toss,
    ) -> None:  # fmt: skip
        super().__init__(client, parent)
        self._toss = toss
        self._job = ""
        self._pairs: list[Pair] = []
        self._chosen: list[Side] = []
        self.versions: tuple[str | None, str | None] = (None, None)
        self.count = 0
        self.tally: Tally | None = None
        self.kept: tuple[ComparisonRecord, ...] = ()
        client.event.connect(self._take_event)

    @property
    def running(self) -> bool:
        """Whether a comparison is under way."""
        return bool(self._job) and self.tally is None

    @property
    def current(self) -> Pair | None:
        """What the user is to choose from now; None while it is being answered."""
        at = len(self._chosen)
        return self._pairs[at] if self.running and at < len(self._pairs) else None

    @property
    def number(self) -> int:
        """The number of the question that is on the screen or comes next, from 1."""
        return len(self._chosen) + 1

    def refresh(self) -> None:
        """Reads earlier comparisons."""
        self.ask(ListComparisons(), self._take_list)

    def start(self, first: str | None, second: str | None, question: str = "") -> None:
        """Has both versions answer `question`, or some that are drawn when it is empty."""
        if self.running:
            return
        self._pairs, self._chosen, self.tally, self.count = [], [], None, 0
        self.versions, self.failure = (first, second), None
        asked = (question.strip(),) if question.strip() else ()
        command = CompareVersions(
            first=first or "off", second=second or "off", questions=asked, count=QUESTIONS
        )
        self._job = command.job
        self.client.submit(command)
        self.changed.emit()

    def stop(self) -> None:
        """Ends it; nothing is kept."""
        if self.running:
            self.client.submit(Stop(target=self._job))
            self._leave()

    def choose(self, choice: Choice) -> None:
        """Takes the user's word on the shown pair."""
        pair = self.current
        if pair is not None:
            self._chosen.append(pair.side(choice))
            self._go_on()

    def close(self) -> None:
        """Puts the result away."""
        self.tally = None
        self._leave()

    def preferred_version(self) -> str | None:
        """The version that won; only to be asked for when one did."""
        won_first = self.tally is not None and self.tally.preferred is Side.FIRST
        return self.versions[0 if won_first else 1]

    def switch(self) -> None:
        """Switches the preferred version on (untuned: all off)."""
        self.ask(ActivateAdapter(adapter_id=self.preferred_version()))

    def _leave(self) -> None:
        self._job = ""
        self.changed.emit()

    def _go_on(self) -> None:
        """Passes over answers that are the same word for word; reveals after the last."""
        while (pair := self.current) is not None and pair.first == pair.second:
            self._chosen.append(Side.SAME)
        if self.count and len(self._chosen) == self.count:
            self._reveal()
        self.changed.emit()

    def _reveal(self) -> None:
        counts = {side: self._chosen.count(side) for side in Side}
        self.tally = Tally(
            counts[Side.FIRST], counts[Side.SECOND], counts[Side.SAME],
            sum(pair.first == pair.second for pair in self._pairs),
            tuple(zip((pair.question for pair in self._pairs), self._chosen, strict=True)),
        )  # fmt: skip
        keep = KeepComparison(
            first_id=self.versions[0], second_id=self.versions[1],
            first_better=self.tally.first, second_better=self.tally.second, same=self.tally.same,
        )  # fmt: skip
        self.ask(keep, self._take_list)

    def _take_list(self, event: ComparisonsListed) -> None:
        self.kept = event.comparisons

    def _take_event(self, event: Event) -> None:
        if not self._job or event.job != self._job:
            return
        match event:
            case ComparedAnswers():
                self.count = event.count
                turned = self._toss()
                self._pairs.append(Pair(event.question, event.first, event.second, turned))
                self._go_on()
            case Failed():
                self.failure = event
                self._leave()
            case Stopped():
                self._leave()
