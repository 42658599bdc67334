"""A store in memory that may learn, and messages in it."""

from collections.abc import Callable, Iterator

import pytest

from storage.records import MessageRecord, Role
from storage.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store.temporary()
    made.settings.set("learning_consent", True)
    yield made
    made.close()


@pytest.fixture
def say(store: Store) -> Callable[..., MessageRecord]:
    """Adds a user message to one consented conversation."""
    conversation = store.conversations.create("told", consent=True)
    last: list[str | None] = [None]

    def add(text: str, role: Role = Role.USER) -> MessageRecord:
        made = store.messages.add(conversation.id, parent_id=last[0], role=role, text=text)
        last[0] = made.id
        return made

    return add
