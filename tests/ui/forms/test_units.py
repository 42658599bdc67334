"""Figures in words."""

import pytest

from ui.forms.units import left_text, moment_text, number_text, rate_text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "–"), (5, "under a minute"), (170, "about 3 min"), (3700, "about 1 h")],
)
def test_time_left(qapp, seconds, words):
    assert left_text(seconds) == words


def test_unmeasured_figures_are_dashes(qapp):
    assert (rate_text(None), number_text(None), moment_text(0)) == ("–", "–", "–")


def test_whole_numbers_need_no_decimals(qapp):
    assert number_text(3, 0) == "3"
