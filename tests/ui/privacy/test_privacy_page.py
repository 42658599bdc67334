"""The privacy page: figures, locks, export, audit trail."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from engine.contract import (
    ERASE_WORD,
    BackUp,
    ChangePassphrase,
    ChangeSetting,
    EraseAll,
    ExportChats,
    FailureKind,
    RestoreBackup,
)
from engine.fake import FAKE_RECOVERY_KEY
from storage.records import AuditRecord
from tests.support.page_driver import PageDriver, unnamed
from ui.forms.record_list import DETAIL_ROLE
from ui.privacy.item_model import AuditModel
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


def test_names_of_rows_are_left_out_of_the_audit_trail(qapp):
    model = AuditModel()
    details = ("c8b6ae0cc7d0431183696e0a63e31f48", "16 rows", "")
    lines = [
        AuditRecord(position=at, at=1.7e9, action="learned", detail=detail)
        for at, detail in enumerate(details)
    ]
    model.show(tuple(lines))
    shown = [str(model.data(model.index(at), DETAIL_ROLE)) for at in range(3)]
    assert shown[0] == shown[2]
    assert shown[1] == f"{shown[0]} · 16 rows"


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


@pytest.mark.parametrize(
    ("pill", "suffix"), [("jsonl", ".jsonl"), ("markdown", ".md"), ("everything", ".json")]
)
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
    for kind in ("adapter", "checkpoint", "replay", "skill"):
        assert item_text(kind) != kind


def test_everything_has_a_name(open_page):
    assert unnamed(open_page(passphrase="old passphrase").page) == []


def test_backing_up_and_going_back(open_page):
    driver = open_page()
    assert "There is no backup yet." in driver.words()
    driver.click("backupButton")
    driver.until(lambda: driver.page.findChildren(QPushButton, "restoreBackup.0"))
    driver.settled()
    assert driver.commands(BackUp)
    driver.click("restoreBackup.0")
    assert driver.commands(RestoreBackup) == []
    assert "becomes the newest backup" in driver.find("confirmBackup").accessibleName()
    driver.click("confirmBackup.yes")
    driver.settled()
    assert driver.commands(RestoreBackup)[0].name == driver.engine.world.backups[0].name


def test_everything_is_erased_only_after_the_word_was_typed(open_page):
    driver = open_page()
    button = driver.find("eraseAllButton")
    for untyped in ("", "erase", "ERAS"):
        driver.type("eraseWord", untyped)
        assert not button.isEnabled()
    assert ERASE_WORD in button.toolTip()
    driver.type("eraseWord", ERASE_WORD)
    driver.click("eraseAllButton")
    driver.until(lambda: driver.engine.world.state == "new")
    assert [c.confirmation for c in driver.commands(EraseAll)] == [ERASE_WORD]


def test_new_keys_show_the_recovery_key_until_it_is_kept(open_page):
    driver = open_page(passphrase="old passphrase")
    assert not driver.find("newKeysButton").isEnabled()
    driver.type("newKeys.current", "old passphrase")
    driver.click("newKeysButton")
    driver.until(lambda: driver.find("newKeys.recoveryKey").isVisible())
    assert driver.text("newKeys.recoveryKey").replace("\n", "-") == FAKE_RECOVERY_KEY
    assert driver.find("newKeys.current").text() == ""
    driver.click("newKeys.kept")
    assert not driver.find("newKeys.recoveryKey").isVisible()
    assert driver.page.presenter.recovery_key == ""


def test_slow_work_says_so_and_holds_the_buttons(open_page):
    driver = open_page()
    driver.engine.world.lock.acquire()
    try:
        driver.click("newKeysButton")
        assert "anew" in driver.find("privacy.slow").label.text()
        assert driver.find("privacy.slow").isVisible()
        assert not driver.find("backupButton").isEnabled()
    finally:
        driver.engine.world.lock.release()
    driver.until(lambda: not driver.find("privacy.slow").isVisible())
    driver.settled()
    assert driver.find("backupButton").isEnabled()


def test_kinds_that_are_left_out_can_be_let_in(open_page):
    driver = open_page()
    driver.click("setting.redact_email")
    driver.until(lambda: driver.commands(ChangeSetting))
    assert [(c.key, c.value) for c in driver.commands(ChangeSetting)] == [("redact_email", False)]
    assert "Passwords and keys are always left out" in driver.words()
