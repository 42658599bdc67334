"""A hundred facts told in passing, in words that no rule of ours was written from.

    python -m tests.bench.told_in_passing [--facts 100] [--seeds 1] [--first-seed 0]
        [--preset balanced] [--max-minutes 10]

`tests/support/hundred_facts.jsonl` holds messages of one invented person, most of which want
something else, each with two questions; `hundred_never.txt` asks for what that person never told,
`general_questions.txt` for what everybody knows. They are for measuring only: nothing in the
program may be written from them. A seed draws which facts are told, and their order. All is told,
learned and asked through the terminal commands, each question in a chat of its own, with the
adapter off (untuned), with memories alone (retrieval), with the adapter alone (tuned), and both.
Prints JSON for each seed.
"""

import argparse
import json
import random
import re

from engine.tuning.grading import declined
from tests.bench.learned import OFF, TUNED, Learner, print_seeds
from tests.support.terminal import ROOT

SUPPORT = ROOT / "tests" / "support"
COLUMNS = {
    "untuned": OFF,
    "retrieval": ("--adapter", "off"),
    "tuned": TUNED,
    "tuned_retrieval": ("--adapter", "active"),
}


def facts(count, seed):
    """`count` of the person's messages in the order of `seed`."""
    lines = (SUPPORT / "hundred_facts.jsonl").read_text(encoding="utf-8").splitlines()
    return random.Random(seed).sample([json.loads(line) for line in lines], count)


def pairs(name):
    """(question, accepted answers); one a line, what is accepted after a bar."""
    lines = (SUPPORT / name).read_text(encoding="utf-8").splitlines()
    split = (line.partition("|") for line in lines if line.strip())
    return [(question.strip(), accepted.split("/")) for question, _, accepted in split]


def says(answer, accepted):
    """Does the answer hold one of the accepted ones, as whole words?"""
    words = "|".join(re.escape(one.strip().casefold()) for one in accepted)
    return re.search(rf"(?<!\w)(?:{words})(?!\d)", answer.casefold()) is not None


def share(found):
    """How many are true."""
    return round(sum(found) / len(found), 4)


def asked(learner, told):
    """Every column's figures, and what the adapter alone got wrong."""
    known = [(question, row["accept"]) for row in told for question in row["questions"]]
    never, general = pairs("hundred_never.txt"), pairs("general_questions.txt")
    questions = [question for question, _ in (*known, *never, *general)]
    columns, before, wrong = {}, [], []
    for name, words in COLUMNS.items():
        answers = learner.ask(questions, *words)
        last = len(known) + len(never)
        first, second, third = answers[: len(known)], answers[len(known) : last], answers[last:]
        right = [says(answer, accepted) for answer, (_, accepted) in zip(first, known, strict=True)]
        knows = [says(said, accepted) for said, (_, accepted) in zip(third, general, strict=True)]
        before = before or knows
        columns[name] = {
            "right_fraction": share(right),
            "declined_fraction": share([declined(answer) for answer in second]),
            "general_right_count": sum(knows),
            "right_to_wrong_count": sum(b and not a for b, a in zip(before, knows, strict=True)),
        }
        if name == "tuned":
            rows = zip(known, first, right, strict=True)
            wrong = [(question, answer) for (question, _), answer, good in rows if not good]
    return columns, wrong


def measure(folder, options, seed):
    """One seed: every figure."""
    learner, told = Learner(folder), facts(options.facts, seed)
    learner.tell([[("user", row["told"]), ("assistant", "I see.")] for row in told])
    learner.learn(options.preset, options.max_minutes)
    columns, wrong = asked(learner, told)
    return {"seed": seed, "told_count": len(told), **learner.cost(), "columns": columns,
            "wikitext_perplexity": learner.wikitext(), "wrong": wrong}  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=1, help="runs with seeds 0, 1, ...")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--preset", default="balanced", choices=("quick", "balanced", "thorough"))
    parser.add_argument("--max-minutes", type=float, default=10.0, help="for the learning")
    options = parser.parse_args()
    print_seeds(options, measure)


if __name__ == "__main__":
    main()
