"""Where the microseconds of one token go, printed as JSON.

    make bench ARGS="decode/profile_step --prompt 300"

Each part runs alone on the real weights, all layers in a row, so that caches behave as in a real
step; what no part explains is the calls between them.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch.nn import functional

from engine.decode.lean import LeanDecoder
from engine.decode.sampling import Sampler, Sampling
from engine.model.loaded import LoadedModel
from tests.bench.decode import sides
from tests.bench.report import machine

_REPEATS = 40


def main() -> None:
    """Prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prompt", type=int, default=300, help="tokens before the step")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--model", type=Path)
    options = parser.parse_args()
    with sides.loaded(options, options.prompt + 64) as model:
        found = {
            "machine": machine(), "threads": torch.get_num_threads(),
            "tokens_before": options.prompt, "microseconds": profile(model, options.prompt),
        }  # fmt: skip
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


@torch.inference_mode()
def profile(model: LoadedModel, length: int) -> dict[str, float]:
    """Median microseconds of each part of a step after `length` tokens."""
    decoder = sides.lean(model)
    decoder._forget()
    assert decoder._prefill(sides.prompt_of(model, length), lambda: False) is not None
    parts = {
        "4-bit products": _products(decoder),
        "attention": _attention(decoder),
        "head": _head(decoder),
        "choosing a token": _choice(decoder),
    }
    found = {name: _median(part) for name, part in parts.items()}
    whole = _median(lambda: _step(decoder, length)) + found["choosing a token"]
    return {"whole": whole, **found, "all between": whole - sum(found.values())}


def _step(decoder: LeanDecoder, length: int) -> None:
    decoder._one.run(1)
    del decoder._cache.tokens[length:]


def _products(decoder: LeanDecoder) -> Callable[[], object]:
    stacks = list(decoder.weights.projections())
    inputs = {stack.width: torch.randn(1, stack.width).bfloat16() for stack in stacks}

    def run() -> None:
        for stack in stacks:
            stack.kernel(inputs[stack.width])

    return run


def _attention(decoder: LeanDecoder) -> Callable[[], object]:
    one = decoder._one
    views = list(zip(*one._cache_views(len(one.cache.tokens) - 1)[1:], strict=True))
    query = one._query.to(views[0][0].dtype)

    def run() -> None:
        for keys, values in views:
            functional.scaled_dot_product_attention(query, keys, values)

    return run


def _head(decoder: LeanDecoder) -> Callable[[], object]:
    hidden = torch.randn(1, decoder.shape.hidden)
    return lambda: decoder.weights.head.one(hidden)


def _choice(decoder: LeanDecoder) -> Callable[[], object]:
    sampler, logits = Sampler(Sampling(seed=1)), torch.randn(decoder.shape.vocab)
    return lambda: sampler.choose(logits, [1, 2, 3])


def _median(part: Callable[[], object]) -> float:
    part()
    spans = []
    for _ in range(_REPEATS):
        started = time.perf_counter()
        part()
        spans.append(time.perf_counter() - started)
    return round(statistics.median(spans) * 1e6, 1)


if __name__ == "__main__":
    main()
