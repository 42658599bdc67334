"""From GGUF metadata to a Hugging Face config, and from its tensor names to Hugging Face names."""

from typing import Any

from engine.model.gguf_families import SUPPORTED as SUPPORTED
from engine.model.gguf_families import family_settings, layer_names
from engine.model.gguf_file import GgufFile, MalformedFileError
from engine.model.gguf_numbers import Numbers

_ALWAYS = {"mlp_bias": False, "hidden_act": "silu", "pad_token_id": None}
_MARKED_TOKENS = ("bos_token_id", "eos_token_id")
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
    read = Numbers(file.metadata, kind)
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
        "attention_bias": kind != "qwen2" and "blk.0.attn_q.bias" in file.tensors,
    } | _ALWAYS
    config |= {n: file.metadata.get(f"tokenizer.ggml.{n}") for n in _MARKED_TOKENS}
    _check_heads(config)
    config |= _position_scaling(file, kind, config["head_dim"])
    return config | family_settings(file, kind, config)


def tensor_names(file: GgufFile) -> dict[str, str]:
    """Hugging Face parameter name to GGUF tensor name; unknown tensors are left out."""
    names = {}
    parts = layer_names(architecture(file))
    for name in file.tensors:
        hf_name = _hf_name(name, parts)
        if hf_name is not None:
            names[hf_name] = name
    return names


def _hf_name(name: str, layer_parts: dict[str, str]) -> str | None:
    if name in _TOP_NAMES:
        return _TOP_NAMES[name]
    parts = name.split(".")
    if len(parts) == 4 and parts[0] == "blk" and parts[1].isdigit() and parts[2] in layer_parts:
        return f"model.layers.{int(parts[1])}.{layer_parts[parts[2]]}.{parts[3]}"
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
    read = Numbers(file.metadata, kind)
    factor = read.real("rope.scaling.factor", 1.0)
    return {"rope_scaling": {"rope_type": str(scaling), "factor": factor}}


def _check_heads(config: dict[str, Any]) -> None:
    if config["num_attention_heads"] % config["num_key_value_heads"] or config["head_dim"] % 2:
        raise MalformedFileError("its attention heads do not add up")
