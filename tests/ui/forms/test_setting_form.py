"""The generated form: right editors, bounds, reset, errors beside the field."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QPlainTextEdit

from engine.contract import ChangeSetting
from storage.settings import SETTINGS
from tests.support.page_driver import PageDriver, unnamed
from ui.forms.setting_form import SettingForm
from ui.forms.setting_values import SettingValues
from ui.widgets import Switch


@pytest.fixture
def form(start_client, qtbot):
    client, engine = start_client()
    values = SettingValues(client)
    made = SettingForm(list(SETTINGS), values)
    made.values = values
    driver = PageDriver(made, engine, qtbot)
    values.load()
    qtbot.wait(30)
    return driver


def changes(form):
    return [(c.key, c.value) for c in form.commands(ChangeSetting)]


def test_each_type_has_its_editor(form):
    assert isinstance(form.find("setting.learning_consent"), Switch)
    assert isinstance(form.find("setting.theme"), QComboBox)
    assert isinstance(form.find("setting.never_learn"), QPlainTextEdit)
    assert isinstance(form.find("setting.rank"), QDoubleSpinBox)
    assert not unnamed(form.page)


def test_every_editor_gives_back_what_it_shows(form):
    for key, field in form.page.fields.items():
        value = field.editor.value()
        shown = form.page.values[key]
        assert value == pytest.approx(shown), key
        assert type(value) is type(shown), key


def test_bounds_and_step_come_from_the_declaration(form):
    for key, setting in SETTINGS.items():
        if isinstance(setting.default, bool | str):
            continue
        spin = form.find(f"setting.{key}")
        factor = 100 if spin.suffix() == " %" else 1
        assert spin.minimum() == pytest.approx(setting.minimum * factor), key
        assert spin.maximum() == pytest.approx(setting.maximum * factor), key
        assert spin.singleStep() == pytest.approx(setting.step * factor), key


def test_switch_choice_and_number_are_stored(form):
    form.click("setting.memory")
    combo = form.find("setting.theme")
    combo.setCurrentIndex(combo.findData("dark"))
    form.click("setting.rank.more")
    form.until(lambda: len(changes(form)) == 3)
    assert changes(form) == [("memory", False), ("theme", "dark"), ("rank", 17)]
    assert isinstance(changes(form)[2][1], int)


def test_factor_is_shown_as_percentage_and_stored_as_factor(form):
    spin = form.find("setting.font_scale")
    assert spin.text() == "100 %"
    spin.setValue(150)
    form.until(lambda: changes(form))
    assert changes(form) == [("font_scale", 1.5)]


def test_lowest_value_is_said_in_words(form):
    assert form.find("setting.auto_lock_minutes").text() == "Never"
    assert form.find("setting.learning_rate").text() == "Preset's"


def test_text_is_stored_when_the_keyboard_leaves(form):
    area = form.find("setting.never_learn")
    area.setFocus()
    QTest.keyClicks(area, "Project Heron")
    assert changes(form) == []
    form.find("setting.theme").setFocus()
    QApplication.processEvents()
    form.until(lambda: changes(form))
    assert changes(form) == [("never_learn", "Project Heron")]


def test_reset_appears_and_goes_back(form):
    reset = form.find("setting.alpha.reset")
    assert not reset.isVisible()
    form.click("setting.alpha.more")
    form.until(reset.isVisible)
    form.click("setting.alpha.reset")
    form.until(lambda: not reset.isVisible())
    assert changes(form)[-1] == ("alpha", SETTINGS["alpha"].default)
    assert form.find("setting.alpha").value() == SETTINGS["alpha"].default


def test_refused_value_is_explained_beside_its_field(form):
    form.page.fields["rank"].edited.emit("rank", 100_000)
    error = form.find("setting.rank.error")
    assert error.isVisible()
    assert "between 1 and 128" in error.text()
    assert form.find("setting.rank").value() == 16
    assert changes(form) == []


def test_wheel_does_not_change_a_field_without_focus(form):
    form.find("setting.theme").setFocus()
    spin = form.find("setting.rank")
    here = QPointF(5, 5)
    event = QWheelEvent(
        here, spin.mapToGlobal(here), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(spin, event)
    assert spin.value() == 16


def test_change_made_elsewhere_is_shown(form):
    form.page.values._client.submit(ChangeSetting(key="preset", value="quick"))
    form.until(lambda: form.page.fields["preset"].editor.value() == "quick")
