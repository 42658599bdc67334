"""Teaches to write answers: LoRA on the answers' tokens, judged by their likelihood, then by text.

Loss on held-back rows decides between attempts; written texts are compared only in the final
examination, beside what the untuned model writes.
"""

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace

import torch
from torch.nn import functional

from engine.control import JobStopped
from engine.decode.adapter import AdapterWeights
from engine.decode.pacing import ThreadPacer, thread_limit
from engine.skills.context import Progress, TeachContext
from engine.skills.dataset import Dataset, split
from engine.skills.metrics import chrf, exact_match, token_f1
from engine.skills.rows import LabelledRow
from engine.skills.skill import Skill
from engine.skills.taught import Taught
from engine.skills.writing import Writer, example_of
from engine.tuning.network.batch import TokenExample, pack
from engine.tuning.network.network import build_network
from storage.skill_records import SkillAttempt, SkillFigures

METHOD = "written"
MOST_ATTEMPTS = 2
_RANK = 16
_BUCKET = 8
_MOST_VALIDATED, _MOST_EXAMINED, _MOST_WRITTEN = 150, 300, 40
_TEST_SHARE = 0.2
_BETTER = 0.98


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingRecipe:
    """How one attempt trains: the rate falls linearly to 0 over ``epochs`` of ``batch`` rows."""

    rate: float = 5e-4
    epochs: float = 3.0
    batch: int = 8


@dataclass(frozen=True, slots=True)
class _Attempt:
    record: SkillAttempt
    adapter: AdapterWeights = field(repr=False)


class WritingTeacher:
    """Teaches one writing skill over one model. Model lane only; call `close` at the end."""

    def __init__(self, context: TeachContext, data: Dataset) -> None:
        self._context = context
        self._data = data
        self._seed = context.command.seed
        self._progress = Progress(context, MOST_ATTEMPTS)
        self._network = build_network(context.model, rank=_RANK, alpha=2.0 * _RANK, seed=0)
        self._fresh = self._network.adapter()
        train, validation = split(data.train, 0, self._seed)
        self._train = self._encoded(train)
        self._validation = self._encoded(validation[:_MOST_VALIDATED])
        self._test = self._encoded(data.test[:_MOST_EXAMINED])

    def close(self) -> None:
        """Leaves the model as it was."""
        self._context.model.decoder.use_adapter(None, 0.0)
        closing = getattr(self._network, "close", None)
        if closing is not None:
            closing()

    def teach(self) -> Taught:
        """Trains, keeps the attempt whose loss on held-back rows is least, examines it.

        Raises:
            JobStopped: The user stopped before there was anything to keep, or discards it.
        """
        began = time.monotonic()
        untuned = self._examined(None, "untuned")
        spent = time.monotonic() - began
        before = self._loss(self._validation, "validate", tuned=False)
        attempts, stopped = self._attempts(before, self._context.deadline - 1.5 * spent)
        best = min(attempts, key=lambda one: one.record.validation)
        if best.record.validation > before * _BETTER:
            records = tuple(one.record for one in attempts)
            return Taught(None, untuned, untuned, METHOD, best.record.validation, records, stopped)
        tuned = self._examined(best.adapter, "test")
        records = tuple(replace(one.record, kept=one is best) for one in attempts)
        skill = Skill(writer=best.adapter, most_tokens=self._longest())
        return Taught(skill, tuned, untuned, METHOD, best.record.validation, records, stopped)

    # -- attempts ---------------------------------------------------------------------------------

    def _attempts(self, before: float, deadline: float) -> tuple[list[_Attempt], bool]:
        done: list[_Attempt] = []
        recipe, note = WritingRecipe(), "first"
        while True:
            began = time.monotonic()
            self._progress.attempt = len(done) + 1
            stopped = False
            try:
                steps, loss = self._trained(recipe, deadline)
            except JobStopped:
                control = self._context.control
                if not done or not control.keep or control.shutting_down:
                    raise
                self._progress.closing = stopped = True
                return done, stopped
            after = self._loss(self._validation, "validate", tuned=True)
            seconds = time.monotonic() - began
            record = SkillAttempt(
                number=len(done) + 1, recipe=asdict(recipe) | {"last_loss": round(loss, 4)},
                steps=steps, seconds=seconds, validation=after, note=note,
            )  # fmt: skip
            done.append(_Attempt(record, self._network.adapter()))
            self._progress.best = -min(one.record.validation for one in done)
            enough = len(done) >= MOST_ATTEMPTS or time.monotonic() + 0.7 * seconds > deadline
            if enough:
                return done, stopped
            recipe, note = _adjusted(recipe, after, before, loss)

    def _trained(self, recipe: WritingRecipe, deadline: float) -> tuple[int, float]:
        """Trains from a fresh adapter; returns steps and the mean loss of the last ones."""
        self._network.load(self._fresh)
        parameters = self._network.parameters()
        optimizer = torch.optim.AdamW(parameters, lr=recipe.rate, weight_decay=0.0, foreach=True)
        steps = max(1, round(recipe.epochs * len(self._train) / recipe.batch))
        pacer, losses = ThreadPacer(thread_limit(), 60.0), [0.0]
        began = time.monotonic()
        for step, batch in enumerate(self._batches(recipe.batch), 1):
            self._context.control.checkpoint()
            pacer.adjust()
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate * max(0.0, 1 - (step - 1) / steps)
            loss = self._batch_loss(batch, tuned=True) / sum(e.answer_tokens for e in batch)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            losses.append(float(loss.detach()))
            recent = sum(losses[-20:]) / len(losses[-20:])
            self._progress.tell("train", step / steps, step=step, steps=steps, loss=recent)
            if not step % 10:
                pace = (time.monotonic() - began) / step
                steps = min(steps, step + int(max(deadline - time.monotonic(), 0.0) / pace))
            if step >= steps:
                return step, recent
        return 0, 0.0

    def _batches(self, size: int) -> Iterator[list[TokenExample]]:
        """Endless batches of examples of like length."""
        generator = random.Random(self._seed)  # noqa: S311  nothing secret hangs on it
        rows = list(self._train)
        while True:
            generator.shuffle(rows)
            for at in range(0, len(rows), size * _BUCKET):
                part = sorted(rows[at : at + size * _BUCKET], key=lambda one: len(one.ids))
                groups = [part[place : place + size] for place in range(0, len(part), size)]
                generator.shuffle(groups)
                yield from groups

    # -- figures ----------------------------------------------------------------------------------

    def _batch_loss(self, batch: Sequence[TokenExample], *, tuned: bool) -> torch.Tensor:
        """Nats, summed over the answer tokens."""
        packed = pack(batch)
        odds = self._network.log_odds(packed, tuned=tuned)
        return functional.cross_entropy(odds, packed.targets.to(odds.device), reduction="sum")

    @torch.no_grad()
    def _loss(self, rows: Sequence[TokenExample], phase: str, *, tuned: bool) -> float:
        """Mean nats an answer token."""
        ordered = sorted(rows, key=lambda one: len(one.ids))
        total = 0.0
        for at in range(0, len(ordered), 16):
            self._progress.tell(phase, at / len(ordered))
            total += float(self._batch_loss(ordered[at : at + 16], tuned=tuned))
        return total / sum(one.answer_tokens for one in rows)

    def _examined(self, adapter: AdapterWeights | None, phase: str) -> SkillFigures:
        """Likelihood of the expected answers, and written answers beside them."""
        if adapter is not None:
            self._network.load(adapter)
        nll = self._loss(self._test, phase, tuned=adapter is not None)
        rows = self._data.test[:_MOST_WRITTEN]
        expected = [str(row.answer) for row in rows]
        given = self._written(adapter, rows, lambda done: self._progress.tell(phase, done))
        expected = expected[: len(given)]
        return SkillFigures(
            nll_per_token=nll, perplexity=math.exp(min(nll, 50.0)),
            exact_match=exact_match(expected, given), token_f1=token_f1(expected, given),
            chrf=chrf(expected, given), examined=len(given),
        )  # fmt: skip

    def _written(
        self,
        adapter: AdapterWeights | None,
        rows: Sequence[LabelledRow],
        tick: Callable[[float], None],
    ) -> list[str]:
        """Answers to as many rows as a fifth of the time allows, at least one."""
        writer = Writer(self._context.model, adapter, self._longest())
        began, answers = time.monotonic(), list[str]()
        allowed = _TEST_SHARE * (self._context.deadline - self._context.began)
        try:
            for place, row in enumerate(rows):
                tick(place / len(rows))
                answers.append(writer.write(row.text))
                if time.monotonic() - began > allowed:
                    break
        finally:
            writer.close()
        return answers

    def _longest(self) -> int:
        """Tokens that nearly every training answer fits into."""
        lengths = sorted(one.answer_tokens for one in self._train)
        return min(256, 4 + lengths[int(0.98 * (len(lengths) - 1))])

    def _encoded(self, rows: Sequence[LabelledRow]) -> list[TokenExample]:
        room = self._context.model.context_length
        found = [example_of(self._context.model, row) for row in rows]
        return [one for one in found if len(one.ids) < min(room, 1024)] or found[:1]


def _adjusted(
    recipe: WritingRecipe, after: float, before: float, loss: float
) -> tuple[WritingRecipe, str]:
    """The next recipe and why: smaller steps, fewer rounds, or more of them."""
    if not after < before:
        return replace(recipe, rate=recipe.rate / 4), "smaller_steps"
    if loss < 0.6 * after:
        return replace(recipe, epochs=recipe.epochs * 0.5), "shorter"
    return replace(recipe, epochs=recipe.epochs * 1.5), "longer"
