"""Conversations: list, title, pin, consent, shown branch, deletion with undo."""

from storage.aging import PRESENT_AGE
from storage.counters import next_value
from storage.database import Database, Row
from storage.errors import NotFound, StoreError
from storage.purging import Purger
from storage.records import ConversationRecord
from storage.values import clean, consent_value, new_id, now

_COLUMNS = (
    "id, title, created_at, updated_at, pinned, consent, leaf_id, message_count,"
    " retention_days, memory"
)
LONGEST_DAYS = 3650


class Conversations:
    """The conversations of one store. `temporary` marks those of a store kept in memory."""

    def __init__(self, database: Database, purger: Purger, *, temporary: bool = False) -> None:
        self._db = database
        self._purger = purger
        self._temporary = temporary

    def create(self, title: str = "", *, consent: bool = False) -> ConversationRecord:
        """A new, empty conversation at the top of the list."""
        conversation_id, at = new_id(), now()
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO conversations (id, title, created_at, updated_at, activity, consent,"  # noqa: S608
                f" last_age) VALUES (?, ?, ?, ?, ?, ?, {PRESENT_AGE})",
                (conversation_id, clean(title), at, at, next_value(self._db), consent),
            )
        return self.get(conversation_id)

    def get(self, conversation_id: str) -> ConversationRecord:
        """One conversation, deleted or not; raises `NotFound`."""
        row = self._db.row(
            f"SELECT {_COLUMNS} FROM conversations WHERE id = ?",  # noqa: S608
            (conversation_id,),
        )
        if row is None:
            raise NotFound("This conversation no longer exists; choose another one.")
        return self._record(row)

    def list(
        self, limit: int = 1000, offset: int = 0, deleted: bool = False
    ) -> tuple[ConversationRecord, ...]:
        """Pinned ones first, then those with the newest message; or those awaiting undo."""
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM conversations WHERE (deleted_at IS NOT NULL) = ?"  # noqa: S608
            " ORDER BY pinned DESC, activity DESC LIMIT ? OFFSET ?",
            (deleted, limit, offset),
        )
        return tuple(self._record(row) for row in rows)

    def count(self) -> int:
        """How many there are, without those awaiting undo."""
        return int(self._db.value("SELECT count(*) FROM conversations WHERE deleted_at IS NULL"))

    def rename(self, conversation_id: str, title: str) -> ConversationRecord:
        """Gives another title; the place in the list stays."""
        return self._set(conversation_id, "title", clean(title))

    def pin(self, conversation_id: str, pinned: bool) -> ConversationRecord:
        """Keeps it at the top of the list, or no longer."""
        return self._set(conversation_id, "pinned", pinned)

    def set_consent(self, conversation_id: str, allowed: bool) -> ConversationRecord:
        """Allows or forbids learning from it; a message's own consent goes before."""
        return self._set(conversation_id, "consent", allowed)

    def keep_for(self, conversation_id: str, days: int | None) -> ConversationRecord:
        """Days until it is erased after its newest message; 0 for ever, None as the setting."""
        if days is not None and not 0 <= days <= LONGEST_DAYS:
            raise StoreError(f"A conversation is kept for at most {LONGEST_DAYS} days, or ever.")
        return self._set(conversation_id, "retention_days", days)

    def use_memory(self, conversation_id: str, use: bool | None) -> ConversationRecord:
        """Puts what is remembered into its prompts, or not; None as the setting."""
        return self._set(conversation_id, "memory", use)

    def show_leaf(self, conversation_id: str, message_id: str | None) -> ConversationRecord:
        """Shows the branch that ends at `message_id`, or nothing of it."""
        if message_id is not None and conversation_id != self._db.value(
            "SELECT conversation_id FROM messages WHERE id = ?", (message_id,)
        ):
            raise NotFound("This message is not in this conversation; open it again.")
        return self._set(conversation_id, "leaf_id", message_id)

    def delete(self, conversation_id: str) -> ConversationRecord:
        """Hides it from list, search and learning, until `restore` or `purge`."""
        return self._mark_deleted(conversation_id, now())

    def restore(self, conversation_id: str) -> ConversationRecord:
        """Undoes `delete`."""
        return self._mark_deleted(conversation_id, None)

    def purge(self, conversation_id: str) -> tuple[str, ...]:
        """Erases it with its search words, examples and memories, from backups as well.

        Returns the ids of adapters that learned from it; raises `NotFound`.
        """
        return self._purger.purge(conversation_id)

    def _mark_deleted(self, conversation_id: str, at: float | None) -> ConversationRecord:
        """The days that it is kept are counted from here."""
        self._db.execute(
            f"UPDATE conversations SET deleted_at = ?, last_age = {PRESENT_AGE} WHERE id = ?",  # noqa: S608
            (at, conversation_id),
        )
        return self.get(conversation_id)

    def _set(self, conversation_id: str, column: str, value: object) -> ConversationRecord:
        self._db.execute(
            f"UPDATE conversations SET {column} = ? WHERE id = ?",  # noqa: S608
            (value, conversation_id),
        )
        return self.get(conversation_id)

    def _record(self, row: Row) -> ConversationRecord:
        return ConversationRecord(
            id=row[0], title=row[1], created_at=row[2], updated_at=row[3], pinned=bool(row[4]),
            consent=bool(row[5]), leaf_id=row[6], message_count=row[7], temporary=self._temporary,
            retention_days=row[8], memory=consent_value(row[9]),
        )  # fmt: skip
