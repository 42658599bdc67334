"""Texts to vectors: what a skill's head looks at, and the adapter that bends it.

Which layer of a model tells most about a text is found by trial (see `engine.skills.probe`); it is
rarely the last one. The layers below the adapter never change, so their results are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.lean import LeanDecoder
from engine.model.loaded import LoadedModel

Ids = Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which layers work: those below ``first`` are frozen, ``first`` to ``last`` - 1 adapted.

    The vectors are read after layer ``last`` - 1; nothing above it is computed.
    """

    first: int
    last: int


class Encoder(Protocol):
    """A frozen model with an adapter on some layers. Used by one thread."""

    width: int
    layers: int

    def look(self, texts: Sequence[Ids], depths: Sequence[int]) -> torch.Tensor:
        """Frozen vectors (texts, depths, 2, width) float32: last token's and mean over the text.

        Depth d is what layer d - 1 gives. For a few texts at once.
        """

    def start(self, span: Span, *, rank: int, alpha: float, seed: int) -> None:
        """Puts a fresh adapter on the layers of `span`; the one before is gone."""

    def parameters(self) -> list[torch.Tensor]:
        """The adapter's tensors, always in the same order."""

    def base(self, texts: Sequence[Ids]) -> list[torch.Tensor]:
        """What the frozen layers give for each text, (tokens, width); see `vectors`."""

    def vectors(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        """(texts, 2, width) float32 with gradients, from what `base` gave."""

    def adapter(self) -> AdapterWeights:
        """A copy of the adapter as it stands."""

    def load(self, adapter: AdapterWeights) -> None:
        """Takes the tensors of an adapter of the same span and rank."""

    def close(self) -> None:
        """Leaves the model as it was."""


def build_encoder(model: LoadedModel) -> Encoder:
    """The fast encoder where it covers what the lean decoder runs, else PEFT on the reference."""
    if isinstance(model.decoder, LeanDecoder) and model.decoder.shape.plain_llama:
        from engine.skills.lean_encoder import LeanEncoder

        return LeanEncoder(model.decoder.shape, model.decoder.weights)
    from engine.skills.peft_encoder import PeftEncoder

    return PeftEncoder(model.reference(), quiet=lambda: model.decoder.use_adapter(None, 0.0))
