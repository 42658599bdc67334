"""Appearance, idle watch, clipboard, faults, jumping, words."""

import sys

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from ui.appearance import Appearance
from ui.faults import FaultWatch
from ui.jump import matching
from ui.status.idle import ClipboardCleaner, IdleWatch
from ui.widgets.rail import Rail


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"\xff\xfe", b'{"theme": "pink", "font_scale": "big", "other": 1}',
    b'{"font_scale": 99}', b"{" + b" " * 10_000 + b"}",
])  # fmt: skip
def test_an_odd_appearance_file_is_the_default(tmp_path, content):
    (tmp_path / "appearance.json").write_bytes(content)
    values = Appearance(tmp_path).values
    assert values == {"language": "system", "theme": "system", "font_scale": 1.0}


def test_appearance_is_remembered_but_makes_no_folder(tmp_path):
    Appearance(tmp_path / "none").remember("theme", "dark")
    assert not (tmp_path / "none").exists()
    Appearance(tmp_path).remember("theme", "dark")
    Appearance(tmp_path).remember("instruction", "words of the user")
    assert Appearance(tmp_path).values["theme"] == "dark"
    assert "words" not in (tmp_path / "appearance.json").read_text()


def test_idle_watch_counts_from_the_last_input(qtbot):
    owner, field = QObject(), QWidget()
    qtbot.addWidget(field)
    field.show()
    watch = IdleWatch(owner)
    told = []
    watch.idle.connect(lambda: told.append(True))
    watch.set_minutes(0.2 / 60)
    for _ in range(4):
        qtbot.wait(90)
        QTest.keyClicks(field, "a")
    assert told == []
    qtbot.waitUntil(lambda: told == [True], timeout=3000)
    watch.set_minutes(0)
    qtbot.wait(300)
    assert told == [True]


def test_clipboard_is_emptied_after_the_time(qtbot):
    class Owning(ClipboardCleaner):
        """The offscreen platform does not know who owns the clipboard."""

        def owns(self):
            return self.mine

    owner = QObject()
    cleaner = Owning(owner)
    cleaner.mine = True
    clipboard = QApplication.clipboard()
    cleaner.set_seconds(0.1)
    clipboard.setText("words")
    qtbot.waitUntil(lambda: clipboard.text() == "", timeout=3000)
    cleaner.set_seconds(0)
    clipboard.setText("words")
    qtbot.wait(250)
    assert clipboard.text() == "words"
    cleaner.mine = False
    cleaner.set_seconds(0.1)
    qtbot.wait(250)
    assert clipboard.text() == "words"
    clipboard.clear()


def test_fault_watch_tells_type_and_place_only(qtbot, caplog):
    watch = FaultWatch()
    watch.install()
    try:
        try:
            raise ValueError("words of the user")
        except ValueError as error:
            with qtbot.waitSignal(watch.caught) as told:
                sys.excepthook(ValueError, error, error.__traceback__)
    finally:
        watch.remove()
    assert told.args[0].startswith("ValueError in test_small_parts.py:")
    assert "words of the user" not in caplog.text


def test_jump_matches_every_word_and_prefers_beginnings():
    places = [("My garden", "1"), ("Garden plan", "2"), ("Other", "3")]
    assert [key for _t, key in matching(places, "gard")] == ["2", "1"]
    assert [key for _t, key in matching(places, "plan gar")] == ["2"]
    assert len(matching(places, "")) == 3


def test_the_rail_drops_its_words_before_it_cuts_them(qtbot):
    rail = Rail()
    qtbot.addWidget(rail)
    for name in ("chat", "learning", "memory", "settings"):
        rail.add(name, name, name.title(), name, bottom=name == "settings")
    styles = Qt.ToolButtonStyle
    button = rail.findChild(QToolButton, "rail.memory")
    rail.resize(84, 600)
    rail.show()
    qtbot.waitUntil(lambda: button.toolButtonStyle() == styles.ToolButtonTextUnderIcon)
    rail.resize(84, 160)
    qtbot.waitUntil(lambda: button.toolButtonStyle() == styles.ToolButtonIconOnly)
    assert button.accessibleName() == "Memory"
    rail.resize(84, 600)
    qtbot.waitUntil(lambda: button.toolButtonStyle() == styles.ToolButtonTextUnderIcon)
