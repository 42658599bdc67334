"""The shape of a model as the lean decoder needs it."""

from dataclasses import MISSING, dataclass, fields, replace
from typing import Any

import torch

from engine.decode.rope import plain_speeds

GLOBAL, LOCAL, UNTURNED = "global", "local", "none"
"""How the positions of a layer turn: with the main speeds, with those of near layers, not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes and switches of one model. Widths in numbers of features.

    ``rope_factors`` (rotated features / 2,) divide the rotation speeds; empty divides by nothing.
    The fields with defaults are what other families do differently from Llama: ``windows`` and
    ``turn_kinds`` hold one entry a layer (empty: see everything, turn with the main speeds),
    ``rotary`` counts the rotated features of a head (0: all), ``rope_size`` lengthens what is
    rotated, ``query_scale`` 0 means 1 / sqrt(head_dim), ``norm_shift`` is added to norm weights.
    """

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_dim: int
    intermediate: int
    vocab: int
    context: int
    norm_eps: float
    rope_theta: float
    tied: bool
    rope_factors: tuple[float, ...] = ()
    rope_size: float = 1.0
    rotary: int = 0
    local_theta: float = 0.0
    turn_kinds: tuple[str, ...] = ()
    windows: tuple[int, ...] = ()
    qkv_bias: bool = False
    head_norms: bool = False
    sandwich_norms: bool = False
    norm_shift: float = 0.0
    fused: bool = False
    gelu: bool = False
    embedding_scale: float = 1.0
    query_scale: float = 0.0

    @property
    def plain_llama(self) -> bool:
        """True when no switch is set: what the training network computes."""
        return self == replace(self, **_PLAIN)

    @property
    def turned_width(self) -> int:
        """Features of a head that are rotated."""
        return self.rotary or self.head_dim

    @property
    def attention_scale(self) -> float:
        """What scores are multiplied with before the softmax."""
        return self.query_scale or self.head_dim**-0.5

    def turn_kind(self, layer: int) -> str:
        """How positions turn in layer `layer`."""
        return self.turn_kinds[layer] if self.turn_kinds else GLOBAL

    def window(self, layer: int) -> int:
        """How many tokens layer `layer` sees, the newest included; 0 for all."""
        return self.windows[layer] if self.windows else 0

    @property
    def query_width(self) -> int:
        """Features of all query heads."""
        return self.heads * self.head_dim

    @property
    def kv_width(self) -> int:
        """Features of all key heads (and of all value heads)."""
        return self.kv_heads * self.head_dim

    @property
    def stacked_numbers(self) -> int:
        """Weights in the matrices of all layers."""
        attention = (2 * self.query_width + 2 * self.kv_width) * self.hidden
        return self.layers * (attention + 3 * self.intermediate * self.hidden)

    def inverse_frequencies(self) -> torch.Tensor:
        """(turned_width / 2,) float64 rotation speeds, radians a position."""
        speeds = torch.tensor(
            plain_speeds(self.rope_theta, self.turned_width), dtype=torch.float64
        )
        if self.rope_factors:
            speeds /= torch.tensor(self.rope_factors, dtype=torch.float64)
        return speeds


_PLAIN: dict[str, Any] = {
    field.name: field.default
    for field in fields(Shape)
    if field.default is not MISSING and field.name != "rope_factors"
}
