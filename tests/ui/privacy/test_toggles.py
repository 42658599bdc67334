"""The toggles that the window itself obeys: what they say happens."""

import pytest
from PySide6.QtWidgets import QApplication

from ui.main_window import MainWindow
from ui.status import idle, steady


@pytest.fixture
def open_window(start_client, qtbot, tmp_path):
    def build(**script):
        client, _engine = start_client(**script)
        made = MainWindow(client, tmp_path, QApplication.instance())
        qtbot.addWidget(made)
        made.begin()
        qtbot.waitUntil(
            lambda: made.shell is not None and bool(made.state.key_slots), timeout=5000
        )
        made.asked = []
        made.lock_asked.connect(lambda: made.asked.append(True))
        return made

    return build


def change(window, qtbot, key, value):
    window.state.change(key, value)
    qtbot.waitUntil(lambda: window.state.setting(key) == value, timeout=5000)


def sit_idle(monkeypatch, minutes):
    monkeypatch.setattr(idle, "steady_seconds", lambda: steady.steady_seconds() + minutes * 60)


def test_the_window_locks_after_the_minutes_that_were_set(open_window, qtbot, monkeypatch):
    window = open_window(passphrase="x")
    change(window, qtbot, "auto_lock_minutes", 5)
    sit_idle(monkeypatch, 4.5)
    qtbot.wait(1200)
    assert window.asked == []
    sit_idle(monkeypatch, 5.5)
    qtbot.waitUntil(lambda: window.asked == [True], timeout=5000)


def test_it_never_locks_when_that_was_set(open_window, qtbot, monkeypatch):
    window = open_window(passphrase="x")
    change(window, qtbot, "auto_lock_minutes", 5)
    change(window, qtbot, "auto_lock_minutes", 0)
    sit_idle(monkeypatch, 10_000)
    qtbot.wait(1300)
    assert window.asked == []


def test_without_a_passphrase_there_is_nothing_to_lock(open_window, qtbot, monkeypatch):
    window = open_window()
    change(window, qtbot, "auto_lock_minutes", 5)
    sit_idle(monkeypatch, 6)
    qtbot.wait(1300)
    assert window.asked == []


def test_the_clipboard_setting_reaches_the_cleaner(open_window, qtbot, monkeypatch):
    window = open_window()
    monkeypatch.setattr(type(window._cleaner), "owns", lambda _self: True)
    clipboard = QApplication.clipboard()
    change(window, qtbot, "clipboard_clear_seconds", 1)
    clipboard.setText("words")
    qtbot.waitUntil(lambda: clipboard.text() == "", timeout=5000)
    change(window, qtbot, "clipboard_clear_seconds", 0)
    clipboard.setText("words")
    qtbot.wait(1300)
    assert clipboard.text() == "words"
    clipboard.clear()
