"""What GGUF files of each family say in their own way: tensor names and metadata.

Source: the conversion script and the model code of llama.cpp.
"""

from typing import Any

from engine.model.gguf_file import GgufFile, MalformedFileError
from engine.model.gguf_numbers import Numbers

SUPPORTED = ("llama", "qwen2", "qwen3", "smollm3", "phi3", "gemma3")
"""GGUF architectures that can be loaded. Mistral files call themselves llama."""

INTERLEAVED = frozenset({"llama", "smollm3"})
"""``model_type`` values whose query and key rows llama.cpp's converter interleaves."""

SHIFTED_NORMS = frozenset({"gemma3_text"})
"""``model_type`` values whose norm weights llama.cpp's converter stores with 1 added."""

_COMMON = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_OWN = {
    "phi3": {"attn_qkv": "self_attn.qkv_proj", "ffn_up": "mlp.gate_up_proj"},
    "gemma3": {
        "ffn_norm": "pre_feedforward_layernorm",
        "post_attention_norm": "post_attention_layernorm",
        "post_ffw_norm": "post_feedforward_layernorm",
    },
}
_GEMMA_27B_LAYERS = 62


def layer_names(kind: str) -> dict[str, str]:
    """GGUF part name to Hugging Face module name, inside a layer of architecture `kind`."""
    return _COMMON | _OWN.get(kind, {})


def family_settings(file: GgufFile, kind: str, config: dict[str, Any]) -> dict[str, Any]:
    """What architecture `kind` adds to or changes in the common `config`.

    Raises:
        MalformedFileError: a number is impossible.
    """
    read = Numbers(file.metadata, kind)
    if kind == "smollm3":
        return {"no_rope_layer_interval": 4}
    if kind == "phi3":
        return _phi3(file, read, config)
    if kind == "gemma3":
        return _gemma3(read, config)
    return {}


def _phi3(file: GgufFile, read: Numbers, config: dict[str, Any]) -> dict[str, Any]:
    width = config["head_dim"]
    turned = read.whole("rope.dimension_count", width, width)
    found: dict[str, Any] = {
        "partial_rotary_factor": turned / width,
        "sliding_window": read.optional("attention.sliding_window", 1 << 24),
    }
    names = {side: f"rope_factors_{side}.weight" for side in ("short", "long")}
    if not all(name in file.tensors for name in names.values()):
        return found
    trained = read.whole("rope.scaling.original_context_length", 1 << 24, 4096)
    scaling: dict[str, Any] = {"rope_type": "longrope"}
    for side, name in names.items():
        factors = file.dequantized(name).ravel()
        if factors.size != turned // 2 or not ((factors >= 0.1) & (factors < 1e6)).all():
            raise MalformedFileError("its position factors are damaged")
        scaling[f"{side}_factor"] = [float(factor) for factor in factors]
    scaling["attention_factor"] = read.real("rope.scaling.attn_factor", 1.0)
    return found | {"rope_scaling": scaling, "original_max_position_embeddings": trained}


def _gemma3(read: Numbers, config: dict[str, Any]) -> dict[str, Any]:
    own_width = config["num_hidden_layers"] != _GEMMA_27B_LAYERS
    per_head = config["hidden_size"] // config["num_attention_heads"]
    found: dict[str, Any] = {
        "model_type": "gemma3_text",
        "hidden_activation": "gelu_pytorch_tanh",
        "query_pre_attn_scalar": config["head_dim"] if own_width else per_head,
        "rope_theta": read.real("rope.freq_base", 1_000_000.0),
        "rope_local_base_freq": read.real("rope.freq_base_swa", 10_000.0),
        "sliding_window": read.optional("attention.sliding_window", 1 << 24),
        "sliding_window_pattern": 6,
    }
    cap = read.present("final_logit_softcapping")
    return found | ({"final_logit_softcapping": cap} if cap else {})
