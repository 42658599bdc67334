"""Teaches a classifier: probe, train, validate, adjust, until the target or the budget.

Each attempt holds back another fifth of the training rows, and the beliefs of all good attempts
are averaged: together they have learned from every row, and each is judged on rows that it never
saw. The test rows are looked at once, when all is decided.
"""

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import torch

from engine.control import JobStopped
from engine.skills.beliefs import bases_of, beliefs_of
from engine.skills.context import Progress, TeachContext
from engine.skills.dataset import FOLDS, Dataset, split
from engine.skills.encoder import Encoder, Span, build_encoder
from engine.skills.head import fit_head
from engine.skills.metrics import class_figures
from engine.skills.probe import Reading, best_readings, depths_to_try
from engine.skills.recipe import Recipe, adjusted, first_recipe
from engine.skills.rows import LabelledRow
from engine.skills.skill import Member, Skill
from engine.skills.taught import Taught
from engine.skills.texts import text_ids
from engine.skills.trainer import Diverged, MemberTrainer, scores_of
from engine.skills.untuned import METHOD, untuned_answers
from engine.tuning.network.network import build_network
from storage.skill_records import SkillAttempt, SkillFigures

MOST_ATTEMPTS = 4
_AT_ONCE = 32
_RESERVE_S = 3.0
_NEAR_BEST = 0.02
_DECAY = 0.6
"""Of the first head, shared between the labels: many labels have few rows each."""

_MOST_PROBED = 2000
_MOST_STATE_BYTES = 2**30
_UNTUNED_SHARE = 0.15


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
        self._used, self._train = self._affordable()
        self._rows = {id(row): place for place, row in enumerate(self._used)}
        self._classes = self._indices(self._used)
        self._depths = depths_to_try(self._encoder.layers)
        self._probed = range(min(len(self._used), _MOST_PROBED))
        self._vectors = torch.empty(0)
        self._states: dict[int, list[torch.Tensor]] = {}
        self._test_s = 0.0

    def close(self) -> None:
        """Leaves the model as it was."""
        self._encoder.close()

    def _affordable(self) -> tuple[list[LabelledRow], list[tuple[int, ...]]]:
        """Training rows in random order, and their tokens, as many as memory is spent on."""
        rows = list(self._data.train)
        random.Random(self._seed).shuffle(rows)  # noqa: S311  nothing secret hangs on it
        most = _MOST_STATE_BYTES // (2 * self._encoder.width)
        used, texts, tokens = [], list[tuple[int, ...]](), 0
        for row in rows:
            text = text_ids(self._context.model.tokenizer, row.text)
            tokens += len(text)
            if tokens > most:
                break
            used.append(row)
            texts.append(text)
        return used, texts

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
        skill = Skill(self._data.labels, members) if members else None
        tuned = self._examined(skill) if skill else untuned
        records = tuple(one.record for one in attempts)
        unused = len(self._data.train) - len(self._used)
        return Taught(skill, tuned, untuned, METHOD, validation, records, stopped, unused)

    # -- before training --------------------------------------------------------------------------

    def _untuned(self) -> SkillFigures:
        """The untuned model on the test rows, or on as many of them as are affordable."""
        context, data = self._context, self._data
        said = dict(context.command.label_words)
        rows = list(data.test)
        random.Random(self._seed).shuffle(rows)  # noqa: S311  nothing secret hangs on it
        until = context.began + _UNTUNED_SHARE * (context.deadline - context.began)
        network = build_network(context.model, rank=1, alpha=1.0, seed=0)
        try:
            answers = untuned_answers(
                context.model, network, [row.text for row in rows],
                [said.get(label, label.replace("_", " ")) for label in data.labels],
                until, self._progress.ticker("untuned"),
            )  # fmt: skip
        finally:
            closing = getattr(network, "close", None)
            if closing is not None:
                closing()
        truth = [self._places[str(row.answer)] for row in rows[: len(answers)]]
        return class_figures(data.labels, truth, answers)

    def _probe(self) -> list[Reading]:
        """Frozen vectors of training rows at every depth, and which of them tell most."""
        began, rows = time.monotonic(), self._probed
        order = sorted(rows, key=lambda row: len(self._train[row]))
        self._vectors = torch.empty(len(order), len(self._depths), 2, self._encoder.width)
        for at in range(0, len(order), _AT_ONCE):
            self._progress.tell("prepare", at / len(order))
            some = order[at : at + _AT_ONCE]
            texts = [self._train[row] for row in some]
            self._vectors[some] = self._encoder.look(texts, self._depths)
        pace = (time.monotonic() - began) / sum(len(self._train[row]) for row in rows)
        tokens = sum(len(text) for text in self._train) * len(self._data.test) / len(self._train)
        self._test_s = pace * tokens
        classes = self._classes[: len(rows)]
        return best_readings(self._vectors, classes, len(self._data.labels), self._depths)

    # -- attempts ---------------------------------------------------------------------------------

    def _attempts(self, readings: Sequence[Reading]) -> tuple[list[Attempt], bool]:
        done: list[Attempt] = []
        recipe, note = first_recipe(readings, self._encoder.layers, len(self._train)), "first"
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
            recipe, note = adjusted(recipe, readings, attempt.record, self._encoder.layers)

    def _attempt(self, number: int, recipe: Recipe, note: str) -> Attempt:
        """Trains and validates once."""
        began, progress = time.monotonic(), self._progress
        progress.attempt = number
        train, validation = split(self._used, number - 1, self._seed)
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
            member = Member(span, self._encoder.adapter(), trainer.head.copy())
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
        states = self._states_of(span.first)
        torch.manual_seed(seed)
        place = self._depths.index(recipe.depth)
        known = [row for row in rows if row in self._probed]
        head = fit_head(
            self._vectors[known, place], self._classes[known], len(self._data.labels),
            recipe.pool, _DECAY / len(self._data.labels),
        )  # fmt: skip
        return MemberTrainer(
            self._encoder, head, [states[row] for row in rows], self._classes[rows], recipe, seed
        )

    def _train_until(self, number: int) -> float:
        """When training must end for the test to fit before the deadline."""
        return self._context.deadline - _RESERVE_S - self._test_s * (number + 0.5)

    def _states_of(self, first: int) -> list[torch.Tensor]:
        """What the frozen layers give for every training row; kept for one depth at a time."""
        if first not in self._states:
            self._states = {first: bases_of(self._encoder, self._train)}
        return self._states[first]

    def _validated(self, rows: Sequence[LabelledRow], member: Member) -> float:
        states = self._states_of(member.span.first)
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
        rows = len(kept) * max(1, len(self._train) // FOLDS)
        accuracy = sum(one.accuracy for one in kept) / max(len(kept), 1)
        doubt = math.sqrt(max(accuracy * (1 - accuracy), 1e-4) / max(rows, 1))
        if kept and accuracy - doubt >= self._target:
            return True
        out_of_time = time.monotonic() + 0.5 * last.seconds > self._train_until(len(done) + 1)
        return len(done) >= MOST_ATTEMPTS or out_of_time

    def _chosen(self, attempts: Sequence[Attempt]) -> list[Attempt]:
        """The best attempt and those about as good; none that is no better than guessing."""
        best = max(one.accuracy for one in attempts)
        counts = torch.bincount(self._classes, minlength=len(self._data.labels))
        if best <= float(counts.max()) / len(self._train):
            return []
        near = [one for one in attempts if one.accuracy >= best - _NEAR_BEST]
        return [one for one in near if one.member is not None]

    # -- the test ---------------------------------------------------------------------------------

    def _examined(self, skill: Skill) -> SkillFigures:
        texts = [text_ids(self._context.model.tokenizer, row.text) for row in self._data.test]
        beliefs = beliefs_of(self._encoder, skill, texts, self._progress.ticker("test"))
        truth = [int(place) for place in self._indices(self._data.test)]
        answers = [int(place) for place in beliefs.argmax(1)]
        return class_figures(self._data.labels, truth, answers)

    def _indices(self, rows: Sequence[LabelledRow]) -> torch.Tensor:
        return torch.tensor([self._places[str(row.answer)] for row in rows])
