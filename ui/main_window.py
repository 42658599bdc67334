"""The main window: first run, lock screen or the opened shell, as the profile's state says."""

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from engine.contract import (
    Failed,
    FailureKind,
    ProfileReplaced,
    ReadSettings,
    ReadStatus,
    SettingsRead,
    StatusRead,
)
from ui.appearance import Appearance
from ui.engine_client import EngineClient
from ui.i18n import Language
from ui.status.idle import ClipboardCleaner, IdleWatch
from ui.status.state import AppState
from ui.theme import Theme
from ui.widgets.errors import InlineError, failure_heading

if TYPE_CHECKING:
    from ui.shell import Shell

__all__ = ["MainWindow"]

_AFTER_PAINT_MS = 50


class MainWindow(QMainWindow):
    """Shows one of: onboarding, lock page, shell. Its title never holds the user's words.

    Signals:
        lock_asked: end the process and start it again at the lock screen.
        closed: the user closed the window.
    """

    lock_asked = Signal()
    closed = Signal()

    def __init__(
        self, client: EngineClient, profile_path: Path, application: QApplication
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Confidant")
        self.resize(1180, 780)
        self.setMinimumSize(640, 480)
        self._client = client
        self._appearance = Appearance(profile_path)
        self._theme = Theme(application)
        self._language = Language(application)
        self._show_appearance()
        self.state = AppState(client, self)
        self.shell: Shell | None = None
        self._idle = IdleWatch(self)
        self._cleaner = ClipboardCleaner(self)
        self._idle.idle.connect(self._idle_too_long)
        client.event.connect(self._notice_replacement)
        self._theme.changed.connect(self._render_anew)
        self.state.setting_changed.connect(self._setting_changed)
        self._root = QStackedWidget()
        self._start_error = InlineError("startError")
        waiting = QWidget()
        box = QVBoxLayout(waiting)
        box.addWidget(self._start_error)
        box.addStretch(1)
        self._root.addWidget(waiting)
        self.setCentralWidget(self._root)

    def _show_appearance(self) -> None:
        values = self._appearance.values
        self._language.show(str(values["language"]))
        self._theme.show(str(values["theme"]), float(values["font_scale"]))

    # -- which screen -----------------------------------------------------------------------------

    def begin(self) -> None:
        """Asks for the profile's state and shows the screen that fits."""
        self._client.request(ReadStatus(), self._status_read, self._failed, owner=self)

    def _status_read(self, status: StatusRead) -> None:
        if status.state == "open":
            self._enter()
        elif status.state == "new":
            from ui.onboarding.view import OnboardingPage

            page = OnboardingPage(self._client)
            page.finished.connect(self._enter)
            page.language_chosen.connect(self._language.show)
            self._show_screen(page)
            page.activate()
            self._import_shell_soon()
        else:
            from ui.lock.view import LockPage

            lock = LockPage(self._client)
            lock.unlocked.connect(self._enter)
            self._show_screen(lock)
            lock.activate()
            self._import_shell_soon()

    def _import_shell_soon(self) -> None:
        """Its modules are most of a start; they load once the first screen is painted."""
        QTimer.singleShot(_AFTER_PAINT_MS, self, lambda: importlib.import_module("ui.shell"))

    def _show_screen(self, page: QWidget) -> None:
        old = self._root.currentWidget()
        self._root.addWidget(page)
        self._root.setCurrentWidget(page)
        if old is not None:
            self._root.removeWidget(old)
            old.deleteLater()

    def _enter(self) -> None:
        """The profile is open: the settings first, then the shell in the right language."""
        self._client.request(ReadSettings(), self._settings_read, self._failed, owner=self)

    def _settings_read(self, _event: SettingsRead) -> None:
        for key in self._appearance.values:
            self._appearance.remember(key, self.state.setting(key))
        self._show_appearance()
        if self.shell is None:
            from ui.shell import Shell

            self.shell = Shell(self._client, self.state)
            self.shell.lock_asked.connect(self.lock_asked)
            self._show_screen(self.shell)
            self.shell.go("chat")  # now that it is shown, or the keyboard would be elsewhere
        self.state.refresh()
        self.state.load_model()
        self._idle.set_minutes(float(self.state.setting("auto_lock_minutes")))
        self._cleaner.set_seconds(float(self.state.setting("clipboard_clear_seconds")))

    def _failed(self, failed: Failed) -> None:
        self._start_error.show_failure(failed)

    # -- settings that the window itself obeys ----------------------------------------------------

    def _setting_changed(self, key: str, value: object) -> None:
        if key in self._appearance.values:
            self._appearance.remember(key, self.state.setting(key))
        match key:
            case "theme" | "font_scale":
                values = self._appearance.values
                self._theme.show(str(values["theme"]), float(values["font_scale"]))
            case "auto_lock_minutes":
                self._idle.set_minutes(float(str(value)))
            case "clipboard_clear_seconds":
                self._cleaner.set_seconds(float(str(value)))
            case _:
                pass

    def _notice_replacement(self, event: object) -> None:
        """Erased, or back at an earlier state: a new process knows nothing of the old one."""
        if isinstance(event, ProfileReplaced):
            self.lock_asked.emit()

    def _render_anew(self) -> None:
        if self.shell is not None:
            self.shell.render_anew()

    def _idle_too_long(self) -> None:
        if self.shell is not None and "passphrase" in self.state.key_slots:
            self.lock_asked.emit()

    def tell_fault(self, place: str) -> None:
        """Shows that our own code failed, in type and place only."""
        detail = self.tr("Your chats are stored. If it happens again, restart Confidant ({place}).")
        shown = self.shell.error if self.shell else self._start_error
        shown.show_text(detail.format(place=place), failure_heading(FailureKind.BUG))
        shown.kind = FailureKind.BUG

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window goes at once; the engine ends after it."""
        super().closeEvent(event)
        self.closed.emit()
