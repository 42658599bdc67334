"""Past turns of all chats, found by their words (BM25) and, with vectors, by their meaning.

The search words of a message enter `turn_words` when `catch_up` comes to it, not when the message
is written: writing stays as cheap as it is, and whoever never looks back pays nothing. Messages
that the user forbade to learn from, and those of hidden chats, are never found.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from storage.database import Database
from storage.records import Role
from storage.search_text import any_of, index_text
from storage.values import clean

_ALLOWED = (
    "JOIN conversations c ON c.id = m.conversation_id AND c.deleted_at IS NULL"
    " WHERE m.state IN ('complete', 'cut', 'stopped') AND m.text <> '' AND m.role <> 'system'"
    " AND coalesce(m.consent, 1) = 1"
)


@dataclass(frozen=True, slots=True)
class TurnPlace:
    """Where a turn stands. ``before`` is the position of the turn that it answers, or 0.

    ``vector`` is empty until one was kept.
    """

    position: int
    before: int
    conversation_id: str
    role: Role
    vector: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn with its words. ``created_at`` in Unix seconds."""

    position: int
    id: str
    conversation_id: str
    role: Role
    text: str = field(repr=False)
    created_at: float


@dataclass(frozen=True, slots=True)
class TurnInContext:
    """A turn between the one before and the newest one after it; empty where there is none."""

    position: int
    before: str = field(repr=False)
    text: str = field(repr=False)
    after: str = field(repr=False)


class Turns:
    """The past turns of one store."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def catch_up(self, limit: int) -> int:
        """Takes up to `limit` messages into the search words, newest first; returns how many."""
        with self._db.transaction():
            rows = self._db.rows(
                "SELECT position, text FROM messages WHERE turn_indexed = 0"
                " AND state <> 'streaming' ORDER BY position DESC LIMIT ?",
                (limit,),
            )
            self._db.execute_many(
                "INSERT INTO turn_words (rowid, words) VALUES (?, ?)",
                [(position, index_text(text)) for position, text in rows],
            )
            self._db.execute_many(
                "UPDATE messages SET turn_indexed = 1 WHERE position = ?",
                [(position,) for position, _ in rows],
            )
        return len(rows)

    def search(self, words: str, limit: int) -> dict[int, float]:
        """Positions of turns that hold any of `words`, with their BM25 score (higher is better)."""
        expression = any_of(clean(words))
        if not expression:
            return {}
        rows = self._db.rows(
            "SELECT rowid, rank FROM turn_words WHERE turn_words MATCH ? ORDER BY rank LIMIT ?",
            (expression, limit),
        )
        return {position: -rank for position, rank in rows}

    def state(self, up_to: int) -> tuple[int, int]:
        """Changes when a turn up to position `up_to` came, went or was hidden."""
        row = self._db.row(
            "SELECT count(*), coalesce(sum(m.position), 0) FROM messages m"  # noqa: S608
            f" {_ALLOWED} AND m.position <= ?",
            (up_to,),
        )
        return (0, 0) if row is None else (int(row[0]), int(row[1]))

    def places(self, encoder: str, after: int, limit: int) -> tuple[TurnPlace, ...]:
        """The newest `limit` turns after position `after`, oldest first, with their vectors."""
        rows = self._db.rows(
            "SELECT m.position, coalesce(p.position, 0), m.conversation_id, m.role, v.vector"  # noqa: S608
            " FROM messages m LEFT JOIN messages p ON p.id = m.parent_id"
            " LEFT JOIN turn_vectors v ON v.position = m.position AND v.encoder = ?"
            f" {_ALLOWED} AND m.position > ? ORDER BY m.position DESC LIMIT ?",
            (encoder, after, limit),
        )
        return tuple(
            TurnPlace(row[0], row[1], row[2], Role(row[3]), row[4] or b"") for row in reversed(rows)
        )

    def without_vector(
        self, encoder: str, limit: int, since: int = 0
    ) -> tuple[TurnInContext, ...]:
        """Turns from position `since` on that have no vector of `encoder` yet, newest first."""
        rows = self._db.rows(
            "SELECT m.position, coalesce(p.text, ''), m.text, coalesce((SELECT n.text FROM"  # noqa: S608
            " messages n WHERE n.parent_id = m.id ORDER BY n.position DESC LIMIT 1), '')"
            " FROM messages m LEFT JOIN messages p ON p.id = m.parent_id"
            " LEFT JOIN turn_vectors v ON v.position = m.position AND v.encoder = ?"
            f" {_ALLOWED} AND v.position IS NULL AND m.position >= ?"
            " ORDER BY m.position DESC LIMIT ?",
            (encoder, since, limit),
        )
        return tuple(TurnInContext(*row) for row in rows)

    def keep_vectors(self, encoder: str, vectors: Sequence[tuple[int, bytes]]) -> None:
        """Stores vectors by position, in place of older ones; messages gone since are left out."""
        with self._db.transaction():
            self._db.execute_many(
                "INSERT OR REPLACE INTO turn_vectors (position, encoder, vector)"
                " SELECT position, ?, ? FROM messages WHERE position = ?",
                [(encoder, vector, position) for position, vector in vectors],
            )

    def get(self, positions: Sequence[int]) -> tuple[Turn, ...]:
        """The turns at these positions, in the same order; those that may not be shown are left."""
        found = {}
        for position in positions:
            row = self._db.row(
                "SELECT m.position, m.id, m.conversation_id, m.role, m.text, m.created_at"  # noqa: S608
                f" FROM messages m {_ALLOWED} AND m.position = ?",
                (position,),
            )
            if row is not None:
                found[position] = Turn(row[0], row[1], row[2], Role(row[3]), row[4], row[5])
        return tuple(found[position] for position in positions if position in found)


def drop_words(database: Database, condition: str, value: object) -> None:
    """Takes messages out of the search words; for `storage.messages`, before their rows change."""
    for position, text in database.rows(
        f"SELECT position, text FROM messages WHERE turn_indexed = 1 AND {condition}",  # noqa: S608
        (value,),
    ):
        database.execute(
            "INSERT INTO turn_words (turn_words, rowid, words) VALUES ('delete', ?, ?)",
            (position, index_text(text)),
        )
        database.execute("UPDATE messages SET turn_indexed = 0 WHERE position = ?", (position,))
