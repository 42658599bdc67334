"""The model reads chats while the Learning page is open: the line, the stop, the failure."""

import pytest
from PySide6.QtWidgets import QWidget

from engine.contract import FailureKind, ListExamples, ReadChats, Stop
from tests.support.page_driver import PageDriver, unnamed
from ui.learning.view import LearningPage


@pytest.fixture
def open_page(start_client, qtbot):
    def start(how="model", **script):
        client, engine = start_client(**script)
        engine.world.settings["extraction"] = how
        driver = PageDriver(LearningPage(client), engine, qtbot)
        driver.page.activate()
        return driver

    return start


def card(driver):
    return driver.find("reading", QWidget)


def test_nothing_is_shown_where_the_rules_do_it_alone(open_page):
    driver = open_page("auto")
    driver.settled()
    assert len(driver.commands(ReadChats)) == 1
    assert not card(driver).isVisible()


def test_the_line_counts_and_goes_when_all_is_read(open_page):
    driver = open_page(token_s=0.3)
    driver.until(lambda: card(driver).isVisible())
    driver.until(lambda: "1 of" in driver.text("reading.words"))
    assert unnamed(driver.page) == []
    driver.until(lambda: not card(driver).isVisible())
    driver.page.activate()
    driver.settled()
    assert len(driver.commands(ReadChats)) == 2
    assert not card(driver).isVisible()


def test_the_page_shown_again_starts_no_second_reading(open_page):
    driver = open_page(token_s=0.05)
    driver.page.activate()
    assert len(driver.commands(ReadChats)) == 1


def test_reading_can_be_stopped(open_page):
    driver = open_page(token_s=0.3)
    driver.until(lambda: card(driver).isVisible())
    driver.click("reading.stop")
    (stop,) = driver.commands(Stop)
    assert stop.target == driver.commands(ReadChats)[0].job
    driver.until(lambda: not card(driver).isVisible())


def test_a_failure_is_told_in_its_place(open_page):
    driver = open_page(faults={"ReadChats": FailureKind.OUT_OF_MEMORY})
    driver.until(lambda: card(driver).isVisible())
    assert not driver.find("reading.stop").isVisible()
    assert driver.page.reading.presenter.failure is not None


def test_facts_that_come_are_listed_at_once(open_page):
    from engine.contract import ReadingProgress

    driver = open_page("auto")
    driver.settled()
    before = len(driver.commands(ListExamples))
    presenter = driver.page.reading.presenter
    presenter._job = "job"
    for found in (0, 1, 1, 2):
        presenter._take_event(ReadingProgress(job="job", read=1, messages=4, found=found))
    assert len(driver.commands(ListExamples)) == before + 2
