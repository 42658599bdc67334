"""A helper's side: waits for the leader's word, computes its part of a step, sends gradients.

A helper opens no profile, has no key, sees token ids and never writes anything. It ends when the
leader says so, or when the leader's end of the connection is gone.
"""

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import Any

import torch

from engine.errors import named
from engine.model.hardware import decode_threads
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from engine.tuning.crew import meeting
from engine.tuning.crew.leader import PATIENCE_S
from engine.tuning.crew.ranks import Ranks
from engine.tuning.crew.wire import LostError, Message, Wire, flat, share_from_parcel
from engine.tuning.network.network import Network, build_network
from engine.tuning.share import backward
from storage.records import ModelRecord

_NOBODY = "The learning process that leads did not start; look at its own message."
_LEADER_GONE = "The learning process that leads is gone, so this one ends; start learning again."


def help_out(ranks: Ranks, cache_dir: Path) -> int:
    """Helps to the end of one learning; returns the exit code. Main thread.

    Ctrl+C reaches all processes; the leader alone decides what it means.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    link = meeting.join(ranks.meeting, ranks.rank)
    if link is None:
        return _say(_NOBODY)
    wire = Wire(link)
    helper = Helper(wire, ranks, cache_dir)
    try:
        return helper.work()
    except LostError:
        return _say(_LEADER_GONE)
    except Exception as error:
        failure = named(error, f"rank {ranks.rank}")
        with contextlib.suppress(LostError):
            wire.send("failed", {"kind": failure.kind.value, "detail": failure.detail})
        wire.drain(PATIENCE_S)
        return 1
    finally:
        wire.close()


class Helper:
    """What one helper holds: the model and the network over it."""

    def __init__(self, wire: Wire, ranks: Ranks, cache_dir: Path) -> None:
        self._wire = wire
        self._ranks = ranks
        self._cache_dir = cache_dir
        self._model: LoadedModel | None = None
        self._network: Network | None = None

    def work(self) -> int:
        """Answers the leader until it says that this is the end; the exit code that it wants.

        Raises:
            LostError: The leader is gone.
        """
        while True:
            message = self._wire.receive()
            match message.kind:
                case "model":
                    self._load(message.fields)
                case "network":
                    self._build(message.fields)
                case "step":
                    self._step(message)
                case _:
                    return int(message.fields["code"])

    def _load(self, fields: dict[str, Any]) -> None:
        options = fields["options"]
        threads = max(1, decode_threads(options["threads"]) // self._ranks.count)
        _choose_gpu(self._ranks.rank)
        self._model = load_model(
            ModelRecord(**fields["record"]),
            LoadOptions(cache_dir=self._cache_dir, device=options["device"], threads=threads,
                        context_length=options["context_length"]),
            lambda _done: None,
        )  # fmt: skip

    def _build(self, fields: dict[str, Any]) -> None:
        assert self._model is not None
        closing = getattr(self._network, "close", None)
        if closing is not None:
            closing()
        self._network = build_network(self._model, **fields)

    def _step(self, message: Message) -> None:
        """Takes the leader's parameters, learns from the share, sends losses and gradients."""
        assert self._network is not None
        parameters = self._network.parameters()
        pieces = torch.split(message.tensors[0], [one.numel() for one in parameters])
        for parameter, piece in zip(parameters, pieces, strict=True):
            parameter.data.copy_(piece.view(parameter.shape))
            parameter.grad = None
        told = backward(self._network, share_from_parcel(message.fields, message.tensors[1:]))
        grads = [torch.zeros_like(p) if p.grad is None else p.grad for p in parameters]
        losses = {"answer": told.answer, "drift": told.drift, "worst": told.worst,
                  "tokens": told.tokens}  # fmt: skip
        self._wire.send("gradients", losses, [flat(grads)])


def _choose_gpu(rank: int) -> None:
    """The GPU of this rank, where there is more than one."""
    if torch.cuda.is_available():
        torch.cuda.set_device(rank % torch.cuda.device_count())


def _say(sentence: str) -> int:
    sys.stderr.write(sentence + os.linesep)
    return 1
