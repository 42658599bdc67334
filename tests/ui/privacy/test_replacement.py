"""A profile that was erased or put back: the window starts again in a new process."""

import pytest
from PySide6.QtWidgets import QApplication

from engine.contract import ERASE_WORD, BackUp, EraseAll, RestoreBackup
from ui.main_window import MainWindow


@pytest.fixture
def window(start_client, qtbot, tmp_path):
    client, engine = start_client()
    made = MainWindow(client, tmp_path, QApplication.instance())
    qtbot.addWidget(made)
    made.begin()
    qtbot.waitUntil(lambda: made.shell is not None, timeout=5000)
    made.asked = []
    made.lock_asked.connect(lambda: made.asked.append(True))
    return made, client, engine


def test_erasing_everything_starts_again(window, qtbot):
    made, client, engine = window
    client.submit(EraseAll(confirmation=ERASE_WORD))
    qtbot.waitUntil(lambda: made.asked == [True], timeout=5000)
    assert engine.world.state == "new"


def test_going_back_to_a_backup_starts_again(window, qtbot):
    made, client, engine = window
    client.submit(BackUp())
    qtbot.waitUntil(lambda: engine.world.backups != [], timeout=5000)
    assert made.asked == []
    client.submit(RestoreBackup(name=engine.world.backups[0].name))
    qtbot.waitUntil(lambda: made.asked == [True], timeout=5000)


def test_a_refused_erasure_changes_nothing(window, qtbot):
    made, client, _engine = window
    ended = []
    client.finished.connect(lambda _command, event: ended.append(event))
    client.submit(EraseAll(confirmation="no"))
    qtbot.waitUntil(lambda: ended != [], timeout=5000)
    assert made.asked == []


def test_the_status_bar_says_that_something_is_being_erased(window, qtbot):
    from engine.contract import DeleteConversation
    from ui.widgets.labels import Text

    made, client, engine = window
    made.show()
    label = made.findChild(Text, "statusErasing")
    assert not label.isVisible()
    chosen = next(iter(engine.world.conversations))
    engine.world.lock.acquire()
    try:
        client.submit(DeleteConversation(conversation_id=chosen, forever=True))
        assert label.isVisible()
        assert label.text() == "Erasing for good…"
    finally:
        engine.world.lock.release()
    qtbot.waitUntil(lambda: not label.isVisible(), timeout=5000)
