"""Blind comparisons of two versions: tallies, newest first."""

from storage.counters import next_value
from storage.database import Database
from storage.errors import NotFound
from storage.records import ComparisonRecord
from storage.values import new_id, now

_SELECT = (
    "SELECT id, created_at, first_id, second_id, first_better, second_better, same"
    " FROM comparisons"
)
_GONE = "A version that was compared is no longer there; compare others."


class Comparisons:
    """The comparisons of one store."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(
        self, *, first_id: str | None, second_id: str | None,
        first_better: int, second_better: int, same: int,
    ) -> ComparisonRecord:  # fmt: skip
        """Keeps a tally; None is the untuned model. Raises `NotFound` for an unknown adapter."""
        if min(first_better, second_better, same) < 0:
            raise ValueError("A tally is never below 0.")
        made = ComparisonRecord(
            id=new_id(), created_at=now(), first_id=first_id, second_id=second_id,
            first_better=first_better, second_better=second_better, same=same,
        )  # fmt: skip
        with self._db.transaction():
            for name in {first_id, second_id} - {None}:
                if self._db.row("SELECT 1 FROM adapters WHERE id = ?", (name,)) is None:
                    raise NotFound(_GONE)
            self._db.execute(
                "INSERT INTO comparisons (position, id, created_at, first_id, second_id,"
                " first_better, second_better, same) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (next_value(self._db), made.id, made.created_at, first_id, second_id,
                 first_better, second_better, same),
            )  # fmt: skip
        return made

    def list(self) -> tuple[ComparisonRecord, ...]:
        """All, newest first."""
        rows = self._db.rows(f"{_SELECT} ORDER BY position DESC")
        return tuple(
            ComparisonRecord(
                id=row[0], created_at=row[1], first_id=row[2], second_id=row[3],
                first_better=row[4], second_better=row[5], same=row[6],
            )
            for row in rows
        )  # fmt: skip
