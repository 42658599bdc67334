"""The lock page in every state of a profile."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.contract import FailureKind, Unlock
from engine.fake import FAKE_RECOVERY_KEY
from tests.support.page_driver import PageDriver, unnamed
from ui.lock.presenter import Screen
from ui.lock.view import LockPage


@pytest.fixture
def open_page(start_client, qtbot):
    def start(state="locked", **script):
        client, engine = start_client(state=state, **script)
        driver = PageDriver(LockPage(client), engine, qtbot)
        driver.opened = []
        driver.page.unlocked.connect(lambda: driver.opened.append(True))
        driver.page.activate()
        driver.settled()
        return driver

    return start


def test_right_passphrase_opens_and_is_not_kept(open_page):
    driver = open_page(passphrase="river lamp")
    assert driver.page.passphrase.hasFocus()
    driver.type("passphraseField", "river lamp")
    QTest.keyClick(driver.page.passphrase, Qt.Key.Key_Return)
    driver.until(lambda: driver.opened)
    assert driver.page.passphrase.text() == ""
    assert [c.passphrase for c in driver.commands(Unlock)] == ["river lamp"]


def test_wrong_passphrase_says_so_and_can_be_typed_over(open_page):
    driver = open_page(passphrase="river lamp")
    driver.type("passphraseField", "river lanp")
    driver.click("unlockButton")
    driver.until(lambda: driver.page.error.isVisible())
    assert driver.page.error.kind is FailureKind.WRONG_KEY
    assert driver.page.passphrase.selectedText()
    assert "river lanp" not in driver.words()
    driver.type("passphraseField", "river lamp")
    driver.click("unlockButton")
    driver.until(lambda: driver.opened)


def test_empty_passphrase_sends_nothing(open_page):
    driver = open_page(passphrase="river lamp")
    driver.click("unlockButton")
    assert driver.commands(Unlock) == []


def test_recovery_key_opens(open_page):
    driver = open_page(passphrase="river lamp")
    driver.click("otherWayButton")
    assert not driver.page.passphrase.isVisible()
    driver.type("recoveryField", f" {FAKE_RECOVERY_KEY} ")
    driver.click("unlockButton")
    driver.until(lambda: driver.opened)
    assert [c.recovery_key for c in driver.commands(Unlock)] == [FAKE_RECOVERY_KEY]


def test_back_from_the_recovery_key(open_page):
    driver = open_page(passphrase="river lamp")
    driver.click("otherWayButton")
    driver.click("otherWayButton")
    assert driver.page.presenter.screen is Screen.PASSPHRASE


def test_keyring_is_tried_by_itself(open_page):
    driver = open_page()
    driver.until(lambda: driver.opened)
    assert len(driver.commands(Unlock)) == 1


@pytest.mark.parametrize("kind", [FailureKind.KEYRING_UNAVAILABLE, FailureKind.WRONG_KEY])
def test_keyring_that_is_gone_or_lies_leads_to_the_recovery_key(open_page, kind):
    driver = open_page(faults={"Unlock": kind})
    driver.until(lambda: driver.find("recoveryField").isVisible())
    assert driver.text("lock.heading") == "The key to your data is not here"
    assert "Nothing was changed" in driver.words()
    assert driver.find("lock.again").isVisible()
    assert len(driver.commands(Unlock)) == 1


def test_missing_key_asks_for_the_recovery_key_and_sends_nothing_else(open_page):
    driver = open_page(state="key_missing")
    assert driver.page.presenter.screen is Screen.KEY_MISSING
    assert "Nothing was changed" in driver.words()
    assert driver.page.recovery.isVisible()
    assert driver.commands(Unlock) == []


@pytest.mark.parametrize(
    ("state", "heading"),
    [("damaged", "Your data could not be read"), ("in_use", "Confidant is already open")],
)
def test_troubled_states_explain_and_can_be_tried_again(open_page, state, heading):
    driver = open_page(state=state)
    assert driver.text("lock.heading") == heading
    assert not driver.find("unlockButton").isVisible()
    driver.engine.world.state = "open"
    driver.click("lock.again")
    driver.until(lambda: driver.opened)


def test_damage_found_while_unlocking_turns_the_page(open_page):
    driver = open_page(
        passphrase="river lamp", faults={"Unlock": FailureKind.DATABASE_DAMAGED}
    )
    driver.type("passphraseField", "river lamp")
    driver.click("unlockButton")
    driver.until(lambda: driver.page.presenter.screen is Screen.DAMAGED)
    assert "newest backup" in driver.words()


def test_restoring_asks_first_and_opens(open_page):
    driver = open_page(state="damaged", passphrase="river lamp")
    assert not driver.find("unlockButton").isVisible()
    driver.type("passphraseField", "river lamp")
    driver.click("restoreButton")
    assert "will be missing" in driver.find("confirmRestore").accessibleName()
    assert driver.commands(Unlock) == []
    driver.click("confirmRestore.yes")
    driver.until(lambda: driver.opened)
    sent = driver.commands(Unlock)
    assert [(c.passphrase, c.recovery_key, c.restore) for c in sent] == [
        ("river lamp", None, True)
    ]


def test_restoring_by_the_recovery_key(open_page):
    driver = open_page(state="damaged", passphrase="river lamp")
    driver.click("otherWayButton")
    assert not driver.page.passphrase.isVisible()
    driver.type("recoveryField", FAKE_RECOVERY_KEY)
    driver.click("restoreButton")
    driver.click("confirmRestore.yes")
    driver.until(lambda: driver.opened)
    assert driver.commands(Unlock)[0].recovery_key == FAKE_RECOVERY_KEY


def test_restoring_with_the_wrong_passphrase_is_told(open_page):
    driver = open_page(state="damaged", passphrase="river lamp")
    driver.type("passphraseField", "river lanp")
    driver.click("restoreButton")
    driver.click("confirmRestore.yes")
    driver.until(lambda: driver.page.error.isVisible())
    assert driver.page.error.kind is FailureKind.WRONG_KEY
    assert driver.page.presenter.screen is Screen.DAMAGED


def test_everything_has_a_name(open_page):
    assert unnamed(open_page(state="key_missing").page) == []
