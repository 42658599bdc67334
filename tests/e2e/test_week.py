"""A week in the life through the terminal commands, on the real model; one run serves all tests.

Learning happens after every day. So that it fits into the tests, only day 4 and day 7 may train as
long as they like; the others end early, which must leave what was on before switched on. With more
training on every day: `make week`.
"""

import pytest

from tests.bench.week import Week
from tests.support.week import SISTER, WEEK, facts

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(3000)]
SHORT_MINUTES = dict.fromkeys((1, 2, 3, 5, 6), 0.2)
ALLOWED_TO_MISS = 4


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    lived = Week(tmp_path_factory.mktemp("week"), "quick", SHORT_MINUTES)
    lived.live()
    lived.end = lived.examined()
    return lived


def test_every_day_was_learned_or_left_yesterdays_on(week):
    assert len(week.days) == len(WEEK)
    for day in week.days:
        assert day["verdict"] in ("activated", "rejected"), day
        assert day["examples"] > 0
        if day["verdict"] == "activated":
            assert day["on_after"] not in (None, day["on_before"])
        elif day["day"] != 5:
            assert day["reasons"]
            assert day["on_after"] == day["on_before"]


def test_what_was_told_is_known(week):
    assert week.days[-1]["verdict"] == "activated", week.days[-1]
    assert week.end["known_count"] >= week.end["told_count"] - ALLOWED_TO_MISS, week.end["missed"]
    assert week.end["known_without_adapter_count"] <= 2


def test_what_was_corrected_is_the_new_value(week):
    assert week.end["corrected_known"]
    lived = next(fact for fact in facts(alive=False) if fact.until == 3)
    (answer,) = week.ask([lived.question])
    assert "ghent" not in answer.casefold()
    assert "Porto" in week.profile.good("memory list").out
    assert "Ghent" not in week.profile.good("memory list").out


def test_what_was_deleted_is_gone(week):
    done = week.forgotten
    assert done["examples_erased_count"] == 1
    assert done["messages_erased_count"] == 4
    assert done["recall_after_fraction"] == done["recall_untuned_fraction"] == 0
    learned = [day["on_before"] for day in week.days if day["day"] == 5]
    assert set(done["adapters_retired"]) >= {name for name in learned if name}
    assert week.end["came_back"] == []
    assert week.traces("Ottilie") == []
    assert SISTER not in week.profile.contents()[0]
    assert week.profile.files_holding(["Ottilie"]) == []


def test_the_general_part_holds(week):
    untuned, tuned = (week.days[-1]["exam"][side] for side in ("untuned", "tuned"))
    assert tuned["text_perplexity"] <= 1.05 * untuned["text_perplexity"]
    assert tuned["general_accuracy_fraction"] >= untuned["general_accuracy_fraction"] - 0.06
    assert tuned["leaked_values_count"] == 0
    assert week.end["general_right_count"] >= 2


def test_the_profile_is_sound(week):
    assert week.profile.good("doctor", "--json").json["problems"] == []
