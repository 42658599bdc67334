"""Train: one optimizer step beside peft with transformers, on the same batches, rank 16.

Two batches: chats as the app learns them, which begin alike, and four texts of 256 tokens that
share nothing; the loss is over answers only on both sides. Tokens are those of the examples,
without padding. Peak memory is taken in a process for each side:

    python -m tests.bench.training lean|peft
"""

import argparse
import copy
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import psutil
import torch

from engine.chat.turns import ChatTurn
from engine.model.loaded import LoadedModel
from engine.tuning.network.batch import TokenExample
from engine.tuning.network.network import build_network
from engine.tuning.share import backward, whole_step
from storage.records import Role
from tests.bench.decode import sides
from tests.bench.report import Goal, Report, Sample, alternate, median, ratio

RANK, ALPHA = 16, 32.0
_IGNORED = -100
Step = Callable[[Sequence[TokenExample]], None]


def measure(options: argparse.Namespace) -> Report:
    """Both sides in turn on both batches, then the memory of each."""
    figures: dict[str, float | int | str] = {}
    with sides.loaded(options, 1024) as model:
        figures["threads"] = torch.get_num_threads()
        ours, theirs = _lean(model), _peft(model)
        for name, batch in (("chats", _chats(model)), ("texts", _texts(model))):
            figures |= _compare(name, batch, ours, theirs, options.rounds)
    peaks = {side: _peak(side, options) for side in ("lean", "peft")}
    figures |= {f"{side}_memory_mb": peak / 1e6 for side, peak in peaks.items()}
    figures["memory_ratio"] = peaks["lean"] / max(1.0, peaks["peft"])
    goals = {f"{name}_lean_to_peft_ratio": Goal(">=", 2.0) for name in ("chats", "texts")}
    goals["memory_ratio"] = Goal("<=", 1.0)
    return Report("train", options.rounds, figures, goals)


def _compare(
    name: str, batch: list[TokenExample], ours: Step, theirs: Step, rounds: int
) -> dict[str, float]:
    runs = {"lean": lambda: _timed(ours, batch), "peft": lambda: _timed(theirs, batch)}
    found = alternate(runs, rounds)
    tokens = sum(len(example.ids) for example in batch)
    figures = {
        f"{name}_{side}_tokens_per_s": tokens / median(samples, "s")
        for side, samples in found.items()
    }
    return figures | {f"{name}_lean_to_peft_ratio": ratio(found["lean"], found["peft"], "s")}


def _timed(step: Step, batch: list[TokenExample]) -> Sample:
    started = time.perf_counter()
    step(batch)
    return {"s": time.perf_counter() - started}


def _lean(model: LoadedModel) -> Step:
    """What the program's trainer does in a step."""
    network = build_network(model, rank=RANK, alpha=ALPHA, seed=1)
    parameters = network.parameters()
    optimizer = torch.optim.AdamW(parameters, lr=1e-4)

    def step(examples: Sequence[TokenExample]) -> None:
        backward(network, whole_step(examples, [], 0.0))
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

    return step


def _peft(model: LoadedModel) -> Step:
    """The usual way: padded rows, labels, the loss of the model itself."""
    import peft

    config = peft.LoraConfig(
        r=RANK, lora_alpha=ALPHA, target_modules="all-linear", task_type="CAUSAL_LM"
    )
    adapted: Any = peft.get_peft_model(copy.deepcopy(model.reference()), config).train()
    parameters = [p for p in adapted.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=1e-4)

    def step(examples: Sequence[TokenExample]) -> None:
        longest = max(len(example.ids) for example in examples)
        ids = torch.zeros(len(examples), longest, dtype=torch.int64)
        labels = torch.full_like(ids, _IGNORED)
        for row, example in enumerate(examples):
            ids[row, : len(example.ids)] = torch.tensor(example.ids)
            answer = slice(example.answer_start, len(example.ids))
            labels[row, answer] = ids[row, answer]
        seen = (torch.arange(longest) < torch.tensor([[len(e.ids)] for e in examples])).long()
        adapted(input_ids=ids, attention_mask=seen, labels=labels).loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

    return step


def _chats(model: LoadedModel) -> list[TokenExample]:
    """Fourteen short exchanges after one instruction."""
    found = []
    for number in range(14):
        question = f"What did I tell you about the {number}th market of the year in our town?"
        answer = f"You said that market {number} was on a Friday, by the river, as it always is."
        turns = [
            ChatTurn(Role.SYSTEM, "You are a helpful assistant who knows the user's town."),
            ChatTurn(Role.USER, question),
        ]
        prompt = model.prompt_ids(turns)
        found.append(TokenExample((*prompt, *model.tokenizer.encode(answer)), len(prompt)))
    return found


def _texts(model: LoadedModel) -> list[TokenExample]:
    """Four texts of 256 tokens, each from another beginning; the second half is the answer."""
    ids = sides.prompt_of(model, 1300)
    return [TokenExample(tuple(ids[at * 257 :][:256]), 128) for at in range(4)]


def _peak(side: str, options: argparse.Namespace) -> float:
    words = [sys.executable, "-m", "tests.bench.training", side]
    words += ["--threads", str(options.threads)]
    words += ["--model", str(options.model)] if options.model else []
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout)["bytes"])


def _memory_of(step: Step, batch: list[TokenExample]) -> int:
    """Resident bytes that two steps add at their peak."""
    process, ended = psutil.Process(), threading.Event()
    before = peak = process.memory_info().rss

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.005):
            peak = max(peak, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    step(batch)
    step(batch)
    ended.set()
    watcher.join()
    return peak - before


def main() -> None:
    """Prints the peak of one side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("side", choices=("lean", "peft"))
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--model")
    options = parser.parse_args()
    with sides.loaded(options, 1024) as model:
        step = _lean(model) if options.side == "lean" else _peft(model)
        found = _memory_of(step, _texts(model))
    sys.stdout.write(json.dumps({"bytes": found}))


if __name__ == "__main__":
    main()
