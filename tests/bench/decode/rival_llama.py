"""The llama.cpp side of a benchmark: runs in the rivals' environment, one request a line.

Reads JSON lines ``{"prompt": [ids], "count": n}`` and answers each with seconds for the prompt and
for the tokens after the first. Imports nothing of the project.
"""

import importlib
import json
import sys
import time
from typing import Any


def main() -> None:
    """Arguments: the model's file, threads, context length."""
    llama_cpp = importlib.import_module("llama_cpp")
    path, threads, context = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    started = time.perf_counter()
    model = llama_cpp.Llama(
        path, n_ctx=context, n_threads=threads, n_threads_batch=threads, verbose=False
    )
    say({"load_s": time.perf_counter() - started})
    for line in sys.stdin:
        request = json.loads(line)
        say(measure(model, request["prompt"], request["count"]))


def measure(model: Any, prompt: list[int], count: int) -> dict[str, float]:
    """Greedy tokens after `prompt` from an empty cache; an end token does not stop it."""
    model.reset()
    times = [time.perf_counter()]
    for _ in model.generate(prompt, temp=0.0, repeat_penalty=1.0, reset=True):
        times.append(time.perf_counter())
        if len(times) > count:
            break
    return {"prompt_s": times[1] - times[0], "tokens_s": times[-1] - times[1]}


def say(what: dict[str, float]) -> None:
    """One JSON line."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
