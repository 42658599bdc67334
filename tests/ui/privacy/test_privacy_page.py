"""The privacy page: figures, locks, export, audit trail."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from engine.contract import ChangePassphrase, ChangeSetting, ExportChats, FailureKind
from tests.support.page_driver import PageDriver, unnamed
from ui.privacy.view import PrivacyPage
from ui.privacy.words import action_text, item_text

NEW = "river lamp stone cloud"


@pytest.fixture
def open_page(start_client, qtbot):
    def start(**script):
        client, engine = start_client(**script)
        driver = PageDriver(PrivacyPage(client), engine, qtbot)
        driver.page.activate()
        driver.settled()
        return driver

    return start


def test_what_is_stored_is_listed(open_page):
    words = open_page().words()
    assert "Conversations" in words
    assert "What is stored:" in words
    assert "Confidant opens no connections." in words
    assert "swap" in words


def test_audit_trail(open_page):
    driver = open_page()
    model = driver.find("auditList").model()
    assert model.rowCount() >= 1
    assert model.index(0).data() == "Profile made"


def test_setting_a_passphrase(open_page):
    driver = open_page()
    assert driver.text("lock.state") == "The system keyring keeps the key"
    assert driver.find("privacy.needsPassphrase").isVisible()
    driver.click("passphraseButton")
    assert not driver.find("passphrase.current").isVisible()
    driver.type("passphrase.first", NEW)
    assert not driver.find("passphrase.save").isEnabled()
    driver.type("passphrase.second", NEW)
    driver.click("passphrase.save")
    driver.until(lambda: driver.text("lock.state") == "Locked with your passphrase")
    sent = driver.commands(ChangePassphrase)
    assert [(c.current, c.recovery_key, c.new) for c in sent] == [(None, None, NEW)]
    assert driver.find("passphrase.first").text() == ""
    assert not driver.find("privacy.needsPassphrase").isVisible()


def test_changing_needs_the_present_one(open_page):
    driver = open_page(passphrase="old passphrase")
    driver.click("passphraseButton")
    driver.type("passphrase.current", "not it at all")
    driver.type("passphrase.first", NEW)
    driver.type("passphrase.second", NEW)
    driver.click("passphrase.save")
    driver.until(lambda: driver.page.error.isVisible())
    assert driver.page.error.kind is FailureKind.WRONG_KEY
    assert driver.find("passphrase.first").text() == NEW
    driver.type("passphrase.current", "old passphrase")
    driver.click("passphrase.save")
    driver.until(lambda: driver.find("passphrase.first").text() == "")


def test_forgotten_passphrase_takes_the_recovery_key(open_page):
    driver = open_page(passphrase="old passphrase")
    driver.click("passphraseButton")
    driver.click("passphrase.forgot")
    driver.type("passphrase.recovery", "ABCD-EFGH")
    driver.type("passphrase.first", NEW)
    driver.type("passphrase.second", NEW)
    driver.click("passphrase.save")
    sent = driver.commands(ChangePassphrase)[-1]
    assert (sent.current, sent.recovery_key) == (None, "ABCD-EFGH")


def test_back_to_the_keyring_asks_first(open_page):
    driver = open_page(passphrase="old passphrase")
    driver.click("keyringButton")
    driver.type("passphrase.current", "old passphrase")
    driver.click("passphrase.save")
    assert driver.commands(ChangePassphrase) == []
    assert "can read your chats" in driver.find("confirmKeyring").accessibleName()
    driver.click("confirmKeyring.yes")
    driver.until(lambda: driver.text("lock.state") == "The system keyring keeps the key")
    assert driver.commands(ChangePassphrase)[0].new is None


def test_without_a_keyring_there_is_no_way_back(open_page):
    driver = open_page(passphrase="old passphrase", keyring_available=False)
    button = driver.find("keyringButton")
    assert not button.isEnabled()
    assert "No keyring" in button.toolTip()


def test_cancel_forgets_what_was_typed(open_page):
    driver = open_page(passphrase="old passphrase")
    driver.click("passphraseButton")
    driver.type("passphrase.current", "old passphrase")
    driver.click("passphrase.cancel")
    assert driver.find("passphrase.current").text() == ""
    assert driver.commands(ChangePassphrase) == []


def test_settings_of_the_page(open_page):
    driver = open_page()
    driver.click("setting.auto_lock_minutes.more")
    driver.until(lambda: driver.commands(ChangeSetting))
    assert [(c.key, c.value) for c in driver.commands(ChangeSetting)] == [("auto_lock_minutes", 1)]


@pytest.mark.parametrize(("pill", "suffix"), [("jsonl", ".jsonl"), ("markdown", ".md")])
def test_export(open_page, tmp_path, monkeypatch, pill, suffix):
    driver = open_page()
    asked = []

    def choose(_parent, _title, name, _filter):
        asked.append(name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    driver.click(f"export.format.{pill}")
    driver.click("exportButton")
    driver.until(lambda: driver.page.presenter.exported is not None)
    driver.settled()
    sent = driver.commands(ExportChats)[0]
    assert (Path(sent.path).suffix, sent.format) == (suffix, pill)
    assert asked == [f"confidant-chats{suffix}"]
    assert "Wrote" in driver.words()


def test_failed_export_is_said_and_can_be_tried_again(open_page, tmp_path, monkeypatch):
    driver = open_page(faults={"ExportChats": FailureKind.DISK_FULL})
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "chats.jsonl"), "")
    )
    driver.click("exportButton")
    driver.until(lambda: driver.page.error.isVisible())
    assert driver.page.error.kind is FailureKind.DISK_FULL
    assert driver.find("exportButton").isEnabled()


def test_unknown_codes_keep_their_names(qapp):
    assert action_text("new_kind_of_act") == "new kind of act"
    assert item_text("mystery") == "mystery"


def test_everything_has_a_name(open_page):
    assert unnamed(open_page(passphrase="old passphrase").page) == []
