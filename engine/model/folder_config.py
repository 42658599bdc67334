"""A ``config.json`` made whole: what newer files nest or leave out is filled in."""

from typing import Any

from engine.decode.rope import COVERED, rope_factors, rope_size
from engine.model.gguf_file import MalformedFileError

_NEEDED = ("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size",
           "vocab_size")  # fmt: skip
_DROPPED = ("auto_map", "architectures", "transformers_version", "_name_or_path", "torch_dtype",
            "dtype")  # fmt: skip
_COMMON = {"rms_norm_eps": 1e-6, "rope_theta": 10_000.0, "tie_word_embeddings": False}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "llama": {"max_position_embeddings": 2048},
    "mistral": {"max_position_embeddings": 131_072, "sliding_window": 4096},
    "qwen2": {"max_position_embeddings": 32_768},
    "qwen3": {"max_position_embeddings": 32_768, "head_dim": 128},
    "smollm3": {
        "max_position_embeddings": 32_768, "rope_theta": 2_000_000.0, "tie_word_embeddings": True,
    },
    "phi3": {"max_position_embeddings": 4096, "rms_norm_eps": 1e-5},
    "gemma3_text": {
        "max_position_embeddings": 131_072, "rope_theta": 1_000_000.0, "head_dim": 256,
        "rope_local_base_freq": 10_000.0, "tie_word_embeddings": True, "sliding_window": 4096,
        "query_pre_attn_scalar": 256, "hidden_activation": "gelu_pytorch_tanh",
    },
}  # fmt: skip
"""What the Hugging Face classes take where a file is silent."""


def hf_config(stated: dict[str, Any]) -> dict[str, Any]:
    """`stated` without references to code; for covered families with all that the decoder asks.

    Raises:
        MalformedFileError: a needed number is missing or impossible.
    """
    config = {key: value for key, value in stated.items() if key not in _DROPPED}
    if config.get("model_type") not in COVERED:
        return config
    for key in _NEEDED:
        if type(config.get(key)) is not int or not 1 <= config[key] <= 1 << 24:
            raise MalformedFileError("its config.json is incomplete or impossible")
    try:
        config = _whole(config)
        _check_layers(config)
        rope_factors(config, config["head_dim"])
        rope_size(config)
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError):
        raise MalformedFileError("its config.json is incomplete or impossible") from None
    if config["num_attention_heads"] % config["num_key_value_heads"] or config["head_dim"] % 2:
        raise MalformedFileError("its attention heads do not add up")
    return config


def _whole(stated: dict[str, Any]) -> dict[str, Any]:
    config = stated | _rope(stated.get("rope_parameters") or {})
    config.pop("rope_parameters", None)
    defaults = _COMMON | _DEFAULTS[config["model_type"]]
    config = {**defaults, **config}
    heads = config["num_attention_heads"]
    config["num_key_value_heads"] = int(config.get("num_key_value_heads") or heads)
    config["head_dim"] = int(config.get("head_dim") or config["hidden_size"] // heads)
    for key, kind in (("rms_norm_eps", float), ("rope_theta", float),
                      ("max_position_embeddings", int), ("tie_word_embeddings", bool)):  # fmt: skip
        value = config[key]
        config[key] = kind(defaults[key] if value is None else value)
    return config


def _check_layers(config: dict[str, Any]) -> None:
    """Raises ValueError where what is said layer by layer does not fit."""
    for key in ("layer_types", "no_rope_layers"):
        if config.get(key) is not None and len(config[key]) < config["num_hidden_layers"]:
            raise ValueError
    for key in ("sliding_window", "sliding_window_pattern", "no_rope_layer_interval"):
        value = config.get(key)
        if value is not None and (type(value) is not int or value < 0):
            raise ValueError
    if not 0 < float(config.get("partial_rotary_factor") or 1.0) <= 1:
        raise ValueError


def _rope(nested: dict[str, Any]) -> dict[str, Any]:
    """The older, flat keys for what newer files nest in ``rope_parameters``."""
    found: dict[str, Any] = {}
    if "full_attention" in nested:
        near = nested.get("sliding_attention") or {}
        if "rope_theta" in near:
            found["rope_local_base_freq"] = near["rope_theta"]
        nested = nested["full_attention"] or {}
    for key in ("rope_theta", "partial_rotary_factor"):
        if nested.get(key) is not None:
            found[key] = nested[key]
    if nested.get("rope_type", "default") != "default":
        found["rope_scaling"] = dict(nested)
    return found
