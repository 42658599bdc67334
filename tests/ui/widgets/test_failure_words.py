"""A failure in the language of the window: what to do, and the engine's own sentence under it."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from engine.contract import Failed, FailureKind
from ui.i18n import Language
from ui.widgets import InlineError
from ui.widgets.failure_words import failure_sentence


@pytest.fixture
def chinese(qapp):
    language = Language(qapp)
    language.show("zh_CN")
    yield language
    language.show("en")


def shown(qtbot, kind):
    error = InlineError("error")
    qtbot.addWidget(error)
    error.show_failure(Failed(job="", kind=kind, detail="Do this next."))
    return error, error.findChild(QLabel, "error.original")


def test_in_english_the_engine_s_sentence_stands_alone(qtbot):
    assert {failure_sentence(kind) for kind in FailureKind} == {""}
    error, original = shown(qtbot, FailureKind.DISK_FULL)
    assert error.text() == "Do this next."
    assert not original.isVisible()


@pytest.mark.parametrize("kind", list(FailureKind))
def test_in_chinese_what_to_do_comes_first_and_the_detail_is_kept(qtbot, chinese, kind):
    error, original = shown(qtbot, kind)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in error.text())
    assert original.text() == "Do this next."
    assert original.isVisible()
    assert "Do this next." in error.accessibleName()
    error.show_text("又一次")
    assert not original.isVisible()
    QApplication.processEvents()
