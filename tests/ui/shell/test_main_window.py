"""The window on the scripted engine: which screen, pages, keys, lock, faults."""

import json
import sys

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QWidget,
)

from engine.contract import FailureKind
from engine.fake import FakeEngine, FakeScript
from ui.app import LOCK_EXIT_CODE, run_window
from ui.main_window import MainWindow
from ui.shell import PAGES

FAST = {"load_s": 0.0, "first_token_s": 0.0, "token_s": 0.001}


@pytest.fixture
def open_window(start_client, qtbot, qapp, tmp_path):
    def build(state="open", **script):
        client, engine = start_client(state, **script)
        window = MainWindow(client, tmp_path, qapp)
        qtbot.addWidget(window)
        window.show()
        window.begin()
        return window, engine

    return build


@pytest.fixture
def shell(open_window, qtbot):
    window, engine = open_window(answer="An answer.")
    qtbot.waitUntil(lambda: window.shell is not None, timeout=5000)
    window.shell.engine = engine
    window.shell.window_ref = window
    qtbot.waitUntil(lambda: bool(window.shell.chat.list.records), timeout=5000)
    return window.shell


@pytest.mark.parametrize(("state", "name"), [
    ("new", "OnboardingPage"), ("locked", "LockPage"), ("damaged", "LockPage"),
    ("key_missing", "LockPage"),
])  # fmt: skip
def test_first_screen_fits_the_state(open_window, qtbot, state, name):
    window, _engine = open_window(state, passphrase="a long passphrase")
    qtbot.waitUntil(lambda: type(window._root.currentWidget()).__name__ == name, timeout=5000)
    assert window.shell is None


def test_after_unlocking_the_keyboard_is_in_the_composer(open_window, qtbot):
    window, _engine = open_window("locked", passphrase="a long passphrase")
    window.activateWindow()
    qtbot.waitUntil(
        lambda: type(window._root.currentWidget()).__name__ == "LockPage", timeout=5000
    )
    qtbot.waitUntil(lambda: isinstance(window.focusWidget(), QLineEdit), timeout=5000)
    QTest.keyClicks(window.focusWidget(), "a long passphrase")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=5000)
    QTest.keyClicks(window.focusWidget(), "a b")
    assert window.shell.chat.composer.field.toPlainText() == "a b"


def test_every_page_opens_from_the_rail(shell, qtbot):
    for name in PAGES:
        button = shell.rail.findChild(QWidget, f"rail.{name}")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert shell.stack.currentWidget() is shell.page(name)
        assert button.isChecked()
    qtbot.wait(50)
    assert shell.error.text() == ""


def test_every_control_has_a_name_for_tests_and_screen_readers(shell, qtbot):
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QSlider)
    for name in PAGES:
        shell.go(name)
        qtbot.wait(60)
        bare = []
        for kind in kinds:
            for part in shell.page(name).findChildren(kind):
                inside = isinstance(part.parent(), QLineEdit | QAbstractSpinBox)
                if inside or part.objectName().startswith("qt_") or not part.isVisible():
                    continue
                if not part.objectName() or not (part.accessibleName() or part.text()):
                    bare.append((type(part).__name__, part.objectName()))
        assert bare == [], name


def test_typing_a_question_streams_an_answer_into_the_thread(shell, qtbot):
    field = shell.findChild(QWidget, "composer")
    QTest.keyClicks(field, "Hello")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not shell.chat.presenter.busy(), timeout=5000)
    names = [w.objectName() for w in shell.chat.view._views]
    assert names == ["message.user", "message.assistant"]
    qtbot.waitUntil(lambda: shell.chat.list.records[0].title == "Hello", timeout=5000)
    assert shell.window_ref.windowTitle() == "Confidant"


def test_keys(shell, qtbot):
    window = shell.window_ref
    window.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window, Qt.Key.Key_Comma, control)
    assert shell.stack.currentWidget() is shell.page("settings")
    QTest.keyClick(window, Qt.Key.Key_F, control)
    assert shell.stack.currentWidget() is shell.chat
    assert shell.chat.sidebar.search.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_N, control)
    assert shell.chat.composer.field.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_K, control)
    dialog = window.findChild(QWidget, "jumpDialog")
    QTest.keyClicks(dialog.field, "garden")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(shell.chat.presenter.messages) == 4, timeout=5000)


def test_escape_stops_the_answer(open_window, qtbot):
    window, _engine = open_window(answer="word " * 800, token_s=0.005)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=5000)
    chat = window.shell.chat
    with qtbot.waitSignal(chat.presenter.streamed, timeout=5000):
        chat.presenter.send("Hello")
    QTest.keyClick(chat.composer.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not chat.presenter.busy(), timeout=5000)
    assert "Stopped here." in chat.view.last_view()._state.text()


def test_failures_are_shown_where_they_happened(open_window, qtbot):
    window, _engine = open_window(
        answer="a b c d", faults={"Reply": FailureKind.OUT_OF_MEMORY}, fault_after_tokens=2
    )
    qtbot.waitUntil(lambda: window.shell is not None, timeout=5000)
    chat = window.shell.chat
    chat.presenter.send("Hello")
    qtbot.waitUntil(lambda: chat.error.isVisible(), timeout=5000)
    assert chat.error.kind is FailureKind.OUT_OF_MEMORY
    assert chat.findChild(QWidget, "retryButton").isVisible()
    assert chat.findChild(QWidget, "errorModelsButton").isVisible()
    assert not window.shell.error.isVisible()


def test_a_model_that_does_not_load_is_told_once_in_the_shell(open_window, qtbot):
    window, _engine = open_window(faults={"LoadModel": FailureKind.UNSUPPORTED_MODEL})
    qtbot.waitUntil(lambda: window.shell is not None, timeout=5000)
    qtbot.waitUntil(lambda: window.shell.error.isVisible(), timeout=5000)
    window.shell.error.clear()
    window.state.changed.emit()
    assert not window.shell.error.isVisible()


def test_temporary_chat_stays_marked(shell, qtbot):
    QTest.mouseClick(
        shell.chat.findChild(QWidget, "temporaryChatButton"), Qt.MouseButton.LeftButton
    )
    notice = shell.chat.findChild(QWidget, "temporaryNotice")
    assert notice.isVisible()
    shell.chat.presenter.send("Hello")
    qtbot.waitUntil(lambda: not shell.chat.presenter.busy(), timeout=5000)
    assert notice.isVisible()
    assert not shell.chat.findChild(QWidget, "consentChip").isEnabled()


def test_consent_chip_turns_learning_on_for_this_chat(shell, qtbot):
    with shell.engine.world.lock:
        shell.engine.world.settings["learning_consent"] = False
    shell.window_ref.state.refresh()
    qtbot.waitUntil(
        lambda: shell.window_ref.state.setting("learning_consent") is False, timeout=5000
    )
    chip = shell.chat.findChild(QWidget, "consentChip")
    assert not chip.isChecked()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    shell.chat.presenter.send("My cat is called Tom.")
    qtbot.waitUntil(lambda: chip.isChecked(), timeout=5000)
    assert shell.engine.world.settings["learning_consent"] is True
    qtbot.waitUntil(lambda: shell.chat.presenter.conversation is not None, timeout=5000)
    conversation = shell.chat.presenter.conversation.id
    qtbot.waitUntil(lambda: shell.engine.world.conversations[conversation].consent, timeout=5000)


def test_the_memory_chip_is_this_chat_s_own(shell, qtbot):
    world, chip = shell.engine.world, shell.chat.findChild(QWidget, "memoryChip")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not chip.isChecked()
    shell.chat.presenter.send("My cat is called Tom.")
    qtbot.waitUntil(lambda: shell.chat.presenter.conversation is not None, timeout=5000)
    name = shell.chat.presenter.conversation.id
    qtbot.waitUntil(lambda: world.conversations[name].memory is False, timeout=5000)
    assert world.settings["memory"] is True
    shell.chat.new_chat()
    assert chip.isChecked()


def test_the_strength_slider_changes_the_setting(shell, qtbot):
    world = shell.engine.world
    menu = shell.chat.composer.chips.adapter.menu()
    menu.popup(shell.mapToGlobal(shell.rect().center()))
    menu.findChild(QWidget, "strengthSlider").setValue(50)
    qtbot.waitUntil(lambda: world.settings["adapter_strength"] == 0.5, timeout=5000)
    menu.close()


def test_delete_key_offers_undo(shell, qtbot):
    view = shell.chat.sidebar.view
    view.setFocus()
    view.setCurrentIndex(shell.chat.sidebar.model.index(1))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: shell.chat.sidebar.undo.isVisible(), timeout=5000)
    QTest.mouseClick(shell.chat.sidebar.undo.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(shell.chat.list.records) == 3, timeout=5000)


def test_lock_button_says_why_it_is_off_and_locks_with_a_passphrase(open_window, qtbot):
    window, engine = open_window()
    qtbot.waitUntil(lambda: window.shell is not None and bool(window.state.key_slots), timeout=5000)
    lock = window.shell.status.lock
    assert not lock.isEnabled()
    assert "Privacy" in lock.toolTip()
    with engine.world.lock:
        engine.world.passphrase = "a long passphrase"
    window.state.refresh()
    qtbot.waitUntil(lambda: lock.isEnabled(), timeout=5000)
    with qtbot.waitSignal(window.lock_asked):
        lock.click()


def test_the_appearance_file_holds_no_words(shell, tmp_path, qtbot):
    shell.window_ref.state.change("theme", "dark")
    file = tmp_path / "appearance.json"
    qtbot.waitUntil(file.exists, timeout=5000)
    assert json.loads(file.read_text()) == {
        "language": "system", "theme": "dark", "font_scale": 1.0
    }  # fmt: skip


def test_a_fault_shows_its_place_and_never_its_words(shell):
    shell.window_ref.tell_fault("KeyError in view.py:3")
    assert "KeyError in view.py:3" in shell.error.text()


def run(engine, path, act):
    """Runs the window in earnest; `act` is called with it once it shows."""
    hook = sys.excepthook

    def begin():
        window = next(
            w for w in QApplication.topLevelWidgets()
            if isinstance(w, MainWindow) and w.isVisible()
        )  # fmt: skip
        act(window)

    QTimer.singleShot(300, begin)
    code = run_window(engine, profile_path=path)
    assert sys.excepthook is hook
    return code


def test_run_window_ends_with_the_window(qapp, tmp_path):
    engine = FakeEngine("open", FakeScript(**FAST))
    assert run(engine, tmp_path, lambda window: window.close()) == 0


def test_run_window_tells_the_lock(qapp, tmp_path):
    engine = FakeEngine("open", FakeScript(**FAST))
    assert run(engine, tmp_path, lambda window: window.lock_asked.emit()) == LOCK_EXIT_CODE
