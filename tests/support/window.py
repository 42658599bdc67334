"""Drives the real window on the real engine with real clicks and keys."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QScrollArea, QWidget

from engine.host import EngineHost
from storage.keys import KeyFile
from storage.profile import ProfilePaths
from ui.chat.message_view import MessageView
from ui.engine_client import EngineClient
from ui.main_window import MainWindow

Found = TypeVar("Found", bound=QWidget)


def pause(milliseconds: int) -> None:
    """Runs the event loop for a while. (`QTest.qWait` would keep Python's lock from the engine.)"""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class WindowSession:
    """One run of the app on a profile, from start to close. GUI thread.

    `key_file` replaces the key slots, with a made-up keyring perhaps.
    """

    def __init__(
        self, application: QApplication, profile: Path, key_file: KeyFile | None = None
    ) -> None:
        self.client = EngineClient(EngineHost(ProfilePaths(profile), key_file=key_file))
        self.window = MainWindow(self.client, profile, application)
        self.window.resize(1180, 860)
        self.window.show()
        self.client.start()
        self.window.begin()

    def close(self) -> None:
        """Closes the window and ends the engine."""
        self.window.close()
        self.client.shutdown()
        self.window.deleteLater()
        QApplication.processEvents()

    # -- looking ----------------------------------------------------------------------------------

    def wait(self, true: Callable[[], object], seconds: float, what: str) -> None:
        """Runs the event loop until `true` holds."""
        end = time.monotonic() + seconds
        rest = 20
        while not true():
            if time.monotonic() > end:
                raise AssertionError(f"waited {seconds:g} s in vain for: {what}")
            pause(rest)
            rest = min(rest + 10, 400)

    def shown(self, name: str, kind: type[Found] = QWidget) -> Found | None:  # type: ignore[assignment]
        """The visible widget called `name`, or None."""
        for widget in self.window.findChildren(kind, name):
            if widget.isVisible():
                return widget
        return None

    def find(self, name: str, kind: type[Found] = QWidget, seconds: float = 20) -> Found:  # type: ignore[assignment]
        """The widget called `name`, once it is visible."""
        self.wait(lambda: self.shown(name, kind), seconds, f"{name} to be visible")
        found = self.shown(name, kind)
        assert found is not None
        return found

    # -- acting -----------------------------------------------------------------------------------

    def click(self, name: str, seconds: float = 20) -> None:
        """Clicks the middle of a widget with the mouse, once it is there and enabled."""
        widget = self.find(name, seconds=seconds)
        self.wait(widget.isEnabled, seconds, f"{name} to be enabled")
        self._scroll_to(widget)
        spot = QPoint(min(widget.width() // 2, 20), widget.height() // 2)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=spot)
        pause(50)

    @staticmethod
    def _scroll_to(widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget)
            parent = parent.parentWidget()

    def type(self, name: str, text: str, *, enter: bool = False) -> None:
        """Types into a field, key by key."""
        widget = self.find(name)
        widget.setFocus()
        QTest.keyClicks(widget, text)
        if enter:
            QTest.keyClick(widget, Qt.Key.Key_Return)
        pause(50)

    def slide(self, name: str, value: int) -> None:
        """Moves a slider with the arrow keys."""
        slider = self.find(name, QAbstractSlider)
        self._scroll_to(slider)
        slider.setFocus()
        while slider.value() != value:
            up = slider.value() < value
            QTest.keyClick(slider, Qt.Key.Key_Right if up else Qt.Key.Key_Left)
        pause(400)

    # -- whole habits -----------------------------------------------------------------------------

    def first_run(self, passphrase: str) -> str:
        """Goes through the first run with a passphrase; returns the recovery key."""
        self.click("onboarding.next")
        self.click("key.passphrase")
        self.type("passphrase.first", passphrase)
        self.type("passphrase.second", passphrase)
        self.click("onboarding.next")
        key = self.find("recoveryKey", seconds=60)
        recovery = str(key.property("text"))
        for _ in range(3):
            self.click("onboarding.next")
        self.find("composer", seconds=60)
        return recovery

    def unlock(self, passphrase: str) -> None:
        """Opens the lock screen."""
        self.type("passphraseField", passphrase, enter=True)
        self.find("composer", seconds=60)

    def answers(self) -> list[str]:
        """Finished answers on the screen, oldest first."""
        views = [v for v in self.window.findChildren(MessageView) if v.isVisible()]
        return [v.record.text for v in views if v.objectName() == "message.assistant"]

    def say(self, text: str, seconds: float = 180) -> str:
        """Sends a message in the shown chat and returns the whole answer."""
        before = len(self.answers())
        self.type("composer", text, enter=True)
        self.wait(lambda: len(self.answers()) > before, 20, "an answer to begin")
        self.wait(lambda: self.shown("sendButton"), seconds, "the answer to end")
        return self.answers()[-1]

    def ask_anew(self, text: str) -> str:
        """Asks in a new chat."""
        self.click("rail.chat")
        self.click("newChatButton")
        self.wait(lambda: not self.answers(), 20, "an empty chat")
        return self.say(text)
