"""Figures, goals and turns of the benchmarks."""

import json

import pytest

from tests.bench.report import Goal, Report, alternate, median, ratio, show


def test_a_goal_is_a_bound_on_one_side() -> None:
    assert [Goal(">=", 1.3).met(value) for value in (1.2, 1.3, 2.0)] == [False, True, True]
    assert [Goal("<=", 4).met(value) for value in (3, 4, 5)] == [True, True, False]


def test_sides_take_turns_and_the_first_round_does_not_count() -> None:
    order: list[str] = []

    def side(name: str) -> dict[str, float]:
        order.append(name)
        return {"s": float(len(order))}

    found = alternate({"a": lambda: side("a"), "b": lambda: side("b")}, 2)
    assert order == ["a", "b"] * 3
    assert found == {"a": [{"s": 3.0}, {"s": 5.0}], "b": [{"s": 4.0}, {"s": 6.0}]}
    assert median(found["a"], "s") == 4.0
    assert ratio(found["a"], found["b"], "s") == pytest.approx((4 / 3 + 6 / 5) / 2)


def test_json_names_the_machine_and_says_which_goals_are_met(
    capsys: pytest.CaptureFixture[str],
) -> None:
    goals = {"x_ratio": Goal(">=", 2.0), "not_measured": Goal("<=", 1.0)}
    report = Report("decode", 5, {"x_ratio": 1.23456, "threads": 2}, goals, ["a note"])
    show(report, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert found["figures"] == {"x_ratio": 1.235, "threads": 2}
    assert found["goals"] == {"x_ratio": {"goal": ">= 2", "met": False}}
    assert found["machine"]["cores"] >= 1
    show(report, as_json=False)
    assert "NOT met" in capsys.readouterr().out
