"""Tiny random models of every family, as safetensors folders and as GGUF files.

The GGUF side follows llama.cpp's converter: which rows it interleaves, which norms it shifts.
"""

from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
import transformers

from engine.model.gguf_file import GgufFile
from engine.model.vocabulary import build_tokenizer
from tests.support.tiny_gguf import MERGES, TinyGguf, vocabulary

_SIZES: dict[str, Any] = {
    "vocab_size": len(vocabulary()), "hidden_size": 64, "intermediate_size": 96,
    "num_hidden_layers": 3, "num_attention_heads": 4, "num_key_value_heads": 2,
    "max_position_embeddings": 1024, "pad_token_id": None, "initializer_range": 0.12,
    "bos_token_id": len(vocabulary()) - 2, "eos_token_id": len(vocabulary()) - 1,
}  # fmt: skip
_LONG = {
    "rope_type": "longrope",
    "short_factor": [1.0, 1.2, 1.7, 2.0], "long_factor": [1.0, 2.0, 4.0, 8.0],
}  # fmt: skip


def family_config(name: str) -> Any:
    """A fresh config of family `name`; ``longrope`` is Phi-3 with stretched, partial positions."""
    c, sizes = transformers, dict(_SIZES)
    makers = {
        "mistral": lambda: c.MistralConfig(**sizes, sliding_window=24),
        "qwen2": lambda: c.Qwen2Config(**sizes, rope_theta=1e6),
        "qwen2-window": lambda: c.Qwen2Config(
            **sizes, use_sliding_window=True, sliding_window=20, max_window_layers=1
        ),
        "qwen3": lambda: c.Qwen3Config(**sizes, head_dim=32, tie_word_embeddings=True),
        "smollm3": lambda: c.SmolLM3Config(**sizes, no_rope_layer_interval=2),
        "phi3": lambda: c.Phi3Config(**sizes, sliding_window=30),
        "longrope": lambda: c.Phi3Config(
            **sizes, rope_scaling=dict(_LONG), partial_rotary_factor=0.5,
            original_max_position_embeddings=512,
        ),
        "gemma3": lambda: c.Gemma3TextConfig(
            **sizes, head_dim=32, sliding_window=24, sliding_window_pattern=2,
            query_pre_attn_scalar=48, rope_theta=1e6, rope_local_base_freq=1e4,
        ),
    }  # fmt: skip
    return makers[name]()


FAMILIES = ("mistral", "qwen2", "qwen2-window", "qwen3", "smollm3", "phi3", "longrope", "gemma3")
GGUF_NAMES = {
    "qwen2": "qwen2", "qwen3": "qwen3", "smollm3": "smollm3", "phi3": "phi3",
    "longrope": "phi3", "gemma3": "gemma3",
}  # fmt: skip
"""GGUF architecture by family."""


def random_model(config: Any, seed: int = 0) -> Any:
    """A model in eval mode, weights that bfloat16 holds, with telling norms and biases."""
    torch.manual_seed(seed)
    model = transformers.AutoModelForCausalLM.from_config(config).float().eval()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter += torch.randn_like(parameter) * 0.2
            parameter.copy_(parameter.bfloat16().float())
    return model


def save_folder(model: Any, folder: Path) -> Path:
    """Writes `model` in bfloat16 with the tiny vocabulary's tokenizer."""
    folder.mkdir(parents=True)
    file = GgufFile(TinyGguf().write(folder / "tiny.gguf"))
    build_tokenizer(file.metadata).save(str(folder / "tokenizer.json"))
    model.bfloat16().save_pretrained(folder)
    model.float()
    return folder


def save_gguf(model: Any, name: str, path: Path, kind: gguf.GGMLQuantizationType) -> Path:
    """Writes `model` quantized, and gives `model` the weights that the file then holds."""
    config, arch = model.config, GGUF_NAMES[name]
    writer = gguf.GGUFWriter(path, arch)
    width = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    writer.add_name("Tiny")
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(width)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    _add_positions(writer, config, arch, width)
    _add_vocabulary(writer)
    _add_tensors(writer, model, arch, kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _add_positions(writer: gguf.GGUFWriter, config: Any, arch: str, width: int) -> None:
    rope = config.rope_parameters
    if arch == "gemma3":
        writer.add_rope_freq_base(rope["full_attention"]["rope_theta"])
        writer.add_sliding_window(config.sliding_window)
        return
    writer.add_rope_freq_base(rope["rope_theta"])
    if arch != "phi3":
        return
    writer.add_rope_dimension_count(int(width * rope["partial_rotary_factor"]))
    writer.add_sliding_window(config.sliding_window or 0)
    if rope["rope_type"] == "longrope":
        writer.add_rope_scaling_orig_ctx_len(config.original_max_position_embeddings)
        stretch = config.max_position_embeddings / config.original_max_position_embeddings
        trained = config.original_max_position_embeddings
        writer.add_rope_scaling_attn_factors(float((1 + np.log(stretch) / np.log(trained)) ** 0.5))
        for side in ("short", "long"):
            factors = np.array(rope[f"{side}_factor"], np.float32)
            writer.add_tensor(f"rope_factors_{side}.weight", factors)


def _add_vocabulary(writer: gguf.GGUFWriter) -> None:
    tokens = vocabulary()
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([1] * (len(tokens) - 2) + [3, 3])
    writer.add_token_merges(list(MERGES))
    writer.add_bos_token_id(len(tokens) - 2)
    writer.add_eos_token_id(len(tokens) - 1)


def _add_tensors(
    writer: gguf.GGUFWriter, model: Any, arch: str, kind: gguf.GGMLQuantizationType
) -> None:
    kinds = {value: key for key, value in gguf.MODEL_ARCH_NAMES.items()}
    names = gguf.get_tensor_name_map(kinds[arch], model.config.num_hidden_layers)
    state = model.state_dict()
    for hf_name, tensor in state.items():
        if hf_name == "lm_head.weight" and model.config.tie_word_embeddings:
            continue
        name = names.get_name(hf_name, try_suffixes=(".weight", ".bias"))
        heads = {"q_proj": model.config.num_attention_heads,
                 "k_proj": model.config.num_key_value_heads}  # fmt: skip
        rows = heads.get(hf_name.split(".")[-2], 0) if arch == "smollm3" else 0
        values = tensor.numpy()
        if values.ndim == 1:
            shift = 1 if arch == "gemma3" else 0
            writer.add_tensor(name, (values + shift).astype(np.float32))
            continue
        order = _interleave(values.shape[0], rows)
        raw = gguf.quants.quantize(values[order], kind)
        writer.add_tensor(name, raw, raw_dtype=kind)
        stored = np.empty_like(values)
        stored[order] = gguf.quants.dequantize(raw, kind)
        tensor.copy_(torch.from_numpy(stored).bfloat16())


def _interleave(rows: int, heads: int) -> np.ndarray[Any, Any]:
    """Row order of the converter: the halves of each head side by side."""
    if not heads:
        return np.arange(rows)
    return np.arange(rows).reshape(heads, 2, -1).swapaxes(1, 2).ravel()
