"""The list of conversations: grouping, search, undo, further pages."""

import time
from dataclasses import replace

import pytest

from storage.records import ConversationRecord
from ui.chat.conversation_delegate import heading_text, marked_snippet
from ui.chat.conversation_model import ConversationModel, Row, RowKind, group_rows
from ui.chat.conversations_presenter import ConversationsPresenter

DAY = 86_400
NOON = time.mktime((2026, 3, 15, 12, 0, 0, 0, 0, -1))


def record(name, at, *, pinned=False):
    return ConversationRecord(id=name, title=name, created_at=at, updated_at=at, pinned=pinned)


def test_rows_are_grouped_by_day():
    rows = group_rows(
        [record("p", NOON - 90 * DAY, pinned=True), record("t", NOON - 60),
         record("w", NOON - 3 * DAY), record("e", NOON - 30 * DAY)],
        NOON,
    )  # fmt: skip
    assert [r.title for r in rows] == [
        "Pinned", "p", "Today", "t", "Last seven days", "w", "Earlier", "e"
    ]  # fmt: skip
    for row in rows:
        if row.kind is RowKind.HEADING:
            assert heading_text(row.title)


@pytest.mark.parametrize(("snippet", "text", "marks"), [
    ("a \ue000cat\ue001 b", "a cat b", [(2, 3)]),
    ("\ue000x\ue001\n\ue000y\ue001", "x y", [(0, 1), (2, 1)]),
    ("\ue001 odd \ue000", " odd ", []),
])  # fmt: skip
def test_snippets_lose_their_marks(snippet, text, marks):
    assert marked_snippet(snippet) == (text, marks)


def test_model_tells_new_titles_and_keeps_headings_fixed(qtbot):
    model = ConversationModel()
    model.show_rows([Row(RowKind.HEADING, "Today"), Row(RowKind.CHAT, "Old", "id1")])
    assert model.rowCount() == 2
    assert not model.flags(model.index(0))
    with qtbot.waitSignal(model.renamed) as told:
        assert model.setData(model.index(1), "  New \n name ")
    assert told.args == ["id1", "New name"]
    assert not model.setData(model.index(1), "   ")
    assert model.find("id1").row() == 1
    assert not model.find("other").isValid()


@pytest.fixture
def presenter(start_client, qtbot):
    client, engine = start_client()
    made = ConversationsPresenter(client)
    with qtbot.waitSignal(made.rows_changed, timeout=5000):
        made.refresh()
    made.engine = engine
    return made


def shown_titles(presenter, qtbot, act):
    with qtbot.waitSignal(presenter.rows_changed, timeout=5000) as told:
        act()
    return [row.title for row in told.args[0] if row.id]


def test_search_finds_text_and_titles(presenter, qtbot):
    found = shown_titles(presenter, qtbot, lambda: presenter.search("hellebores"))
    assert found == ["Planning the garden"]
    found = shown_titles(presenter, qtbot, lambda: presenter.search("sort names"))
    assert "A function to sort names" in found
    assert len(shown_titles(presenter, qtbot, lambda: presenter.search(""))) == 3


def test_delete_can_be_taken_back(presenter, qtbot):
    chosen = presenter.records[0]
    with qtbot.waitSignal(presenter.deleted, timeout=5000) as told:
        presenter.delete(chosen.id)
    assert told.args == [chosen.id, chosen.title]
    qtbot.waitUntil(lambda: len(presenter.records) == 2, timeout=5000)
    presenter.restore(chosen.id)
    qtbot.waitUntil(lambda: len(presenter.records) == 3, timeout=5000)


def test_erase_is_for_good(presenter, qtbot):
    chosen = presenter.records[0]
    with qtbot.waitSignal(presenter.erased, timeout=5000):
        presenter.delete(chosen.id, forever=True)
    assert chosen.id not in presenter.engine.world.conversations


def test_rename_and_pin(presenter, qtbot):
    last = presenter.records[-1]
    presenter.rename(last.id, "Other")
    presenter.pin(last.id, True)
    wanted = replace(last, title="Other", pinned=True)
    qtbot.waitUntil(lambda: presenter.records[0] == wanted, timeout=5000)


def test_export_writes_only_where_the_user_said(presenter, qtbot, tmp_path):
    target = tmp_path / "chat.md"
    with qtbot.waitSignal(presenter.exported, timeout=5000):
        presenter.export(presenter.records[0].id, str(target))
    assert target.stat().st_size > 0


def test_more_pages_are_read_at_the_end(presenter, qtbot):
    with presenter.engine.world.lock:
        for number in range(1100):
            presenter.engine.world.add_conversation(f"chat {number}")
    assert len(shown_titles(presenter, qtbot, presenter.refresh)) == 1000
    assert len(shown_titles(presenter, qtbot, presenter.more)) == 1103
