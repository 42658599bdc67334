"""A ``config.json`` made whole: what newer files nest or leave out is filled in."""

from typing import Any

from engine.model.gguf_file import MalformedFileError

_NEEDED = ("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size",
           "vocab_size")  # fmt: skip
_DROPPED = ("auto_map", "architectures", "transformers_version", "_name_or_path", "torch_dtype",
            "dtype")  # fmt: skip


def hf_config(stated: dict[str, Any]) -> dict[str, Any]:
    """`stated` without references to code, and for Llama with all that the decoder asks for.

    Raises:
        MalformedFileError: a needed number is missing or impossible.
    """
    config = {key: value for key, value in stated.items() if key not in _DROPPED}
    if config.get("model_type") != "llama":
        return config
    for key in _NEEDED:
        if type(config.get(key)) is not int or not 1 <= config[key] <= 1 << 24:
            raise MalformedFileError("its config.json is incomplete or impossible")
    rope = config.pop("rope_parameters", None) or {}
    config["rope_theta"] = float(rope.get("rope_theta") or config.get("rope_theta") or 10_000.0)
    if rope.get("rope_type", "default") != "default":
        config["rope_scaling"] = rope
    heads = config["num_attention_heads"]
    config["num_key_value_heads"] = config.get("num_key_value_heads") or heads
    config["head_dim"] = config.get("head_dim") or config["hidden_size"] // heads
    config["rms_norm_eps"] = float(config.get("rms_norm_eps", 1e-6))
    config["max_position_embeddings"] = int(config.get("max_position_embeddings", 2048))
    config["tie_word_embeddings"] = bool(config.get("tie_word_embeddings", False))
    if heads % config["num_key_value_heads"] or config["head_dim"] % 2:
        raise MalformedFileError("its attention heads do not add up")
    return config
