"""A taught skill as data: labels, members (adapter and head each), and the bytes that are sealed.

The bytes are one safetensors file in memory; what is no tensor stands in its metadata as JSON.
Nothing here is ever written to disk but through the vault.
"""

import json
import struct
from dataclasses import asdict, dataclass, field

import safetensors
import safetensors.torch
import torch

from engine.contract import EngineError, FailureKind
from engine.decode.adapter import AdapterWeights
from engine.skills.encoder import Span
from engine.skills.framing import FRAMES
from engine.skills.head import POOLS, Head

_VERSION = 2
_HEAD = ("mean", "scale", "weight", "bias")
_META = "skill"


@dataclass(frozen=True, slots=True)
class Member:
    """One classifier of an ensemble. Beliefs of all members are averaged."""

    frame: str
    span: Span
    adapter: AdapterWeights
    head: Head


@dataclass(frozen=True, slots=True)
class Skill:
    """What `apply` needs beside the model.

    Attributes:
        labels: The classes in the order of the heads; empty for written answers.
        members: Classifiers; empty for written answers.
        question: What texts are followed by in the frame that asks, see `engine.skills.framing`.
        writer: The adapter that writes answers; None for classes.
        most_tokens: The most tokens of a written answer.
    """

    labels: tuple[str, ...] = field(default=(), repr=False)
    members: tuple[Member, ...] = ()
    question: str = field(default="", repr=False)
    writer: AdapterWeights | None = None
    most_tokens: int = 0

    def to_bytes(self) -> bytes:
        """All of it as one safetensors file."""
        tensors: dict[str, torch.Tensor] = {}
        listed = []
        for number, member in enumerate(self.members):
            start = f"{number}."
            tensors |= {start + name: t for name, t in member.adapter.tensors.items()}
            tensors |= {f"{start}head.{n}": getattr(member.head, n).detach() for n in _HEAD}
            listed.append(
                {
                    "frame": member.frame,
                    "span": asdict(member.span),
                    "pool": member.head.pool,
                    "rank": member.adapter.rank,
                    "alpha": member.adapter.alpha,
                }
            )
        meta: dict[str, object] = {
            "version": _VERSION, "labels": self.labels, "members": listed,
            "question": self.question,
        }  # fmt: skip
        if self.writer is not None:
            tensors |= {f"writer.{name}": t for name, t in self.writer.tensors.items()}
            meta["writer"] = {
                "rank": self.writer.rank,
                "alpha": self.writer.alpha,
                "most_tokens": self.most_tokens,
            }
        plain = {name: tensor.contiguous().clone() for name, tensor in tensors.items()}
        return bytes(safetensors.torch.save(plain, {_META: json.dumps(meta)}))

    @classmethod
    def from_bytes(cls, data: bytes) -> "Skill":
        """Reads what `to_bytes` wrote.

        Raises:
            EngineError: ``ADAPTER_DAMAGED`` for anything else.
        """
        try:
            return _read(data)
        except (LookupError, TypeError, ValueError, struct.error, safetensors.SafetensorError):
            raise EngineError(
                FailureKind.ADAPTER_DAMAGED, "This skill is damaged; delete it and teach it again."
            ) from None


def _read(data: bytes) -> Skill:
    (length,) = struct.unpack("<Q", data[:8])
    meta = json.loads(json.loads(data[8 : 8 + length])["__metadata__"][_META])
    tensors = safetensors.torch.load(data)
    if meta["version"] != _VERSION:
        raise ValueError
    members = tuple(
        _member(tensors, f"{number}.", body) for number, body in enumerate(meta["members"])
    )
    labels = tuple(str(label) for label in meta["labels"])
    if any(len(member.head.bias) != len(labels) for member in members):
        raise ValueError
    question = str(meta["question"])
    if "writer" not in meta:
        return Skill(labels, members, question)
    body = meta["writer"]
    writer = AdapterWeights(body["rank"], body["alpha"], _below(tensors, "writer."))
    return Skill(labels, members, question, writer, int(body["most_tokens"]))


def _member(tensors: dict[str, torch.Tensor], start: str, body: dict[str, object]) -> Member:
    own = _below(tensors, start)
    known = body["pool"] in POOLS and body["frame"] in FRAMES
    if not known or not isinstance(body["span"], dict):
        raise ValueError
    head = Head(str(body["pool"]), *(own.pop(f"head.{name}") for name in _HEAD))
    adapter = AdapterWeights(int(str(body["rank"])), float(str(body["alpha"])), own)
    return Member(str(body["frame"]), Span(**body["span"]), adapter, head)


def _below(tensors: dict[str, torch.Tensor], start: str) -> dict[str, torch.Tensor]:
    return {name.removeprefix(start): t for name, t in tensors.items() if name.startswith(start)}
