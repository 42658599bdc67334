"""A skill taught and examined through the terminal commands, for each seed.

    python -m tests.bench.skills [--data FILE] [--train 1000] [--test 1000] [--seeds 1]
        [--max-minutes 10] [--label-field FIELD] [--label-words 0=negative,1=positive]

By default the goal: sentence_polarity beside the checkout, 1,000 rows to learn and the next 1,000
to test, accuracy 0.85. A seed also decides which rows those are, drawn from the whole file.
Prints JSON.
"""

import argparse
import json
import random
import tempfile
from pathlib import Path

from tests.bench.report import machine
from tests.support.terminal import ROOT, Profile

POLARITY = ROOT.parent / "shared" / "data" / "sentence_polarity" / "sentences.jsonl"


def cut(path: Path, train: int, test: int, seed: int) -> tuple[list[dict], list[dict]]:
    """Rows to learn from and rows to test with; seed 0 takes them in the order of the file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if seed:
        random.Random(seed).shuffle(rows)
    return rows[:train], rows[train : train + test]


def measure(options: argparse.Namespace, seed: int) -> dict[str, object]:
    """One teaching in a fresh profile; the report without its long tables."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Profile(Path(folder))
        train, test = cut(options.data, options.train, options.test, seed)
        words = ["--label-field", options.label_field] if options.label_field else []
        words += ["--label-words", options.label_words] if options.label_words else []
        report = profile.good(
            "skill teach", "--name", "bench", "--train", profile.write("train.jsonl", train),
            "--test", profile.write("test.jsonl", test), "--seed", str(seed),
            "--target", str(options.target), "--max-minutes", str(options.max_minutes), "--json",
            *words, timeout=60 * options.max_minutes + 600,
        ).json  # fmt: skip
        (listed,) = profile.good("skill list", "--json").json_lines
    names = ("verdict", "accuracy", "precision", "recall", "f1", "validation", "seconds")
    found = {name: report[name] for name in names}
    baseline = report["baseline"]
    return {
        "seed": seed, **found, "untuned_accuracy": baseline["accuracy"],
        "majority_accuracy": baseline["majority_accuracy"], "size_bytes": listed["size_bytes"],
        "attempts": [(one["note"], one["validation"], one["seconds"], one["kept"])
                     for one in report["attempts"]],
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=POLARITY)
    parser.add_argument("--train", type=int, default=1000)
    parser.add_argument("--test", type=int, default=1000)
    parser.add_argument("--seeds", type=int, default=1, help="runs with seeds 0, 1, ...")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--target", type=float, default=0.85)
    parser.add_argument("--max-minutes", type=float, default=10.0)
    parser.add_argument("--label-field")
    parser.add_argument("--label-words")
    options = parser.parse_args()
    if options.data == POLARITY and options.label_words is None:
        options.label_words = "0=negative,1=positive"
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    runs = [measure(options, seed) for seed in seeds]
    print(json.dumps({"data": options.data.parent.name, "train_rows": options.train,  # noqa: T201
                      "test_rows": options.test, "machine": machine(), "runs": runs}))  # fmt: skip


if __name__ == "__main__":
    main()
