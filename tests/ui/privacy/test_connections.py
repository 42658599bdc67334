"""The connections card: what stands, what was refused; and a link leaves by the helper."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from engine.offline import guard
from tests.support.page_driver import PageDriver
from ui.links import LinkOpener
from ui.privacy.view import PrivacyPage


@pytest.fixture
def page(start_client, qtbot):
    client, engine = start_client()
    driver = PageDriver(PrivacyPage(client), engine, qtbot)
    driver.page.activate()
    driver.settled()
    return driver


@pytest.mark.parametrize(("kind", "words"), [
    ("filter", "kernel refuses"), ("hook", "inside Python"), ("left_out", "left out"),
    ("none", "Nothing but its own code"),
])  # fmt: skip
def test_the_guard_that_stands_is_named(start_client, qtbot, monkeypatch, kind, words):
    monkeypatch.setattr(guard, "_guard", guard.Guard(kind))
    client, engine = start_client()
    driver = PageDriver(PrivacyPage(client), engine, qtbot)
    driver.page.activate()
    driver.settled()
    assert words in driver.text("privacy.guard")
    assert ("0 connections" in driver.text("privacy.ledger")) is (kind != "left_out")


def test_the_ledger_shows_what_was_refused(page):
    presenter = page.page.presenter
    presenter.privacy = replace(presenter.privacy, refused_connections=1234)
    presenter.changed.emit()
    assert "1234 attempts refused" in page.text("privacy.ledger").replace(",", "")


def test_an_address_that_qt_opens_goes_to_the_helper(qapp):
    taken = []
    opener = LinkOpener(lambda address: taken.append(address) or True)
    opener.install()
    try:
        for text in ("https://example.org/a b?c=知", "mailto:a@example.org", "file:///tmp/x y"):
            QDesktopServices.openUrl(QUrl(text))
    finally:
        opener.remove()
    assert taken == ["https://example.org/a%20b?c=%E7%9F%A5", "mailto:a@example.org",
                     "file:///tmp/x%20y"]
