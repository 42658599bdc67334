"""Messages between the processes of one learning: plain values as JSON, tensors as their bytes.

Nothing is unpickled. A message is its header's length (4 bytes, big-endian), the header in JSON
(kind, fields, type and shape of each tensor), then the tensors' bytes one after the other.
"""

import contextlib
import json
import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from engine.tuning.network.batch import TokenExample
from engine.tuning.replay import ReplayExample
from engine.tuning.share import Share

_TYPES = {"float32": torch.float32, "int64": torch.int64}
_HEADER_MOST = 1 << 26


class LostError(Exception):
    """The process at the other end has ended, or does not answer."""


@dataclass(frozen=True, slots=True)
class Message:
    """What came: its kind, plain values, tensors."""

    kind: str
    fields: dict[str, Any] = field(repr=False)
    tensors: tuple[torch.Tensor, ...] = field(repr=False)


class Wire:
    """One end of a connection. Used by one thread."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link

    def send(
        self,
        kind: str,
        fields: dict[str, Any] | None = None,
        tensors: Sequence[torch.Tensor] = (),
        seconds: float | None = None,
    ) -> None:
        """Sends float32 and int64 tensors on the CPU; raises `LostError`."""
        shapes = [[str(one.dtype).removeprefix("torch."), list(one.shape)] for one in tensors]
        header = json.dumps([kind, fields or {}, shapes]).encode()
        try:
            self._link.settimeout(seconds)
            self._link.sendall(struct.pack(">I", len(header)) + header)
            for one in tensors:
                self._link.sendall(_bytes_of(one.detach().contiguous()))
        except OSError:
            raise LostError from None

    def receive(self, seconds: float | None = None) -> Message:
        """The next message; raises `LostError` after `seconds` in which nothing came."""
        try:
            self._link.settimeout(seconds)
            (length,) = struct.unpack(">I", self._read(bytearray(4)))
            if length > _HEADER_MOST:
                raise LostError
            kind, fields, shapes = json.loads(bytes(self._read(bytearray(length))))
            tensors = [torch.empty(shape, dtype=_TYPES[name]) for name, shape in shapes]
            for one in tensors:
                self._read(_bytes_of(one))
        except OSError:
            raise LostError from None
        return Message(kind, fields, tuple(tensors))

    def drain(self, seconds: float) -> None:
        """Reads and throws away until the other end closes or is silent for `seconds`."""
        with contextlib.suppress(LostError):
            while True:
                self.receive(seconds)

    def close(self) -> None:
        """Ends the connection."""
        self._link.close()

    def _read(self, into: bytearray | memoryview) -> bytearray | memoryview:
        left = memoryview(into)
        while left:
            count = self._link.recv_into(left)
            if not count:
                raise LostError
            left = left[count:]
        return into


def _bytes_of(tensor: torch.Tensor) -> memoryview:
    return memoryview(tensor.flatten().view(torch.uint8).numpy())  # type: ignore[arg-type]


def flat(tensors: Sequence[torch.Tensor]) -> torch.Tensor:
    """All numbers of `tensors` one after the other, float32 on the CPU."""
    return torch.cat([one.detach().flatten().float().cpu() for one in tensors])


def share_to_parcel(share: Share) -> tuple[dict[str, Any], list[torch.Tensor]]:
    """Fields and tensors of a share."""
    fields = {
        "facts": [_example_to_list(one) for one in share.facts],
        "kept": [_example_to_list(one.tokens) for one in share.kept],
        "replay_weight": share.replay_weight,
        "fact_weight": share.fact_weight,
        "kept_tokens": share.kept_tokens,
    }
    if not share.kept:
        return fields, []
    ids = torch.cat([one.ids for one in share.kept])
    return fields, [ids, torch.cat([one.log_odds for one in share.kept])]


def share_from_parcel(fields: dict[str, Any], tensors: Sequence[torch.Tensor]) -> Share:
    """The inverse of `share_to_parcel`."""
    examples = [_example_from_list(one) for one in fields["kept"]]
    sizes = [one.answer_tokens for one in examples]
    parts = [torch.split(tensor, sizes) for tensor in tensors] if examples else ((), ())
    return Share(
        facts=tuple(_example_from_list(one) for one in fields["facts"]),
        kept=tuple(map(ReplayExample, examples, *parts)),
        replay_weight=fields["replay_weight"],
        fact_weight=fields["fact_weight"],
        kept_tokens=fields["kept_tokens"],
    )


def _example_to_list(example: TokenExample) -> list[Any]:
    return [list(example.ids), example.answer_start, example.weight]


def _example_from_list(row: list[Any]) -> TokenExample:
    return TokenExample(tuple(row[0]), row[1], row[2])
