"""What was put into the prompt of an answer: memories and past turns, by their ids."""

from collections.abc import Sequence

from storage.database import Database


class ReplySources:
    """The sources of the answers of one store. They go with their answer."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def keep(self, answer_id: str, sources: Sequence[tuple[str, str]]) -> None:
        """Notes (kind, id) pairs in their order; kind is ``memory`` or ``turn``."""
        with self._db.transaction():
            self._db.execute_many(
                "INSERT INTO reply_sources (answer_id, place, kind, source_id) VALUES (?, ?, ?, ?)",
                [(answer_id, place, *source) for place, source in enumerate(sources)],
            )

    def of(self, answer_id: str) -> tuple[tuple[str, str], ...]:
        """The (kind, id) pairs of an answer, in order; what they name may be gone since."""
        rows = self._db.rows(
            "SELECT kind, source_id FROM reply_sources WHERE answer_id = ? ORDER BY place",
            (answer_id,),
        )
        return tuple((row[0], row[1]) for row in rows)
