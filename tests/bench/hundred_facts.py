"""A hundred facts told in passing, learned and asked through the terminal commands.

    python -m tests.bench.hundred_facts [--preset balanced] [--max-minutes 10] [--seed 1]
        [--limit 100] [--columns untuned,retrieval,tuned,both] [--out FILE]

``tests/support/hundred_facts.jsonl`` holds messages of one invented person, each with two questions
that come in no rule of ours; ``hundred_never.txt`` asks for what that person never told;
``general_questions.txt`` for what everybody knows. Prints JSON: for each column the share of
questions answered right, of things never told that are declined, and the general questions that
the untuned model answers right and this column does not; perplexity of WikiText-2; seconds; size.
"""

import argparse
import json
import random
import re
import tempfile
import time
from pathlib import Path

from engine.tuning.grading import declined
from tests.bench.twenty_facts import WIKITEXT, wikitext_perplexity
from tests.support.terminal import ROOT, Profile

_HERE = ROOT / "tests" / "support"
COLUMNS = {
    "untuned": ("--adapter", "off", "--no-memory"),
    "retrieval": ("--adapter", "off"),
    "tuned": ("--adapter", "active", "--no-memory"),
    "both": ("--adapter", "active"),
}


def facts(limit: int, seed: int) -> list[dict]:
    """`limit` of the person's messages, in the order that `seed` shuffles them into."""
    lines = (_HERE / "hundred_facts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    random.Random(seed).shuffle(rows)
    return rows[:limit]


def pairs(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Questions with what they accept; one a line, the accepted answers after a bar."""
    lines = (_HERE / name).read_text(encoding="utf-8").splitlines()
    found = (line.partition("|") for line in lines if line.strip())
    return [(q.strip(), tuple(a.strip() for a in accepted.split("/"))) for q, _, accepted in found]


def says(answer: str, accepted: tuple[str, ...]) -> bool:
    """Does the answer hold one of the accepted ones, as whole words?"""
    folded = answer.casefold()
    return any(re.search(rf"(?<!\w){re.escape(a.casefold())}(?!\d)", folded) for a in accepted)


class Sitting:
    """The questions of all parts, asked of one profile in one go for each column."""

    def __init__(self, profile: Profile, told: list[dict]) -> None:
        self.known = [(q, tuple(row["accept"])) for row in told for q in row["questions"]]
        self.never = pairs("hundred_never.txt")
        self.general = pairs("general_questions.txt")
        every = [question for question, _ in (*self.known, *self.never, *self.general)]
        self._profile = profile
        self._file = profile.write(
            "questions.jsonl", [{"id": n, "question": q} for n, q in enumerate(every)]
        )

    def answers(self, column: str) -> list[str]:
        """In the order of the questions; greedy."""
        words = COLUMNS[column]
        done = self._profile.good(
            "ask", "--file", self._file, "--temperature", "0", "--max-tokens", "40", *words,
            timeout=3600,
        )  # fmt: skip
        found = done.answers
        return [found[n] for n in range(len(found))]

    def figures(self, answers: list[str], untuned: list[str]) -> dict[str, object]:
        """Of one column beside the untuned model."""
        first, second = len(self.known), len(self.known) + len(self.never)
        right = [says(a, accepted) for a, (_, accepted) in zip(answers, self.known, strict=False)]
        said_no = [declined(answer) for answer in answers[first:second]]
        before = self._general_right(untuned[second:])
        after = self._general_right(answers[second:])
        return {
            "recall": round(sum(right) / len(right), 3),
            "declined": round(sum(said_no) / len(said_no), 3),
            "general_right": sum(after),
            "general_right_to_wrong": sum(b and not a for b, a in zip(before, after, strict=True)),
            "missed": [(q, a) for (q, _), a, ok in zip(self.known, answers, right, strict=False)
                       if not ok],
            "invented": [(q, a) for (q, _), a, ok in
                         zip(self.never, answers[first:second], said_no, strict=True) if not ok],
        }  # fmt: skip

    def _general_right(self, answers: list[str]) -> list[bool]:
        return [says(a, accepted) for a, (_, accepted) in zip(answers, self.general, strict=True)]


def measure(folder: Path, options: argparse.Namespace) -> dict[str, object]:
    """The whole way on a fresh profile in `folder`; all figures."""
    profile, told = Profile(folder), facts(options.limit, options.seed)
    chats = [{"messages": [{"role": "user", "content": row["told"]},
                           {"role": "assistant", "content": "Thank you for telling me."}]}
             for row in told]  # fmt: skip
    profile.good("import", "--consent", profile.write("chats.jsonl", chats))
    began = time.monotonic()
    card = profile.good(
        "learn", "--approve-all", "--preset", options.preset,
        "--max-minutes", str(options.max_minutes), "--json", timeout=60 * options.max_minutes + 600,
    ).json  # fmt: skip
    seconds = time.monotonic() - began
    sitting = Sitting(profile, told)
    untuned = sitting.answers("untuned")
    columns = {
        name: sitting.figures(untuned if name == "untuned" else sitting.answers(name), untuned)
        for name in options.columns.split(",")
    }
    found = {"facts": len(told), "seed": options.seed, "verdict": card["verdict"],
             "learn_s": round(seconds), "tokens_trained": card["tokens_trained"],
             "exam": card["exam"], "columns": columns}  # fmt: skip
    adapters = profile.good("adapters list", "--json").json_lines
    if adapters:
        found["adapter_bytes"] = adapters[0]["size_bytes"]
    if adapters and WIKITEXT.exists():
        found["wikitext_perplexity"] = wikitext_perplexity(profile, adapters[0]["id"], folder)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", default="balanced")
    parser.add_argument("--max-minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=100)
    parser.add_argument("--columns", default="untuned,tuned")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        found = json.dumps(measure(Path(name), options), indent=2)
    if options.out:
        options.out.write_text(found, encoding="utf-8")
    print(found)  # noqa: T201


if __name__ == "__main__":
    main()
