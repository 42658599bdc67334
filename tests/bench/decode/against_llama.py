"""Decode and prompt speed beside llama.cpp on the same file and threads, printed as JSON.

Both sides take turns round by round; the one that waits is idle. Prepare it with
``python -m tests.bench.setup_rivals``, then run ``python tests/bench/decode/against_llama.py``.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.lean import LeanDecoder
from engine.decode.sampling import Sampling
from engine.model.catalogue import embedded_model
from engine.model.describe import describe_gguf
from engine.model.hardware import probe
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from tests.bench.setup_rivals import RIVALS, rival_python

_TEXT = "The town by the river has a market on Fridays, and people come from far away. "
_RANK = 16
Round = dict[str, float]


class Rival:
    """llama.cpp in a process of its own that waits between requests."""

    def __init__(self, folder: Path, model: str, threads: int, context: int) -> None:
        script = Path(__file__).with_name("rival_llama.py")
        command = [str(rival_python(folder)), str(script), model, str(threads), str(context)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.load_s = self._hear()["load_s"]

    def measure(self, prompt: list[int], count: int) -> Round:
        """One round."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"prompt": prompt, "count": count}) + "\n")
        self._process.stdin.flush()
        return self._hear()

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)

    def _hear(self) -> Round:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            sys.exit("llama.cpp did not answer; run python -m tests.bench.setup_rivals first.")
        found: Round = json.loads(line)
        return found


def main() -> None:
    """Prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="a GGUF file; the embedded model if left out")
    parser.add_argument("--rivals", type=Path, default=RIVALS, help="the rivals' environment")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tokens", type=int, default=64)
    parser.add_argument("--prompt", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if not rival_python(options.rivals).is_file():
        sys.exit("llama.cpp is not prepared; run python -m tests.bench.setup_rivals first.")
    with tempfile.TemporaryDirectory() as cache:
        sys.stdout.write(json.dumps(_compare(options, Path(cache))) + "\n")


def _compare(options: argparse.Namespace, cache: Path) -> dict[str, Any]:
    record = embedded_model() if options.model is None else describe_gguf(options.model, "0" * 64)
    context = options.prompt + options.tokens + 64
    load = LoadOptions(
        cache_dir=cache, device="cpu", threads=options.threads, context_length=context
    )
    model = load_model(record, load, lambda _: None)
    ids = (model.tokenizer.encode(_TEXT) * (options.prompt // 10))[: options.prompt]
    adapter = _random_adapter(model)
    rival = Rival(options.rivals, record.path, options.threads, context)
    rounds: dict[str, list[Round]] = {"llama.cpp": [], "ours": [], "ours with adapter": []}
    for number in range(options.rounds + 1):
        results = {
            "llama.cpp": rival.measure(ids, options.tokens),
            "ours": _ours(model, ids, options.tokens, None),
            "ours with adapter": _ours(model, ids, options.tokens, adapter),
        }
        for name, result in results.items():
            if number:
                rounds[name].append(result)
    rival.close()
    return {"cpu": probe().cpu, "threads": options.threads, "model": record.name,
            "prompt": len(ids), "rounds": options.rounds} | _figures(rounds, options)  # fmt: skip


def _figures(rounds: dict[str, list[Round]], options: argparse.Namespace) -> dict[str, Any]:
    """Median tokens a second of each side, and ratios to llama.cpp."""
    found: dict[str, Any] = {}
    for what, count in (("tokens_s", options.tokens - 1), ("prompt_s", options.prompt)):
        name = "decode" if what == "tokens_s" else "prefill"
        speeds = {
            side: count / statistics.median(r[what] for r in measured)
            for side, measured in rounds.items()
        }
        found |= {f"{name} tok/s, {side}": speed for side, speed in speeds.items()}
        base = speeds.pop("llama.cpp")
        found |= {f"{name} ratio, {side}": speed / base for side, speed in speeds.items()}
    return found


def _ours(
    model: LoadedModel, ids: list[int], count: int, adapter: AdapterWeights | None
) -> Round:
    """One round without guessing ahead, which repeated text would flatter."""
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
    return {"prompt_s": times[1] - times[0], "tokens_s": times[-1] - times[1]}


def _random_adapter(model: LoadedModel) -> AdapterWeights:
    """All linear modules."""
    decoder = model.decoder
    assert isinstance(decoder, LeanDecoder)
    tensors = {}
    for stack in decoder.weights.projections():
        for part in stack.parts:
            name = f"base_model.model.{part.name}"
            tensors[f"{name}.lora_A.weight"] = torch.randn(_RANK, stack.width) * 0.02
            tensors[f"{name}.lora_B.weight"] = torch.randn(part.rows, _RANK) * 0.002
    return AdapterWeights(_RANK, 2.0 * _RANK, tensors)


if __name__ == "__main__":
    main()
