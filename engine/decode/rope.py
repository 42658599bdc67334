"""Rotation speeds of rotary positions, and the rules that stretch them for longer texts.

Free of torch: the check of strangers' files uses it in a child that must start fast.
"""

import math
from typing import Any

COVERED = frozenset({"llama", "mistral", "qwen2", "qwen3", "smollm3", "phi3", "gemma3_text"})
"""``model_type`` values that the lean decoder covers."""


def plain_speeds(theta: float, width: int) -> list[float]:
    """The width / 2 rotation speeds of the unstretched rule, radians a position."""
    return [float(theta ** (-step / width)) for step in range(0, width, 2)]


def rope_kind(scaling: dict[str, Any]) -> str:
    """The name of the stretching rule in `scaling`, which may be empty."""
    kind = scaling.get("rope_type", scaling.get("type", "default"))
    return str({"su": "longrope"}.get(kind, kind))


def rope_factors(config: dict[str, Any], width: int) -> tuple[float, ...]:
    """What the config's rule divides each of the width / 2 speeds by; empty for nothing."""
    scaling = config.get("rope_scaling") or {}
    kind = rope_kind(scaling)
    if kind == "linear":
        return tuple([float(scaling["factor"])] * (width // 2))
    if kind == "llama3":
        speeds = plain_speeds(config["rope_theta"], width)
        return tuple([_llama3_factor(speed, scaling) for speed in speeds])
    if kind == "longrope":
        return tuple(float(factor) for factor in scaling["short_factor"])
    return ()


def rope_size(config: dict[str, Any]) -> float:
    """What the longrope rule multiplies rotated features with; 1 for the other rules."""
    scaling = config.get("rope_scaling") or {}
    if rope_kind(scaling) != "longrope":
        return 1.0
    stated = scaling.get("attention_factor")
    if stated is not None:
        return float(stated)
    trained = trained_context(config)
    stretch = float(scaling.get("factor") or config["max_position_embeddings"] / trained)
    return math.sqrt(1 + math.log(stretch) / math.log(trained)) if stretch > 1 else 1.0


def trained_context(config: dict[str, Any]) -> int:
    """Tokens before the longrope rule changes its speeds, else all that the config allows."""
    scaling = config.get("rope_scaling") or {}
    longest = int(config["max_position_embeddings"])
    if rope_kind(scaling) != "longrope":
        return longest
    stated = config.get("original_max_position_embeddings")
    return int(stated or scaling.get("original_max_position_embeddings") or longest)


def _llama3_factor(speed: float, scaling: dict[str, Any]) -> float:
    """Llama 3.1's rule: slow rotations are stretched, fast ones kept, between them a blend."""
    turns = float(scaling["original_max_position_embeddings"]) * speed / (2 * math.pi)
    low, high = float(scaling["low_freq_factor"]), float(scaling["high_freq_factor"])
    share = min(1.0, max(0.0, (turns - low) / (high - low)))
    return 1.0 / (share + (1.0 - share) / float(scaling["factor"]))
