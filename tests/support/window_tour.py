"""A short life in the real window, for whoever watches the process from outside.

``python -m tests.support.window_tour FOLDER [--learn] [--stay]``: first run, a question, every
page, a backup, with ``--learn`` also a short training. With ``--stay`` it asks once more, leaves
words in the composer, and waits to be killed. No network filter is set up here, so that an attempt
to reach a network would be seen by the watcher.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit

from tests.support.window import WindowSession, pause

PASSPHRASE = "river lamp stone cloud"
WORDS = ("Quokkabramble", "Zwiebelturm7731", "独一无二的词语甲乙丙")
"""Told, being answered, and not sent yet."""
PATIENCE = 10
"""The watcher may slow the process down."""
PAGES = ("learning", "memory", "skills", "models", "privacy", "settings", "chat")


class SlowSession(WindowSession):
    """Waits longer for everything."""

    def wait(self, true: Callable[[], object], seconds: float, what: str) -> None:
        """Runs the event loop until `true` holds."""
        super().wait(true, PATIENCE * seconds, what)


def learn(session: WindowSession) -> None:
    """Tells a fact, approves it, trains a few steps and waits for the report."""
    for key, value in (("preset", "quick"), ("steps", 3)):
        session.window.state.change(key, value)
    session.click("consentChip")
    session.say("My dog is called Zorbelkin and he is a beagle.")
    session.click("rail.learning")
    session.click("approveAllButton")
    session.click("learnButton")
    session.find("reportCard.verdict", seconds=300)


def stay(session: WindowSession) -> None:
    """Has an answer under way and a draft, says so, and goes on until it is killed."""
    session.type("composer", f"Tell me about {WORDS[1]}.", enter=True)
    session.find("stopButton")
    session.find("composer", QPlainTextEdit).insertPlainText(WORDS[2])
    sys.stdout.write("staying\n")
    sys.stdout.flush()
    pause(3_600_000)


def main() -> None:
    """Lives it; any failure ends in an exception."""
    application = QApplication(sys.argv[:1])
    session = SlowSession(application, Path(sys.argv[1]))
    session.first_run(PASSPHRASE)
    session.say(f"Say hello to {WORDS[0]}.")
    if "--learn" in sys.argv[2:]:
        learn(session)
    for page in PAGES:
        session.click(f"rail.{page}")
        if page == "privacy":
            session.click("backupButton")
            session.find("restoreBackup.0")
    if "--stay" in sys.argv[2:]:
        stay(session)
    session.close()
    sys.stdout.write("toured\n")


if __name__ == "__main__":
    main()
