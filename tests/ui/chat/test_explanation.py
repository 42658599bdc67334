"""What the explanation under an answer says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from engine.contract import Explained, ExplainedSource, ExplainedWord
from ui.chat.explanation import Explanation
from ui.widgets.rich_text import RichText

SOURCES = (
    ExplainedSource(kind="memory", id="m", text="Your dog is called Rex."),
    ExplainedSource(kind="turn", id="t", text="Rex ate my shoe.", conversation_id="c"),
    ExplainedSource(kind="example", id="e", text="What is my dog called? Rex."),
)
WORDS = (
    ExplainedWord(text="It", tuned_nats=-0.1, untuned_nats=-0.1),
    ExplainedWord(text=" is", tuned_nats=-2.0, untuned_nats=-0.5),
    ExplainedWord(text=" <b>Rex", tuned_nats=-0.1, untuned_nats=-2.1, instead=" Max"),
)


def explained(**changes):
    values = {"job": "j", "answer": "It is <b>Rex", "model": "m", "adapter_id": "a",
              "strength": 1.0, "sources": SOURCES, "words": WORDS, **changes}  # fmt: skip
    return Explained(**values)


@pytest.fixture
def show(qtbot):
    def make(**changes):
        card = Explanation(explained(**changes))
        qtbot.addWidget(card)
        card.show()
        return card

    return make


def words(card):
    return "\n".join(label.text() for label in card.findChildren(QLabel))


def test_every_kind_of_source_has_its_heading(show):
    text = words(show())
    for part in ("Remembered facts", "Earlier messages", "What you taught it",
                 *(source.text for source in SOURCES)):  # fmt: skip
        assert part in text


def test_changed_words_are_told_in_times(show):
    text = words(show())
    assert "7.4 times likelier" in text
    assert "“Max…”" in text
    assert "4.5 times less likely" in text
    assert "“It”" not in text


def test_the_answer_is_shown_as_text_with_the_changed_words_marked(show):
    answer = show().findChild(RichText, "explanation.words")
    assert answer.toPlainText() == "It is <b>Rex"
    assert answer.toHtml().count("background-color") == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"adapter_id": None}, "Nothing learned took part"),
        ({"adapter_gone": True, "adapter_id": None}, "was deleted or switched off"),
        ({"words": WORDS[:1]}, "changed no word"),
        ({"sources": ()}, "No remembered fact"),
    ],
)
def test_what_there_is_not_is_said(show, changes, sentence):
    assert sentence in words(show(**changes))


def test_the_chat_of_a_source_can_be_opened(show):
    card, asked = show(), []
    card.conversation_asked.connect(asked.append)
    QTest.mouseClick(card.findChild(QWidget, "explanation.open"), Qt.MouseButton.LeftButton)
    assert asked == ["c"]
