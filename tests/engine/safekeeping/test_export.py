"""Everything out: all branches, facts, examples, settings, what was learned, the trail."""

import json

import pytest

from engine.contract import EngineError, ExportChats, FailureKind
from engine.control import JobStopped
from engine.fakery.skills import sample_report
from engine.library.transfer import export_chats
from storage.records import ExampleKind, ExampleRecord, Role
from storage.store import Store


@pytest.fixture
def store():
    made = Store.temporary()
    yield made
    made.close()


def fill(store):
    chat = store.conversations.create("独一 title").id
    asked = store.messages.add(chat, parent_id=None, role=Role.USER, text="question").id
    for text in ("first answer", "second answer"):
        store.messages.add(chat, parent_id=asked, role=Role.ASSISTANT, text=text)
    gone = store.conversations.create("deleted").id
    store.messages.add(gone, parent_id=None, role=Role.USER, text="awaits undo")
    store.conversations.delete(gone)
    store.memories.add("I live in Ghent.")
    example = store.examples.add(ExampleRecord(
        id="", kind=ExampleKind.FACT, noun="my city", question="Where?", answer="Ghent",
        value="Ghent",
    ))  # fmt: skip
    store.adapters.add(data=b"secret weights", model_id="m", example_ids=[example.id])
    store.skills.save(data=b"secret skill", model_id="m", report=sample_report("Mood"))
    store.audit.add("profile_created")


def export(store, path, checkpoint=lambda: None):
    command = ExportChats(path=str(path), format="everything")
    return export_chats(store, command, checkpoint)


def test_everything_is_in_the_file(store, tmp_path):
    fill(store)
    done = export(store, tmp_path / "all.json")
    assert (done.conversations, done.messages) == (2, 4)
    found = json.loads((tmp_path / "all.json").read_text("utf-8"))
    first, second = found["conversations"]
    assert first["title"] == "独一 title"
    assert [m["text"] for m in first["messages"]] == ["question", "first answer", "second answer"]
    assert {m["parent_id"] for m in first["messages"][1:]} == {first["messages"][0]["id"]}
    assert second["deleted"]
    assert [m["text"] for m in found["memories"]] == ["I live in Ghent."]
    assert found["examples"][0]["value"] == "Ghent"
    assert found["adapters"][0]["example_ids"] == [found["examples"][0]["id"]]
    assert found["skills"][0]["report"]["name"] == "Mood"
    assert found["settings"] == store.settings.all()
    assert "profile_created" in {line["action"] for line in found["audit"]}
    for weights in ("secret weights", "secret skill"):
        assert weights not in (tmp_path / "all.json").read_text("utf-8")


def test_an_empty_store_is_valid_json(store, tmp_path):
    export(store, tmp_path / "all.json")
    assert json.loads((tmp_path / "all.json").read_text())["conversations"] == []


def test_stopping_leaves_no_file(store, tmp_path):
    fill(store)

    def stop():
        raise JobStopped

    with pytest.raises(JobStopped):
        export(store, tmp_path / "all.json", stop)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_is_refused(store, tmp_path):
    with pytest.raises(EngineError) as refused:
        export_chats(store, ExportChats(path=str(tmp_path / "x"), format="pdf"), lambda: None)
    assert refused.value.kind is FailureKind.BAD_INPUT
