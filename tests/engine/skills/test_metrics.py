"""Figures of an examination, against values worked out by hand."""

import pytest

from engine.skills.metrics import chrf, class_figures, exact_match, token_f1, words


def test_precision_recall_f1_and_confusion() -> None:
    truth, answered = [0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 1]
    found = class_figures(("a", "b", "c"), truth, answered)
    assert found.confusion == ((2, 1, 0), (1, 1, 0), (0, 1, 0))
    assert found.accuracy == 0.5
    a, b, c = found.classes
    assert (a.precision, a.recall, a.rows) == (pytest.approx(2 / 3), pytest.approx(2 / 3), 3)
    assert (b.precision, b.recall, b.f1) == (pytest.approx(1 / 3), 0.5, pytest.approx(0.4))
    assert (c.precision, c.recall, c.f1) == (0.0, 0.0, 0.0)
    assert found.macro_precision == pytest.approx((2 / 3 + 1 / 3) / 3)
    assert found.macro_recall == pytest.approx((2 / 3 + 1 / 2) / 3)
    assert found.macro_f1 == pytest.approx((2 / 3 + 0.4) / 3)


def test_a_class_without_test_rows_is_no_part_of_the_means() -> None:
    found = class_figures(("a", "b", "never"), [0, 1], [0, 1])
    assert found.macro_f1 == 1.0


def test_words_of_both_scripts() -> None:
    assert words("Don't stop, 你好ABC 2!") == ["don", "t", "stop", "你", "好", "abc", "2"]


def test_overlap_of_answers() -> None:
    assert exact_match(["Yes  sir", "No"], ["yes sir", "Nope"]) == 0.5
    assert token_f1(["the cat sat"], ["the cat"]) == pytest.approx(0.8)
    assert token_f1(["我爱你"], ["我爱他"]) == pytest.approx(2 / 3)
    assert token_f1(["a"], [""]) == 0.0
    assert chrf(["abc"], ["abc"]) == 1.0
    assert chrf(["abc"], ["xyz"]) == 0.0
    assert chrf(["ab"], ["a"]) == pytest.approx((5 * 0.5 / 4.5 + 0) / 2)
