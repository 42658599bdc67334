"""The inbox of learning candidates, and the memories that approved facts become."""

from typing import assert_never

from engine.collecting import collect_later
from engine.contract import (
    Acknowledged,
    DeleteMemory,
    Done,
    EngineError,
    ExampleReviewed,
    ExamplesListed,
    FailureKind,
    ListExamples,
    ListMemories,
    MemoriesListed,
    ReviewExample,
    SaveMemory,
)
from engine.library.chat_file import clean_text
from storage.records import FEEDBACK_KINDS, ExampleKind, ExampleRecord, ExampleStatus
from storage.store import Store

__all__ = ["InboxCommand", "forbid_words", "handle", "review"]

InboxCommand = ListExamples | ReviewExample | ListMemories | SaveMemory | DeleteMemory

_LONGEST = 2000
_EMPTY = "This needs some text; write it or delete the entry."
_TOO_LONG = f"This is longer than {_LONGEST} characters; shorten it."


def handle(store: Store, command: InboxCommand) -> Done:
    """The terminal event of a command about the inbox or the memory."""
    match command:
        case ListExamples():
            with collect_later():
                from engine.tuning.collect import collect

            collect(store)
            listed = store.examples.list(status=command.status)
            return ExamplesListed(job=command.job, examples=tuple(listed))
        case ReviewExample():
            return ExampleReviewed(job=command.job, example=review(store, command))
        case ListMemories():
            return MemoriesListed(job=command.job, memories=tuple(store.memories.list()))
        case SaveMemory():
            _save(store, command)
        case DeleteMemory():
            _forget(store, command.memory_id)
        case _:
            assert_never(command)
    return Acknowledged(job=command.job)


def review(store: Store, command: ReviewExample) -> ExampleRecord:
    """Applies the user's decision and keeps memory and adapters in step with it."""
    with store.transaction():
        reviewed = store.examples.update(
            command.example_id,
            status=command.status,
            question=_checked(command.question),
            answer=_checked(command.answer),
            value=_checked(command.value),
        )
        if reviewed.status is ExampleStatus.APPROVED:
            remember(store, reviewed)
        else:
            for memory in store.memories.of_example(reviewed.id):
                store.memories.delete(memory.id)
        if reviewed.status is ExampleStatus.NEVER:
            store.adapters.retire_for_examples([reviewed.id])
        store.audit.add(f"example_{reviewed.status.value}", reviewed.id)
    return reviewed


def forbid_words(store: Store, setting: str) -> int:
    """Forbids every example that holds a word of the *Never learn* setting; returns how many.

    What an adapter already learned of it is switched off, and remembered facts of it are deleted.
    """
    from engine.tuning.redaction import holds_any, never_learn_words

    words, count = never_learn_words(setting), 0
    for example in store.examples.list():
        texts = (example.question, example.answer, example.value, example.source_text)
        if example.status is not ExampleStatus.NEVER and holds_any("\n".join(texts), words):
            review(store, ReviewExample(example_id=example.id, status=ExampleStatus.NEVER))
            count += 1
    return count


def remember(store: Store, example: ExampleRecord) -> None:
    """Makes or updates the memory of an approved fact; a correction takes the old one's place.

    An opinion of an answer tells no fact and becomes no memory.
    """
    if example.kind in FEEDBACK_KINDS:
        return
    if example.kind is ExampleKind.CORRECTION:
        _forget_corrected(store, example)
    known = store.memories.of_example(example.id)
    if known:
        store.memories.update(known[0].id, text=example.answer)
        return
    store.memories.add(
        example.answer, source_message_id=example.source_message_id, example_id=example.id
    )


def _forget_corrected(store: Store, correction: ExampleRecord) -> None:
    """Deletes the memories of earlier answers to the question that `correction` answers."""
    from engine.tuning.extraction.candidate import question_key

    key = question_key(correction.question)
    for example in store.examples.list():
        if example.id != correction.id and question_key(example.question) == key:
            for memory in store.memories.of_example(example.id):
                store.memories.delete(memory.id)


def _save(store: Store, command: SaveMemory) -> None:
    text = _checked(command.text) or ""
    if command.memory_id is not None:
        store.memories.update(command.memory_id, text=text, enabled=command.enabled)
        return
    made = store.memories.add(text)
    if not command.enabled:
        store.memories.update(made.id, enabled=False)


def _forget(store: Store, memory_id: str) -> None:
    """Deletes a memory. A fact that was learned as well is unlearned: its adapters retire."""
    with store.transaction():
        memory = store.memories.get(memory_id)
        store.memories.delete(memory_id)
        if memory.example_id is not None:
            store.examples.update(memory.example_id, status=ExampleStatus.NEVER)
            store.adapters.retire_for_examples([memory.example_id])
        store.audit.add("memory_deleted", memory_id)


def _checked(untrusted_text: str | None) -> str | None:
    """Typed text that may be stored; None stays None."""
    if untrusted_text is None:
        return None
    text = clean_text(untrusted_text)
    if not text:
        raise EngineError(FailureKind.BAD_INPUT, _EMPTY)
    if len(text) > _LONGEST:
        raise EngineError(FailureKind.BAD_INPUT, _TOO_LONG)
    return text
