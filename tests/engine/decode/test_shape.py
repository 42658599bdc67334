from typing import Any

import pytest
import torch
from transformers import LlamaConfig
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

from engine.decode.families import shape_from_config, why_not_lean

_LLAMA3 = {
    "rope_type": "llama3", "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
    "original_max_position_embeddings": 8192,
}  # fmt: skip


def _config(**changes: Any) -> dict[str, Any]:
    return {
        "model_type": "llama", "hidden_size": 256, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 64,
        "intermediate_size": 512, "vocab_size": 1000, "max_position_embeddings": 131072,
        "rms_norm_eps": 1e-5, "rope_theta": 500000.0, "hidden_act": "silu",
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    "scaling", [None, {"rope_type": "linear", "factor": 4.0}, _LLAMA3], ids=["none", "linear", "3"]
)
def test_rotation_speeds_are_those_of_transformers(scaling: dict[str, Any] | None) -> None:
    config = _config(rope_scaling=scaling)
    assert why_not_lean(config) == ""
    settings = {k: v for k, v in config.items() if k != "model_type" and v is not None}
    expected = LlamaRotaryEmbedding(LlamaConfig(**settings)).inv_freq
    found = shape_from_config(config).inverse_frequencies().float()
    assert torch.allclose(found, expected, rtol=1e-5, atol=0)


@pytest.mark.parametrize(
    "changes",
    [
        {"model_type": "mamba"},
        {"attention_bias": True},
        {"mlp_bias": True},
        {"hidden_act": "gelu"},
        {"rope_scaling": {"rope_type": "yarn", "factor": 4.0}},
        {"hidden_size": 250},
        {"intermediate_size": 500},
    ],
)
def test_what_is_not_covered_is_told(changes: dict[str, Any]) -> None:
    assert "fast decoder does not cover" in why_not_lean(_config(**changes))
