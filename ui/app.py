"""Starts the window on an engine and runs it to its end."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from engine.contract import Engine
from ui.engine_client import EngineClient
from ui.faults import FaultWatch
from ui.links import LinkOpener
from ui.main_window import MainWindow
from ui.summons import Summons

__all__ = ["LOCK_EXIT_CODE", "run_window"]

LOCK_EXIT_CODE = 75
DESKTOP_ID = "app.confidant.Confidant"
"""Name of the menu entry that set-up of the package makes; the desktop finds the icon by it."""


def run_window(
    engine: Engine, *, profile_path: Path, hand_over: Callable[[str], bool] | None = None
) -> int:
    """Shows the window until it is closed, then ends the engine.

    Args:
        engine: not started yet; torch and the model load in its own thread after the window shows.
        profile_path: the profile's folder, for language, theme and text size only.
        hand_over: gives an address to the helper that opens it; without it Qt opens addresses.

    Returns:
        0, or `LOCK_EXIT_CODE` when the process shall start again at the lock screen.
    """
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    QCoreApplication.setApplicationName("Confidant")
    QGuiApplication.setDesktopFileName(DESKTOP_ID)
    opener = None if hand_over is None else LinkOpener(hand_over, application)
    if opener is not None:
        opener.install()
    application.setQuitOnLastWindowClosed(False)
    client = EngineClient(engine)
    window = MainWindow(client, profile_path, application)
    watch = FaultWatch(window)
    watch.caught.connect(window.tell_fault)
    watch.install()
    window.closed.connect(lambda: application.exit(0))
    window.lock_asked.connect(lambda: application.exit(LOCK_EXIT_CODE))
    summons = Summons(window, profile_path)
    window.show()
    client.start()
    window.begin()
    try:
        code: int = application.exec()
    finally:
        summons.close()
        window.hide()
        client.shutdown()
        watch.remove()
        if opener is not None:
            opener.remove()
    return code
