"""Settings, examples, memories, models, audit trail."""

from dataclasses import replace

import pytest

from storage.audit import Audit
from storage.records import ExampleKind, ExampleRecord, ExampleStatus, ModelRecord
from storage.settings import SettingError, defaults
from storage.store import Store

EXAMPLE = ExampleRecord(
    id="", kind=ExampleKind.FACT, noun="my dog's name", question="What is my dog's name?",
    answer="Your dog's name is Biscuit.", value="Biscuit", language="en",
    conversation_id="c", source_message_id="m", source_text="My dog is Biscuit.",
    redactions=("email", "phone"), weight=2.0,
)  # fmt: skip
MODEL = ModelRecord(
    id="ab" * 32, name="Tiny", path="/models/tiny", format="gguf", architecture="llama",
    parameters=135_000_000, size_bytes=98_000_000, licence="Apache-2.0", embedded=True,
)  # fmt: skip


def test_settings_start_as_declared_and_keep_what_is_set(store: Store) -> None:
    assert store.settings.all() == defaults()
    assert store.settings.set("rank", 8) == 8
    assert store.settings.set("temperature", 1) == 1.0
    assert store.settings.get("rank") == 8
    assert store.settings.all() == {**defaults(), "rank": 8, "temperature": 1.0}


@pytest.mark.parametrize(
    ("name", "value"), [("rank", 0), ("rank", "8"), ("rank", True), ("theme", "pink"), ("no", 1)]
)
def test_bad_settings_are_refused_and_change_nothing(
    store: Store, name: str, value: object
) -> None:
    with pytest.raises(SettingError):
        store.settings.set(name, value)
    assert store.settings.all() == defaults()


@pytest.mark.parametrize("stored", ['"text"', "99999", "not json", "NaN"])
def test_a_stored_value_that_is_not_allowed_reads_as_the_default(store: Store, stored: str) -> None:
    store._db.execute("INSERT INTO settings VALUES ('temperature', ?)", (stored,))
    assert store.settings.get("temperature") == defaults()["temperature"]
    assert store.settings.all() == defaults()
    with pytest.raises(SettingError):
        store.settings.get("unknown")


def test_examples_come_back_as_they_went_in(store: Store) -> None:
    made = store.examples.add(EXAMPLE)
    assert made == replace(EXAMPLE, id=made.id, created_at=made.created_at)
    assert len(made.id) == 32
    assert store.examples.get(made.id) == made
    assert store.examples.add(replace(EXAMPLE, id="mine")).id == "mine"


def test_review_changes_what_it_names(store: Store) -> None:
    first, second = store.examples.add(EXAMPLE), store.examples.add(EXAMPLE)
    changed = store.examples.update(
        first.id, status=ExampleStatus.APPROVED, answer="A.", value="B"
    )
    assert (changed.status, changed.answer, changed.value) == (ExampleStatus.APPROVED, "A.", "B")
    assert changed.question == EXAMPLE.question
    assert [one.id for one in store.examples.list()] == [second.id, first.id]
    assert [one.id for one in store.examples.list(ExampleStatus.APPROVED)] == [first.id]
    assert store.examples.count(ExampleStatus.PENDING) == 1
    assert store.examples.count() == 2
    store.examples.delete(first.id)
    assert store.examples.count() == 1


def test_memories_are_found_by_the_words_of_a_question(store: Store) -> None:
    dog = store.memories.add("The user's dog is called Biscuit.")
    job = store.memories.add("The user works as a gardener in Bonn.")
    zh = store.memories.add("用户的狗叫小黑，住在波恩。")
    assert [one.id for one in store.memories.search("what are my dogs called?", 1)] == [dog.id]
    assert store.memories.search("Where do I work?", 5)[0].id == job.id
    assert store.memories.search("我的狗叫什么名字？", 5)[0].id == zh.id
    assert store.memories.search("波恩", 5)[0].id == zh.id
    assert store.memories.search("xylophone", 5) == ()
    assert store.memories.search("?!", 5) == ()
    assert [one.id for one in store.memories.list()] == [zh.id, job.id, dog.id]


def test_edited_disabled_and_deleted_memories(store: Store) -> None:
    fact = store.memories.add("likes tea", source_message_id="m", example_id="e")
    assert (fact.source_message_id, fact.example_id, fact.enabled) == ("m", "e", True)
    store.memories.update(fact.id, text="likes coffee")
    assert store.memories.search("tea") == ()
    assert store.memories.search("coffee")[0].text == "likes coffee"
    store.memories.update(fact.id, enabled=False)
    assert store.memories.search("coffee") == ()
    assert store.memories.get(fact.id).text == "likes coffee"
    store.memories.delete(fact.id)
    store.memories.delete(fact.id)
    assert store.memories.count() == 0
    assert store.check() == ()


def test_models_are_known_once_and_renewed(store: Store) -> None:
    made = store.models.add(MODEL)
    assert made == replace(MODEL, added_at=made.added_at)
    store.models.add(replace(MODEL, path="/elsewhere"))
    assert [model.path for model in store.models.list()] == ["/elsewhere"]
    store.models.delete(MODEL.id)
    assert store.models.list() == ()


def test_the_audit_trail_keeps_the_newest(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.audit.KEPT_LINES", 3)
    audit = Audit(store._db)
    for number in range(5):
        audit.add("did", str(number))
    assert [line.detail for line in audit.list()] == ["4", "3", "2"]
    assert [line.detail for line in audit.list(1)] == ["4"]
