"""Import and export between files and the store."""

import json
import os
import stat

import pytest

from engine.contract import EngineError, ExportChats, FailureKind, ImportChats
from engine.control import JobControl, JobStopped
from engine.library.transfer import export_chats, import_chats
from storage.errors import DiskFull
from storage.records import Role


def go_on():
    """Never stops."""


def line(*contents, title=None):
    roles = ("user", "assistant")
    messages = [{"role": roles[i % 2], "content": text} for i, text in enumerate(contents)]
    return json.dumps({"messages": messages} | ({"title": title} if title else {}))


@pytest.fixture
def told(store):
    """A store with two conversations."""
    boats = store.conversations.create("Boats & <more>")
    first = store.messages.add(boats.id, parent_id=None, role=Role.USER, text="What floats?")
    store.messages.add(boats.id, parent_id=first.id, role=Role.ASSISTANT, text="Wood.\n\n- oak")
    other = store.conversations.create("")
    store.messages.add(other.id, parent_id=None, role=Role.USER, text="船")
    return store


def test_what_was_exported_can_be_imported(told, disk_store, tmp_path):
    for form in ("jsonl", "json"):
        path = tmp_path / f"out.{form}"
        done = export_chats(told, ExportChats(path=str(path), format=form), go_on)
        assert (done.conversations, done.messages) == (2, 3)
        back = import_chats(disk_store, ImportChats(path=str(path)), go_on)
        assert (back.conversations, back.messages) == (2, 3)
    newest = disk_store.conversations.list()
    assert {c.title for c in newest} == {"Boats & <more>", "船"}
    texts = [[m.text for m in disk_store.messages.branch(c.id)] for c in newest]
    assert texts.count(["What floats?", "Wood.\n\n- oak"]) == 2


def test_markdown_names_the_speakers(told, tmp_path):
    path = tmp_path / "out.md"
    export_chats(told, ExportChats(path=str(path), format="markdown"), go_on)
    text = path.read_text("utf-8")
    assert "# Boats & <more>" in text
    assert "**You**\n\nWhat floats?" in text
    assert "**Assistant**\n\nWood." in text


def test_one_conversation_alone(told, tmp_path):
    path = tmp_path / "one.jsonl"
    chosen = next(c for c in told.conversations.list() if not c.title)
    command = ExportChats(path=str(path), conversation_id=chosen.id)
    assert export_chats(told, command, go_on).messages == 1
    assert json.loads(path.read_text("utf-8"))["messages"][0]["content"] == "船"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no owner-only mode")
def test_an_export_is_for_its_owner_alone(told, tmp_path):
    path = tmp_path / "out.jsonl"
    export_chats(told, ExportChats(path=str(path)), go_on)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_export_that_stops_leaves_the_old_file(told, tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    control = JobControl()
    control.stop()
    with pytest.raises(JobStopped):
        export_chats(told, ExportChats(path=str(path)), control.checkpoint)
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]
    assert path.read_text() == "old"


@pytest.mark.parametrize("place", ["no/such/folder/f", "."])
def test_a_place_that_cannot_be_written(told, tmp_path, place):
    with pytest.raises(EngineError) as failure:
        export_chats(told, ExportChats(path=str(tmp_path / place)), go_on)
    assert failure.value.kind is FailureKind.BAD_INPUT


def test_an_unknown_format(told, tmp_path):
    with pytest.raises(EngineError, match="format"):
        export_chats(told, ExportChats(path=str(tmp_path / "f"), format="docx"), go_on)


def test_a_full_disk_is_named(told, monkeypatch, tmp_path):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storage.files._write_new", full)
    with pytest.raises(DiskFull):
        export_chats(told, ExportChats(path=str(tmp_path / "f")), go_on)


def test_chats_without_text_are_left_out(store, tmp_path):
    path = tmp_path / "f.jsonl"
    empty = '{"messages": [{"role": "tool", "content": "x"}]}'
    path.write_text(f"{empty}\n{line('hello', 'hi')}\n")
    done = import_chats(store, ImportChats(path=str(path)), go_on)
    assert (done.conversations, done.messages, done.skipped) == (1, 2, 1)


def test_a_title_comes_from_the_first_question(store, tmp_path):
    path = tmp_path / "f.jsonl"
    path.write_text(line("How   do I\nsail?", "Slowly."))
    import_chats(store, ImportChats(path=str(path)), go_on)
    assert store.conversations.list()[0].title == "How do I sail?"


def test_stopping_half_way_imports_nothing(store, tmp_path):
    path = tmp_path / "f.jsonl"
    path.write_text("\n".join(line(f"chat {n}") for n in range(10)))
    control, calls = JobControl(), []

    def checkpoint():
        calls.append(1)
        if len(calls) == 15:  # past reading, in the middle of storing
            control.stop()
        control.checkpoint()

    with pytest.raises(JobStopped):
        import_chats(store, ImportChats(path=str(path), consent=True), checkpoint)
    assert store.conversations.count() == 0
    assert store.settings.get("learning_consent") is False


def test_a_failure_while_storing_imports_nothing(store, tmp_path, monkeypatch):
    path = tmp_path / "f.jsonl"
    path.write_text("\n".join(line(f"chat {n}") for n in range(3)))

    def fail(*_args):
        raise DiskFull("The disk is full.")

    monkeypatch.setattr(store.audit, "add", fail)
    with pytest.raises(DiskFull):
        import_chats(store, ImportChats(path=str(path)), go_on)
    assert store.conversations.count() == 0
