"""Erasing a conversation or a fact with all that was made of it. Needs no model."""

from dataclasses import dataclass, field

from engine.contract import EngineError, FailureKind, Forget
from engine.library.chats import erase
from storage.errors import NotFound, StoreError
from storage.records import FEEDBACK_KINDS, AdapterState, ExampleRecord, ExampleStatus, MemoryRecord
from storage.store import Store

__all__ = ["Erased", "erase_for_good"]

_WHICH = "Name a conversation or a fact to forget, just one of them."
_GONE = "This fact is no longer there; look at the list again."


@dataclass(frozen=True, slots=True)
class Erased:
    """What is gone.

    ``learned`` are the erased examples that an adapter may know. ``knew`` are the weights of the
    adapter that was active before, in memory only, and ``knew_id`` its id.
    """

    learned: tuple[ExampleRecord, ...] = field(repr=False)
    examples: int
    memories: int
    messages: int
    retired: tuple[str, ...]
    told_in_chat: bool
    knew_id: str | None
    knew: bytes | None = field(repr=False)


def erase_for_good(store: Store, command: Forget) -> Erased:
    """Erases in one transaction; adapters that learned it are retired, unfinished ones dropped.

    Raises:
        EngineError: ``BAD_INPUT`` unless just one thing is named.
        StoreError: There is no such conversation or fact, or the disk is full.
    """
    if (command.conversation_id is None) == (command.fact_id is None):
        raise EngineError(FailureKind.BAD_INPUT, _WHICH)
    active = store.adapters.active()
    knew = None if active is None else _weights(store, active.id)
    before = _counts(store)
    ready = _ready(store)
    with store.transaction():
        if command.conversation_id is not None:
            examples = _examples_of(store, command.conversation_id)
            erase(store, command.conversation_id)
            told = False
        else:
            examples, told = _erase_fact(store, str(command.fact_id))
    after = _counts(store)
    gone = [earlier - later for earlier, later in zip(before, after, strict=True)]
    return Erased(
        learned=tuple(e for e in examples if e.status is ExampleStatus.APPROVED),
        examples=gone[0], memories=gone[1], messages=gone[2],
        retired=tuple(name for name in ready if name not in _ready(store)),
        told_in_chat=told, knew_id=active.id if active else None, knew=knew,
    )  # fmt: skip


def _weights(store: Store, adapter_id: str) -> bytes | None:
    """The active adapter's weights; what cannot be read any more proves nothing."""
    try:
        return store.adapters.load(adapter_id)
    except StoreError:
        return None


def _counts(store: Store) -> tuple[int, int, int]:
    return store.examples.count(), store.memories.count(), store.messages.count()


def _ready(store: Store) -> list[str]:
    return [one.id for one in store.adapters.list() if one.state is AdapterState.READY]


def _examples_of(store: Store, conversation_id: str) -> list[ExampleRecord]:
    messages = {message.id for message in store.messages.all_of(conversation_id)}
    return [
        e for e in store.examples.list()
        if e.conversation_id == conversation_id or e.source_message_id in messages
    ]  # fmt: skip


def _erase_fact(store: Store, fact_id: str) -> tuple[list[ExampleRecord], bool]:
    """The erased examples, and whether the message that told the fact is still there.

    That message is neither learned from nor looked up again.
    """
    memory, example = _named(store, fact_id)
    examples = [] if example is None else _versions(store, example)
    names = {one.id for one in examples}
    for known in store.memories.list():
        if known.id == fact_id or known.example_id in names:
            store.memories.delete(known.id)
    store.adapters.retire_for_examples([*names])
    for one in examples:
        store.examples.delete(one.id)
    sources = {one.source_message_id for one in examples}
    sources |= {memory.source_message_id} if memory else set()
    told = [name for name in sources if name is not None and _silence(store, name)]
    store.audit.add("fact_forgotten", fact_id)
    return examples, bool(told)


def _named(store: Store, fact_id: str) -> tuple[MemoryRecord | None, ExampleRecord | None]:
    """The memory and the example that are meant; a memory typed by hand has no example."""
    memory = next((one for one in store.memories.list() if one.id == fact_id), None)
    wanted = memory.example_id if memory else fact_id
    example = next((one for one in store.examples.list() if one.id == wanted), None)
    if memory is None and example is None:
        raise NotFound(_GONE)
    return memory, example


def _versions(store: Store, example: ExampleRecord) -> list[ExampleRecord]:
    """The example and what else was said about the same thing, but for what is forbidden.

    An opinion of an answer stands for itself.
    """
    if example.kind in FEEDBACK_KINDS:
        return [example]
    from engine.tuning.extraction.candidate import question_key

    key = question_key(example.question)
    return [
        one for one in store.examples.list()
        if one.id == example.id
        or (question_key(one.question) == key and one.status is not ExampleStatus.NEVER)
    ]  # fmt: skip


def _silence(store: Store, message_id: str) -> bool:
    """Forbids learning from a message; False when it is gone."""
    try:
        store.messages.set_consent(message_id, False)
    except NotFound:
        return False
    return True
