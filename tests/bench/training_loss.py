"""The losses of a training step: a few rows at a time beside all logits at once.

    python -m tests.bench.training_loss [--rounds 5] [--vocabulary 49152] [--hidden 576]

Both sides take turns on the same random hidden rows and the same head in one process; half of the
rows are answers, half are replayed. Peak memory is taken in a process for each side.
"""

import argparse
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import psutil
import torch
from torch.nn import functional

from engine.tuning.losses import Wanted, backward_through_head
from tests.bench.report import alternate, median, ratio

_KEPT = 128


class Head:
    """The part of a network that the losses use."""

    def __init__(self, vocabulary: int, width: int) -> None:
        self.vocabulary = vocabulary
        self.weight = torch.randn(vocabulary, width).mul_(width**-0.5).bfloat16()

    def head(self, hidden: torch.Tensor) -> torch.Tensor:
        """(R, width) to (R, V), bfloat16."""
        return functional.linear(hidden, self.weight)


def by_pieces(head: Head, hidden: torch.Tensor, wanted: list[Wanted]) -> None:
    """What the program's trainer does."""
    backward_through_head(head, hidden, wanted)  # type: ignore[arg-type]


def at_once(head: Head, hidden: torch.Tensor, wanted: list[Wanted]) -> None:
    """All logits, differentiated automatically."""
    answers, kept = wanted
    assert kept.base is not None
    odds = head.head(hidden).float()
    rows = len(answers.ids)
    each = functional.cross_entropy(odds[:rows], answers.ids[:, 0], reduction="none")
    told = odds[rows:].log_softmax(-1).gather(-1, kept.ids)
    rest_base = (1 - kept.base.exp().sum(-1)).clamp_min(1e-6)
    rest = (1 - told.exp().sum(-1)).clamp_min(1e-6)
    apart = (kept.base.exp() * (kept.base - told)).sum(-1)
    apart = apart + rest_base * (rest_base.log() - rest.log())
    whole = (each * answers.shares).sum() + (apart * kept.shares).sum()
    whole.backward()  # type: ignore[no-untyped-call]


SIDES = {"pieces": by_pieces, "at_once": at_once}


def _case(options: argparse.Namespace) -> tuple[Head, torch.Tensor, list[Wanted]]:
    torch.manual_seed(1)
    head = Head(options.vocabulary, options.hidden)
    count = options.rows // 2
    hidden = torch.randn(2 * count, options.hidden).bfloat16()
    untuned = torch.cat([head.head(part).float().log_softmax(-1).topk(_KEPT, -1).values
                         for part in hidden[count:].split(16)])  # fmt: skip
    ids = torch.cat([head.head(part).topk(_KEPT, -1).indices for part in hidden[count:].split(16)])
    answers = torch.randint(options.vocabulary, (count, 1))
    each = torch.full((count,), 1 / count)
    return head, hidden, [Wanted(answers, each), Wanted(ids, each, untuned)]


def _run(side: str, case: tuple[Head, torch.Tensor, list[Wanted]]) -> torch.Tensor:
    head, hidden, wanted = case
    leaf = hidden.clone().requires_grad_()
    SIDES[side](head, leaf * 1, wanted)
    assert leaf.grad is not None
    return leaf.grad.float()


def _peak(side: str, options: argparse.Namespace) -> int:
    words = [sys.executable, "-m", "tests.bench.training_loss", "--side", side]
    for name in ("vocabulary", "hidden", "rows"):
        words += [f"--{name}", str(getattr(options, name))]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return int(json.loads(done.stdout)["bytes"])


def _memory_of(work: Callable[[], object]) -> int:
    """Resident bytes that `work` adds at its peak."""
    process, ended = psutil.Process(), threading.Event()
    before = peak = process.memory_info().rss

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.001):
            peak = max(peak, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    work()
    ended.set()
    watcher.join()
    return peak - before


def _timed(side: str, case: tuple[Head, torch.Tensor, list[Wanted]]) -> dict[str, float]:
    started = time.process_time()
    _run(side, case)
    return {"s": time.process_time() - started}


def main() -> None:
    """Prints one JSON object: ratio of processor times, peaks, how far gradients differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--vocabulary", type=int, default=49_152)
    parser.add_argument("--hidden", type=int, default=576)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--side", choices=SIDES)
    options = parser.parse_args()
    case = _case(options)
    if options.side:
        sys.stdout.write(json.dumps({"bytes": _memory_of(lambda: _run(options.side, case))}))
        return
    grads = {side: _run(side, case) for side in SIDES}
    found = alternate({side: lambda s=side: _timed(s, case) for side in SIDES}, options.rounds)
    figures = {
        "pieces_to_at_once_speed_ratio": ratio(found["pieces"], found["at_once"], "s"),
        "gradient_apart_ratio": float(
            (grads["pieces"] - grads["at_once"]).norm() / grads["at_once"].norm()
        ),
    }
    figures |= {f"{side}_s": median(samples, "s") for side, samples in found.items()}
    figures |= {f"{side}_memory_mb": _peak(side, options) / 1e6 for side in SIDES}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
