"""How fast the window opens and scrolls a conversation of 5,000 messages, with the model loaded.

Opening is the time from the click to the painted end of the thread; a frame is one notch of the
mouse wheel with everything that is built and painted for it. Each is also told in processor time
of the window's thread (opening: of the whole process), which a busy machine stretches less.
"""

import statistics
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from storage.keys import CHEAP_COST, KeyFile
from storage.messages import NewMessage
from storage.profile import ProfilePaths
from storage.records import Role
from storage.setup import create_profile
from tests.support.window import WindowSession, pause

MESSAGES, FRAMES = 5000, 400
_PASSPHRASE = "a passphrase for measuring"
_NOTCH = 120
_ANSWER = (
    "The market is on **Friday**, by the river:\n\n- bread and cheese\n- fruit\n\n"
    "```python\nprint('see you there')\n```\n\nPeople come from far away, and some stay."
)


def measure(application: QApplication, rounds: int) -> dict[str, float]:
    """Milliseconds to open (median of `rounds`) and of a frame while scrolling up."""
    with tempfile.TemporaryDirectory() as folder:
        paths = ProfilePaths(Path(folder) / "profile")
        long, short = _fill(paths)
        session = WindowSession(application, paths.root)
        try:
            session.unlock(_PASSPHRASE)
            shell = session.window.shell
            assert shell is not None
            session.wait(lambda: shell.chat.list.records, 20, "the list")
            state = session.window.state
            session.wait(lambda: state.loaded is not None, 300, "the model")
            first, *opened = (_open(session, long, short) for _ in range(rounds + 1))
            wall, spent = (statistics.median(column) for column in zip(*opened, strict=True))
            return {
                "first_open_5000_messages_ms": first[0], "open_5000_messages_ms": wall,
                "open_5000_messages_processor_ms": spent,
            } | _scroll(session)  # fmt: skip
        finally:
            session.close()


def _fill(paths: ProfilePaths) -> tuple[str, str]:
    """A profile with a long and a short conversation; their ids."""
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
    store, _, _ = create_profile(paths, key_file, passphrase=_PASSPHRASE)
    names = []
    for title, count in (("long", MESSAGES), ("short", 2)):
        names.append(store.conversations.create(title).id)
        rows = [NewMessage(role=Role.ASSISTANT if at % 2 else Role.USER,
                           text=_ANSWER if at % 2 else f"When is the market? ({at})")
                for at in range(count)]  # fmt: skip
        store.messages.add_many(names[-1], rows)
    store.close()
    return names[0], names[1]


def _open(session: WindowSession, long: str, short: str) -> tuple[float, float]:
    """Milliseconds of the clock, and of the processor in all threads."""
    shell = session.window.shell
    assert shell is not None
    chat = shell.chat.presenter
    chat.open(short)
    session.wait(lambda: len(chat.messages) == 2, 20, "the short conversation")
    pause(300)
    started, spent = time.perf_counter(), time.process_time()
    chat.open(long)
    while len(chat.messages) != MESSAGES:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    session.window.repaint()
    QApplication.processEvents()
    return (time.perf_counter() - started) * 1000, (time.process_time() - spent) * 1000


def _scroll(session: WindowSession) -> dict[str, float]:
    thread = session.shown("thread")
    assert thread is not None
    bar = thread.verticalScrollBar()  # type: ignore[attr-defined]
    frames, spent = [], []
    for _ in range(FRAMES):
        started, began = time.perf_counter(), time.thread_time()
        bar.setValue(bar.value() - _NOTCH)
        QApplication.processEvents()
        frames.append((time.perf_counter() - started) * 1000)
        spent.append((time.thread_time() - began) * 1000)
    frames.sort()
    return {
        "scroll_frame_worst_processor_ms": max(spent),
        "scroll_frame_p50_ms": statistics.median(frames),
        "scroll_frame_p99_ms": frames[int(len(frames) * 0.99)],
        "scroll_frame_worst_ms": frames[-1],
    }
