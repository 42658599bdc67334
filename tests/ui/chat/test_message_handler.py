"""Buttons of a message, on the whole page with the scripted engine."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from storage.records import MessageState
from ui.chat import message_handler
from ui.chat.view import ChatPage
from ui.status.state import AppState


@pytest.fixture
def page(start_client, qtbot):
    client, engine = start_client(answer="See [this](https://example.org/a) **now**.")
    made = ChatPage(client, AppState(client))
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.presenter.send("Hello")
    qtbot.waitUntil(lambda: not made.presenter.busy(), timeout=5000)
    made.engine = engine
    return made


def press(page, at, name):
    button = page.view._views[at].findChild(QWidget, name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_copy_takes_the_markdown_source(page):
    press(page, 1, "copyButton")
    assert QApplication.clipboard().text() == "See [this](https://example.org/a) **now**."


def test_an_explanation_comes_under_the_answer_and_goes_again(page, qtbot):
    view = page.view._views[1]
    press(page, 1, "explainButton")
    qtbot.waitUntil(lambda: view.is_explained, timeout=5000)
    assert view.findChild(QWidget, "explanation").isVisible()
    press(page, 1, "explainButton")
    assert not view.is_explained
    press(page, 1, "explainButton")
    qtbot.waitUntil(lambda: view.is_explained, timeout=5000)
    press(page, 1, "explanation.close")
    assert not view.is_explained


def test_a_failed_explanation_is_told(page, qtbot):
    page.engine.world.messages.clear()
    press(page, 1, "explainButton")
    qtbot.waitUntil(page.error.isVisible, timeout=5000)
    assert not page.view._views[1].is_explained


def test_thumbs(page, qtbot):
    press(page, 1, "thumbUpButton")
    qtbot.waitUntil(lambda: page.presenter.messages[1].rating == 1, timeout=5000)
    assert page.view._views[1].findChild(QWidget, "thumbUpButton").isChecked()
    press(page, 1, "thumbDownButton")
    qtbot.waitUntil(lambda: page.presenter.messages[1].rating == -1, timeout=5000)
    assert not page.view._views[1].findChild(QWidget, "thumbUpButton").isChecked()


def test_regenerate_and_back_to_the_first_version(page, qtbot):
    first = page.presenter.messages[1].id
    press(page, 1, "regenerateButton")
    qtbot.waitUntil(
        lambda: not page.presenter.busy() and page.presenter.messages[1].id != first, timeout=5000
    )
    view = page.view._views[1]
    assert view.findChild(QWidget, "versionCount").text() == "2/2"
    press(page, 1, "earlierButton")
    qtbot.waitUntil(lambda: page.presenter.messages[1].id == first, timeout=5000)
    assert page.view._views[1].findChild(QWidget, "versionCount").text() == "1/2"


def test_a_link_is_asked_about_and_opened_only_with_consent(page, monkeypatch):
    opened, asked = [], []
    answers = iter([False, True])
    monkeypatch.setattr(
        message_handler, "confirm_link", lambda _page, url: asked.append(url) or next(answers)
    )
    monkeypatch.setattr(
        message_handler.QDesktopServices, "openUrl", lambda url: opened.append(url.toString())
    )
    link = page.view._views[1].findChild(QWidget, "prose").link_clicked
    link.emit("https://example.org/a")
    assert (asked, opened) == (["https://example.org/a"], [])
    link.emit("https://example.org/a")
    assert opened == ["https://example.org/a"]


def test_speed_is_shown_when_the_setting_says(page, qtbot):
    note = page.view._views[1].findChild(QWidget, "messageNote")
    assert note.text() == ""
    page._state.change("show_speed", True)
    qtbot.waitUntil(lambda: "tokens/s" in note.text(), timeout=5000)
    page._state.change("show_speed", False)
    qtbot.waitUntil(lambda: note.text() == "", timeout=5000)


def test_never_learn_from_one_message(page, qtbot):
    view = page.view._views[0]
    view.asked.emit("learn_never", view.record.id)
    qtbot.waitUntil(lambda: page.presenter.messages[0].consent is False, timeout=5000)
    view.asked.emit("learn_follow", view.record.id)
    qtbot.waitUntil(lambda: page.presenter.messages[0].consent is None, timeout=5000)


def test_dropped_messages_are_told(page):
    notice = page.findChild(QWidget, "droppedNotice")
    assert not notice.isVisible()
    page.presenter.dropped.emit(4)
    assert notice.isVisible()
    assert "(4)" in notice.label.text()
    page.presenter.dropped.emit(0)
    assert not notice.isVisible()


def test_a_better_answer_is_written_in_its_place(page, qtbot):
    press(page, 1, "rewriteButton")
    view = page.view._views[1]
    view.findChild(QWidget, "editField").setPlainText("Shorter.")
    QTest.mouseClick(view.findChild(QWidget, "editSendButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.presenter.messages[1].text == "Shorter.", timeout=5000)
    assert not page.presenter.busy()


def test_a_stopped_answer_is_offered_to_go_on(page, qtbot):
    offer = page.findChild(QWidget, "goOnButton")
    assert not offer.isVisible(), "the answer is complete"
    page.engine._script = replace(page.engine._script, answer="word " * 80 + "end", token_s=0.005)
    with qtbot.waitSignal(page.presenter.streamed, timeout=5000):
        page.presenter.send("More")
    assert not offer.isVisible(), "it is still being written"
    page.stop()
    qtbot.waitUntil(offer.isVisible, timeout=5000)
    assert page.view._views[3].record.state is MessageState.STOPPED
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert not offer.isVisible()
    qtbot.waitUntil(lambda: not page.presenter.busy(), timeout=10000)
    assert page.view._views[3].record.text.endswith("word end")
    assert not offer.isVisible()
