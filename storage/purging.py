"""Erasing a conversation with all that was made from it."""

from storage.adapters import Adapters
from storage.database import Database
from storage.erasing import Eraser
from storage.errors import NotFound
from storage.examples import Examples
from storage.memories import Memories
from storage.messages import Messages


class Purger:
    """Knows what hangs on a conversation: messages, search words, examples, memories, adapters."""

    def __init__(
        self, database: Database, messages: Messages, examples: Examples, memories: Memories,
        adapters: Adapters, eraser: Eraser,
    ) -> None:  # fmt: skip
        self._db = database
        self._messages = messages
        self._examples = examples
        self._memories = memories
        self._adapters = adapters
        self._eraser = eraser

    def purge(self, conversation_id: str) -> tuple[str, ...]:
        """Erases it; returns the ids of adapters that learned from it. Raises `NotFound`.

        Those adapters are left as they are: the caller gives them to `Adapters.retire`, deletes
        or retrains them.
        """
        with self._db.transaction():
            messages = self._column(
                "SELECT id FROM messages WHERE conversation_id = ?", conversation_id
            )
            examples = self._column(
                "SELECT id FROM examples WHERE conversation_id = ?1 OR source_message_id IN"
                " (SELECT id FROM messages WHERE conversation_id = ?1)",
                conversation_id,
            )
            learned = self._adapters.learned_from(examples)
            learned += self._adapters.learned_from_chat(conversation_id)
            self._adapters.drop_checkpoints()
            for message_id in messages:
                self._memories.erase_of_message(message_id)
            for example_id in examples:
                self._memories.erase_of_example(example_id)
                self._examples.remove(example_id)
            self._messages.erase_conversation(conversation_id)
            if not self._db.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,)):
                raise NotFound("This conversation no longer exists; choose another one.")
            self._eraser.request()
        return tuple(dict.fromkeys(learned))

    def _column(self, query: str, value: str) -> list[str]:
        return [row[0] for row in self._db.rows(query, (value,))]
