"""First run: defaults all the way, one profile, the key shown once, learning off."""

import stat

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.contract import ChangeSetting, CreateProfile, FailureKind
from engine.fake import FAKE_RECOVERY_KEY
from tests.support.page_driver import PageDriver, unnamed
from ui.onboarding.presenter import KeyChoice, Step
from ui.onboarding.recovery_screen import RecoveryScreen
from ui.onboarding.view import OnboardingPage


@pytest.fixture
def open_page(start_client, qtbot):
    def start(**script):
        client, engine = start_client(state="new", **script)
        driver = PageDriver(OnboardingPage(client), engine, qtbot)
        driver.page.activate()
        driver.settled()
        return driver

    return start


def at(driver, step):
    driver.until(lambda: driver.page.presenter.step is step and not driver.page.presenter.busy)


def press_enter(driver):
    QTest.keyClick(driver.page.focusWidget() or driver.page, Qt.Key.Key_Return)


def test_enter_goes_through_with_the_defaults(open_page, qtbot):
    driver = open_page()
    with qtbot.waitSignal(driver.page.finished, timeout=5000):
        for step in Step:
            at(driver, step)
            press_enter(driver)
    created = driver.commands(CreateProfile)
    assert [c.passphrase for c in created] == [None]
    stored = {c.key: c.value for c in driver.commands(ChangeSetting)}
    assert stored == {"language": "system"}
    assert driver.engine.world.settings["learning_consent"] is False


def test_nothing_is_made_before_the_key_is_answered(open_page):
    driver = open_page()
    driver.click("onboarding.next")
    at(driver, Step.KEY)
    assert driver.commands(CreateProfile) == []


def test_without_keyring_a_passphrase_is_the_default(open_page):
    driver = open_page(keyring_available=False)
    driver.click("onboarding.next")
    assert driver.page.presenter.key_choice is KeyChoice.PASSPHRASE
    assert not driver.find("key.keyring").isEnabled()
    assert "No keyring that can be trusted" in driver.words()
    forward = driver.find("onboarding.next")
    assert not forward.isEnabled()
    assert forward.toolTip() == "Type the passphrase twice first."


def test_passphrase_is_asked_twice_and_sent_once(open_page):
    driver = open_page()
    driver.click("onboarding.next")
    driver.click("key.passphrase")
    driver.type("passphrase.first", "river lamp stone cloud")
    driver.type("passphrase.second", "river lamp")
    assert not driver.find("onboarding.next").isEnabled()
    driver.type("passphrase.second", "river lamp stonX")
    assert driver.text("passphrase.hint") == "The two lines differ."
    driver.type("passphrase.second", "river lamp stone cloud")
    driver.click("onboarding.next")
    at(driver, Step.RECOVERY)
    assert [c.passphrase for c in driver.commands(CreateProfile)] == ["river lamp stone cloud"]


def test_short_passphrase_is_refused(open_page):
    driver = open_page()
    driver.click("onboarding.next")
    driver.click("key.passphrase")
    driver.type("passphrase.first", "short")
    driver.type("passphrase.second", "short")
    assert "at least 8" in driver.text("passphrase.hint")
    assert not driver.find("onboarding.next").isEnabled()


def to_recovery(driver):
    driver.click("onboarding.next")
    driver.click("onboarding.next")
    at(driver, Step.RECOVERY)


def test_recovery_key_is_shown_copied_and_taken_back(open_page):
    driver = open_page()
    to_recovery(driver)
    assert driver.text("recoveryKey").replace("\n", "-") == FAKE_RECOVERY_KEY
    driver.click("recovery.copy")
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == FAKE_RECOVERY_KEY
    assert bytes(clipboard.mimeData().data("x-kde-passwordManagerHint")) == b"secret"
    driver.page.findChild(RecoveryScreen)._clear.timeout.emit()
    assert clipboard.text() == ""


def test_clipboard_that_holds_something_else_stays(open_page):
    driver = open_page()
    to_recovery(driver)
    driver.click("recovery.copy")
    QGuiApplication.clipboard().setText("mine")
    driver.page.findChild(RecoveryScreen)._clear.timeout.emit()
    assert QGuiApplication.clipboard().text() == "mine"


def test_recovery_key_is_saved_for_the_user_only(open_page, tmp_path, monkeypatch):
    driver = open_page()
    to_recovery(driver)
    target = tmp_path / "key.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    driver.click("recovery.save")
    assert FAKE_RECOVERY_KEY in target.read_text("utf-8")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_unwritable_place_is_said(open_page, tmp_path, monkeypatch):
    driver = open_page()
    to_recovery(driver)
    target = tmp_path / "no such folder" / "key.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    driver.click("recovery.save")
    assert "choose another folder" in driver.find("recovery.error").text()


def test_one_cannot_go_back_behind_the_made_profile(open_page):
    driver = open_page()
    to_recovery(driver)
    assert not driver.find("onboarding.back").isVisible()
    driver.click("onboarding.next")
    at(driver, Step.MODEL)
    driver.click("onboarding.back")
    at(driver, Step.RECOVERY)
    driver.page.presenter.create("", "")
    assert len(driver.commands(CreateProfile)) == 1


def test_failure_is_shown_and_can_be_tried_again(open_page):
    driver = open_page(faults={"CreateProfile": FailureKind.KEYRING_UNAVAILABLE})
    driver.click("onboarding.next")
    driver.click("onboarding.next")
    driver.until(lambda: driver.page.error.isVisible())
    assert driver.page.error.kind is FailureKind.KEYRING_UNAVAILABLE
    assert driver.page.presenter.step is Step.KEY
    driver.click("onboarding.next")
    driver.until(lambda: len(driver.commands(CreateProfile)) == 2)


def test_consent_is_stored_when_switched_on(open_page, qtbot):
    driver = open_page()
    to_recovery(driver)
    driver.click("onboarding.next")
    at(driver, Step.MODEL)
    assert driver.text("onboarding.model") == "Scripted model"
    driver.click("onboarding.next")
    driver.click("onboarding.learning")
    with qtbot.waitSignal(driver.page.finished, timeout=5000):
        driver.click("onboarding.next")
    stored = {c.key: c.value for c in driver.commands(ChangeSetting)}
    assert stored["learning_consent"] is True
    assert driver.page.presenter.recovery_key == ""


def test_language_is_told_and_stored(open_page, qtbot):
    driver = open_page()
    with qtbot.waitSignal(driver.page.language_chosen) as told:
        driver.click("language.zh_CN")
    assert told.args == ["zh_CN"]
    to_recovery(driver)
    driver.settled()
    stored = {c.key: c.value for c in driver.commands(ChangeSetting)}
    assert stored["language"] == "zh_CN"


def test_page_is_built_anew_when_the_language_changes(open_page):
    driver = open_page()
    driver.click("language.en")
    before = driver.page.next
    QApplication.sendEvent(driver.page, QEvent(QEvent.Type.LanguageChange))
    assert driver.page.next is not before
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert driver.find("language.en").isChecked()
    driver.until(driver.page.next.isVisible)
    driver.click("onboarding.next")
    at(driver, Step.KEY)


def test_everything_has_a_name(open_page):
    assert unnamed(open_page().page) == []
