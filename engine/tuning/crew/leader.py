"""The leader's side: takes the helpers in, deals each step out, adds the gradients up."""

import contextlib
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

import torch

from engine.contract import EngineError, FailureKind
from engine.tuning.crew.meeting import Meeting
from engine.tuning.crew.ranks import Ranks, start_helpers
from engine.tuning.crew.wire import LostError, Message, Wire, flat, share_to_parcel
from engine.tuning.network.network import Network
from engine.tuning.recipe import Recipe
from engine.tuning.share import Share, ShareLosses, backward, deal
from storage.records import ModelRecord

PATIENCE_S = 600.0
"""How long the leader waits for a helper's part of a step, or for its model, seconds."""

_LAST_WORD_S = 30.0
_MISSING = (
    "Only {came} of {count} learning processes came together, so nothing was learned; start it "
    "again, with fewer processes if memory is short."
)
_LOST = (
    "One of the learning processes ended or does not answer, so learning was stopped and nothing "
    "has changed; start it again, with fewer processes if memory is short."
)


class Crew:
    """All processes of one learning, seen from the leader.

    Made and closed by the main thread, used by the model lane between. Leaving the context ends the
    helpers, which exit with the leader's ``code``.
    """

    def __init__(self, ranks: Ranks) -> None:
        """Opens the meeting place and, unless a launcher did, starts the helpers."""
        self.count = ranks.count
        self.code = 1
        self._meeting: Meeting | None = Meeting(ranks.meeting)
        self._wires: list[Wire] = []
        self._started = start_helpers(ranks)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def load(self, record: ModelRecord, settings: dict[str, Any]) -> None:
        """Has every helper load the model, while the leader goes on with its own work.

        Args:
            record: The model's file.
            settings: Device, threads and context length as `LoadOptions` takes them.

        Raises:
            EngineError: A helper did not come, or is gone.
        """
        self._gather()
        if len(self._wires) < self.count - 1:
            came = 1 + len(self._wires)
            raise EngineError(FailureKind.BUG, _MISSING.format(came=came, count=self.count))
        self._tell("model", {"record": asdict(record), "options": settings})

    def build(self, recipe: Recipe) -> None:
        """Has every helper put a fresh adapter for `recipe` over the model."""
        parts = {"rank": recipe.rank, "alpha": recipe.alpha, "seed": recipe.seed,
                 "upper": recipe.upper}  # fmt: skip
        self._tell("network", parts)

    def hands(self, network: Network) -> "CrewHands":
        """What computes the steps of a training of `network`."""
        return CrewHands(self._wires, network)

    def close(self) -> None:
        """Tells the helpers to leave with this process's exit code and waits for them."""
        self._gather(_LAST_WORD_S)
        for wire in self._wires:
            with contextlib.suppress(LostError):
                wire.send("end", {"code": self.code}, seconds=_LAST_WORD_S)
        for wire in self._wires:
            wire.drain(_LAST_WORD_S)
            wire.close()
        for helper in self._started:
            try:
                helper.wait(_LAST_WORD_S)
            except subprocess.TimeoutExpired:
                helper.kill()
                helper.wait()
        self._started.clear()

    def _gather(self, *seconds: float) -> None:
        """Takes in who has not come yet; afterwards nobody can."""
        if self._meeting is not None:
            self._wires = [Wire(one) for one in self._meeting.take(self.count - 1, *seconds)]
            self._meeting.close()
            self._meeting = None

    def _tell(self, kind: str, fields: dict[str, Any]) -> None:
        try:
            for wire in self._wires:
                wire.send(kind, fields, seconds=PATIENCE_S)
        except LostError:
            raise _lost() from None


class CrewHands:
    """Implements `engine.tuning.share.Hands` over all processes.

    The leader alone moves the parameters: each step sends them out with the examples and takes
    gradients back. So all processes compute on the same numbers by construction, a helper keeps no
    state that could differ, and a pause, a stop or the deadline is simply no next step.
    """

    def __init__(self, wires: Sequence[Wire], network: Network) -> None:
        self.count = len(wires) + 1
        self._wires = wires
        self._network = network
        self._parameters = network.parameters()

    def gradients(self, step: Share) -> ShareLosses:
        """See `Hands`.

        Raises:
            EngineError: A helper failed or is gone.
        """
        places = deal(step, self.count)
        parts = [step.part(*one) for one in places]
        try:
            self._send(parts[1:])
            told = [backward(self._network, parts[0])]
            told += [self._received(wire.receive(PATIENCE_S)) for wire in self._wires]
        except LostError:
            raise _lost() from None
        worst = [0.0] * len(step.facts)
        for (facts, _), losses in zip(places, told, strict=True):
            for place, loss in zip(facts, losses.worst, strict=True):
                worst[place] = loss
        return ShareLosses(
            sum(one.answer for one in told), sum(one.drift for one in told), tuple(worst),
            sum(one.tokens for one in told),
        )  # fmt: skip

    def _send(self, parts: Sequence[Share]) -> None:
        numbers = flat(self._parameters)
        for wire, part in zip(self._wires, parts, strict=True):
            fields, tensors = share_to_parcel(part)
            wire.send("step", fields, [numbers, *tensors], seconds=PATIENCE_S)

    def _received(self, message: Message) -> ShareLosses:
        """Adds a helper's gradients to those of the parameters."""
        if message.kind == "failed":
            fields = message.fields
            raise EngineError(FailureKind(fields["kind"]), fields["detail"])
        pieces = torch.split(message.tensors[0], [one.numel() for one in self._parameters])
        for parameter, piece in zip(self._parameters, pieces, strict=True):
            more = piece.view(parameter.shape).to(parameter.device, parameter.dtype)
            parameter.grad = more if parameter.grad is None else parameter.grad.add_(more)
        fields = message.fields
        return ShareLosses(
            fields["answer"], fields["drift"], tuple(fields["worst"]), fields["tokens"]
        )


def _lost() -> EngineError:
    return EngineError(FailureKind.BUG, _LOST)
