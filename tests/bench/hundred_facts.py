"""A hundred facts told in natural messages, learned, and asked for in words held back.

    python -m tests.bench.hundred_facts [--facts 100] [--seeds 1] [--preset balanced] [--limit N]

Messages are our own: those that the tests of extraction are judged by, and the twenty facts. A seed
draws which and in what order. Each message is a chat of its own, imported with consent and learned
by the real pipeline. Every fact is asked for in one wording that training never sees (of the twenty
also in a wording of ours), in a new chat with memory off. Prints JSON for each seed; `--limit` asks
fewer questions of each kind and tells how many.
"""

import argparse
import random
import re

from engine.tuning.augmentation import fact_of
from engine.tuning.extraction.candidate import question_key
from engine.tuning.extraction.extract import extract
from engine.tuning.grading import declined, holds_value
from storage.records import ExampleStatus
from tests.bench.learned import TUNED, Learner, print_seeds
from tests.support.terminal import ROOT
from tests.support.twenty_facts import FACTS

FIXTURES = ROOT / "tests" / "engine" / "tuning" / "extraction" / "fixtures"
REPLIES = ("Thank you for telling me.", "I see.", "Good to know!", "Interesting, tell me more.")


def messages():
    """Every message of our own that tells something: the twenty first, then the fixtures'."""
    found = [said for said, _, _ in FACTS]
    for name in ("development_en.txt", "held_out_en.txt"):
        blocks = (FIXTURES / name).read_text(encoding="utf-8").strip().split("\n\n")
        found += [lines[0] for lines in map(str.splitlines, blocks)
                  if any(line.startswith("=") for line in lines[1:])]  # fmt: skip
    return found


def drawn(count, seed):
    """Messages with about `count` facts, no two about the same thing."""
    draw = random.Random(seed)
    pool = messages()
    pool = pool[: len(FACTS)] + draw.sample(pool[len(FACTS) :], len(pool) - len(FACTS))
    chosen, about = [], set()
    for message in pool:
        made = [one for one in extract(message) if not one.retracts]
        keys = {question_key(one.question) for one in made}
        if keys and not keys & about and len(about) < count:
            chosen.append(message)
            about |= keys
    return draw.sample(chosen, len(chosen))


def held_back(records, seed):
    """(question, value, record) with one held-out wording of each fact."""
    draw = random.Random(seed)
    found = []
    for record in records:
        wordings = fact_of(record).asked.held_out
        if wordings:
            found.append((draw.choice(wordings), record.value, record.question))
    return found


def recalled(learner, limit, seed):
    """How many facts are answered right, of all that were learned."""
    with learner.store() as opened:
        records = opened.examples.list(status=ExampleStatus.APPROVED)
    rows = held_back(records, seed)[:limit]
    answers = learner.ask([question for question, _, _ in rows], *TUNED)
    graded = list(zip(rows, answers, strict=True))
    wrong = [(question, value, answer) for (question, value, _), answer in graded
             if not holds_value(answer, value)]  # fmt: skip
    return {
        "learned_count": len(records), "asked_count": len(rows),
        "right_count": len(rows) - len(wrong),
        "right_fraction": round(1 - len(wrong) / max(len(rows), 1), 4),
        "declined_count": sum(declined(answer) for *_, answer in wrong), "wrong": wrong,
    }  # fmt: skip


def own_wordings(learner, told, limit):
    """The twenty facts in wordings of ours that no template was written from."""
    rows = [(question, value) for said, question, value in FACTS if said in told][:limit]
    answers = learner.ask([question for question, _ in rows], *TUNED)
    missed = [question for (question, value), answer in zip(rows, answers, strict=True)
              if not re.search(rf"\b{value}", answer.casefold())]  # fmt: skip
    return {"asked_count": len(rows), "right_count": len(rows) - len(missed), "missed": missed}


def measure(folder, options, seed):
    """One seed: every figure."""
    learner = Learner(folder)
    told = drawn(options.facts, seed)
    learner.tell([[("user", text), ("assistant", REPLIES[place % len(REPLIES)])]
                  for place, text in enumerate(told)])  # fmt: skip
    learner.learn(options.preset, options.max_minutes)
    return {
        "seed": seed, "messages_count": len(told), **learner.cost(),
        "facts": recalled(learner, options.limit, seed),
        "own_wordings": own_wordings(learner, told, options.limit),
        "never_told": learner.never_told(options.limit),
        "general": learner.general(options.limit),
        "wikitext_perplexity": learner.wikitext(),
    }  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=int, default=100, help="about so many are told")
    parser.add_argument("--seeds", type=int, default=1, help="runs with seeds 0, 1, ...")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--preset", default="balanced", choices=("quick", "balanced", "thorough"))
    parser.add_argument("--max-minutes", type=float, help="for the learning")
    parser.add_argument("--limit", type=int, help="ask at most so many questions of each kind")
    options = parser.parse_args()
    print_seeds(options, measure)


if __name__ == "__main__":
    main()
