"""The llama.cpp side of a benchmark: runs in the rivals' environment, one request a line.

Reads JSON lines ``{"prompt": [ids], "count": n}`` and answers each with seconds for the prompt,
its first token included, and for the `count` tokens after it. Calls the library directly, because
its Python wrapper would cost it time. Imports nothing of the project.
"""

import ctypes
import importlib
import json
import sys
import time
from typing import Any


class Model:
    """A model with a context; takes the likeliest token."""

    def __init__(self, path: str, threads: int, context: int) -> None:
        library: Any = importlib.import_module("llama_cpp")
        self._numpy: Any = importlib.import_module("numpy")
        self._library = library
        self._quiet = library.llama_log_callback(lambda *_: None)
        library.llama_log_set(self._quiet, None)
        library.llama_backend_init()
        how = library.llama_model_default_params()
        how.use_extra_bufts = False  # its AMX products crash here: ggml-org/llama.cpp issue 20824
        model = library.llama_model_load_from_file(path.encode(), how)
        room = library.llama_context_default_params()
        room.n_ctx = room.n_batch = context
        room.n_threads = room.n_threads_batch = threads
        self._context = library.llama_init_from_model(model, room)
        self._words = library.llama_vocab_n_tokens(library.llama_model_get_vocab(model))

    def measure(self, prompt: list[int], count: int) -> dict[str, float]:
        """Greedy tokens after `prompt` from an empty cache; an end token does not stop it."""
        memory = self._library.llama_get_memory(self._context)
        self._library.llama_memory_clear(memory, True)
        times = [time.perf_counter()]
        token = self._next(prompt)
        times.append(time.perf_counter())
        for _ in range(count):
            token = self._next([token])
        times.append(time.perf_counter())
        return {"prompt_s": times[1] - times[0], "tokens_s": times[2] - times[1]}

    def _next(self, tokens: list[int]) -> int:
        array = (ctypes.c_int32 * len(tokens))(*tokens)
        batch = self._library.llama_batch_get_one(array, len(tokens))
        if self._library.llama_decode(self._context, batch) != 0:
            sys.exit("llama.cpp refused a batch.")
        logits = self._library.llama_get_logits_ith(self._context, -1)
        return int(self._numpy.ctypeslib.as_array(logits, (self._words,)).argmax())


def main() -> None:
    """Arguments: the model's file, threads, context length."""
    started = time.perf_counter()
    model = Model(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
    say({"load_s": time.perf_counter() - started})
    for line in sys.stdin:
        request = json.loads(line)
        say(model.measure(request["prompt"], request["count"]))


def say(what: dict[str, float]) -> None:
    """One JSON line."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
