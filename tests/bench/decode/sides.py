"""The sides of the decoding benchmarks: ours, transformers and llama.cpp, on the same file."""

import argparse
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch

from engine.decode.adapter import AdapterWeights
from engine.decode.lean import LeanDecoder
from engine.decode.sampling import Sampling
from engine.model.catalogue import embedded_model
from engine.model.describe import describe_gguf
from engine.model.hardware import decode_threads
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from tests.bench.report import Sample
from tests.bench.setup_rivals import RIVALS, rival_python

RANK = 16
MISSING = "llama.cpp is not prepared: make bench-setup"
_TEXT = "The town by the river has a market on Fridays, and people come from far away. "


@contextmanager
def loaded(options: argparse.Namespace, context: int) -> Iterator[LoadedModel]:
    """The model of `options`, with room for `context` tokens."""
    record = embedded_model() if options.model is None else describe_gguf(options.model, "0" * 64)
    with TemporaryDirectory() as cache:
        yield load_model(
            record,
            LoadOptions(
                cache_dir=Path(cache), device="cpu", threads=options.threads,
                context_length=context,
            ),
            lambda _: None,
        )  # fmt: skip


def prompt_of(model: LoadedModel, count: int) -> list[int]:
    """`count` token ids of plain English."""
    ids = model.tokenizer.encode(_TEXT)
    return (ids * (count // len(ids) + 1))[:count]


def lean(model: LoadedModel) -> LeanDecoder:
    """The decoder that is measured."""
    assert isinstance(model.decoder, LeanDecoder)
    return model.decoder


def ours(
    model: LoadedModel, ids: list[int], count: int, adapter: AdapterWeights | None = None
) -> Sample:
    """Seconds for the prompt and for `count` greedy tokens after it, from an empty cache.

    Without guessing ahead, which repeated text would flatter.
    """
    decoder = lean(model)
    decoder.use_adapter(adapter, 1.0)
    decoder._forget()
    decoder._stop_ids = frozenset()
    decoder.look_ahead = False
    how = Sampling(temperature=0, repetition_penalty=1.0, max_tokens=count + 1)
    times = [time.perf_counter()]
    for _ in decoder.stream(ids, how, lambda: False):
        times.append(time.perf_counter())
    return {"prompt_s": times[1] - times[0], "tokens_s": times[-1] - times[1]}


def transformers(reference: Any, ids: list[int], count: int) -> Sample:
    """The same of `generate`: one run for the first token, one for all."""
    prompt, spans = torch.tensor([ids]), []
    for tokens in (1, count + 1) if count else (1,):
        started = time.perf_counter()
        with torch.inference_mode():
            reference.generate(
                prompt, attention_mask=torch.ones_like(prompt), do_sample=False,
                max_new_tokens=tokens, min_new_tokens=tokens, pad_token_id=0,
            )  # fmt: skip
        spans.append(time.perf_counter() - started)
    return {"prompt_s": spans[0], "tokens_s": spans[-1] - spans[0]}


class LlamaCpp:
    """llama.cpp in a process of its own that waits between requests."""

    def __init__(self, options: argparse.Namespace, model: LoadedModel, context: int) -> None:
        script = Path(__file__).with_name("rival_llama.py")
        threads = str(decode_threads(options.threads))
        words = [str(rival_python(RIVALS)), str(script), model.record.path, threads, str(context)]
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.load_s = self._hear()["load_s"]

    @staticmethod
    def ready() -> bool:
        """Whether its environment is there."""
        return rival_python(RIVALS).is_file()

    def measure(self, ids: list[int], count: int) -> Sample:
        """As `ours`."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"prompt": ids, "count": count}) + "\n")
        self._process.stdin.flush()
        return self._hear()

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)

    def _hear(self) -> dict[str, float]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("llama.cpp did not answer; prepare it anew: make bench-setup")
        found: dict[str, float] = json.loads(line)
        return found


def random_adapter(model: LoadedModel) -> AdapterWeights:
    """Of rank 16 on all linear modules."""
    tensors = {}
    for stack in lean(model).weights.projections():
        for part in stack.parts:
            name = f"base_model.model.{part.name}"
            tensors[f"{name}.lora_A.weight"] = torch.randn(RANK, stack.width) * 0.02
            tensors[f"{name}.lora_B.weight"] = torch.randn(part.rows, RANK) * 0.002
    return AdapterWeights(RANK, 2.0 * RANK, tensors)
