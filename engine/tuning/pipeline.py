"""The learning loop's order: prepare, examine, train, examine, judge; again or keep."""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.contract import Emit, Learn, LearnStarted
from engine.control import JobControl, JobStopped
from engine.model.loaded import LoadedModel
from engine.tuning import checkpoint
from engine.tuning.attempt import Attempt, AttemptRunner
from engine.tuning.crew.leader import Crew
from engine.tuning.feedback import A_STEP
from engine.tuning.figures import Figures
from engine.tuning.lesson import (
    approved_examples,
    approved_feedback,
    drop_superseded,
    prepare,
)
from engine.tuning.progress import Progress
from engine.tuning.recipe import EFFORTS, Recipe, adjusted, first_recipe
from engine.tuning.registry import already_learned, keep, new_adapter_id, task_name
from engine.tuning.work_clock import WorkClock
from storage.records import ExamFigures, ExampleRecord, ExampleStatus, ReportCard, Verdict
from storage.settings import SettingValue
from storage.store import Store

_FEWEST_OPINIONS = 4
"""Without facts, fewer judged answers than these leave nothing to hold back for the exam."""
_ROUNDS = 4
"""Without facts, how often each judged answer comes."""


@dataclass(frozen=True, slots=True)
class LearningContext:
    """What a run needs: the model, the lane's store, the command, settings and the job's flags.

    With a ``crew``, other processes compute a part of each step; ``figures`` are written as well.
    """

    model: LoadedModel
    store: Store
    command: Learn
    settings: dict[str, SettingValue] = field(repr=False)
    control: JobControl
    emit: Emit
    crew: Crew | None = None
    figures: Figures | None = None


def run_learning(context: LearningContext) -> ReportCard:
    """Learns the approved examples and switches the new adapter on if the gate lets it.

    A stop that keeps ends the training early and examines what is there; after any other stop
    nothing has changed. A shutdown leaves a sealed checkpoint that the next run goes on from.

    Raises:
        JobStopped: The user stopped, before there was anything to keep or discarding it.
        EngineError: ``OUT_OF_MEMORY`` and the like; nothing has changed.
        StoreError: The disk is full, or the store failed; nothing has changed.
    """
    started = time.monotonic()
    drop_superseded(context.store)
    examples = approved_examples(context.store)
    seed = random.SystemRandom().randrange(2**31)
    feedback = approved_feedback(context.store)
    first = first_recipe(context.settings, len(examples), seed)
    if not examples:
        first = _style_alone(first, len(feedback), settings=context.settings)
    learned = (*examples, *feedback)
    task = task_name(context.model.record.id, learned, first)
    too_few = not examples and len(feedback) < _FEWEST_OPINIONS
    if too_few or already_learned(context.store, task):
        return _nothing(len(learned), started)
    return _Run(context, examples, feedback, first, task, started).to_the_end()


def _style_alone(
    recipe: Recipe, opinions: int, settings: Mapping[str, SettingValue] | None = None
) -> Recipe:
    """`recipe` for a run without facts: every step takes judged answers and replay alone.

    With `settings` that leave the number of steps open, as many as `opinions` need.
    """
    steps = recipe.steps
    if settings is not None and not settings["steps"]:
        most = EFFORTS[str(settings["preset"])].most_steps
        steps = min(max(steps, _ROUNDS * opinions // A_STEP), most)
    return replace(recipe, facts=0, never=0, told=0.0, steps=steps)


def _nothing(examples: int, started: float) -> ReportCard:
    return ReportCard(
        verdict=Verdict.NOTHING_TO_LEARN, adapter_id=None, seconds=time.monotonic() - started,
        tokens_trained=0, examples=examples, untuned=ExamFigures(), tuned=ExamFigures(),
    )  # fmt: skip


class _Run:
    """One run of the loop over facts (``examples``) and opinions of answers (``feedback``)."""

    def __init__(
        self,
        context: LearningContext,
        examples: tuple[ExampleRecord, ...],
        feedback: tuple[ExampleRecord, ...],
        first: Recipe,
        task: str,
        started: float,
    ) -> None:
        self._context = context
        self._facts = examples
        self._feedback = feedback
        self._examples = (*examples, *feedback)
        self._first = first
        self._task = task
        self._started = started
        self._clock = WorkClock()
        self._progress = Progress(context.command.job, context.emit, context.control, self._clock)
        minutes = context.command.max_minutes or float(context.settings["max_minutes"])
        self._deadline = self._clock() + 60 * minutes
        self._effort = EFFORTS[str(context.settings["preset"])]

    def to_the_end(self) -> ReportCard:
        """Runs every step of the loop."""
        self._announce()
        self._call_the_crew()
        left = checkpoint.find(self._context.store, self._task)
        recipe = left.recipe if left else self._first
        runner = self._prepare(recipe, recipe.seed - (left.attempt - 1 if left else 0))
        try:
            untuned = runner.examine_untuned()
            if self._context.figures is not None:
                self._context.figures.untuned(untuned)
            attempts = self._attempts(runner, recipe, untuned, left)
        except JobStopped:
            if not self._context.control.shutting_down:
                checkpoint.discard(self._context.store)
            raise
        finally:
            runner.close()
        return self._conclude(attempts, untuned)

    def _announce(self) -> None:
        recipe = tuple((key, value) for key, value in self._first.as_dict().items())
        self._context.emit(
            LearnStarted(
                job=self._context.command.job, examples=len(self._examples), recipe=recipe
            )
        )
        self._progress.phase("collect", 1.0)

    def _call_the_crew(self) -> None:
        """Has the other processes load the model meanwhile."""
        context = self._context
        if context.crew is not None:
            names = ("device", "threads", "context_length")
            options = {name: context.settings[name] for name in names}
            context.crew.load(context.model.record, options)

    def _prepare(self, recipe: Recipe, seed: int) -> AttemptRunner:
        """A resumed run takes the seed it began with, so that the exam stays unseen."""
        context = self._context
        lesson = prepare(
            context.model, context.store, self._facts, str(context.settings["instruction"]),
            phrasings_each=self._effort.phrasings,
            replay_share=self._effort.share_for(len(self._facts)), seed=seed,
            tick=lambda done: self._progress.phase("prepare", done), feedback=self._feedback,
        )  # fmt: skip
        return AttemptRunner(
            context.model, context.store, lesson, recipe, self._task, context.control,
            self._progress, context.crew, context.figures, self._clock,
        )  # fmt: skip

    def _attempts(
        self,
        runner: AttemptRunner,
        recipe: Recipe,
        untuned: ExamFigures,
        left: checkpoint.Checkpoint | None,
    ) -> list[Attempt]:
        """Tries until an attempt leaves no wish, or attempts or time are used up."""
        done: list[Attempt] = []
        number = left.attempt if left else 1
        while True:
            attempt = runner.run(number, recipe, untuned, self._deadline, left)
            weaker = runner.weaker(attempt, untuned, self._deadline)
            done += [attempt, *weaker]
            if self._context.figures is not None:
                for one in (attempt, *weaker):
                    self._context.figures.attempt(one.record)
            left = None
            reasons = done[-1].judgement.reasons
            if attempt.stopped or not reasons:
                return done
            recipe = adjusted(recipe, reasons)
            if not self._facts:
                recipe = _style_alone(recipe, len(self._feedback))
            number += 1
            if number > self._effort.attempts or not self._is_time_for(attempt, recipe):
                return done
            self._progress.again()

    def _is_time_for(self, last: Attempt, recipe: Recipe) -> bool:
        pace = last.record.seconds / max(last.record.steps, 1)
        return self._clock() + pace * recipe.steps * 1.1 < self._deadline

    def _conclude(self, attempts: list[Attempt], untuned: ExamFigures) -> ReportCard:
        """Keeps the best attempt that passed; without one, the best as rejected."""
        best = max(attempts, key=lambda a: (a.judgement.passed, a.judgement.score))
        with self._context.store.transaction():
            checkpoint.discard(self._context.store)
            if self._withdrawn():
                return self._report(attempts, best, untuned, "withdrawn")
            report = self._report(attempts, best, untuned)
            if best.adapter is not None:
                keep(
                    self._context.store, adapter=best.adapter, recipe=best.recipe,
                    model_id=self._context.model.record.id, task=self._task,
                    examples=self._examples, report=report, passed=best.judgement.passed,
                )  # fmt: skip
        return report if best.judgement.passed else replace(report, adapter_id=None)

    def _withdrawn(self) -> bool:
        """Whether the user forgot one of the examples while they were being learned."""
        approved = self._context.store.examples.list(status=ExampleStatus.APPROVED)
        still = {example.id for example in approved}
        return any(example.id not in still for example in self._examples)

    def _report(
        self, attempts: list[Attempt], best: Attempt, untuned: ExamFigures, refused: str = ""
    ) -> ReportCard:
        """The report card; `refused` is why nothing of the run is kept."""
        passed = best.judgement.passed and not refused
        kept = best.adapter is not None and not refused
        return ReportCard(
            verdict=Verdict.ACTIVATED if passed else Verdict.REJECTED,
            adapter_id=new_adapter_id() if kept else None,
            seconds=time.monotonic() - self._started,
            tokens_trained=sum(attempt.record.tokens_trained for attempt in attempts),
            examples=len(self._examples),
            untuned=untuned,
            tuned=best.record.figures or ExamFigures(),
            attempts=tuple(attempt.record for attempt in attempts),
            reasons=(*best.judgement.reasons, refused) if refused else best.judgement.reasons,
        )
