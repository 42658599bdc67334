"""Trains one member of a skill: a head and an adapter below it, on batches of like lengths."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional

from engine.control import JobControl
from engine.decode.pacing import ThreadPacer, thread_limit
from engine.skills.encoder import Encoder
from engine.skills.head import Head
from engine.skills.recipe import Recipe

_BUCKET = 8
_WARM_UP = 0.06
_CLIP = 1.0
_STALE_S = 60.0
_PACE_STEPS = 10
_RECENT = 20
_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class StepTold:
    """Where a run stands: ``loss`` is the mean of the last steps in nats."""

    step: int
    steps: int
    loss: float


class Diverged(Exception):  # noqa: N818 - a finding of the run, not a fault
    """The loss is no longer a number."""


class MemberTrainer:
    """One training run over texts whose frozen states are known. Model lane only."""

    def __init__(
        self,
        encoder: Encoder,
        head: Head,
        states: Sequence[torch.Tensor],
        classes: torch.Tensor,
        recipe: Recipe,
        seed: int,
    ) -> None:
        self.head = head
        self._encoder = encoder
        self._states = states
        self._classes = classes
        self._recipe = recipe
        self._random = random.Random(seed)  # noqa: S311  nothing secret hangs on it
        self._groups = [
            {"params": encoder.parameters(), "lr": recipe.rate, "peak": recipe.rate},
            {"params": head.parameters(), "lr": recipe.head_rate, "peak": recipe.head_rate},
        ]
        self._optimizer = torch.optim.AdamW(
            self._groups, betas=(0.9, 0.98), weight_decay=0.0, foreach=True
        )
        self._moved = [*encoder.parameters(), *head.parameters()]
        self.steps = max(1, round(recipe.epochs * len(states) / recipe.batch))
        self.step = 0
        self._losses: list[float] = []

    @property
    def loss(self) -> float:
        """Mean loss of the last steps, nats; 0 before the first."""
        recent = self._losses[-_RECENT:]
        return sum(recent) / max(len(recent), 1)

    def run(self, control: JobControl, told: Callable[[StepTold], None], deadline: float) -> None:
        """Trains to the last step, or to fewer where `deadline` (`time.monotonic`) asks for it.

        Raises:
            JobStopped: The user stopped; encoder and head stand as far as they got.
            Diverged: The loss became infinite or not a number.
        """
        pacer = ThreadPacer(thread_limit(), _STALE_S)
        began = time.monotonic()
        for batch in self._batches():
            control.checkpoint()
            pacer.adjust()
            self._step(batch)
            told(StepTold(self.step, self.steps, self.loss))
            self._keep_to(began, deadline)
            if self.step >= self.steps:
                break

    def _batches(self) -> Iterator[list[int]]:
        """Row numbers of one step after another; rows of like length go together."""
        size, rows = self._recipe.batch, list(range(len(self._states)))
        while True:
            self._random.shuffle(rows)
            batches: list[list[int]] = []
            for at in range(0, len(rows), size * _BUCKET):
                part = sorted(rows[at : at + size * _BUCKET], key=lambda r: len(self._states[r]))
                batches += [part[place : place + size] for place in range(0, len(part), size)]
            self._random.shuffle(batches)
            yield from batches

    def _step(self, batch: Sequence[int]) -> None:
        done = self.step / self.steps
        share = min(1.0, (self.step + 1) / max(1.0, _WARM_UP * self.steps)) * (1 - done)
        for group in self._optimizer.param_groups:
            group["lr"] = group["peak"] * share
        vectors = self._encoder.vectors([self._states[row] for row in batch])
        scores = self.head.scores(vectors, self._recipe.dropout)
        loss = functional.cross_entropy(scores, self._classes[list(batch)])
        if not float(loss.detach()) < 1e4:
            raise Diverged
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._moved, _CLIP)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._losses.append(float(loss.detach()))
        self.step += 1

    def _keep_to(self, began: float, deadline: float) -> None:
        """Takes steps off when the pace so far would miss the deadline; the rate falls faster."""
        if self.step % _PACE_STEPS:
            return
        pace = (time.monotonic() - began) / self.step
        left = max(deadline - time.monotonic(), 0.0)
        if pace * (self.steps - self.step) > left:
            self.steps = max(self.step, self.step + int(left / pace))


@torch.no_grad()
def scores_of(
    encoder: Encoder,
    head: Head,
    states: Sequence[torch.Tensor],
    tick: Callable[[float], None] = lambda _done: None,
) -> torch.Tensor:
    """(N, C) logits of texts by their frozen states; `tick` is told the share done."""
    order = sorted(range(len(states)), key=lambda row: len(states[row]))
    found = torch.empty(len(states), len(head.bias))
    for at in range(0, len(order), _AT_ONCE):
        tick(at / len(order))
        rows = order[at : at + _AT_ONCE]
        found[rows] = head.scores(encoder.vectors([states[row] for row in rows]))
    return found
