"""Teaches a classifier: probe, train, validate, adjust, until the target or the budget.

Each attempt holds back another fifth of the training rows and reads framed texts in another way,
and the beliefs of all good attempts are averaged: together they have learned from every row, they
err at different texts, and each is judged on rows that it never saw. The test rows are looked at
once, when all is decided.
"""

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import torch

from engine.control import JobStopped
from engine.skills.beliefs import beliefs_of
from engine.skills.context import Progress, TeachContext
from engine.skills.dataset import FOLDS, Dataset, split
from engine.skills.encoder import Encoder, Span, build_encoder
from engine.skills.framing import Framer, question_of
from engine.skills.head import fit_head
from engine.skills.material import Material
from engine.skills.metrics import class_figures
from engine.skills.probe import Reading
from engine.skills.recipe import Recipe, adjusted, first_recipe, reading_turns
from engine.skills.rows import LabelledRow
from engine.skills.skill import Member, Skill
from engine.skills.taught import Taught
from engine.skills.trainer import Diverged, MemberTrainer, scores_of
from engine.skills.untuned import METHOD, untuned_answers
from engine.tuning.network.network import build_network
from storage.skill_records import SkillAttempt, SkillFigures

MOST_ATTEMPTS = 6
_RESERVE_S = 3.0
_NEAR_BEST = 0.02
_DECAY = 0.6
"""Of the first head, shared between the labels: many labels have few rows each."""

_UNTUNED_SHARE, _PROBE_SHARE = 0.15, 0.1


@dataclass(slots=True)
class Attempt:
    """One attempt; ``member`` is None when it fell apart."""

    record: SkillAttempt
    accuracy: float
    member: Member | None = field(repr=False)


class ClassTeacher:
    """Teaches one classifier over one model. Model lane only; call `close` at the end."""

    def __init__(self, context: TeachContext, data: Dataset, target: float) -> None:
        self._context = context
        self._data = data
        self._target = target
        self._seed = context.command.seed
        self._progress = Progress(context, MOST_ATTEMPTS)
        self._encoder: Encoder = build_encoder(context.model)
        self._places = {label: place for place, label in enumerate(data.labels)}
        self._framer = Framer(context.model, question_of(self._words()))
        rows = list(data.train)
        random.Random(self._seed).shuffle(rows)  # noqa: S311  nothing secret hangs on it
        self._material = Material(self._encoder, self._framer, rows)
        self._rows = {id(row): place for place, row in enumerate(self._material.rows)}
        self._classes = self._indices(self._material.rows)

    def close(self) -> None:
        """Leaves the model as it was."""
        self._encoder.close()

    def _words(self) -> list[str]:
        """What each label is called in a question."""
        said = dict(self._context.command.label_words)
        return [said.get(label, label.replace("_", " ")) for label in self._data.labels]

    def teach(self) -> Taught:
        """Runs the loop.

        Raises:
            JobStopped: The user stopped before there was anything to keep, or discards it.
        """
        untuned = self._untuned()
        readings = self._probe()
        attempts, stopped = self._attempts(readings)
        kept = self._chosen(attempts)
        validation = sum(one.accuracy for one in kept) / max(len(kept), 1)
        for one in kept:
            one.record = replace(one.record, kept=True)
        members = tuple(one.member for one in kept if one.member is not None)
        question = question_of(self._words())
        skill = Skill(self._data.labels, members, question) if members else None
        tuned = self._examined(skill) if skill else untuned
        records = tuple(one.record for one in attempts)
        unused = len(self._data.train) - len(self._material.rows)
        return Taught(skill, tuned, untuned, METHOD, validation, records, stopped, unused)

    # -- before training --------------------------------------------------------------------------

    def _untuned(self) -> SkillFigures:
        """The untuned model on the test rows, or on as many of them as are affordable."""
        context, data = self._context, self._data
        rows = list(data.test)
        random.Random(self._seed).shuffle(rows)  # noqa: S311  nothing secret hangs on it
        until = context.began + _UNTUNED_SHARE * (context.deadline - context.began)
        network = build_network(context.model, rank=1, alpha=1.0, seed=0)
        try:
            answers = untuned_answers(
                context.model, network, [row.text for row in rows],
                self._words(), until, self._progress.ticker("untuned"),
            )  # fmt: skip
        finally:
            closing = getattr(network, "close", None)
            if closing is not None:
                closing()
        truth = [self._places[str(row.answer)] for row in rows[: len(answers)]]
        return class_figures(data.labels, truth, answers)

    def _probe(self) -> list[Reading]:
        """Every way to read the rows, the one that tells most first."""
        context = self._context
        until = time.monotonic() + _PROBE_SHARE * (context.deadline - context.began)
        return self._material.readings(
            self._classes, len(self._data.labels), until, self._progress.ticker("prepare")
        )

    # -- attempts ---------------------------------------------------------------------------------

    def _attempts(self, readings: Sequence[Reading]) -> tuple[list[Attempt], bool]:
        done: list[Attempt] = []
        turns, layers = reading_turns(readings), self._encoder.layers
        frozen = {(one.frame, one.depth, one.pool): one.accuracy for one in readings}
        recipe, note = first_recipe(turns[0], layers, len(self._material.rows)), "first"
        while True:
            try:
                attempt = self._attempt(len(done) + 1, recipe, note)
            except JobStopped:
                control = self._context.control
                if not done or not control.keep or control.shutting_down:
                    raise
                self._progress.closing = True
                return done, True
            done.append(attempt)
            if self._is_enough(done):
                return done, False
            start = frozen[recipe.frame, recipe.depth, recipe.pool]
            turn = turns[len(done) % len(turns)]
            recipe, note = adjusted(recipe, start, attempt.record, turn, layers)

    def _attempt(self, number: int, recipe: Recipe, note: str) -> Attempt:
        """Trains and validates once."""
        began, progress = time.monotonic(), self._progress
        progress.attempt = number
        train, validation = split(self._material.rows, number - 1, self._seed)
        span = Span(first=recipe.depth - recipe.layers, last=recipe.depth)
        trainer = self._trainer(recipe, span, [self._rows[id(row)] for row in train], number)
        accuracy, member = 0.0, None
        try:
            trainer.run(
                self._context.control,
                lambda told: progress.tell("train", told.step / told.steps, step=told.step,
                                           steps=told.steps, loss=told.loss),
                self._train_until(number),
            )  # fmt: skip
            member = Member(recipe.frame, span, self._encoder.adapter(), trainer.head.copy())
            accuracy = self._validated(validation, member)
        except Diverged:
            note = "diverged"
        progress.best = max(progress.best or 0.0, accuracy)
        record = SkillAttempt(
            number=number, recipe=recipe.as_dict() | {"last_loss": round(trainer.loss, 4)},
            steps=trainer.step, seconds=time.monotonic() - began, validation=accuracy, note=note,
        )  # fmt: skip
        return Attempt(record, accuracy, member)

    def _trainer(self, recipe: Recipe, span: Span, rows: list[int], number: int) -> MemberTrainer:
        """A fresh adapter and a head fitted to the frozen vectors of `rows`."""
        seed = self._seed + number
        self._encoder.start(span, rank=recipe.rank, alpha=2.0 * recipe.rank, seed=seed)
        states = self._material.states(recipe.frame, span.first)
        torch.manual_seed(seed)
        vectors = self._material.vectors(recipe.frame, recipe.depth)
        known = [row for row in rows if row < len(vectors)]
        head = fit_head(
            vectors[known], self._classes[known], len(self._data.labels), recipe.pool,
            _DECAY / len(self._data.labels),
        )  # fmt: skip
        return MemberTrainer(
            self._encoder, head, [states[row] for row in rows], self._classes[rows], recipe, seed
        )

    def _train_until(self, number: int) -> float:
        """When training must end for the test to fit before the deadline."""
        material = self._material
        test_s = material.token_s * material.mean_tokens() * len(self._data.test)
        return self._context.deadline - _RESERVE_S - test_s * (number + 0.5)

    def _validated(self, rows: Sequence[LabelledRow], member: Member) -> float:
        states = self._material.states(member.frame, member.span.first)
        places = [self._rows[id(row)] for row in rows]
        scores = scores_of(
            self._encoder, member.head, [states[place] for place in places],
            self._progress.ticker("validate"),
        )  # fmt: skip
        return float((scores.argmax(1) == self._classes[places]).float().mean())

    def _is_enough(self, done: Sequence[Attempt]) -> bool:
        """Whether to stop: the target is surely met, or attempts or time are used up."""
        last = done[-1].record
        kept = self._chosen(done)
        accuracy = sum(one.accuracy for one in kept) / max(len(kept), 1)
        if kept and accuracy - self._doubt(accuracy, len(kept)) >= self._target:
            return True
        out_of_time = time.monotonic() + 0.5 * last.seconds > self._train_until(len(done) + 1)
        return len(done) >= MOST_ATTEMPTS or out_of_time

    def _doubt(self, accuracy: float, attempts: int) -> float:
        """Standard error of a validation accuracy over the rows of so many attempts."""
        rows = attempts * max(1, len(self._material.rows) // FOLDS)
        return math.sqrt(max(accuracy * (1 - accuracy), 1e-4) / rows)

    def _chosen(self, attempts: Sequence[Attempt]) -> list[Attempt]:
        """The best attempt and those not surely worse (two errors of a difference).

        None where the best is no better than guessing.
        """
        best = max(one.accuracy for one in attempts)
        counts = torch.bincount(self._classes, minlength=len(self._data.labels))
        if best <= float(counts.max()) / len(self._material.rows):
            return []
        least = best - max(_NEAR_BEST, 2 * math.sqrt(2) * self._doubt(best, 1))
        return [one for one in attempts if one.member is not None and one.accuracy >= least]

    # -- the test ---------------------------------------------------------------------------------

    def _examined(self, skill: Skill) -> SkillFigures:
        texts, ticker = [row.text for row in self._data.test], self._progress.ticker("test")
        beliefs = beliefs_of(self._encoder, skill, self._framer, texts, ticker)
        truth = [int(place) for place in self._indices(self._data.test)]
        answers = [int(place) for place in beliefs.argmax(1)]
        return class_figures(self._data.labels, truth, answers)

    def _indices(self, rows: Sequence[LabelledRow]) -> torch.Tensor:
        return torch.tensor([self._places[str(row.answer)] for row in rows])
