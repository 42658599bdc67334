"""Prefill: reading a prompt of 1,000 tokens, beside llama.cpp and transformers."""

import argparse

import torch

from tests.bench.decode import sides
from tests.bench.report import Goal, Report, alternate, median, ratio

PROMPT = 1000


def measure(options: argparse.Namespace) -> Report:
    """All sides in turn, each to its first token; see `Report`."""
    with sides.loaded(options, PROMPT + 64) as model:
        ids = sides.prompt_of(model, PROMPT)
        reference = model.reference()
        adapter = sides.random_adapter(model)
        runs = {
            "lean": lambda: sides.ours(model, ids, 0),
            "lean_with_adapter": lambda: sides.ours(model, ids, 0, adapter),
            "transformers_bfloat16": lambda: sides.transformers(reference, ids, 0),
        }
        rival = sides.LlamaCpp(options, model, PROMPT + 64) if sides.LlamaCpp.ready() else None
        if rival is not None:
            runs["llama_cpp"] = lambda: rival.measure(ids, 0)
        found = alternate(runs, options.rounds)
        if rival is not None:
            rival.close()
    figures: dict[str, float | int | str] = {"threads": torch.get_num_threads()}
    for name, samples in found.items():
        figures[f"{name}_tokens_per_s"] = PROMPT / median(samples, "prompt_s")
    for name in ("llama_cpp", "transformers_bfloat16"):
        if name in found:
            figures[f"lean_to_{name}_ratio"] = ratio(found["lean"], found[name], "prompt_s")
    notes = [] if rival is not None else [sides.MISSING]
    goals = {"lean_to_llama_cpp_ratio": Goal(">=", 3.0)}
    return Report("prefill", options.rounds, figures, goals, notes)
