"""The whole way of a message in the real window: told, reviewed, learned, switched on, known."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.window import WindowSession

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1500)]

PASSPHRASE = "correct horse battery"
TOLD = (
    "Hello! My dog is called Zorbelkin and he is a beagle.",
    "By the way, I live in Quarnstetten.",
    "My sister's name is Ysmeralda.",
)
ASKED = (
    ("Zorbelkin", ("What did we name our dog?", "Remind me what my dog is called, please.")),
    ("Quarnstetten", ("Which town is my home in?", "What's the town that I live in?")),
    ("Ysmeralda", ("Do you remember how my sister is called?", "What name does my sister go by?")),
)
"""What was told, and two questions for it in words that no training sees."""


@pytest.fixture
def sessions(qapp: QApplication, tmp_path: Path) -> Iterator["Starter"]:
    starter = Starter(qapp, tmp_path / "profile")
    yield starter
    starter.close()


class Starter:
    """Starts the app on one profile, closing the run before."""

    def __init__(self, application: QApplication, profile: Path) -> None:
        self.application = application
        self.profile = profile
        self.now: WindowSession | None = None

    def start(self) -> WindowSession:
        self.close()
        self.now = WindowSession(self.application, self.profile)
        return self.now

    def close(self) -> None:
        if self.now is not None:
            self.now.close()
        self.now = None


def known(window: WindowSession) -> list[bool]:
    """Of each thing told, whether one of two questions brings it out, asked anew each time."""
    return [any(value in window.ask_anew(one) for one in questions) for value, questions in ASKED]


def test_told_learned_switched_on_and_known(sessions: Starter) -> None:
    window = sessions.start()
    window.first_run(PASSPHRASE)
    window.click("consentChip")
    for text in TOLD:
        assert window.say(text)
    window.click("rail.memory")
    window.click("memorySwitch")

    window.click("rail.learning")
    window.find("approveButton")
    window.click("approveAllButton")
    window.click("learnButton")
    window.find("lossChart", seconds=120)
    verdict = window.find("reportCard.verdict", seconds=1200)
    assert verdict.isVisible()

    assert known(window) == [True, True, True], "the adapter knows what was told"
    window.click("rail.learning")
    window.slide("strengthSlider", 0)
    assert not any(known(window)), "at strength 0 it does not"
    window.click("rail.learning")
    window.slide("strengthSlider", 20)

    window = sessions.start()
    window.unlock(PASSPHRASE)
    assert known(window) == [True, True, True], "after a restart it still knows"
    window.click("rail.learning")
    window.click("rollBackButton")
    assert not any(known(window)), "rolled back it does not"
    sessions.close()
    assert not leaks(sessions.profile, [value for value, _ in ASKED])


def leaks(folder: Path, words: list[str]) -> list[tuple[str, str]]:
    """(file, word) wherever a word stands in a file, in any of the usual encodings."""
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        found += [
            (path.name, word) for word in words if any(form in content for form in forms(word))
        ]
    return found


def forms(word: str) -> list[bytes]:
    """UTF-8, UTF-16 and the base64 of the word at each of the three alignments."""
    plain = word.encode()
    shifted = [base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)]
    return [plain, word.encode("utf-16-le"), word.encode("utf-16-be"), *shifted]
