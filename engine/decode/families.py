"""From a Hugging Face config to the decoder's shape: what each family does in its own way."""

from typing import Any

from engine.decode.rope import COVERED, rope_factors, rope_kind, rope_size, trained_context
from engine.decode.shape import GLOBAL, LOCAL, UNTURNED, Shape

_ROPE_KINDS = ("default", "linear", "llama3", "longrope")
_ACTIVATIONS = {"silu": False, "gelu_pytorch_tanh": True}


def why_not_lean(config: dict[str, Any]) -> str:
    """Why the lean decoder cannot run this model; empty when it can."""
    if config.get("model_type") not in COVERED:
        return f"the fast decoder does not cover {config.get('model_type')} models yet"
    if rope_kind(config.get("rope_scaling") or {}) not in _ROPE_KINDS:
        return "the fast decoder does not cover this model's position scaling yet"
    if config.get("attention_bias") or config.get("mlp_bias"):
        return "the fast decoder does not cover this model's biases yet"
    if _activation(config) not in _ACTIVATIONS:
        return "the fast decoder does not cover this model's activation yet"
    caps = ("final_logit_softcapping", "attn_logit_softcapping", "use_bidirectional_attention")
    if any(config.get(cap) for cap in caps):
        return "the fast decoder does not cover this model's attention yet"
    widths = (config["hidden_size"], config["intermediate_size"],
              config["num_attention_heads"] * config["head_dim"])  # fmt: skip
    if any(width % 32 for width in widths) or config["head_dim"] % 2 or _rotary(config) % 2:
        return "the fast decoder does not cover this model's widths"
    return ""


def shape_from_config(config: dict[str, Any]) -> Shape:
    """The shape in `config`; call `why_not_lean` first."""
    turned = _rotary(config) or config["head_dim"]
    return Shape(
        layers=config["num_hidden_layers"],
        hidden=config["hidden_size"],
        heads=config["num_attention_heads"],
        kv_heads=config["num_key_value_heads"],
        head_dim=config["head_dim"],
        intermediate=config["intermediate_size"],
        vocab=config["vocab_size"],
        context=trained_context(config),
        norm_eps=config["rms_norm_eps"],
        rope_theta=config["rope_theta"],
        tied=bool(config.get("tie_word_embeddings")),
        rope_factors=tuple(config.get("rope_factors") or ()) or rope_factors(config, turned),
        rope_size=rope_size(config),
        rotary=_rotary(config),
        turn_kinds=_turn_kinds(config),
        windows=_windows(config),
        gelu=_ACTIVATIONS[_activation(config)],
        **_switches(config),
    )


def _switches(config: dict[str, Any]) -> dict[str, Any]:
    kind = config["model_type"]
    if kind == "qwen2":
        return {"qkv_bias": True}
    if kind == "qwen3":
        return {"head_norms": True}
    if kind == "phi3":
        return {"fused": True}
    if kind != "gemma3_text":
        return {}
    return {
        "head_norms": True,
        "sandwich_norms": True,
        "norm_shift": 1.0,
        "embedding_scale": config["hidden_size"] ** 0.5,
        "query_scale": float(config["query_pre_attn_scalar"]) ** -0.5,
        "local_theta": float(config["rope_local_base_freq"]),
    }


def _activation(config: dict[str, Any]) -> str:
    return str(config.get("hidden_activation") or config.get("hidden_act") or "silu")


def _rotary(config: dict[str, Any]) -> int:
    """Rotated features of a head; 0 when it is all of them."""
    share = float(config.get("partial_rotary_factor") or 1.0)
    return int(config["head_dim"] * share) if share < 1 else 0


def _turn_kinds(config: dict[str, Any]) -> tuple[str, ...]:
    if config["model_type"] == "gemma3_text":
        return tuple(LOCAL if near else GLOBAL for near in _near_layers(config))
    if config["model_type"] == "smollm3":
        return tuple(GLOBAL if turned else UNTURNED for turned in _turned_layers(config))
    return ()


def _windows(config: dict[str, Any]) -> tuple[int, ...]:
    size, near = config.get("sliding_window"), _near_layers(config)
    if not size or not any(near):
        return ()
    return tuple(int(size) if sees_near else 0 for sees_near in near)


def _near_layers(config: dict[str, Any]) -> list[bool]:
    """For each layer whether it sees a window only."""
    kind, count = config["model_type"], config["num_hidden_layers"]
    if kind in ("mistral", "phi3"):
        return [bool(config.get("sliding_window"))] * count
    if kind not in ("qwen2", "qwen3", "smollm3", "gemma3_text"):
        return [False] * count
    if kind != "gemma3_text" and not config.get("use_sliding_window"):
        return [False] * count
    if config.get("layer_types"):
        return [name == "sliding_attention" for name in config["layer_types"][:count]]
    if kind == "gemma3_text":
        pattern = int(config.get("sliding_window_pattern") or 6)
        return [bool((layer + 1) % pattern) for layer in range(count)]
    if kind == "smollm3":
        return [not turned for turned in _turned_layers(config)]
    return [layer >= int(config.get("max_window_layers", 28)) for layer in range(count)]


def _turned_layers(config: dict[str, Any]) -> list[bool]:
    """For each layer of SmolLM3 whether positions turn there."""
    count = config["num_hidden_layers"]
    stated = config.get("no_rope_layers")
    if stated:
        return [bool(turned) for turned in stated[:count]]
    every = int(config.get("no_rope_layer_interval") or 4)
    return [bool((layer + 1) % every) for layer in range(count)]
