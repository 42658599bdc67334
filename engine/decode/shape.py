"""The shape of a model as the lean decoder needs it, read from a Hugging Face config."""

import math
from dataclasses import dataclass
from typing import Any

import torch

COVERED = frozenset({"llama"})
"""``model_type`` values that the lean decoder covers."""

_ROPE_KINDS = ("default", "linear", "llama3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes and switches of one model. Widths in numbers of features.

    ``rope_factors`` (head_dim / 2,) divide the rotation speeds; empty divides by nothing.
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
        """(head_dim / 2,) float64 rotation speeds, radians a position."""
        speeds = _plain_speeds(self.rope_theta, self.head_dim)
        if self.rope_factors:
            speeds /= torch.tensor(self.rope_factors, dtype=torch.float64)
        return speeds


def why_not_lean(config: dict[str, Any]) -> str:
    """Why the lean decoder cannot run this model; empty when it can."""
    if config.get("model_type") not in COVERED:
        return f"the fast decoder does not cover {config.get('model_type')} models yet"
    scaling = config.get("rope_scaling") or {}
    if scaling.get("rope_type", scaling.get("type", "default")) not in _ROPE_KINDS:
        return "the fast decoder does not cover this model's position scaling yet"
    if config.get("attention_bias") or config.get("mlp_bias"):
        return "the fast decoder does not cover this model's biases yet"
    if config.get("hidden_act", "silu") != "silu":
        return "the fast decoder does not cover this model's activation yet"
    widths = (config["hidden_size"], config["intermediate_size"],
              config["num_attention_heads"] * config["head_dim"])  # fmt: skip
    if any(width % 32 for width in widths) or config["head_dim"] % 2:
        return "the fast decoder does not cover this model's widths"
    return ""


def shape_from_config(config: dict[str, Any]) -> Shape:
    """The shape in `config`; call `why_not_lean` first."""
    return Shape(
        layers=config["num_hidden_layers"],
        hidden=config["hidden_size"],
        heads=config["num_attention_heads"],
        kv_heads=config["num_key_value_heads"],
        head_dim=config["head_dim"],
        intermediate=config["intermediate_size"],
        vocab=config["vocab_size"],
        context=config["max_position_embeddings"],
        norm_eps=config["rms_norm_eps"],
        rope_theta=config["rope_theta"],
        tied=bool(config.get("tie_word_embeddings")),
        rope_factors=tuple(config.get("rope_factors") or ()) or _factors(config),
    )


def _factors(config: dict[str, Any]) -> tuple[float, ...]:
    """What the config's position scaling divides each rotation speed by."""
    scaling = config.get("rope_scaling") or {}
    kind = scaling.get("rope_type", scaling.get("type", "default"))
    if kind == "default":
        return ()
    factor, half = float(scaling["factor"]), config["head_dim"] // 2
    if kind == "linear":
        return tuple([factor] * half)
    speeds: list[float] = _plain_speeds(config["rope_theta"], config["head_dim"]).tolist()
    return tuple([_llama3_factor(speed, scaling) for speed in speeds])


def _llama3_factor(speed: float, scaling: dict[str, Any]) -> float:
    """Llama 3.1's rule: slow rotations are stretched, fast ones kept, between them a blend."""
    turns = float(scaling["original_max_position_embeddings"]) * speed / (2 * math.pi)
    low, high = float(scaling["low_freq_factor"]), float(scaling["high_freq_factor"])
    share = min(1.0, max(0.0, (turns - low) / (high - low)))
    return 1.0 / (share + (1.0 - share) / float(scaling["factor"]))


def _plain_speeds(theta: float, width: int) -> torch.Tensor:
    steps = torch.arange(0, width, 2, dtype=torch.float64)
    return torch.pow(theta, -steps / width)
