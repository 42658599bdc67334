"""Everything that is stored of the user, in one JSON file: what no other format holds.

Every branch of every conversation, also those waiting for undo; remembered facts; examples;
settings; what was learned and taught (the report cards, not the weights); the audit trail. Keys are
left out.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict

from storage.records import ConversationRecord, MessageRecord
from storage.store import Store

__all__ = ["Everything"]

_PAGE = 500
_AUDIT_LINES = 10_000


class Everything:
    """The parts of the file, written one after the other; counts what went by."""

    def __init__(self, store: Store, checkpoint: Callable[[], None]) -> None:
        self._store = store
        self._checkpoint = checkpoint
        self.conversations = 0
        self.messages = 0

    def parts(self) -> Iterator[str]:
        """Pieces of JSON text; `checkpoint` is called between conversations."""
        store = self._store
        yield '{\n"confidant_export": 1'
        yield from self._list("conversations", self._chats())
        yield from self._list("memories", map(asdict, store.memories.list()))
        yield from self._list("examples", map(asdict, store.examples.list()))
        yield from self._list("adapters", map(asdict, store.adapters.list()))
        yield from self._list("comparisons", map(asdict, store.comparisons.list()))
        yield from self._list("skills", map(asdict, store.skills.list()))
        yield f',\n"settings": {json.dumps(store.settings.all(), ensure_ascii=False)}'
        yield from self._list("audit", map(asdict, store.audit.list(_AUDIT_LINES)))
        yield "\n}\n"

    def _list(self, name: str, items: Iterator[dict[str, object]]) -> Iterator[str]:
        yield f',\n"{name}": ['
        for number, item in enumerate(items):
            yield (",\n" if number else "\n") + json.dumps(item, ensure_ascii=False)
        yield "\n]"

    def _chats(self) -> Iterator[dict[str, object]]:
        for deleted in (False, True):
            offset = 0
            while page := self._store.conversations.list(_PAGE, offset, deleted):
                for conversation in page:
                    self._checkpoint()
                    yield self._chat(conversation, deleted)
                offset += len(page)

    def _chat(self, conversation: ConversationRecord, deleted: bool) -> dict[str, object]:
        messages = self._store.messages.all_of(conversation.id)
        self.conversations += 1
        self.messages += len(messages)
        return {
            **asdict(conversation), "deleted": deleted,
            "messages": [_plain(message) for message in messages],
        }  # fmt: skip


def _plain(message: MessageRecord) -> dict[str, object]:
    fields = asdict(message)
    del fields["sibling_ids"], fields["conversation_id"]
    return fields
