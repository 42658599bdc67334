"""Decode: tokens a second after a short prompt, beside llama.cpp and transformers."""

import argparse

import torch

from engine.model.loaded import LoadedModel
from tests.bench.decode import sides
from tests.bench.report import Goal, Report, Sample, alternate, median, ratio

PROMPT, TOKENS = 64, 96


def measure(options: argparse.Namespace) -> Report:
    """All sides in turn; see `Report`."""
    with sides.loaded(options, PROMPT + TOKENS + 64) as model:
        return compare(model, options, with_adapter=False)


def compare(model: LoadedModel, options: argparse.Namespace, *, with_adapter: bool) -> Report:
    """Ours, with or also without an adapter, beside the rivals."""
    ids = sides.prompt_of(model, PROMPT)
    runs = {"lean": lambda: sides.ours(model, ids, TOKENS)}
    if with_adapter:
        adapter = sides.random_adapter(model)
        runs["lean_with_adapter"] = lambda: sides.ours(model, ids, TOKENS, adapter)
    else:
        reference = model.reference()
        runs["transformers_bfloat16"] = lambda: sides.transformers(reference, ids, TOKENS // 4)
    rival = sides.LlamaCpp(options, model, PROMPT + TOKENS + 64) if sides.LlamaCpp.ready() else None
    if rival is not None:
        runs["llama_cpp"] = lambda: rival.measure(ids, TOKENS)
    found = alternate(runs, options.rounds)
    if rival is not None:
        rival.close()
    return _report(found, options, "adapter" if with_adapter else "decode")


def _report(found: dict[str, list[Sample]], options: argparse.Namespace, bench: str) -> Report:
    counts = {name: TOKENS // 4 if name.startswith("transformers") else TOKENS for name in found}
    each = {
        name: [{"token_s": sample["tokens_s"] / counts[name]} for sample in samples]
        for name, samples in found.items()
    }
    figures: dict[str, float | int | str] = {"threads": torch.get_num_threads()}
    for name, samples in each.items():
        figures[f"{name}_tokens_per_s"] = 1 / median(samples, "token_s")
    for side in ("lean", "lean_with_adapter"):
        for rival in ("llama_cpp", "transformers_bfloat16"):
            if side in each and rival in each:
                figures[f"{side}_to_{rival}_ratio"] = ratio(each[side], each[rival], "token_s")
    goals = {"lean_to_llama_cpp_ratio": Goal(">=", 1.3)}
    if bench == "adapter":
        figures["adapter_cost_ratio"] = ratio(each["lean_with_adapter"], each["lean"], "token_s")
        goals = {"lean_with_adapter_to_llama_cpp_ratio": Goal(">=", 1.1)}
    notes = [] if "llama_cpp" in each else [sides.MISSING]
    return Report(bench, options.rounds, figures, goals, notes)
