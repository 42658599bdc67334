"""What an answer was made from: memories and past turns in its prompt, or an older answer."""

from collections.abc import Sequence

from storage.database import Database

REWRITTEN = "rewritten"
"""The kind of the older answer that the user rewrote."""


class ReplySources:
    """The sources of the answers of one store. They go with their answer."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def keep(self, answer_id: str, sources: Sequence[tuple[str, str]]) -> None:
        """Notes (kind, id) pairs in their order; kind is ``memory``, ``turn`` or `REWRITTEN`."""
        with self._db.transaction():
            self._db.execute_many(
                "INSERT INTO reply_sources (answer_id, place, kind, source_id) VALUES (?, ?, ?, ?)",
                [(answer_id, place, *source) for place, source in enumerate(sources)],
            )

    def of(self, answer_id: str) -> tuple[tuple[str, str], ...]:
        """The (kind, id) pairs of an answer's prompt, in order; what they name may be gone."""
        rows = self._db.rows(
            "SELECT kind, source_id FROM reply_sources WHERE answer_id = ? AND kind <> ?"
            " ORDER BY place",
            (answer_id, REWRITTEN),
        )
        return tuple((row[0], row[1]) for row in rows)
