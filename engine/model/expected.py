"""Which parameters a model of a config must have, and their shapes."""

from typing import Any

Shapes = dict[str, tuple[int, ...]]


def expected_shapes(config: dict[str, Any]) -> Shapes:
    """Shape by Hugging Face parameter name, for a `config` of a covered family."""
    hidden = config["hidden_size"]
    shapes: Shapes = {
        "model.embed_tokens.weight": (config["vocab_size"], hidden),
        "model.norm.weight": (hidden,),
    }
    if not config["tie_word_embeddings"]:
        shapes["lm_head.weight"] = (config["vocab_size"], hidden)
    layer = _layer(config)
    for index in range(config["num_hidden_layers"]):
        shapes |= {f"model.layers.{index}.{name}": shape for name, shape in layer.items()}
    return shapes


def _layer(config: dict[str, Any]) -> Shapes:
    hidden, inner = config["hidden_size"], config["intermediate_size"]
    kind, width = config["model_type"], config["head_dim"]
    queries = config["num_attention_heads"] * width
    keys = config["num_key_value_heads"] * width
    norms = ["input_layernorm", "post_attention_layernorm"]
    if kind == "gemma3_text":
        norms += ["pre_feedforward_layernorm", "post_feedforward_layernorm"]
    shapes: Shapes = {f"{norm}.weight": (hidden,) for norm in norms}
    shapes["self_attn.o_proj.weight"] = (hidden, queries)
    shapes["mlp.down_proj.weight"] = (hidden, inner)
    if kind == "phi3":
        shapes["self_attn.qkv_proj.weight"] = (queries + 2 * keys, hidden)
        shapes["mlp.gate_up_proj.weight"] = (2 * inner, hidden)
        return shapes
    for name, rows in (("q", queries), ("k", keys), ("v", keys)):
        shapes[f"self_attn.{name}_proj.weight"] = (rows, hidden)
        if kind == "qwen2":
            shapes[f"self_attn.{name}_proj.bias"] = (rows,)
    for name in ("gate", "up"):
        shapes[f"mlp.{name}_proj.weight"] = (inner, hidden)
    if kind in ("qwen3", "gemma3_text"):
        shapes |= {f"self_attn.{name}_norm.weight": (width,) for name in "qk"}
    return shapes
