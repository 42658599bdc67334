"""Walking the tree that the messages of a conversation form."""

from collections.abc import Sequence

from storage.database import Database, Row
from storage.message_rows import MESSAGE_COLUMNS, message_of
from storage.records import MessageRecord


class MessageTree:
    """Reads branches; every record comes with the ids of all messages in its place."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def path_to(self, message_id: str) -> tuple[MessageRecord, ...]:
        """The messages from the root to `message_id`; empty when there is no such message."""
        rows = self._db.rows(
            "WITH RECURSIVE up (id, parent_id) AS ("  # noqa: S608
            " SELECT id, parent_id FROM messages WHERE id = ?"
            " UNION ALL SELECT p.id, p.parent_id FROM messages p JOIN up ON p.id = up.parent_id)"
            f" SELECT {MESSAGE_COLUMNS} FROM up CROSS JOIN messages m ON m.id = up.id",
            (message_id,),
        )
        return self.with_siblings(rows[::-1])

    def newest_leaf(self, message_id: str) -> str | None:
        """The newest message below `message_id`, itself if nothing follows it, None if unknown.

        A child always comes later than its parent, so the newest of a subtree is a leaf.
        """
        found: str | None = self._db.value(
            "WITH RECURSIVE down (id, position) AS ("
            " SELECT id, position FROM messages WHERE id = ?"
            " UNION ALL SELECT c.id, c.position FROM messages c JOIN down ON c.parent_id = down.id)"
            " SELECT id FROM down ORDER BY position DESC LIMIT 1",
            (message_id,),
        )
        return found

    def with_siblings(self, rows: Sequence[Row]) -> tuple[MessageRecord, ...]:
        """Records of rows of `MESSAGE_COLUMNS` with their siblings filled in."""
        places: dict[tuple[str, str | None], list[str]] = {}
        for conversation_id in {row[1] for row in rows}:
            for message_id, parent_id in self._db.rows(
                "SELECT id, parent_id FROM messages WHERE conversation_id = ? ORDER BY position",
                (conversation_id,),
            ):
                places.setdefault((conversation_id, parent_id), []).append(message_id)
        return tuple(message_of(row, tuple(places.get((row[1], row[2]), ()))) for row in rows)
