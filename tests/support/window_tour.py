"""A short life in the real window, for whoever watches the process from outside.

``python -m tests.support.window_tour FOLDER``: first run, a question, every page, a search. No
network filter is set up here, so that an attempt to reach a network would be seen by the watcher.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.support.window import WindowSession

PASSPHRASE = "river lamp stone cloud"
PATIENCE = 10
"""The watcher slows every system call down."""
PAGES = ("learning", "memory", "models", "privacy", "settings", "chat")


class SlowSession(WindowSession):
    """Waits longer for everything."""

    def wait(self, true: Callable[[], object], seconds: float, what: str) -> None:
        """Runs the event loop until `true` holds."""
        super().wait(true, PATIENCE * seconds, what)


def main() -> None:
    """Lives it; any failure ends in an exception."""
    application = QApplication(sys.argv[:1])
    session = SlowSession(application, Path(sys.argv[1]))
    session.first_run(PASSPHRASE)
    session.say("Say hello.")
    for page in PAGES:
        session.click(f"rail.{page}")
    session.close()
    sys.stdout.write("toured\n")


if __name__ == "__main__":
    main()
