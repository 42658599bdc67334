"""From GGUF metadata to a Hugging Face config, and from its tensor names to Hugging Face names."""

from collections.abc import Mapping
from typing import Any

from engine.model.gguf_file import GgufFile, MalformedFileError, MetaValue

SUPPORTED = ("llama",)
"""GGUF architectures that can be loaded."""

_MARKED_TOKENS = ("bos_token_id", "eos_token_id")
_LAYER_NAMES = {
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
_TOP_NAMES = {
    "token_embd.weight": "model.embed_tokens.weight",
    "output_norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}


def architecture(file: GgufFile) -> str:
    """The file's ``general.architecture``; empty when it names none."""
    value = file.metadata.get("general.architecture", "")
    return value if isinstance(value, str) else ""


def hf_config(file: GgufFile) -> dict[str, Any]:
    """The config of the Hugging Face class, as a dictionary with ``model_type``.

    Raises:
        MalformedFileError: a needed number is missing, impossible, or contradicts the tensors.
    """
    kind = architecture(file)
    read = _Numbers(file.metadata, kind)
    heads = read.whole("attention.head_count", 4096)
    hidden = read.whole("embedding_length", 1 << 20)
    config: dict[str, Any] = {
        "model_type": kind,
        "hidden_size": hidden,
        "num_hidden_layers": read.whole("block_count", 4096),
        "num_attention_heads": heads,
        "num_key_value_heads": read.whole("attention.head_count_kv", 4096, heads),
        "head_dim": read.whole("attention.key_length", 65_536, hidden // heads),
        "intermediate_size": read.whole("feed_forward_length", 1 << 22),
        "vocab_size": _word_count(file, hidden),
        "max_position_embeddings": read.whole("context_length", 1 << 24),
        "rms_norm_eps": read.real("attention.layer_norm_rms_epsilon", 1e-5),
        "rope_theta": read.real("rope.freq_base", 10_000.0),
        "tie_word_embeddings": "output.weight" not in file.tensors,
        "attention_bias": "blk.0.attn_q.bias" in file.tensors,
        "mlp_bias": False,
        "hidden_act": "silu",
    }
    config |= {n: file.metadata.get(f"tokenizer.ggml.{n}") for n in _MARKED_TOKENS}
    _check_heads(config)
    return config | _position_scaling(file, kind, config["head_dim"])


def tensor_names(file: GgufFile) -> dict[str, str]:
    """Hugging Face parameter name to GGUF tensor name; unknown tensors are left out."""
    names = {}
    for name in file.tensors:
        hf_name = _hf_name(name)
        if hf_name is not None:
            names[hf_name] = name
    return names


def _hf_name(name: str) -> str | None:
    if name in _TOP_NAMES:
        return _TOP_NAMES[name]
    parts = name.split(".")
    if len(parts) == 4 and parts[0] == "blk" and parts[1].isdigit() and parts[2] in _LAYER_NAMES:
        return f"model.layers.{int(parts[1])}.{_LAYER_NAMES[parts[2]]}.{parts[3]}"
    return None


def _word_count(file: GgufFile, hidden: int) -> int:
    embedding = file.tensors.get("token_embd.weight")
    if embedding is None or len(embedding.shape) != 2 or embedding.shape[1] != hidden:
        raise MalformedFileError("its word table is missing or has the wrong shape")
    return embedding.shape[0]


def _position_scaling(file: GgufFile, kind: str, head_dim: int) -> dict[str, Any]:
    """Stretched positions: one factor for all, or one for each rotation speed (Llama 3.1)."""
    if "rope_freqs.weight" in file.tensors:
        factors = file.dequantized("rope_freqs.weight").ravel()
        if factors.size != head_dim // 2 or not ((factors >= 0.1) & (factors < 1e6)).all():
            raise MalformedFileError("its position factors are damaged")
        return {"rope_factors": tuple(float(factor) for factor in factors)}
    scaling = file.metadata.get(f"{kind}.rope.scaling.type", "none")
    if scaling == "none":
        return {}
    read = _Numbers(file.metadata, kind)
    factor = read.real("rope.scaling.factor", 1.0)
    return {"rope_scaling": {"rope_type": str(scaling), "factor": factor}}


def _check_heads(config: dict[str, Any]) -> None:
    if config["num_attention_heads"] % config["num_key_value_heads"] or config["head_dim"] % 2:
        raise MalformedFileError("its attention heads do not add up")


class _Numbers:
    """Reads bounded numbers of one architecture."""

    def __init__(self, metadata: Mapping[str, MetaValue], prefix: str) -> None:
        self._metadata = metadata
        self._prefix = prefix

    def whole(self, key: str, limit: int, default: int | None = None) -> int:
        value = self._metadata.get(f"{self._prefix}.{key}", default)
        if type(value) is not int or not 1 <= value <= limit:
            raise MalformedFileError("its description of the model is incomplete or impossible")
        return value

    def real(self, key: str, default: float) -> float:
        value = self._metadata.get(f"{self._prefix}.{key}", default)
        if not isinstance(value, int | float) or not 0.0 < float(value) < 1e12:
            raise MalformedFileError("its description of the model is incomplete or impossible")
        return float(value)
