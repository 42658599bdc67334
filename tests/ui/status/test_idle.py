"""The idle watch under clocks that are set and computers that sleep."""

import time

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.status import idle, steady
from ui.status.idle import ClipboardCleaner, IdleWatch

TEN_YEARS_S = 10 * 365 * 86_400


@pytest.fixture
def watch(qtbot):
    owner = QObject()
    made = IdleWatch(owner)
    made.owner, made.told = owner, []
    made.idle.connect(lambda: made.told.append(True))
    return made


@pytest.mark.parametrize("jump", [TEN_YEARS_S, -TEN_YEARS_S])
def test_setting_the_wall_clock_neither_locks_nor_keeps_open(qtbot, watch, monkeypatch, jump):
    real = time.time
    watch.set_minutes(0.6 / 60)
    monkeypatch.setattr(time, "time", lambda: real() + jump)
    qtbot.wait(200)
    assert watch.told == []
    qtbot.waitUntil(lambda: watch.told == [True], timeout=3000)


def test_events_pass_through_python_only_while_it_counts(qtbot, watch, monkeypatch):
    passed = []
    monkeypatch.setattr(IdleWatch, "eventFilter", lambda *_args: passed.append(1) or False)
    widget = QWidget()
    qtbot.addWidget(widget)
    QTest.mousePress(widget, Qt.MouseButton.LeftButton)
    assert not passed
    watch.set_minutes(10)
    QTest.mousePress(widget, Qt.MouseButton.LeftButton)
    assert passed
    watch.set_minutes(0)
    passed.clear()
    QTest.mousePress(widget, Qt.MouseButton.LeftButton)
    assert not passed


def test_sleep_counts(qtbot, watch, monkeypatch):
    watch.set_minutes(10)
    qtbot.wait(50)
    assert watch.told == []
    monkeypatch.setattr(idle, "steady_seconds", lambda: steady.steady_seconds() + 11 * 60)
    qtbot.waitUntil(lambda: watch.told == [True], timeout=3000)


def test_the_key_that_wakes_the_computer_comes_too_late(qtbot, watch, monkeypatch):
    field = QWidget()
    qtbot.addWidget(field)
    field.show()
    watch.set_minutes(10)
    monkeypatch.setattr(idle, "steady_seconds", lambda: steady.steady_seconds() + 11 * 60)
    QTest.keyClicks(field, "a")
    assert watch.told == [True]


def test_the_steady_clock_goes_on_and_is_not_the_wall_clock(monkeypatch):
    monkeypatch.setattr(time, "time", lambda: 0.0)
    before = steady.steady_seconds()
    time.sleep(0.02)
    assert 0.02 <= steady.steady_seconds() - before < 5


def test_what_would_be_cleared_later_goes_when_the_program_ends(qtbot):
    class Owning(ClipboardCleaner):
        def owns(self):
            return True

    owner = QObject()
    cleaner = Owning(owner)
    cleaner.set_seconds(600)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("words")
    QGuiApplication.instance().aboutToQuit.emit()
    assert clipboard.text() == ""
