"""Trains a tiny model on a profile until it is killed; tells each step on standard output.

Arguments: the profile's folder, the tiny model's file, the number of steps. A checkpoint is kept
after every step here, so that a kill falls into the keeping of one often.
"""

import sys
from pathlib import Path
from unittest.mock import patch

import torch

from engine.contract import Learn, LearnProgress
from engine.control import JobControl
from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.tuning.gate import Judgement
from engine.tuning.pipeline import LearningContext, run_learning
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.store import Store

SHORT = {
    "engine.tuning.lesson.replay_questions": lambda chinese, share: ("Why 1?", "Why 2?"),
    "engine.tuning.lesson.general_questions": lambda chinese: (("Who?", ("me",)),),
    "engine.tuning.replay.ANSWER_TOKENS": 2,
    "engine.tuning.exam.ANSWER_TOKENS": 2,
    "engine.tuning.exam._ABSTAIN": 3,
    "engine.tuning.exam.read_text": lambda name: "One short line of text.",
    "engine.tuning.attempt.judge": lambda untuned, tuned: Judgement((), (), 1),
    "engine.tuning.trainer._SAVE_EVERY_S": 0.0,
}


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def note(event: object) -> None:
    if isinstance(event, LearnProgress) and event.phase == "train":
        tell(f"step {event.step}")


def main() -> None:
    """One run, resumed from what the run before left."""
    root, model, steps = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    paths = ProfilePaths(root)
    key = KeyFile(paths.key_file, cost=CHEAP_COST).unlock_passphrase("a")
    store = Store.open(paths, key)
    store.vault.sweep()
    loaded = load_model(describe_gguf(model, "a" * 64), LoadOptions(cache_dir=root / "cache"),
                        lambda _fraction: None)  # fmt: skip
    settings = {**store.settings.all(), "preset": "quick", "steps": steps, "rank": 4}
    context = LearningContext(model=loaded, store=store, command=Learn(), settings=settings,
                              control=JobControl(), emit=note)  # fmt: skip
    report = run_learning(context)
    tell(f"end {report.verdict}")
    store.close()


if __name__ == "__main__":
    patches = [patch(name, value) for name, value in SHORT.items()]
    for one in patches:
        one.start()
    main()
