"""A skill whose target cannot be met, in one minute: it ends, says so plainly, keeps the best."""

import time

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

GOOD = ("lovely", "warm", "clever", "bright", "moving", "funny", "careful", "rich")
BAD = ("dull", "cold", "clumsy", "grey", "empty", "tiring", "careless", "poor")
THINGS = ("film", "book", "song", "play", "meal", "room", "story", "ending", "walk", "evening")
EVERY_FIFTH = 5


def rows(start, count):
    """Short judgements; every fifth has the wrong label, so that no model can be right always."""
    found = []
    for place in range(start, start + count):
        good = place % 2 == 0
        word = (GOOD if good else BAD)[place // 2 % 8]
        thing = THINGS[place // 16 % 10]
        labels = ("good", "bad") if good else ("bad", "good")
        found.append({"text": f"A {word} {thing}, number {place}.",
                      "label": labels[place % EVERY_FIFTH == 0]})  # fmt: skip
    return found


@pytest.fixture(scope="module")
def taught(tmp_path_factory, new_profile):
    profile = new_profile(tmp_path_factory.mktemp("target"))
    train = profile.write("train.jsonl", rows(0, 100))
    test = profile.write("test.jsonl", rows(100, 40))
    began = time.monotonic()
    profile.done = profile.good("skill teach", "--name", "mood", "--train", train, "--test", test,
                                "--target", "0.999", "--max-minutes", "1")  # fmt: skip
    profile.seconds = time.monotonic() - began
    return profile


def test_it_ends_soon_after_its_minute(taught):
    assert taught.seconds < 240


def test_it_says_so_plainly_and_it_is_no_failure(taught):
    assert taught.done.code == 0
    assert "The target was not met; the best that was found was kept." in taught.done.out


def test_the_best_is_kept_and_can_be_used(taught):
    (skill,) = taught.good("skill list", "--json").json_lines
    report = skill["report"]
    assert report["verdict"] == "target_not_met"
    assert report["target"] == 0.999
    assert 0.5 <= report["accuracy"] < 0.999
    told = taught.good("skill apply", "--name", "mood", "--json", "A lovely warm evening.").json
    assert told["label"] in ("good", "bad")
