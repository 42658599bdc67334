"""One training run: draw, forward, backward, step; checkpoints and progress between the steps."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import torch

from engine.control import JobControl
from engine.decode.pacing import ThreadPacer, thread_limit
from engine.tuning.augmentation import Augmenter
from engine.tuning.exchange import ChatModel, Exchange, encode
from engine.tuning.feedback import FeedbackBank, FeedbackLoss
from engine.tuning.network.network import Network
from engine.tuning.recipe import Recipe
from engine.tuning.replay import ReplayBank
from engine.tuning.share import Alone, Hands, whole_step

_SMOOTHING = 0.9
_SAVE_EVERY_S = 60.0
_STALE_S = 60.0
_PACE_STEPS = 5


@dataclass(frozen=True, slots=True)
class StepReport:
    """Where a run stands after a step. Losses in nats a token, speed in tokens a second.

    ``learning_rate`` is the one that the step was made with.
    """

    step: int
    steps: int
    loss: float
    smoothed: float
    replay_loss: float
    tokens_per_s: float
    seconds_left: float
    learning_rate: float = 0.0


@dataclass(slots=True)
class RunState:
    """What a resumed run needs beside parameters and optimizer. Counts since the start."""

    step: int = 0
    smoothed: float = 0.0
    tokens: int = 0
    seconds: float = 0.0
    losses: list[float] = field(default_factory=list)


class Diverged(Exception):  # noqa: N818 - a finding of the run, not a fault
    """The loss is no longer a number."""


class Trainer:
    """Trains one adapter by one recipe. Model lane only."""

    def __init__(
        self,
        network: Network,
        model: ChatModel,
        augmenter: Augmenter,
        bank: ReplayBank,
        recipe: Recipe,
        hands: Hands | None = None,
        feedback: FeedbackBank | None = None,
    ) -> None:
        """Prepares a run.

        Args:
            network: Its parameters are trained.
            model: Turns exchanges into token ids.
            augmenter: Draws what is learned.
            bank: Draws what is held in place.
            recipe: How to train.
            hands: Compute the gradients of each step; by default this process alone.
            feedback: Deals what the user thinks of answers; this process alone computes that.
        """
        self._network = network
        self._feedback = feedback
        self._hands = hands or Alone(network)
        self._model = model
        self._augmenter = augmenter
        self._bank = bank
        self._recipe = recipe
        self._parameters = network.parameters()
        self._optimizer = _optimizer(self._parameters, recipe)
        self.state = RunState()

    def run(
        self,
        control: JobControl,
        report: Callable[[StepReport], None],
        save: Callable[[], None],
        deadline: float = float("inf"),
        clock: Callable[[], float] = time.monotonic,
    ) -> RunState:
        """Trains to the last step.

        Args:
            control: Asked between steps: serves replies, pauses, stops.
            report: Told after every step.
            save: Seals a checkpoint; called about once a minute.
            deadline: By `clock`; the run is shortened to end before.
            clock: Seconds; see `engine.tuning.work_clock` for one that leaves sleep out.

        Raises:
            JobStopped: The user stopped; the adapter stands as far as it got.
            Diverged: The loss became infinite or not a number.
        """
        saved = time.monotonic()
        pacer = self._pacer()
        while self.state.step < self._recipe.steps:
            control.checkpoint()
            pacer.adjust()
            started = clock()
            loss, replay, tokens = self._step()
            seconds = clock() - started
            report(self._note(loss, replay, tokens, seconds))
            self._keep_to(deadline - clock())
            if time.monotonic() - saved > _SAVE_EVERY_S:
                save()
                saved = time.monotonic()
        return self.state

    def _pacer(self) -> ThreadPacer:
        """Each of several processes takes its part of the threads."""
        limit = max(1, thread_limit() // self._hands.count)
        if self._hands.count > 1:
            torch.set_num_threads(limit)
        return ThreadPacer(limit, _STALE_S)

    def _keep_to(self, time_left: float) -> None:
        """Takes steps off when the pace so far would overrun; the rate falls faster."""
        done = self.state.step
        if done < _PACE_STEPS or done % _PACE_STEPS:
            return
        pace = self.state.seconds / done
        left = max(time_left, 0.0)
        if pace * (self._recipe.steps - done) > left:
            self._recipe = replace(self._recipe, steps=max(done, done + int(left / pace)))

    def _step(self) -> tuple[float, float, int]:
        """One optimizer step; returns fact loss, replay divergence and tokens computed.

        Without facts the loss is that of the user's feedback.
        """
        recipe = self._recipe
        for group in self._optimizer.param_groups:
            group["lr"] = recipe.learning_rate * (1 - self.state.step / recipe.steps)
        drawn = self._draw()
        kept = self._bank.draw(recipe.replay) if recipe.replay_weight > 0 else []
        facts = [encode(self._model, exchange) for exchange in drawn]
        told = self._hands.gradients(whole_step(facts, kept, recipe.replay_weight))
        wished = self._feedback.backward(self._network) if self._feedback else FeedbackLoss()
        if not (told.answer < 1e4 and told.drift < 1e4 and wished.loss < 1e4):
            raise Diverged
        self._note_worst(drawn, told.worst)
        torch.nn.utils.clip_grad_norm_(self._parameters, recipe.clip)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        return told.answer if drawn else wished.loss, told.drift, told.tokens + wished.tokens

    def _note_worst(self, drawn: Sequence[Exchange], worst: Sequence[float]) -> None:
        """Tells the augmenter the worst token of each exchange, so that the hard ones come again.

        An answer that is known by heart but for one token is still wrong: whether a dentist's name
        "is Dr. ..." or "is something you haven't told me" is decided on one.
        """
        for exchange, loss in zip(drawn, worst, strict=True):
            self._augmenter.note(exchange.about, loss)

    def _draw(self) -> list[Exchange]:
        recipe = self._recipe
        drawn: list[Exchange | None] = [self._augmenter.fact() for _ in range(recipe.facts)]
        drawn += [self._augmenter.never_told() for _ in range(recipe.never)]
        due = int((self.state.step + 1) * recipe.told) - int(self.state.step * recipe.told)
        drawn += [self._augmenter.told_here() for _ in range(due)]
        return [exchange for exchange in drawn if exchange is not None]

    def _note(self, loss: float, replay: float, tokens: int, seconds: float) -> StepReport:
        state = self.state
        state.step += 1
        state.tokens += tokens
        state.seconds += seconds
        state.losses.append(loss)
        first = len(state.losses) == 1
        state.smoothed = loss if first else _SMOOTHING * state.smoothed + (1 - _SMOOTHING) * loss
        left = (self._recipe.steps - state.step) * state.seconds / state.step
        speed = state.tokens / max(state.seconds, 1e-9)
        rate = float(self._optimizer.param_groups[0]["lr"])
        return StepReport(
            state.step, self._recipe.steps, loss, state.smoothed, replay, speed, left, rate
        )

    # -- checkpoints ------------------------------------------------------------------------------

    def snapshot(self) -> dict[str, object]:
        """Everything that `restore` needs; tensors are the live ones."""
        return {
            "parameters": [parameter.detach() for parameter in self._parameters],
            "optimizer": self._optimizer.state_dict(),
            "step": self.state.step,
            "smoothed": self.state.smoothed,
            "tokens": self.state.tokens,
            "seconds": self.state.seconds,
            "losses": list(self.state.losses),
        }

    def restore(self, snapshot: dict[str, object]) -> None:
        """Goes on from a snapshot of the same recipe and model."""
        stored = snapshot["parameters"]
        if not isinstance(stored, list) or len(stored) != len(self._parameters):
            raise ValueError
        for parameter, value in zip(self._parameters, stored, strict=True):
            parameter.data.copy_(value)
        self._optimizer.load_state_dict(snapshot["optimizer"])  # type: ignore[arg-type]
        for name in RunState.__slots__:
            setattr(self.state, name, snapshot[name])


def _optimizer(parameters: list[torch.Tensor], recipe: Recipe) -> torch.optim.Optimizer:
    if recipe.optimizer == "sgd":
        return torch.optim.SGD(parameters, lr=recipe.learning_rate, momentum=0.9)
    return torch.optim.AdamW(
        parameters, lr=recipe.learning_rate, betas=(0.9, 0.99), weight_decay=0.0, foreach=True
    )

