"""Learning examples: the inbox and what the user decided."""

import json
from dataclasses import replace

from storage.counters import next_value
from storage.database import Database, Row
from storage.erasing import Eraser
from storage.errors import NotFound
from storage.records import ExampleKind, ExampleRecord, ExampleStatus
from storage.reply_sources import REWRITTEN
from storage.values import clean, new_id, now

_COLUMNS = (
    "id, kind, noun, question, answer, value, language, status, conversation_id,"
    " source_message_id, source_text, redactions, weight, created_at"
)


class Examples:
    """The learning examples of one store."""

    def __init__(self, database: Database, eraser: Eraser) -> None:
        self._db = database
        self._eraser = eraser

    def add(self, record: ExampleRecord) -> ExampleRecord:
        """Stores an example; an empty id or a time of 0 is filled in."""
        record = replace(record, id=record.id or new_id(), created_at=record.created_at or now())
        with self._db.transaction():
            self._db.execute(
                f"INSERT INTO examples (position, {_COLUMNS})"  # noqa: S608
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (next_value(self._db), *_values(record)),
            )
        return self.get(record.id)

    def get(self, example_id: str) -> ExampleRecord:
        """One example; raises `NotFound`."""
        row = self._db.row(f"SELECT {_COLUMNS} FROM examples WHERE id = ?", (example_id,))  # noqa: S608
        if row is None:
            raise NotFound("This example no longer exists; look at the inbox again.")
        return _record(row)

    def list(self, status: ExampleStatus | None = None) -> tuple[ExampleRecord, ...]:
        """All examples, or those of one status, newest first."""
        rows = self._db.rows(
            f"SELECT {_COLUMNS} FROM examples WHERE ? IS NULL OR status = ?"  # noqa: S608
            " ORDER BY position DESC",
            (status, status),
        )
        return tuple(_record(row) for row in rows)

    def count(self, status: ExampleStatus | None = None) -> int:
        """How many there are, of one status or in all."""
        return int(
            self._db.value(
                "SELECT count(*) FROM examples WHERE ? IS NULL OR status = ?", (status, status)
            )
        )

    def update(
        self, example_id: str, *, status: ExampleStatus | None = None,
        question: str | None = None, answer: str | None = None, value: str | None = None,
    ) -> ExampleRecord:  # fmt: skip
        """Changes what is not None; raises `NotFound`."""
        changes = {"status": status, "question": question, "answer": answer, "value": value}
        with self._db.transaction():
            for column, content in changes.items():
                if content is not None:
                    self._db.execute(
                        f"UPDATE examples SET {column} = ? WHERE id = ?",  # noqa: S608
                        (clean(content), example_id),
                    )
        return self.get(example_id)

    def delete(self, example_id: str) -> None:
        """Erases an example, from backups as well; unknown ids are ignored."""
        with self._db.transaction():
            self.remove(example_id)
            self._eraser.request()

    def withdraw(self) -> int:
        """Erases what nobody decided on yet and may no longer be learned from; returns how many.

        An opinion of an answer comes from its question and its rewriting as well. The messages
        count as not collected, so that consent given again brings the example back.
        """
        found = self._db.rows(
            "SELECT e.id, m.id FROM examples e JOIN messages m ON m.id = e.source_message_id"
            " JOIN conversations c ON c.id = m.conversation_id"
            " WHERE e.status = ?1 AND EXISTS (SELECT 1 FROM messages s WHERE"
            " (s.id = m.id OR m.role = 'assistant' AND (s.id = m.parent_id OR s.id IN"
            " (SELECT answer_id FROM reply_sources WHERE kind = ?2 AND source_id = m.id)))"
            " AND coalesce(s.consent, c.consent) = 0)",
            (ExampleStatus.PENDING, REWRITTEN),
        )
        with self._db.transaction():
            for example_id, message_id in found:
                self.delete(example_id)
                self._db.execute("UPDATE messages SET collected = 0 WHERE id = ?", (message_id,))
        return len(found)

    def remove(self, example_id: str) -> None:
        """Removes the row; the caller sees to erasing what lies elsewhere."""
        self._db.execute("DELETE FROM examples WHERE id = ?", (example_id,))


def _values(record: ExampleRecord) -> tuple[object, ...]:
    texts = (record.noun, record.question, record.answer, record.value)
    return (
        record.id, record.kind, *map(clean, texts), record.language, record.status,
        record.conversation_id, record.source_message_id, clean(record.source_text),
        json.dumps(record.redactions), record.weight, record.created_at,
    )  # fmt: skip


def _record(row: Row) -> ExampleRecord:
    return ExampleRecord(
        id=row[0], kind=ExampleKind(row[1]), noun=row[2], question=row[3], answer=row[4],
        value=row[5], language=row[6], status=ExampleStatus(row[7]), conversation_id=row[8],
        source_message_id=row[9], source_text=row[10], redactions=tuple(json.loads(row[11])),
        weight=row[12], created_at=row[13],
    )  # fmt: skip
