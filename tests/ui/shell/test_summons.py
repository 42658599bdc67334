"""A second start finds the first window, and only that of its own profile."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from ui.summons import Summons, summon

ROOT = Path(__file__).parents[3]
SECOND = "import sys; from pathlib import Path; from ui.summons import summon; " \
         "print(summon(Path(sys.argv[1])))"  # fmt: skip


@pytest.fixture
def first(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    summons = Summons(window, tmp_path / "a")
    yield window, tmp_path
    summons.close()


def second(path):
    return subprocess.Popen([sys.executable, "-c", SECOND, str(path)], cwd=ROOT,
                            stdout=subprocess.PIPE, text=True)  # fmt: skip


def test_the_first_window_comes_to_the_front(first, qtbot):
    window, folder = first
    window.showMinimized()
    asking = second(folder / "a")
    qtbot.waitUntil(lambda: asking.poll() is not None, timeout=120_000)
    assert asking.communicate()[0].strip() == "True"
    assert not window.isMinimized()
    assert window.isVisible()
    assert list(folder.iterdir()) == []


def test_another_profile_is_not_disturbed(first, qtbot):
    window, folder = first
    asking = second(folder / "b")
    qtbot.waitUntil(lambda: asking.poll() is not None, timeout=120_000)
    assert asking.communicate()[0].strip() == "False"
    assert not window.isVisible()


def test_nobody_there(tmp_path):
    assert summon(tmp_path) is False


def test_what_a_killed_process_left_is_no_obstacle(qtbot, tmp_path):
    code = ("import os, sys; from pathlib import Path; from PySide6.QtWidgets import QApplication, "
            "QWidget; from ui.summons import Summons; app = QApplication([]); "
            "s = Summons(QWidget(), Path(sys.argv[1])); os._exit(9)")  # fmt: skip
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False)
    window = QWidget()
    qtbot.addWidget(window)
    summons = Summons(window, tmp_path)
    asking = second(tmp_path)
    qtbot.waitUntil(lambda: asking.poll() is not None, timeout=120_000)
    assert asking.communicate()[0].strip() == "True"
    summons.close()
