"""Blind comparison: the presenter alone, and the card driven by clicks on a scripted engine."""

import pytest
from PySide6.QtWidgets import QComboBox

from engine.contract import (
    ActivateAdapter,
    CompareVersions,
    FailureKind,
    KeepComparison,
    Stop,
)
from tests.support.page_driver import PageDriver, unnamed
from ui.learning.compare_presenter import Choice, ComparePresenter, Pair, Side
from ui.learning.view import LearningPage


@pytest.fixture
def open_page(start_client, qtbot):
    def start(**script):
        client, engine = start_client(**script)
        driver = PageDriver(LearningPage(client), engine, qtbot)
        driver.page.activate()
        driver.settled()
        driver.click("approveAllButton")
        driver.settled()
        driver.click("learnButton")
        driver.until(lambda: driver.page.presenter.report is not None)
        driver.settled()
        return driver

    return start


def presenter(client, turned):
    """A presenter that turns the questions as told."""
    turns = iter(turned)
    return ComparePresenter(client, toss=lambda: next(turns))


@pytest.mark.parametrize("turned", [True, False])
def test_which_version_a_choice_means(turned):
    pair = Pair("?", "one", "two", turned)
    a, b = pair.shown
    behind = {"one": Side.FIRST, "two": Side.SECOND}
    assert pair.side(Choice.A) is behind[a]
    assert pair.side(Choice.B) is behind[b]
    assert pair.side(Choice.SAME) is Side.SAME


def test_sides_are_drawn_anew_for_every_question(start_client):
    client, _ = start_client()
    made = ComparePresenter(client)
    assert {made._toss() for _ in range(64)} == {True, False}


def compare_all(driver, choice):
    """Starts, and chooses always the same letter; returns the letters' texts."""
    card = driver.page.compare
    driver.click("compare.start")
    seen = []
    while card.presenter.tally is None:
        driver.until(lambda: card.presenter.current or card.presenter.tally)
        if card.presenter.current is not None:
            seen.append(card.presenter.current)
            assert card.presenter.versions != (None, None)
            driver.click(f"compare.{choice}")
    return seen


def test_a_comparison_reveals_only_at_the_end_and_is_kept(open_page):
    driver = open_page()
    card = driver.page.compare
    card.presenter._toss = lambda: True
    driver.click("compare.start")
    driver.until(lambda: card.presenter.current)
    driver.settled()
    told = driver.words()
    assert card.presenter.current.question in told
    assert "Version 1:" not in driver.text("compare.where")
    assert not card._start.isVisible()
    while card.presenter.tally is None:
        driver.until(lambda: card.presenter.current or card.presenter.tally)
        if card.presenter.current is not None:
            driver.click("compare.a")
    tally = card.presenter.tally
    assert tally.first == 0
    assert tally.second >= 1
    assert tally.first + tally.second + tally.same == len(tally.chosen) == 5
    assert "Version" in driver.text("compare.verdict")
    driver.until(lambda: card.presenter.kept)
    (kept,) = driver.commands(KeepComparison)
    assert (kept.first_id, kept.first_better, kept.second_better) == (None, 0, tally.second)
    assert not driver.find("compare.switch").isVisible(), "it is on already"
    driver.click("compare.close")
    assert "Earlier" in driver.text("compare.earlier")
    assert card._start.isVisible()


def test_preferring_the_untuned_one_offers_to_switch_to_it(open_page):
    driver = open_page()
    card = driver.page.compare
    card.presenter._toss = lambda: False
    compare_all(driver, "a")
    assert card.presenter.tally.preferred is Side.FIRST
    driver.click("compare.switch")
    driver.until(lambda: driver.page.presenter.active is None)
    assert driver.commands(ActivateAdapter)[-1].adapter_id is None


def test_the_same_words_are_not_shown(open_page):
    driver = open_page()
    seen = compare_all(driver, "same")
    tally = driver.page.compare.presenter.tally
    assert all(pair.first != pair.second for pair in seen)
    assert tally.alike == 5 - len(seen)
    assert tally.same == 5
    assert tally.preferred is Side.SAME
    assert not driver.find("compare.switch").isVisible()


def test_a_question_of_one_s_own(open_page):
    driver = open_page()
    driver.type("compare.own", "  What is my dog called? ")
    driver.click("compare.start")
    (command,) = driver.commands(CompareVersions)
    assert command.questions == ("What is my dog called?",)
    assert (command.first, command.second) == ("off", driver.page.presenter.active.id)


def test_stopping_keeps_nothing(open_page):
    driver = open_page(token_s=0.2)
    driver.click("compare.start")
    driver.until(lambda: driver.find("compare.stop").isVisible())
    driver.click("compare.stop")
    assert not driver.page.compare.presenter.running
    assert driver.commands(Stop)
    assert driver.commands(KeepComparison) == []
    driver.click("compare.start")
    driver.until(lambda: driver.page.compare.presenter.current)


def test_one_version_twice_is_not_offered(open_page):
    driver = open_page()
    driver.find("compare.second", QComboBox).setCurrentIndex(0)
    button = driver.find("compare.start")
    assert not button.isEnabled()
    assert button.toolTip()


def test_a_failure_is_shown_in_its_place(open_page):
    driver = open_page(faults={"CompareVersions": FailureKind.OUT_OF_MEMORY})
    driver.click("compare.start")
    driver.until(lambda: driver.page.compare.error.isVisible())
    assert driver.page.compare._start.isVisible()


def test_without_a_version_there_is_nothing_to_compare(start_client, qtbot):
    client, engine = start_client()
    with engine.world.lock:
        engine.world.adapters.clear()
    driver = PageDriver(LearningPage(client), engine, qtbot)
    driver.page.activate()
    driver.settled()
    assert not driver.page.compare.isVisible()


def test_everything_has_a_name(open_page):
    driver = open_page()
    driver.click("compare.start")
    driver.until(lambda: driver.page.compare.presenter.current)
    assert unnamed(driver.page.compare) == []
