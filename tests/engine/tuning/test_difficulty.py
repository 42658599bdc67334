"""What is hard comes more often, and nothing is lost sight of."""

import random
from collections import Counter

from engine.tuning.difficulty import Difficulty


def drawn(difficulty, names, times=2000):
    draw = random.Random(3)
    return Counter(difficulty.choose(names, str, draw) for _ in range(times))


def test_hard_things_come_more_often_and_easy_ones_still_come():
    difficulty = Difficulty()
    assert not difficulty.known
    for _ in range(6):
        difficulty.note("hard", 0.8)
        difficulty.note("easy", 0.001)
    counts = drawn(difficulty, ["hard", "easy"])
    assert counts["hard"] > 10 * counts["easy"] > 0


def test_what_was_never_seen_counts_as_hard():
    difficulty = Difficulty()
    difficulty.note("easy", 0.01)
    assert drawn(difficulty, ["easy", "new"])["new"] > 1500


def test_the_newest_losses_count():
    difficulty = Difficulty()
    difficulty.note("was hard", 1.4)
    difficulty.note("still hard", 1.4)
    for _ in range(8):
        difficulty.note("was hard", 0.02)
        difficulty.note("still hard", float("nan"))
    counts = drawn(difficulty, ["was hard", "still hard"])
    assert counts["still hard"] > 10 * counts["was hard"]
