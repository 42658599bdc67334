"""A conversation forgotten after it was learned: recall before, untuned, and after learning anew.

    python -m tests.bench.forget [--facts 20] [--gone 5] [--seeds 1] [--preset balanced] [--limit N]

Facts of our own (`tests/support/twenty_facts.py`), `--gone` of them in one conversation. All are
learned; then that conversation is forgotten with `--retrain`. What `main.py forget` tells is shown
beside what we ask ourselves in wordings of ours, and the facts that were not forgotten are asked
for as well. Prints JSON for each seed; `--limit N` is the same as `--facts N`.
"""

import argparse
import random
import time

from tests.bench.learned import OFF, TUNED, Learner, print_seeds
from tests.support.twenty_facts import FACTS

TITLE_WORD = "Kaleidoscope"
"""Stands in the conversation that is forgotten, to find it by."""


def conversations(kept, gone):
    """A conversation for each kept fact, and one with all that is to be forgotten."""
    found = [[("user", said), ("assistant", "Thank you for telling me.")] for said, _, _ in kept]
    together = [("user", f"{TITLE_WORD}! Good morning."), ("assistant", "Good morning!")]
    for said, _, _ in gone:
        together += [("user", said), ("assistant", "I see.")]
    return [*found, together]


def recall(learner, facts, words):
    """How many of `facts` are answered right, in wordings of ours."""
    answers = learner.ask([question for _, question, _ in facts], *words)
    return sum(value in answer.casefold()
               for answer, (_, _, value) in zip(answers, facts, strict=True))  # fmt: skip


def sides(learner, kept, gone, words):
    """Both parts at one time."""
    return {"gone_right_count": recall(learner, gone, words),
            "kept_right_count": recall(learner, kept, words)}  # fmt: skip


def measure(folder, options, seed):
    """One seed: every figure."""
    facts = random.Random(seed).sample(FACTS, min(options.facts, len(FACTS)))
    gone, kept = facts[: options.gone], facts[options.gone :]
    learner = Learner(folder)
    learner.tell(conversations(kept, gone))
    learner.learn(options.preset, options.max_minutes)
    learned, before = learner.cost(), sides(learner, kept, gone, TUNED)
    untuned = sides(learner, kept, gone, OFF)
    hit = learner.profile.good("search", "--json", TITLE_WORD).json_lines[0]
    began = time.monotonic()
    told = learner.profile.good("forget", "--conversation", hit["conversation"], "--retrain",
                                "--json").json  # fmt: skip
    report = told.pop("retrained")
    return {
        "seed": seed, "gone_count": len(gone), "kept_count": len(kept), "learned": learned,
        "own_wordings": {"before": before, "untuned": untuned,
                         "after": sides(learner, kept, gone, TUNED)},
        "forget": told, "forget_s": round(time.monotonic() - began, 1),
        "retrained_verdict": report and report["verdict"],
        "retrained_reasons": report and report["reasons"],
        "left_in_memory": [value for _, _, value in gone if value in
                           learner.profile.good("memory list", "--json").out.casefold()],
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", "--limit", type=int, default=20)
    parser.add_argument("--gone", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=1, help="runs with seeds 0, 1, ...")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--preset", default="balanced", choices=("quick", "balanced", "thorough"))
    parser.add_argument("--max-minutes", type=float, help="for the first learning")
    options = parser.parse_args()
    if not 0 < options.gone < options.facts:
        parser.error("--gone must be above 0 and below --facts")
    print_seeds(options, measure)


if __name__ == "__main__":
    main()
