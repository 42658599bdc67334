"""Remembered facts: kept, edited, and found by the words of a question."""

from collections.abc import Mapping

from storage.counters import next_value
from storage.database import Database, Row
from storage.erasing import Eraser
from storage.errors import NotFound
from storage.records import MemoryRecord
from storage.search_text import any_of, index_text
from storage.values import clean, new_id, now

_COLUMNS = "m.id, m.text, m.enabled, m.source_message_id, m.example_id, m.created_at, m.updated_at"


class Memories:
    """The remembered facts of one store."""

    def __init__(self, database: Database, eraser: Eraser) -> None:
        self._db = database
        self._eraser = eraser

    def add(
        self, text: str, *, source_message_id: str | None = None, example_id: str | None = None
    ) -> MemoryRecord:
        """Remembers a fact; `source_message_id` and `example_id` tie it to what it came from."""
        memory_id, text, at = new_id(), clean(text), now()
        with self._db.transaction():
            position = next_value(self._db)
            self._db.execute(
                "INSERT INTO memories (position, id, text, source_message_id, example_id,"
                " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (position, memory_id, text, source_message_id, example_id, at, at),
            )
            self._index(position, text)
        return self.get(memory_id)

    def get(self, memory_id: str) -> MemoryRecord:
        """One fact; raises `NotFound`."""
        row = self._db.row(f"SELECT {_COLUMNS} FROM memories m WHERE m.id = ?", (memory_id,))  # noqa: S608
        if row is None:
            raise NotFound("This memory no longer exists; look at the list again.")
        return _record(row)

    def list(self) -> tuple[MemoryRecord, ...]:
        """Every fact, newest first."""
        rows = self._db.rows(f"SELECT {_COLUMNS} FROM memories m ORDER BY m.position DESC")  # noqa: S608
        return tuple(_record(row) for row in rows)

    def of_example(self, example_id: str) -> tuple[MemoryRecord, ...]:
        """The facts that came from an example, newest first."""
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM memories m WHERE m.example_id = ?"  # noqa: S608
            " ORDER BY m.position DESC",
            (example_id,),
        )
        return tuple(_record(row) for row in rows)

    def update(
        self, memory_id: str, *, text: str | None = None, enabled: bool | None = None
    ) -> MemoryRecord:
        """Changes what is not None; raises `NotFound`."""
        with self._db.transaction():
            old = self.get(memory_id)
            position = self._db.value("SELECT position FROM memories WHERE id = ?", (memory_id,))
            fresh = old.text if text is None else clean(text)
            self._db.execute(
                "UPDATE memories SET text = ?, enabled = ?, updated_at = ? WHERE position = ?",
                (fresh, old.enabled if enabled is None else enabled, now(), position),
            )
            self._unindex(position, old.text)
            self._index(position, fresh)
        return self.get(memory_id)

    def delete(self, memory_id: str) -> None:
        """Erases a fact, from backups as well; unknown ids are ignored."""
        with self._db.transaction():
            self._remove("id = ?", memory_id)
            self._eraser.request()

    def erase_of_message(self, message_id: str) -> None:
        """Removes the facts that came from a message."""
        self._remove("source_message_id = ?", message_id)

    def erase_of_example(self, example_id: str) -> None:
        """Removes the facts that came from an example."""
        self._remove("example_id = ?", example_id)

    def search(self, query: str, limit: int = 5) -> tuple[MemoryRecord, ...]:
        """Enabled facts that share words with `query`, best first (BM25).

        English words count by their stem; Chinese, Japanese and Korean by pairs of characters.
        """
        expression = any_of(clean(query))
        if not expression:
            return ()
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM memory_words w JOIN memories m ON m.position = w.rowid"  # noqa: S608
            " WHERE w.memory_words MATCH ? AND m.enabled = 1 ORDER BY w.rank LIMIT ?",
            (expression, limit),
        )
        return tuple(_record(row) for row in rows)

    def scored(self, query: str, limit: int) -> dict[str, float]:
        """BM25 scores (higher is better) of what `search` finds, by id."""
        expression = any_of(clean(query))
        if not expression:
            return {}
        rows = self._db.rows(
            "SELECT m.id, w.rank FROM memory_words w JOIN memories m ON m.position = w.rowid"
            " WHERE w.memory_words MATCH ? AND m.enabled = 1 ORDER BY w.rank LIMIT ?",
            (expression, limit),
        )
        return {memory_id: -rank for memory_id, rank in rows}

    def vectors(self, encoder: str) -> dict[str, bytes]:
        """The vectors of enabled facts by id, as far as `encoder` made them."""
        rows = self._db.rows(
            "SELECT m.id, v.vector FROM memory_vectors v JOIN memories m ON m.position ="
            " v.position WHERE v.encoder = ? AND m.enabled = 1",
            (encoder,),
        )
        return dict(rows)

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Stores vectors by id, in place of older ones; facts gone since are left out."""
        with self._db.transaction():
            self._db.execute_many(
                "INSERT OR REPLACE INTO memory_vectors (position, encoder, vector)"
                " SELECT position, ?, ? FROM memories WHERE id = ?",
                [(encoder, vector, name) for name, vector in vectors.items()],
            )

    def count(self) -> int:
        """How many facts there are."""
        return int(self._db.value("SELECT count(*) FROM memories"))

    def _remove(self, condition: str, value: str) -> None:
        with self._db.transaction():
            for position, text in self._db.rows(
                f"SELECT position, text FROM memories WHERE {condition}",  # noqa: S608
                (value,),
            ):
                self._unindex(position, text)
                self._db.execute("DELETE FROM memories WHERE position = ?", (position,))

    def _index(self, position: int, text: str) -> None:
        self._db.execute(
            "INSERT INTO memory_words (rowid, words) VALUES (?, ?)", (position, index_text(text))
        )

    def _unindex(self, position: int, text: str) -> None:
        self._db.execute(
            "INSERT INTO memory_words (memory_words, rowid, words) VALUES ('delete', ?, ?)",
            (position, index_text(text)),
        )


def _record(row: Row) -> MemoryRecord:
    return MemoryRecord(
        id=row[0], text=row[1], enabled=bool(row[2]), source_message_id=row[3],
        example_id=row[4], created_at=row[5], updated_at=row[6],
    )  # fmt: skip
