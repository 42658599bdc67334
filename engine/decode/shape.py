"""The shape of a model as the lean decoder needs it, read from a Hugging Face config."""

from dataclasses import dataclass
from typing import Any

import torch

COVERED = frozenset({"llama"})
"""``model_type`` values that the lean decoder covers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes and switches of one model. Widths in numbers of features."""

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

    @property
    def query_width(self) -> int:
        """Features of all query heads."""
        return self.heads * self.head_dim

    @property
    def kv_width(self) -> int:
        """Features of all key heads (and of all value heads)."""
        return self.kv_heads * self.head_dim

    def inverse_frequencies(self) -> torch.Tensor:
        """(head_dim / 2,) float64 rotation speeds, radians a position."""
        steps = torch.arange(0, self.head_dim, 2, dtype=torch.float64)
        return self.rope_theta ** (-steps / self.head_dim)


def why_not_lean(config: dict[str, Any]) -> str:
    """Why the lean decoder cannot run this model; empty when it can."""
    if config.get("model_type") not in COVERED:
        return f"the fast decoder does not cover {config.get('model_type')} models yet"
    if config.get("rope_scaling"):
        return "the fast decoder does not cover this model's position scaling yet"
    if config.get("attention_bias") or config.get("mlp_bias"):
        return "the fast decoder does not cover this model's biases yet"
    if config.get("hidden_act", "silu") != "silu":
        return "the fast decoder does not cover this model's activation yet"
    if config["hidden_size"] % 32 or config["intermediate_size"] % 32 or config["head_dim"] % 2:
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
    )
