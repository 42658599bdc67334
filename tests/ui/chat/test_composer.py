"""Writing: Enter, Shift+Enter, input methods, long pastes, send and stop."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.chat.composer import Composer
from ui.status.state import AppState


@pytest.fixture
def composer(start_client, qtbot):
    client, _engine = start_client()
    made = Composer(AppState(client))
    qtbot.addWidget(made)
    made.show()
    made.sent_texts = []
    made.sent.connect(made.sent_texts.append)
    return made


def test_enter_sends_and_clears(composer):
    QTest.keyClicks(composer.field, "Hello")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    assert composer.sent_texts == ["Hello"]
    assert composer.text() == ""


def test_shift_enter_breaks_the_line_and_the_field_grows(composer):
    low = composer.field.height()
    QTest.keyClicks(composer.field, "a")
    QTest.keyClick(composer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(composer.field, "b")
    assert composer.text() == "a\nb"
    assert composer.field.height() > low
    assert composer.sent_texts == []


def test_enter_never_sends_while_an_input_method_composes(composer):
    QTest.keyClicks(composer.field, "x")
    QApplication.sendEvent(composer.field, QInputMethodEvent("nihao", []))
    assert composer.field.composing()
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    assert composer.sent_texts == []
    done = QInputMethodEvent("", [])
    done.setCommitString("你好")
    QApplication.sendEvent(composer.field, done)
    assert not composer.field.composing()
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    assert composer.sent_texts == ["x你好"]


def test_nothing_is_not_sent_and_the_button_says_why(composer):
    QTest.keyClicks(composer.field, "  ")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    button = composer.findChild(object, "sendButton")
    assert composer.sent_texts == []
    assert not button.isEnabled()
    assert button.toolTip() == "Write something first"


def test_a_long_paste_is_kept_aside_and_sent_whole(composer, qtbot):
    data = QMimeData()
    data.setText("word " * 200_000)
    QTest.keyClicks(composer.field, "Sum up:")
    composer.field.insertFromMimeData(data)
    assert len(composer.field.toPlainText()) < 20
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    assert composer.sent_texts == ["Sum up:\n\n" + "word " * 200_000]
    assert composer.text() == ""


def test_a_pasted_text_can_be_removed(composer):
    data = QMimeData()
    data.setText("x" * 20_000)
    composer.field.insertFromMimeData(data)
    chip = composer.findChild(object, "pastedChip")
    assert "20000" in chip.text().replace(",", "")
    chip.click()
    assert composer.text() == ""


def test_pasting_takes_plain_text_only(composer):
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    composer.field.insertFromMimeData(data)
    assert composer.text() == "bold"


def test_the_button_stops_while_busy(composer, qtbot):
    composer.set_busy(True)
    button = composer.findChild(object, "stopButton")
    assert button.isEnabled()
    with qtbot.waitSignal(composer.stop_asked):
        button.click()
    QTest.keyClicks(composer.field, "more")
    QTest.keyClick(composer.field, Qt.Key.Key_Return)
    assert composer.sent_texts == []
    composer.set_busy(False)
    assert composer.findChild(object, "sendButton").isEnabled()
