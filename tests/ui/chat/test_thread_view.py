"""The reading column: only what is near the screen is built, and the place is kept."""

import time
from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from storage.records import MessageRecord, MessageState, Role
from ui.chat.growing import GrowingText
from ui.chat.long_text import LongText
from ui.chat.message_view import MessageView
from ui.chat.thread_view import ThreadView
from ui.widgets.rich_text import RichText

TEXT = "Some **words** of an answer.\n\n- one\n- two\n\n```python\nprint(1)\n```\n"


def message(number, text=TEXT, state=MessageState.COMPLETE):
    role = Role.ASSISTANT if number % 2 else Role.USER
    return MessageRecord(
        id=f"m{number}", conversation_id="c", parent_id=f"m{number - 1}" if number else None,
        position=number, role=role, text=f"{number}. {text}", created_at=0.0, state=state,
    )  # fmt: skip


@pytest.fixture
def view(qtbot):
    made = ThreadView()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def built(view):
    return view.findChildren(MessageView)


def settle(qtbot, view):
    qtbot.wait(30)
    return view.verticalScrollBar()


def test_five_thousand_messages_open_at_once_and_build_few(view, qtbot):
    messages = [message(n) for n in range(5000)]
    began = time.thread_time()
    view.show_thread(messages)
    assert time.thread_time() - began < 0.5
    bar = settle(qtbot, view)
    assert len(built(view)) <= 40
    assert bar.value() == bar.maximum()
    assert view.last_view().record.id == "m4999"


def test_scrolling_up_builds_more_and_keeps_the_place(view, qtbot):
    view.show_thread([message(n) for n in range(5000)])
    bar = settle(qtbot, view)
    for _ in range(120):
        first_id = next(v for v in view._views if view._y(v) + v.height() > bar.value()).record.id
        place = view._y(view.view_of(first_id)) - bar.value()
        bar.setValue(bar.value() - 200)
        seen = view.view_of(first_id)
        moved = view._y(seen) - bar.value() - place
        assert abs(moved - 200) <= 2 or bar.value() == 0
        qtbot.waitUntil(lambda: not view._later.isActive(), timeout=5000)
    assert len(built(view)) <= 62
    assert view._first < 4950


def test_the_way_down_again_reaches_the_end(view, qtbot):
    view.show_thread([message(n) for n in range(300)])
    bar = settle(qtbot, view)
    for _ in range(80):
        bar.setValue(bar.value() - 400)
    assert view.last_view() is None
    for _ in range(400):
        bar.setValue(bar.value() + 400)
    assert view.last_view().record.id == "m299"
    assert bar.value() == bar.maximum()


def test_a_found_message_is_brought_into_view(view, qtbot):
    view.show_thread([message(n) for n in range(1000)], "m500")
    bar = settle(qtbot, view)
    seen = view.view_of("m500")
    assert 0 <= view._y(seen) - bar.value() < 100
    view.to_end()
    assert view.last_view().record.id == "m999"


def test_streaming_follows_only_at_the_end(view, qtbot):
    messages = [message(n) for n in range(19)]
    messages.append(message(19, "", MessageState.STREAMING))
    view.show_thread(messages)
    bar = settle(qtbot, view)
    view.stream("A line of text.\n\n" * 30)
    settle(qtbot, view)
    assert bar.value() == bar.maximum()
    bar.setValue(bar.maximum() - 300)
    place = bar.value()
    view.stream("Another line.\n\n" * 30)
    settle(qtbot, view)
    assert bar.value() == place


def test_change_from_replaces_the_tail(view, qtbot):
    messages = [message(n) for n in range(6)]
    view.show_thread(messages)
    messages = [*messages[:4], message(4, "new")]
    view.change_from(4, messages)
    settle(qtbot, view)
    assert [v.record.id for v in view._views] == ["m0", "m1", "m2", "m3", "m4"]
    assert view.last_view().record.text == "4. new"


def test_the_column_is_about_72_characters_wide(view, qtbot):
    view.resize(1600, 600)
    view.show_thread([message(1)])
    settle(qtbot, view)
    text = "The quick brown fox jumps over the lazy dog and goes home to sleep early"
    wide = view.fontMetrics().horizontalAdvance(text)
    assert 0.75 < view._views[0].width() / wide < 1.45


def test_a_streamed_answer_shows_what_the_whole_shows(qtbot):
    view = MessageView(message(1, "", MessageState.STREAMING))
    qtbot.addWidget(view)
    for word in TEXT.split(" "):
        view.stream(word + " ")
    whole = MessageView(message(1))
    qtbot.addWidget(whole)

    def shown(part):
        return "".join(b.html or b.code or "" for b in part._body._shown)

    wanted = shown(whole).replace("1. ", "").split()
    qtbot.waitUntil(lambda: shown(view).split() == wanted, timeout=5000)


def test_editing_sends_the_new_text_and_escape_leaves_it(qtbot):
    view = MessageView(message(0, "old"))
    qtbot.addWidget(view)
    view.show()
    view.edit()
    view._editor.field.set_text("new")
    with qtbot.waitSignal(view.edited) as told:
        view._editor.field.submitted.emit()
    assert told.args == ["m0", "new"]
    assert view._editor is None


def test_a_long_question_is_folded(qtbot):
    view = LongText()
    qtbot.addWidget(view)
    view.show()
    view.show_text("line\n" * 100_000)
    assert len(view._text.toPlainText()) < 4000
    view._button.click()
    assert view._full.toPlainText() == "line\n" * 100_000


def test_a_million_letters_without_a_space_stay_smooth(qtbot):
    view = MessageView(message(0, "x" * 1_000_000))
    qtbot.addWidget(view)
    view.show()
    began = time.perf_counter()
    view._body._button.click()
    qtbot.wait(1)
    assert time.perf_counter() - began < 8
    shown = view._body._full.toPlainText()
    assert shown.replace("\n", "") == view.record.text
    edit = view.findChild(object, "editButton")
    assert not edit.isEnabled()
    assert edit.toolTip()


def test_nothing_is_loaded(qtbot, tmp_path):
    picture = tmp_path / "p.png"
    picture.write_bytes(b"not read")
    text = RichText()
    qtbot.addWidget(text)
    text.show_html(f'<img src="file://{picture}"><p>x</p>')
    kind = QTextDocument.ResourceType.ImageResource.value
    assert text.loadResource(kind, QUrl.fromLocalFile(str(picture))) == b""
    assert text.loadResource(kind, QUrl("http://example.org/a.png")) == b""


def test_a_link_is_told_in_its_encoded_form_and_not_followed(qtbot):
    text = RichText()
    qtbot.addWidget(text)
    text.show_html('<a href="https://exаmple.org/a">x</a>')
    with qtbot.waitSignal(text.link_clicked) as told:
        text.anchorClicked.emit(QUrl("https://exаmple.org/a"))
    assert told.args[0].startswith("https://xn--")
    assert text.source().isEmpty()


def test_user_text_is_shown_as_it_is(qtbot):
    view = MessageView(message(0, "<b>**x**</b>"))
    qtbot.addWidget(view)
    assert view._body._text.toPlainText() == "0. <b>**x**</b>"


def test_a_widget_used_again_shows_nothing_of_the_message_before(view, qtbot):
    code, plain = "```python\nx = 1\n```\n\nAfter.\n\n```\ny\n```", "Just a line."
    view.show_thread([message(0, "first " * 2000), message(1, code)])
    settle(qtbot, view)
    question, answer = view._views
    question._body._button.click()
    answer.note("12 tokens/s")
    question.edit()
    question._editor.field.setFocus()
    view.show_thread([message(2, "second"), message(3, plain)])
    settle(qtbot, view)
    assert view._views == [question, answer]
    assert question._editor is None
    assert question._body._full is None
    assert question._body._text.isVisible()
    assert not question._body._button.isVisible()
    assert question._body._text.toPlainText() == "2. second"
    assert question.findChild(QWidget, "editButton").isVisible()
    shown = [part for part in answer.findChildren(RichText) if part.isVisible()]
    assert [part.toPlainText().strip() for part in shown] == ["Just a line."]
    assert answer.findChild(QWidget, "messageNote").text() == ""


def test_a_widget_used_again_offers_editing_again(view, qtbot):
    view.show_thread([message(0, "x" * 1_000_000)])
    assert not view._views[0].findChild(QWidget, "editButton").isEnabled()
    view.show_thread([message(2, "short")])
    assert view._views[0].findChild(QWidget, "editButton").isEnabled()


def test_what_may_be_seen_soon_is_built_while_nothing_happens(view, qtbot):
    view.show_thread([message(n) for n in range(5000)])
    before = view._first
    qtbot.waitUntil(lambda: not view._later.isActive(), timeout=5000)
    assert view._first < before
    assert view.verticalScrollBar().value() >= 900
    assert len(view._views) < 40


def test_far_messages_are_used_again(view, qtbot):
    view.show_thread([message(n) for n in range(5000)])
    bar = settle(qtbot, view)
    for _ in range(150):
        bar.setValue(bar.value() - 200)
        qtbot.wait(1)
    assert view._first < 4900
    assert len(built(view)) <= 40


def test_growing_code_is_shown_whole_and_coloured_as_a_whole_in_the_end(qtbot):
    lines = [f"x{n} = '😀 {n}'" for n in range(90)]
    text = '```python\ny = """\n' + "\n".join(lines) + '\n"""\nz = 1\n```\n'
    view = MessageView(replace(message(1, "", MessageState.STREAMING), text=""))
    qtbot.addWidget(view)
    view._growing = GrowingText()
    for at in range(0, len(text), 50):
        view._growing.add(text[at : at + 50])
        view._show_growing()
    code = view.findChild(RichText, "codeText")
    wanted = text.removeprefix("```python\n").removesuffix("\n```\n")
    assert code.toPlainText() == wanted
    assert view._body._parts[0].is_pieced
    view.show_record(replace(view.record, text=text, state=MessageState.COMPLETE))
    assert code.toPlainText() == wanted
    assert not view._body._parts[0].is_pieced
    block = code.document().findBlockByNumber(60)
    assert block.begin().fragment().charFormat().foreground().color().name() == "#2c6e3f"


def test_a_text_that_is_costly_to_show_waits_and_is_shown_in_the_end(qtbot):
    view = MessageView(message(1, "", MessageState.STREAMING))
    qtbot.addWidget(view)
    view._rest.start(50)
    view.stream("Some words.")
    before = view._body._parts[0].toPlainText()
    assert "Some words." not in before
    qtbot.waitUntil(lambda: "Some words." in view._body._parts[0].toPlainText(), timeout=5000)
