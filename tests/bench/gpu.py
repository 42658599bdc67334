"""Speed on an NVIDIA GPU with random weights of 1B and 8B shapes; downloads nothing.

    make bench-gpu

A token cannot come sooner than what it needs can be read, so the figure is tokens a second times
those bytes (weights in NF4, keys and values of the bucket, an adapter) over the bandwidth that
this GPU reaches in a copy in the same run. An 8B model needs 9 GB of the GPU while it is made.
"""

import argparse
import math
import sys
import time
from collections.abc import Callable
from typing import Any

import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.cuda.decoder import FEW, SOME, GpuDecoder
from engine.decode.cuda.graphs import Recorder
from engine.decode.cuda.weights import GpuWeights, build_gpu_weights
from engine.decode.families import shape_from_config
from engine.decode.sampling import Sampling
from engine.model.expected import expected_shapes
from tests.bench.report import Goal, Report, alternate, median, ratio, show

SHAPES = {
    "1b": {"hidden_size": 2048, "intermediate_size": 8192, "num_hidden_layers": 16,
           "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 64,
           "tie_word_embeddings": True},
    "8b": {"hidden_size": 4096, "intermediate_size": 14336, "num_hidden_layers": 32,
           "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 128,
           "tie_word_embeddings": False},
}  # fmt: skip
GOALS = {"1b": 0.40, "8b": 0.60}
_RANK, _PROMPT, _LONG, _TOKENS, _CONTEXT = 16, 64, 3000, 128, 4096
_COMMON = {"model_type": "llama", "vocab_size": 128256, "max_position_embeddings": 8192,
           "rms_norm_eps": 1e-5, "rope_theta": 5e5}  # fmt: skip


class RandomWeights:
    """A weight source that makes up every tensor when it is asked for."""

    def __init__(self, config: dict[str, Any], device: torch.device) -> None:
        self.config = config
        self._device = device
        self._shapes = expected_shapes(config)

    def names(self) -> frozenset[str]:
        return frozenset(self._shapes)

    def dense(self, name: str) -> torch.Tensor:
        shape = self._shapes[name]
        if len(shape) == 1:
            return torch.ones(shape, dtype=torch.bfloat16, device=self._device)
        found = torch.empty(shape, dtype=torch.bfloat16, device=self._device)
        return found.uniform_(-1, 1).div_(math.sqrt(shape[1]))

    def packed(self, name: str) -> None:
        assert name in self._shapes


class OneByOne:
    """A recorder that captures nothing: each kernel is launched by itself, for comparison."""

    def record(self, work: Callable[[], torch.Tensor]) -> Any:
        raise RuntimeError(work.__name__)


def make_decoder(
    config: dict[str, Any], device: torch.device, context: int = _CONTEXT
) -> GpuDecoder:
    """The decoder of a random model."""
    source = RandomWeights(_COMMON | config, device)
    shape = shape_from_config(source.config)
    weights = build_gpu_weights(source, shape, device, lambda _: None)
    return GpuDecoder(shape, weights, context, frozenset())


def measure(decoder: GpuDecoder, name: str, rounds: int, bandwidth: float) -> Report:
    """One model, with and without adapter and captured steps in turn; `bandwidth` in bytes/s."""
    adapter, weights = make_adapter(decoder.weights), decoder.weights
    slow = _same(decoder, OneByOne())
    found = alternate(
        {
            "plain": lambda: _decode(decoder, None, _PROMPT),
            "adapter": lambda: _decode(decoder, adapter, _PROMPT),
            "one by one": lambda: _decode(slow, None, _PROMPT),
            "few": lambda: _step(decoder, FEW),
            "some": lambda: _step(decoder, SOME),
            "long": lambda: _decode(decoder, None, _LONG),
        },
        rounds,
    )
    decoder.use_adapter(None, 0.0)
    speed, long = (_TOKENS / median(found[side], "s") for side in ("plain", "long"))
    read, read_long = (decoder.bytes_a_token(n + _TOKENS // 2) for n in (_PROMPT, _LONG))
    step = 1 / speed
    figures: dict[str, float | int | str] = {
        "path": decoder.path_taken, "bandwidth_gb_per_s": bandwidth / 1e9,
        "weights_gb": weights.bytes() / 1e9, "bytes_a_token_gb": read / 1e9,
        "tokens_per_s": speed, "bandwidth_fraction_ratio": speed * read / bandwidth,
        "tokens_per_s_after_3000": long,
        "bandwidth_fraction_after_3000_ratio": long * read_long / bandwidth,
        "adapter_cost_ratio": ratio(found["plain"], found["adapter"], "s") - 1,
        "captured_gain_ratio": ratio(found["plain"], found["one by one"], "s"),
        "four_rows_cost_ratio": median(found["few"], "s") / step,
        "eight_rows_cost_ratio": median(found["some"], "s") / step,
    }  # fmt: skip
    goals = {"adapter_cost_ratio": Goal("<=", 0.10)}
    if name in GOALS:
        goals["bandwidth_fraction_ratio"] = Goal(">=", GOALS[name])
    notes = [decoder.trouble] if decoder.trouble else []
    return Report(f"gpu {name}", rounds, figures, goals, notes)


def _same(decoder: GpuDecoder, recorder: Recorder) -> GpuDecoder:
    """A second decoder on the same weights."""
    return GpuDecoder(
        decoder.shape, decoder.weights, decoder.context_length, frozenset(), recorder
    )


def _decode(decoder: GpuDecoder, adapter: AdapterWeights | None, prompt: int) -> dict[str, float]:
    """Seconds for the tokens after the first two: the second may capture a step."""
    decoder.use_adapter(adapter, 1.0)
    decoder._forget()
    decoder.look_ahead = False
    how = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=_TOKENS + 2)
    times = []
    for _ in decoder.stream([7 * n % 250 for n in range(prompt)], how, lambda: False):
        times.append(time.perf_counter())
    return {"s": times[-1] - times[1]}


def _step(decoder: GpuDecoder, rows: int) -> dict[str, float]:
    """Seconds of a step over so many rows; the first may capture it."""
    decoder.use_adapter(None, 0.0)
    decoder._forget()
    tokens = list(range(rows))

    def step() -> None:
        del decoder._cache.tokens[:]
        int(decoder._checked(tokens)[0].argmax())

    step()
    return {"s": min(_span(step, decoder.weights.embedding.device) for _ in range(20))}


def make_adapter(weights: GpuWeights) -> AdapterWeights:
    """Rank 16 on all linear modules of the layers."""
    tensors = {}
    for stack in weights.stacks():
        for part in stack.parts:
            name = f"base_model.model.{part.name}"
            tensors[f"{name}.lora_A.weight"] = torch.randn(_RANK, stack.width) * 0.02
            tensors[f"{name}.lora_B.weight"] = torch.randn(part.rows, _RANK) * 0.002
    return AdapterWeights(_RANK, 2.0 * _RANK, tensors)


def measure_bandwidth(device: torch.device, size: int = 1 << 28) -> float:
    """Bytes a second that `device` moves in a copy of `size` bytes, reads and writes counted."""
    source = torch.zeros(size, dtype=torch.uint8, device=device)
    target = torch.empty_like(source)
    spans = [_span(lambda: target.copy_(source), device) for _ in range(12)]
    return 2 * source.nbytes / min(spans)


def _span(work: Callable[[], object], device: torch.device) -> float:
    """Seconds that `work` takes, the device's part included."""
    wait = torch.cuda.synchronize if device.type == "cuda" else lambda: None
    wait()
    started = time.perf_counter()
    work()
    wait()
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
    device = torch.device("cuda", torch.cuda.current_device())
    for name in options.shape or SHAPES:
        bandwidth = measure_bandwidth(device)
        report = measure(make_decoder(SHAPES[name], device), name, options.rounds, bandwidth)
        report.figures = {"gpu": torch.cuda.get_device_name(device), **report.figures}
        show(report, as_json=options.json)
        torch.cuda.empty_cache()
    return 0


if __name__ == "__main__":
    sys.exit(main())
