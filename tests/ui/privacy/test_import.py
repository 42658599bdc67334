"""Chats come in from the privacy page."""

import pytest
from PySide6.QtWidgets import QFileDialog

from engine.contract import FailureKind, ImportChats
from tests.support.page_driver import PageDriver, unnamed
from ui.privacy.view import PrivacyPage


@pytest.fixture
def open_page(start_client, qtbot, tmp_path, monkeypatch):
    chats = tmp_path / "chats.jsonl"
    chats.write_text(
        '{"messages": [{"role": "user", "content": "Hi"},'
        ' {"role": "assistant", "content": "Hello"}]}\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(chats), ""))

    def start(**script):
        client, engine = start_client(**script)
        driver = PageDriver(PrivacyPage(client), engine, qtbot)
        driver.page.activate()
        driver.settled()
        return driver, str(chats)

    return start


@pytest.mark.parametrize("learned", [False, True])
def test_a_file_comes_in_and_may_be_learned_from_only_when_asked(open_page, learned):
    driver, path = open_page()
    if learned:
        driver.click("importConsent")
    driver.click("importChatsButton")
    driver.until(lambda: driver.page.presenter.imported is not None)
    assert [(c.path, c.consent) for c in driver.commands(ImportChats)] == [(path, learned)]
    driver.settled()
    assert "Came in: " in driver.words()


def test_a_failed_import_is_said_and_can_be_tried_again(open_page):
    driver, _path = open_page(faults={"ImportChats": FailureKind.BAD_INPUT})
    driver.click("importChatsButton")
    driver.until(driver.page.error.isVisible)
    assert driver.page.presenter.imported is None
    assert driver.find("importChatsButton").isEnabled()


def test_no_file_chosen_asks_nothing(open_page, monkeypatch):
    driver, _path = open_page()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    driver.click("importChatsButton")
    assert driver.commands(ImportChats) == []
    assert unnamed(driver.page) == []
