"""Messages: written the moment they exist, kept as a tree, found by their words.

A text that is still streaming is stored but not yet searchable; it enters the search index when
its state becomes final. Writing it again and again is therefore one row update each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from storage.aging import PRESENT_AGE
from storage.counters import next_value, reserve
from storage.database import Database
from storage.errors import NotFound
from storage.message_rows import MESSAGE_COLUMNS, message_of
from storage.message_search import find
from storage.message_tree import MessageTree
from storage.records import MessageRecord, MessageState, Role, SearchHit
from storage.search_text import index_text
from storage.turns import drop_words
from storage.values import clean, new_id, now

_GONE = "This message no longer exists; open the conversation again."
_FROM = f"SELECT {MESSAGE_COLUMNS} FROM messages m"  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """One message of an import. ``created_at`` None is now."""

    role: Role
    text: str = field(repr=False)
    created_at: float | None = None


class Messages:
    """The messages of one store."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._tree = MessageTree(database)

    def add(
        self, conversation_id: str, *, parent_id: str | None, role: Role, text: str,
        state: MessageState = MessageState.COMPLETE, model_id: str | None = None,
        adapter_id: str | None = None, strength: float = 0.0, created_at: float | None = None,
    ) -> MessageRecord:  # fmt: skip
        """Stores a message after `parent_id` (None: at the start) and shows its branch.

        Raises `NotFound` for an unknown conversation or a parent that is not in it.
        """
        message_id, text, at = new_id(), clean(text), now()
        with self._db.transaction():
            self._require_place(conversation_id, parent_id)
            position = next_value(self._db)
            self._db.execute(
                "INSERT INTO messages (position, id, conversation_id, parent_id, role, text,"
                " created_at, state, model_id, adapter_id, strength)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (position, message_id, conversation_id, parent_id, role, text,
                 at if created_at is None else created_at, state, model_id, adapter_id, strength),
            )  # fmt: skip
            if state is not MessageState.STREAMING:
                self._index(position, text)
            self._touch(conversation_id, message_id, position, at, 1)
        return self.get(message_id)

    def add_many(
        self, conversation_id: str, messages: Sequence[NewMessage], *, parent_id: str | None = None
    ) -> int:
        """Stores messages one after the other below `parent_id`, all or none; returns how many."""
        if not messages:
            return 0
        ids, at = [new_id() for _ in messages], now()
        texts = [clean(message.text) for message in messages]
        with self._db.transaction():
            self._require_place(conversation_id, parent_id)
            first = reserve(self._db, len(messages))
            self._db.execute_many(
                "INSERT INTO messages (position, id, conversation_id, parent_id, role, text,"
                " created_at, state, indexed) VALUES (?, ?, ?, ?, ?, ?, ?, 'complete', 1)",
                [
                    (first + at_place, ids[at_place], conversation_id,
                     ids[at_place - 1] if at_place else parent_id, message.role, texts[at_place],
                     at if message.created_at is None else message.created_at)
                    for at_place, message in enumerate(messages)
                ],
            )  # fmt: skip
            self._db.execute_many(
                "INSERT INTO message_words (rowid, words) VALUES (?, ?)",
                [(first + place, index_text(text)) for place, text in enumerate(texts)],
            )
            self._touch(conversation_id, ids[-1], first + len(ids) - 1, at, len(ids))
        return len(ids)

    def get(self, message_id: str) -> MessageRecord:
        """One message with its siblings; raises `NotFound`."""
        found = self._tree.with_siblings(self._db.rows(f"{_FROM} WHERE m.id = ?", (message_id,)))
        if not found:
            raise NotFound(_GONE)
        return found[0]

    def set_text(
        self, message_id: str, text: str, state: MessageState = MessageState.STREAMING
    ) -> MessageRecord:
        """Replaces the text; with a final state it becomes searchable. Raises `NotFound`."""
        text = clean(text)
        with self._db.transaction():
            row = self._db.row(
                "SELECT position, text, indexed FROM messages WHERE id = ?", (message_id,)
            )
            if row is None:
                raise NotFound(_GONE)
            position, old, indexed = row
            if indexed:
                self._unindex(position, old)
            drop_words(self._db, "position = ?", position)
            self._db.execute(
                "UPDATE messages SET text = ?, state = ? WHERE position = ?",
                (text, state, position),
            )
            if state is not MessageState.STREAMING:
                self._index(position, text)
        return self.get(message_id)

    def settle_interrupted(self) -> int:
        """Marks answers that a crash cut off as stopped and makes them searchable.

        For the start of the app, before anything streams; returns how many there were.
        """
        with self._db.transaction():
            rows = self._db.rows("SELECT position, text FROM messages WHERE state = 'streaming'")
            for position, text in rows:
                self._db.execute(
                    "UPDATE messages SET state = 'stopped' WHERE position = ?", (position,)
                )
                self._index(position, text)
        return len(rows)

    def branch(self, conversation_id: str) -> tuple[MessageRecord, ...]:
        """The messages of the shown branch, oldest first; raises `NotFound`."""
        row = self._db.row("SELECT leaf_id FROM conversations WHERE id = ?", (conversation_id,))
        if row is None:
            raise NotFound("This conversation no longer exists; choose another one.")
        return () if row[0] is None else self._tree.path_to(row[0])

    def all_of(self, conversation_id: str) -> tuple[MessageRecord, ...]:
        """Every message of a conversation, all branches, oldest first. Without siblings."""
        rows = self._db.rows(
            f"{_FROM} WHERE m.conversation_id = ? ORDER BY m.position", (conversation_id,)
        )
        return tuple(message_of(row) for row in rows)

    def path_to(self, message_id: str) -> tuple[MessageRecord, ...]:
        """The messages from the start of the conversation to `message_id`; raises `NotFound`."""
        found = self._tree.path_to(message_id)
        if not found:
            raise NotFound(_GONE)
        return found

    def newest_leaf(self, message_id: str) -> str:
        """The id of the newest message below `message_id` (or itself); raises `NotFound`."""
        found = self._tree.newest_leaf(message_id)
        if found is None:
            raise NotFound(_GONE)
        return found

    def rate(self, message_id: str, rating: int) -> MessageRecord:
        """Thumb up 1, down -1, none 0."""
        if rating not in (-1, 0, 1):
            raise ValueError("A rating is -1, 0 or 1.")
        return self._set(message_id, "rating", rating)

    def set_consent(self, message_id: str, allowed: bool | None) -> MessageRecord:
        """Allows or forbids learning from it; None follows the conversation."""
        return self._set(message_id, "consent", allowed)

    def search(self, query: str, limit: int = 100) -> tuple[SearchHit, ...]:
        """Messages that hold every word of `query`, best first (see `storage.message_search`)."""
        return find(self._db, query, limit)

    def for_learning(self) -> tuple[MessageRecord, ...]:
        """The user's own messages that may be learned and were not collected yet, oldest first.

        A message's consent decides; where it has none, its conversation's. Without siblings.
        """
        return self._consented("m.collected = 0")

    def for_reading(self) -> tuple[MessageRecord, ...]:
        """Those that were collected by the rules and not yet read by a model, oldest first."""
        return self._consented("m.collected = 1")

    def awaits_reading(self, message_id: str) -> bool:
        """Whether `for_reading` would still name this message."""
        return bool(self._consented("m.collected = 1 AND m.id = ?", message_id))

    def _consented(self, condition: str, *values: str) -> tuple[MessageRecord, ...]:
        rows = self._db.rows(
            f"{_FROM} JOIN conversations c ON c.id = m.conversation_id"
            f" WHERE m.role = 'user' AND {condition} AND m.state = 'complete'"
            " AND coalesce(m.consent, c.consent) = 1 AND c.deleted_at IS NULL ORDER BY m.position",
            values,
        )
        return tuple(message_of(row) for row in rows)

    def mark_collected(self, message_ids: Sequence[str]) -> None:
        """Leaves these out of `for_learning` from now on."""
        self._mark(message_ids, 1)

    def mark_read(self, message_ids: Sequence[str]) -> None:
        """Leaves these out of `for_reading` as well."""
        self._mark(message_ids, 2)

    def _mark(self, message_ids: Sequence[str], collected: int) -> None:
        """How far these came: 0 not at all, 1 collected by the rules, 2 read by a model too."""
        with self._db.transaction():
            self._db.execute_many(
                "UPDATE messages SET collected = ? WHERE id = ?",
                [(collected, name) for name in message_ids],
            )

    def count(self) -> int:
        """How many messages are stored, all branches counted."""
        return int(self._db.value("SELECT count(*) FROM messages"))

    def erase_conversation(self, conversation_id: str) -> None:
        """Removes every message of a conversation from the search index and the table."""
        with self._db.transaction():
            for position, text in self._db.rows(
                "SELECT position, text FROM messages WHERE conversation_id = ? AND indexed = 1",
                (conversation_id,),
            ):
                self._unindex(position, text)
            drop_words(self._db, "conversation_id = ?", conversation_id)
            self._db.execute("DELETE FROM messages WHERE conversation_id = ?", (conversation_id,))

    def _set(self, message_id: str, column: str, value: object) -> MessageRecord:
        self._db.execute(
            f"UPDATE messages SET {column} = ? WHERE id = ?",  # noqa: S608
            (value, message_id),
        )
        return self.get(message_id)

    def _require_place(self, conversation_id: str, parent_id: str | None) -> None:
        if self._db.row("SELECT 1 FROM conversations WHERE id = ?", (conversation_id,)) is None:
            raise NotFound("This conversation no longer exists; choose another one.")
        if parent_id is not None and conversation_id != self._db.value(
            "SELECT conversation_id FROM messages WHERE id = ?", (parent_id,)
        ):
            raise NotFound(_GONE)

    def _touch(self, conversation_id: str, leaf: str, position: int, at: float, more: int) -> None:
        self._db.execute(
            "UPDATE conversations SET leaf_id = ?, activity = ?, updated_at = ?,"  # noqa: S608
            f" message_count = message_count + ?, last_age = {PRESENT_AGE} WHERE id = ?",
            (leaf, position, at, more, conversation_id),
        )

    def _index(self, position: int, text: str) -> None:
        self._db.execute(
            "INSERT INTO message_words (rowid, words) VALUES (?, ?)", (position, index_text(text))
        )
        self._db.execute("UPDATE messages SET indexed = 1 WHERE position = ?", (position,))

    def _unindex(self, position: int, text: str) -> None:
        self._db.execute(
            "INSERT INTO message_words (message_words, rowid, words) VALUES ('delete', ?, ?)",
            (position, index_text(text)),
        )
        self._db.execute("UPDATE messages SET indexed = 0 WHERE position = ?", (position,))
