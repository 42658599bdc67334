"""The audit trail: what happened and when, never what was said."""

from storage.counters import next_value
from storage.database import Database
from storage.records import AuditRecord
from storage.values import clean, now

KEPT_LINES = 10_000


class Audit:
    """Appends lines and keeps the newest 10,000. Callers put ids and counts into `detail` only."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, action: str, detail: str = "") -> AuditRecord:
        """Appends one line."""
        at = now()
        with self._db.transaction():
            position = next_value(self._db)
            self._db.execute(
                "INSERT INTO audit (position, at, action, detail) VALUES (?, ?, ?, ?)",
                (position, at, action, clean(detail)),
            )
            self._db.execute(
                "DELETE FROM audit WHERE position <= (SELECT position FROM audit"
                " ORDER BY position DESC LIMIT 1 OFFSET ?)",
                (KEPT_LINES,),
            )
        return AuditRecord(position=position, at=at, action=action, detail=detail)

    def list(self, limit: int = 100) -> tuple[AuditRecord, ...]:
        """The newest lines, newest first."""
        rows = self._db.rows(
            "SELECT position, at, action, detail FROM audit ORDER BY position DESC LIMIT ?",
            (limit,),
        )
        return tuple(
            AuditRecord(position=row[0], at=row[1], action=row[2], detail=row[3]) for row in rows
        )
