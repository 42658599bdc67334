"""Tiny Llama models as GGUF files: random weights in any quantization, a byte-level vocabulary."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from tokenizers import pre_tokenizers

HIDDEN, INNER, HEADS, KV_HEADS, LAYERS = 64, 96, 4, 2, 2
MERGES = ("h e", "l l", "he ll", "hell o", "Ġ w")
SPECIAL = ("<|im_start|>", "<|im_end|>")


def vocabulary() -> list[str]:
    """All bytes, the merged pieces, two special tokens; 264 in all would not divide by 32."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    merged = [merge.replace(" ", "") for merge in MERGES]
    spare = [f"<spare{number}>" for number in range(288 - 256 - len(merged) - len(SPECIAL))]
    return [*letters, *merged, *spare, *SPECIAL]


@dataclass
class TinyGguf:
    """What to write. ``kind`` holds for matrices but those whose name has a part in ``others``."""

    kind: gguf.GGMLQuantizationType = gguf.GGMLQuantizationType.Q4_1
    head: bool = False
    seed: int = 0
    scale: float = 0.12
    template: str | None = None
    rope_factors: tuple[float, ...] = ()
    leave_out: frozenset[str] = frozenset()
    others: dict[str, gguf.GGMLQuantizationType] = field(default_factory=dict)
    weights: dict[str, np.ndarray[Any, Any]] = field(default_factory=dict)

    def write(self, path: Path) -> Path:
        """Writes the file and remembers the float weights by GGUF name."""
        tokens = vocabulary()
        writer = gguf.GGUFWriter(path, "llama")
        writer.add_name("Tiny")
        writer.add_block_count(LAYERS)
        writer.add_context_length(1024)
        writer.add_embedding_length(HIDDEN)
        writer.add_feed_forward_length(INNER)
        writer.add_head_count(HEADS)
        writer.add_head_count_kv(KV_HEADS)
        writer.add_layer_norm_rms_eps(1e-5)
        writer.add_rope_freq_base(10_000.0)
        writer.add_rope_dimension_count(HIDDEN // HEADS)
        writer.add_vocab_size(len(tokens))
        writer.add_tokenizer_model("gpt2")
        writer.add_tokenizer_pre("smollm")
        writer.add_token_list(tokens)
        writer.add_token_types([1] * (len(tokens) - 2) + [3, 3])
        writer.add_token_merges(list(MERGES))
        writer.add_bos_token_id(len(tokens) - 2)
        writer.add_eos_token_id(len(tokens) - 1)
        if self.template is not None:
            writer.add_chat_template(self.template)
        self._add_tensors(writer, len(tokens))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        return path

    def _add_tensors(self, writer: gguf.GGUFWriter, size: int) -> None:
        random = np.random.default_rng(self.seed)
        keys = HIDDEN // HEADS * KV_HEADS
        shapes: dict[str, tuple[int, ...]]
        shapes = {"token_embd": (size, HIDDEN), "output_norm": (HIDDEN,)}
        if self.head:
            shapes["output"] = (size, HIDDEN)
        for layer in range(LAYERS):
            shapes |= {
                f"blk.{layer}.{name}": shape
                for name, shape in {
                    "attn_norm": (HIDDEN,), "attn_q": (HIDDEN, HIDDEN), "attn_k": (keys, HIDDEN),
                    "attn_v": (keys, HIDDEN), "attn_output": (HIDDEN, HIDDEN),
                    "ffn_norm": (HIDDEN,), "ffn_gate": (INNER, HIDDEN), "ffn_up": (INNER, HIDDEN),
                    "ffn_down": (HIDDEN, INNER),
                }.items()
            }
        if self.rope_factors:
            self._add(writer, "rope_freqs.weight", np.array(self.rope_factors, np.float32))
        for name, shape in shapes.items():
            values = random.normal(0, self.scale, shape).astype(np.float32)
            if len(shape) == 1:
                values = 1 + values
            if name not in self.leave_out:
                self._add(writer, name + ".weight", values)

    def _add(self, writer: gguf.GGUFWriter, name: str, values: np.ndarray[Any, Any]) -> None:
        kind = next((k for part, k in self.others.items() if part in name), self.kind)
        if values.ndim == 1 or kind == gguf.GGMLQuantizationType.F32:
            writer.add_tensor(name, values)
            self.weights[name] = values
            return
        raw = gguf.quants.quantize(values, kind)
        writer.add_tensor(name, raw, raw_dtype=kind)
        self.weights[name] = gguf.quants.dequantize(raw, kind)
