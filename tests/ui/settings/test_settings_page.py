"""The settings page shows what is declared, no more and no less."""

import pytest

from engine.contract import ChangeSetting
from storage.settings import SETTINGS, Level, Page
from tests.support.page_driver import PageDriver, unnamed
from ui.settings.presenter import MANAGED
from ui.settings.view import SettingsPage


@pytest.fixture
def driver(start_client, qtbot):
    client, engine = start_client()
    made = PageDriver(SettingsPage(client), engine, qtbot)
    made.page.activate()
    qtbot.wait(30)
    return made


def visible_keys(driver):
    return {
        key for form in driver.page.forms.values() for key, field in form.fields.items()
        if field.isVisible()
    }  # fmt: skip


@pytest.mark.parametrize("page", list(Page))
@pytest.mark.parametrize("advanced", [False, True])
def test_each_page_shows_its_settings(driver, page, advanced):
    driver.click(f"settings.page.{page.value}")
    if advanced:
        driver.click("settings.advanced")
    wanted = {
        key for key, setting in SETTINGS.items()
        if setting.page is page and key not in MANAGED
        and (advanced or setting.level is Level.SIMPLE)
    }  # fmt: skip
    assert visible_keys(driver) == wanted
    assert {setting.key for setting in driver.page.presenter.shown()} == wanted


def test_hidden_settings_are_counted(driver):
    driver.click("settings.page.chat")
    assert driver.text("settings.hidden") == "5 more behind Advanced."
    driver.click("settings.advanced")
    assert not driver.find("settings.hidden").isVisible()


def test_stored_values_are_shown(start_client, qtbot):
    client, engine = start_client()
    engine.world.settings["theme"] = "dark"
    driver = PageDriver(SettingsPage(client), engine, qtbot)
    driver.page.activate()
    combo = driver.find("setting.theme")
    driver.until(lambda: combo.currentText() == "Dark")
    assert driver.commands(ChangeSetting) == []


def test_everything_has_a_name(driver):
    assert unnamed(driver.page) == []
