"""Review keeps memory, examples and adapters in step; deletion reaches what was learned."""

import pytest

from engine.contract import (
    ActivateAdapter,
    DeleteConversation,
    DeleteMemory,
    EngineError,
    FailureKind,
    ReviewExample,
    RollBackAdapter,
    SaveMemory,
)
from engine.library import adapters, chats, inbox
from storage.records import AdapterState, ExampleKind, ExampleRecord, ExampleStatus, Role


def example(store, value="Rex", kind=ExampleKind.FACT, conversation_id=None):
    record = ExampleRecord(
        id="", kind=kind, noun="my dog's name", question="What is my dog's name?",
        answer=f"Your dog is called {value}.", value=value, conversation_id=conversation_id,
    )  # fmt: skip
    return store.examples.add(record)


def decide(store, record, status, **edits):
    return inbox.review(store, ReviewExample(example_id=record.id, status=status, **edits))


def texts(store):
    return [memory.text for memory in store.memories.list()]


def test_approving_remembers_and_editing_changes_the_memory(store):
    record = example(store)
    decide(store, record, ExampleStatus.APPROVED)
    assert texts(store) == ["Your dog is called Rex."]
    decide(store, record, ExampleStatus.APPROVED, answer=" Your dog is Max. ")
    assert texts(store) == ["Your dog is Max."]
    assert store.examples.get(record.id).answer == "Your dog is Max."


@pytest.mark.parametrize("status", [ExampleStatus.PENDING, ExampleStatus.NEVER])
def test_taking_approval_back_forgets(store, status):
    record = example(store)
    decide(store, record, ExampleStatus.APPROVED)
    decide(store, record, status)
    assert texts(store) == []


def test_a_correction_takes_the_place_of_the_old_memory(store):
    decide(store, example(store), ExampleStatus.APPROVED)
    decide(store, example(store, "Max", ExampleKind.CORRECTION), ExampleStatus.APPROVED)
    assert texts(store) == ["Your dog is called Max."]


def learned(store, record):
    """An active adapter that was trained on `record`."""
    made = store.adapters.add(data=b"weights", model_id="m", example_ids=[record.id])
    store.adapters.activate(made.id)
    return made.id


def test_never_retires_what_learned_it(store):
    record = example(store)
    adapter = learned(store, record)
    decide(store, record, ExampleStatus.NEVER)
    assert store.adapters.get(adapter).state is AdapterState.RETIRED
    assert store.adapters.active() is None


def test_deleting_a_learned_fact_unlearns_it(store):
    record = example(store)
    decide(store, record, ExampleStatus.APPROVED)
    adapter = learned(store, record)
    memory = store.memories.list()[0]
    inbox.handle(store, DeleteMemory(memory_id=memory.id))
    assert store.adapters.get(adapter).state is AdapterState.RETIRED
    assert store.examples.get(record.id).status is ExampleStatus.NEVER


def test_erasing_a_chat_erases_all_made_from_it(store):
    chat = store.conversations.create("x")
    store.messages.add(chat.id, parent_id=None, role=Role.USER, text="My dog is called Rex.")
    record = example(store, conversation_id=chat.id)
    decide(store, record, ExampleStatus.APPROVED)
    adapter = learned(store, record)
    other = example(store, "Tom")
    chats.handle(store, DeleteConversation(conversation_id=chat.id, forever=True))
    assert texts(store) == []
    assert [e.id for e in store.examples.list()] == [other.id]
    assert store.adapters.get(adapter).state is AdapterState.RETIRED
    with pytest.raises(EngineError) as refused:
        adapters.handle(store, ActivateAdapter(adapter_id=adapter))
    assert refused.value.kind is FailureKind.BAD_INPUT


def test_roll_back_goes_one_step_back_at_a_time(store):
    first = learned(store, example(store, "A"))
    learned(store, example(store, "B"))
    adapters.handle(store, RollBackAdapter())
    assert store.adapters.active().id == first
    adapters.handle(store, RollBackAdapter())
    assert store.adapters.active() is None
    with pytest.raises(EngineError) as nothing:
        adapters.handle(store, RollBackAdapter())
    assert nothing.value.kind is FailureKind.NOT_FOUND


@pytest.mark.parametrize("text", ["", " \n", "x" * 2001])
def test_a_memory_needs_a_bounded_text(store, text):
    with pytest.raises(EngineError):
        inbox.handle(store, SaveMemory(text=text))
    assert texts(store) == []


def test_the_audit_trail_holds_ids_only(store):
    record = example(store)
    decide(store, record, ExampleStatus.APPROVED)
    learned(store, record)
    inbox.handle(store, DeleteMemory(memory_id=store.memories.list()[0].id))
    trail = " ".join(f"{line.action} {line.detail}" for line in store.audit.list())
    assert record.id in trail
    assert "Rex" not in trail
