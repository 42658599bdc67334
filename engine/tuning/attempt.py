"""One attempt of the loop: train by a recipe, examine, judge."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from engine.chat.turns import ChatTurn
from engine.control import JobControl, JobStopped
from engine.decode.adapter import AdapterWeights
from engine.model.loaded import LoadedModel
from engine.tuning import checkpoint
from engine.tuning.crew.leader import Crew
from engine.tuning.exam import Examiner
from engine.tuning.feedback import FeedbackBank
from engine.tuning.figures import Figures
from engine.tuning.gate import FAILED, Judgement, harmed, judge
from engine.tuning.lesson import Lesson
from engine.tuning.network.batch import TokenExample
from engine.tuning.network.network import Network, build_network, load_into
from engine.tuning.progress import Progress
from engine.tuning.recipe import Recipe
from engine.tuning.replay import (
    ReplayBank,
    ReplayExample,
    encode_answered,
    text_passages,
    with_odds,
)
from engine.tuning.trainer import Diverged, StepReport, Trainer
from storage.records import AttemptRecord, ExamFigures, Role
from storage.store import Store

_EXAM_RESERVE_S = 10.0
_WEAKER = (0.85, 0.7)
_AFTER_A_FACT = 3
"""One general question in so many is also replayed in a chat where a fact was asked for."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of an attempt; ``adapter`` is None when the training fell apart."""

    record: AttemptRecord
    recipe: Recipe
    judgement: Judgement
    adapter: AdapterWeights | None = field(repr=False)
    stopped: bool = False


class AttemptRunner:
    """Runs the attempts of one lesson over one model. Model lane only."""

    def __init__(
        self,
        model: LoadedModel,
        store: Store,
        lesson: Lesson,
        recipe: Recipe,
        task: str,
        control: JobControl,
        progress: Progress,
        crew: Crew | None = None,
        figures: Figures | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock = clock
        self._figures_file = figures
        self._model = model
        self._crew = crew
        self._store = store
        self._lesson = lesson
        self._task = task
        self._control = control
        self._progress = progress
        self._network = self._build(recipe)
        self._replay: list[ReplayExample] = []
        self._passages: list[ReplayExample] = []
        self._feedback: FeedbackBank | None = None
        self._exam_s = 0.0

    def close(self) -> None:
        """Leaves the model as it was: a network that wrapped it takes its adapter off."""
        self._model.decoder.use_adapter(None, 0.0)
        closing = getattr(self._network, "close", None)
        if closing is not None:
            closing()

    def examine_untuned(self) -> ExamFigures:
        """The untuned model's figures; its general answers are known from the replay."""
        self._replay = with_odds(self._network, self._replayed(), self._wait)
        self._passages = with_odds(self._network, text_passages(self._model), self._wait)
        if self._lesson.opinions:
            opinions = self._lesson.opinions
            self._feedback = FeedbackBank.prepared(self._network, opinions, self._wait)
        started = self._clock()
        figures = self._examiner().figures(
            None, lambda done: self._progress.phase("exam_before", done),
            known_general=self._lesson.known_general,
        )  # fmt: skip
        self._exam_s = self._clock() - started
        return figures

    def _replayed(self) -> list[TokenExample]:
        """Every general question alone, and some once more after the user asked for a fact.

        Without the latter the tuned model answers whatever comes next with that fact again.
        """
        lesson, instruction = self._lesson, self._lesson.paper.instruction
        found = [encode_answered(self._model, a, instruction) for a in lesson.replay]
        for place, answered in enumerate(lesson.replay[::_AFTER_A_FACT] if lesson.facts else ()):
            fact = lesson.facts[place % len(lesson.facts)].record
            before = (ChatTurn(Role.USER, fact.question), ChatTurn(Role.ASSISTANT, fact.answer))
            found.append(encode_answered(self._model, answered, instruction, before))
        return found

    def run(
        self,
        number: int,
        recipe: Recipe,
        untuned: ExamFigures,
        deadline: float,
        left: checkpoint.Checkpoint | None = None,
    ) -> Attempt:
        """Trains and examines once.

        Args:
            number: Of the attempt, from 1.
            recipe: How to train.
            untuned: The mark to beat.
            deadline: By the runner's clock, when the exam should be over.
            left: Where an interrupted run of the same attempt stood.

        Raises:
            JobStopped: The user stopped and keeps nothing, or the engine shuts down.
        """
        if number > 1 or left is None:
            self.close()
            self._network = self._build(recipe)
        trainer = self._restored(recipe, left)
        started = self._clock()
        stopped = False
        try:
            self._train(trainer, number, recipe, deadline)
        except Diverged:
            return self._fell_apart(number, recipe, trainer, self._clock() - started)
        except JobStopped:
            if not self._control.keep or self._control.shutting_down or trainer.state.step < 1:
                self._save_if_shutting_down(trainer, number, recipe)
                raise
            stopped = True
        seconds = self._clock() - started
        adapter = self._network.adapter()
        try:
            return self._examined(number, recipe, trainer, seconds, untuned, adapter, stopped)
        except JobStopped:
            self._save_if_shutting_down(trainer, number, recipe)
            raise

    def weaker(self, last: Attempt, untuned: ExamFigures, deadline: float) -> list[Attempt]:
        """The same training at less of its strength, while what it harmed is not mended.

        What was learned well outlives a weaker adapter; near ties of general answers, which any
        change may tip over, go back to what they were. Costs an exam each.
        """
        found: list[Attempt] = []
        for strength in _WEAKER:
            best = found[-1] if found else last
            if last.adapter is None or last.stopped or not harmed(best.judgement.reasons):
                return found
            if self._clock() + self._exam_s > deadline:
                return found
            recipe = replace(last.recipe, strength=strength)
            adapter = last.adapter.scaled(strength)
            load_into(self._network, adapter)
            figures = self._figures(adapter, self._progress.phase)
            judgement = judge(untuned, figures)
            record = replace(
                last.record, recipe=recipe.as_dict(), seconds=0.0,
                tokens_trained=0, passed=judgement.passed, reasons=judgement.reasons,
                figures=figures,
            )  # fmt: skip
            found.append(Attempt(record, recipe, judgement, adapter))
        return found

    def _wait(self) -> None:
        self._progress.phase("exam_before")

    # -- parts ------------------------------------------------------------------------------------

    def _build(self, recipe: Recipe) -> Network:
        if self._crew is not None:
            self._crew.build(recipe)
        return build_network(
            self._model, rank=recipe.rank, alpha=recipe.alpha, seed=recipe.seed,
            upper=recipe.upper,
        )  # fmt: skip

    def _restored(self, recipe: Recipe, left: checkpoint.Checkpoint | None) -> Trainer:
        """A trainer that goes on from `left`; one that cannot be gone on from is destroyed."""
        trainer = self._trainer(recipe)
        if left is None:
            return trainer
        try:
            trainer.restore(left.state)
        except checkpoint.BROKEN:
            checkpoint.discard(self._store)
            self.close()
            self._network = self._build(recipe)
            return self._trainer(recipe)
        return trainer

    def _trainer(self, recipe: Recipe) -> Trainer:
        bank = ReplayBank(self._replay, self._passages, recipe.seed)
        augmenter = self._lesson.augmenter(recipe.seed)
        hands = self._crew.hands(self._network) if self._crew is not None else None
        feedback = self._feedback.started(recipe.seed) if self._feedback else None
        return Trainer(self._network, self._model, augmenter, bank, recipe, hands, feedback)

    def _train(self, trainer: Trainer, number: int, recipe: Recipe, deadline: float) -> None:
        def told(report: StepReport) -> None:
            self._progress.step(report)
            if self._figures_file is not None:
                self._figures_file.step(number, report)

        trainer.run(
            self._control,
            told,
            lambda: self._save(trainer, number, recipe),
            deadline - self._exam_s - _EXAM_RESERVE_S,
            self._clock,
        )

    def _save(self, trainer: Trainer, number: int, recipe: Recipe) -> None:
        checkpoint.save(
            self._store, self._task, checkpoint.Checkpoint(number, recipe, trainer.snapshot())
        )

    def _save_if_shutting_down(self, trainer: Trainer, number: int, recipe: Recipe) -> None:
        if self._control.shutting_down and trainer.state.step:
            self._save(trainer, number, recipe)

    def _examiner(self) -> Examiner:
        return Examiner(self._model, self._network, self._lesson.paper)

    def _examined(
        self,
        number: int,
        recipe: Recipe,
        trainer: Trainer,
        seconds: float,
        untuned: ExamFigures,
        adapter: AdapterWeights,
        stopped: bool,
    ) -> Attempt:
        tell = self._progress.closing if stopped else self._progress.phase
        figures = self._figures(adapter, tell)
        judgement = judge(untuned, figures)
        record = self._record(number, recipe, trainer, seconds, judgement, figures)
        return Attempt(record, recipe, judgement, adapter, stopped)

    def _figures(
        self, adapter: AdapterWeights, tell: Callable[[str, float], None]
    ) -> ExamFigures:
        started = self._clock()
        figures = self._examiner().figures(adapter, lambda done: tell("exam_after", done))
        self._exam_s = self._clock() - started
        return figures

    def _fell_apart(
        self, number: int, recipe: Recipe, trainer: Trainer, seconds: float
    ) -> Attempt:
        record = self._record(number, recipe, trainer, seconds, FAILED, None)
        return Attempt(record, recipe, FAILED, None)

    @staticmethod
    def _record(
        number: int,
        recipe: Recipe,
        trainer: Trainer,
        seconds: float,
        judgement: Judgement,
        figures: ExamFigures | None,
    ) -> AttemptRecord:
        return AttemptRecord(
            number=number, recipe=recipe.as_dict(), steps=trainer.state.step,
            final_loss=trainer.state.smoothed, seconds=seconds,
            tokens_trained=trainer.state.tokens, passed=judgement.passed,
            reasons=judgement.reasons, figures=figures,
        )  # fmt: skip
