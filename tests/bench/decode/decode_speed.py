"""Decode and prefill speed of the lean decoder beside `transformers` on the same weights.

Both sides run in one process, round by round in turn, so that whatever else the machine does hits
both. Printed are medians and ratios. Run: ``python tests/bench/decode/decode_speed.py``.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.lean import LeanDecoder
from engine.decode.sampling import Sampling
from engine.model.catalogue import embedded_model
from engine.model.hardware import probe
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel

_TEXT = "The town by the river has a market on Fridays, and people come from far away. "


def main() -> None:
    """Runs every side and prints one line each, then the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tokens", type=int, default=48, help="tokens to decode a round")
    parser.add_argument("--prompt", type=int, default=256, help="tokens of the prompt")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        found = _measure(options, Path(cache))
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    for name, value in found.items():
        shown = f"{value:.2f}" if isinstance(value, float) else value
        sys.stdout.write(f"{name:42} {shown}\n")


def _measure(options: argparse.Namespace, cache: Path) -> dict[str, Any]:
    started = time.perf_counter()
    load = LoadOptions(cache_dir=cache, device="cpu", threads=options.threads)
    model = load_model(embedded_model(), load, lambda _: None)
    loading = time.perf_counter() - started
    ids = (model.tokenizer.encode(_TEXT) * 200)[: options.prompt]
    adapter = _random_adapter(model)
    reference: Any = model.reference()
    sides: dict[str, Callable[[], tuple[float, float]]] = {
        "lean": lambda: _lean(model, ids, options.tokens, None),
        "lean with adapter r=16": lambda: _lean(model, ids, options.tokens, adapter),
        "transformers bfloat16": lambda: _transformers(reference, ids, options.tokens),
    }
    rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in sides}
    for number in range(options.rounds + 1):
        for name, side in sides.items():
            result = side()
            if number:
                rounds[name].append(result)
    figures: dict[str, Any] = {"cpu": probe().cpu, "threads": torch.get_num_threads(),
                               "load, s": loading}  # fmt: skip
    for position, what in ((1, "decode"), (0, "prefill")):
        medians = {n: statistics.median(r[position] for r in rs) for n, rs in rounds.items()}
        figures |= {f"{what} tok/s, {name}": value for name, value in medians.items()}
        base = medians["transformers bfloat16"]
        figures |= {
            f"{what} ratio, {name}": value / base
            for name, value in medians.items()
            if name != "transformers bfloat16"
        }
    return figures


def _lean(
    model: LoadedModel, ids: list[int], count: int, adapter: AdapterWeights | None
) -> tuple[float, float]:
    """Prefill and decode tokens per second of the lean decoder, from an empty cache."""
    decoder = model.decoder
    assert isinstance(decoder, LeanDecoder)
    decoder.use_adapter(adapter, 1.0)
    decoder._forget()
    decoder._stop_ids = frozenset()
    decoder.look_ahead = False
    how = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=count)
    times = [time.perf_counter()]
    for _ in decoder.stream(ids, how, lambda: False):
        times.append(time.perf_counter())
    return len(ids) / (times[1] - times[0]), (len(times) - 2) / (times[-1] - times[1])


def _transformers(reference: Any, ids: list[int], count: int) -> tuple[float, float]:
    """The same of `generate`: one run for the first token, one for all."""
    prompt = torch.tensor([ids])
    spans = []
    for tokens in (1, count):
        started = time.perf_counter()
        with torch.inference_mode():
            reference.generate(
                prompt, attention_mask=torch.ones_like(prompt), do_sample=False,
                max_new_tokens=tokens, min_new_tokens=tokens, pad_token_id=0,
            )  # fmt: skip
        spans.append(time.perf_counter() - started)
    return len(ids) / spans[0], (count - 1) / max(1e-9, spans[1] - spans[0])


def _random_adapter(model: LoadedModel) -> AdapterWeights:
    """Rank 16 on every linear module."""
    decoder, rank = model.decoder, 16
    assert isinstance(decoder, LeanDecoder)
    tensors = {}
    for stack in decoder.weights.projections():
        for part in stack.parts:
            name = f"base_model.model.{part.name}"
            tensors[f"{name}.lora_A.weight"] = torch.randn(rank, stack.dense.shape[1]) * 0.02
            tensors[f"{name}.lora_B.weight"] = torch.randn(part.rows, rank) * 0.002
    return AdapterWeights(rank, 32.0, tensors)


if __name__ == "__main__":
    main()
