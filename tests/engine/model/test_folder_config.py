from typing import Any

import pytest

from engine.model.folder_config import hf_config
from engine.model.gguf_file import MalformedFileError


def _config(**changes: Any) -> dict[str, Any]:
    return {
        "model_type": "gemma3_text", "hidden_size": 64, "num_hidden_layers": 3,
        "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 96,
        "vocab_size": 288, "auto_map": {"AutoModel": "evil.py"},
    } | changes  # fmt: skip


def test_what_a_file_leaves_out_is_filled_in() -> None:
    config = hf_config(_config(model_type="qwen3"))
    assert (config["head_dim"], config["rms_norm_eps"], config["rope_theta"]) == (128, 1e-6, 1e4)
    assert config["tie_word_embeddings"] is False
    assert "auto_map" not in config
    assert hf_config(_config(model_type="mistral"))["sliding_window"] == 4096
    assert hf_config(_config(model_type="mistral", sliding_window=None))["sliding_window"] is None


def test_nested_positions_become_flat() -> None:
    nested = {
        "full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 5e5},
        "sliding_attention": {"rope_type": "default", "rope_theta": 2e4},
    }
    config = hf_config(_config(rope_parameters=nested))
    assert (config["rope_theta"], config["rope_local_base_freq"]) == (5e5, 2e4)
    assert config["rope_scaling"]["factor"] == 8.0
    assert "rope_parameters" not in config


@pytest.mark.parametrize(
    "changes",
    [
        {"layer_types": ["full_attention"]},
        {"layer_types": 5},
        {"sliding_window": "many"},
        {"sliding_window": -3},
        {"partial_rotary_factor": -0.5},
        {"partial_rotary_factor": "half"},
        {"rope_scaling": {"rope_type": "linear"}},
        {"rope_scaling": {"rope_type": "longrope", "short_factor": None}},
        {"rope_scaling": 7},
        {"num_hidden_layers": 0},
        {"rms_norm_eps": "small"},
        {"num_key_value_heads": 3},
    ],
)
def test_what_does_not_fit_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedFileError):
        hf_config(_config(**changes))
