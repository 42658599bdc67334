"""Speed on an NVIDIA GPU with random weights of 1B and 8B shapes; downloads nothing.

    make bench-gpu

A token cannot come sooner than its weights can be read, so the figure is tokens a second times the
bytes of the weights over the bandwidth that this GPU reaches in a copy. An 8B model needs 20 GB of
memory while it is made.
"""

import argparse
import math
import sys
import time
from collections.abc import Callable
from typing import Any

import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.reference import ReferenceDecoder
from engine.decode.sampling import Sampling
from engine.model.reference import build_reference
from tests.bench.report import Goal, Report, alternate, median, ratio, show

SHAPES = {
    "1b": {"hidden_size": 2048, "intermediate_size": 8192, "num_hidden_layers": 16,
           "num_attention_heads": 32, "num_key_value_heads": 8, "tie_word_embeddings": True},
    "8b": {"hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32,
           "num_attention_heads": 32, "num_key_value_heads": 8, "tie_word_embeddings": False},
}  # fmt: skip
GOALS = {"1b": 0.40, "8b": 0.60}
_RANK, _PROMPT, _TOKENS, _CONTEXT = 16, 64, 128, 1024
_COMMON = {"model_type": "llama", "vocab_size": 128256, "max_position_embeddings": 8192,
           "rms_norm_eps": 1e-5, "rope_theta": 5e5}  # fmt: skip


class RandomWeights:
    """A weight source that makes up every tensor when it is asked for."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config
        self._shapes = _shapes(config)

    def names(self) -> frozenset[str]:
        return frozenset(self._shapes)

    def dense(self, name: str) -> torch.Tensor:
        shape = self._shapes[name]
        if len(shape) == 1:
            return torch.ones(shape, dtype=torch.bfloat16)
        return torch.empty(shape, dtype=torch.bfloat16).uniform_(-1, 1) / math.sqrt(shape[1])

    def packed(self, name: str) -> None:
        return None


def _shapes(config: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    hidden, inner = config["hidden_size"], config["intermediate_size"]
    kv = hidden // config["num_attention_heads"] * config["num_key_value_heads"]
    block = {
        "self_attn.q_proj": (hidden, hidden), "self_attn.k_proj": (kv, hidden),
        "self_attn.v_proj": (kv, hidden), "self_attn.o_proj": (hidden, hidden),
        "mlp.gate_proj": (inner, hidden), "mlp.up_proj": (inner, hidden),
        "mlp.down_proj": (hidden, inner), "input_layernorm": (hidden,),
        "post_attention_layernorm": (hidden,),
    }  # fmt: skip
    table = (config["vocab_size"], hidden)
    found: dict[str, tuple[int, ...]] = {
        "model.embed_tokens.weight": table, "model.norm.weight": (hidden,),
        "lm_head.weight": table,
    }  # fmt: skip
    for layer in range(config["num_hidden_layers"]):
        found |= {f"model.layers.{layer}.{name}.weight": shape for name, shape in block.items()}
    return found


def measure(name: str, rounds: int) -> Report:
    """One shape, with and without an adapter in turn."""
    model = build_reference(RandomWeights(_COMMON | SHAPES[name]), {}, device="cuda")
    decoder = ReferenceDecoder(model, _CONTEXT, frozenset())
    adapter = _adapter(model)
    found = alternate(
        {"plain": lambda: _decode(decoder, None), "adapter": lambda: _decode(decoder, adapter)},
        rounds,
    )
    speed, bandwidth = _TOKENS / median(found["plain"], "s"), _bandwidth()
    read = sum(p.nbytes for p in model.parameters()) - _unread(model)
    figures: dict[str, float | int | str] = {
        "gpu": torch.cuda.get_device_name(), "bandwidth_gb_per_s": bandwidth / 1e9,
        "bytes_a_token_gb": read / 1e9, "tokens_per_s": speed,
        "bandwidth_fraction_ratio": speed * read / bandwidth,
        "adapter_cost_ratio": ratio(found["plain"], found["adapter"], "s") - 1,
    }  # fmt: skip
    goals = {"bandwidth_fraction_ratio": Goal(">=", GOALS[name]),
             "adapter_cost_ratio": Goal("<=", 0.10)}  # fmt: skip
    return Report(f"gpu {name}", rounds, figures, goals)


def _unread(model: Any) -> int:
    """Bytes of the embedding where it is not the head too: one row of it is read."""
    table = model.get_input_embeddings().weight
    return 0 if model.get_output_embeddings().weight is table else int(table.nbytes)


def _decode(decoder: ReferenceDecoder, adapter: AdapterWeights | None) -> dict[str, float]:
    """Seconds for the tokens after the first."""
    decoder.use_adapter(adapter, 1.0)
    decoder._forget()
    how = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=_TOKENS + 1)
    times = []
    for _ in decoder.stream(list(range(100, 100 + _PROMPT)), how, lambda: False):
        times.append(time.perf_counter())
    return {"s": times[-1] - times[0]}


def _adapter(model: Any) -> AdapterWeights:
    """Rank 16 on all linear modules of the layers."""
    tensors = {}
    for name, module in model.named_modules():
        if ".layers." in name and hasattr(module, "in_features"):
            full = f"base_model.model.{name}"
            tensors[f"{full}.lora_A.weight"] = torch.randn(_RANK, module.in_features) * 0.02
            tensors[f"{full}.lora_B.weight"] = torch.randn(module.out_features, _RANK) * 0.002
    return AdapterWeights(_RANK, 2.0 * _RANK, tensors)


def _bandwidth() -> float:
    """Bytes a second that the GPU moves in a copy, reads and writes counted."""
    source = torch.empty(1 << 28, dtype=torch.uint8, device="cuda")
    target = torch.empty_like(source)

    def copy() -> None:
        target.copy_(source)

    spans = [_span(copy) for _ in range(12)]
    return 2 * source.nbytes / min(spans)


def _span(work: Callable[[], None]) -> float:
    torch.cuda.synchronize()
    started = time.perf_counter()
    work()
    torch.cuda.synchronize()
    return time.perf_counter() - started


def main() -> int:
    """Runs the shapes that were asked for; 1 with a sentence where there is no GPU."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shape", choices=SHAPES, action="append")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not torch.cuda.is_available():
        sys.stderr.write("There is no NVIDIA GPU here; run this benchmark on a machine with one.\n")
        return 1
    for name in options.shape or SHAPES:
        show(measure(name, options.rounds), as_json=options.json)
        torch.cuda.empty_cache()
    return 0


if __name__ == "__main__":
    sys.exit(main())
