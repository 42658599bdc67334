"""Which conversations have been kept long enough."""

from storage.aging import DAY_S, Aging
from storage.database import Database

DELETED_KEPT_DAYS = 30
"""How long a conversation that was deleted, not erased, can still be brought back."""


class Retention:
    """Days that conversations are kept, counted by the age of the store (`storage.aging`)."""

    def __init__(self, database: Database, aging: Aging) -> None:
        self._db = database
        self._aging = aging

    def tick(self, clock: float | None = None) -> None:
        """Takes note of the time (Unix seconds; None asks the system)."""
        self._aging.tick(clock)

    @property
    def clock_is_doubtful(self) -> bool:
        """Whether the clock jumped; until it proves right, nothing grows older."""
        return self._aging.doubtful

    def due(self, default_days: int) -> tuple[str, ...]:
        """Ids of conversations whose time is over, oldest first.

        `default_days` holds where a conversation has no days of its own; 0 is for ever. One that
        was deleted goes after `DELETED_KEPT_DAYS` at the latest. Changes nothing.
        """
        rows = self._db.rows(
            "SELECT id FROM (SELECT id, last_age, CASE WHEN deleted_at IS NULL"
            " THEN coalesce(retention_days, ?1)"
            " WHEN coalesce(retention_days, ?1) = 0 THEN ?2"
            " ELSE min(coalesce(retention_days, ?1), ?2) END AS days FROM conversations)"
            " WHERE days > 0 AND last_age + days * ?3 <= ?4 ORDER BY last_age",
            (default_days, DELETED_KEPT_DAYS, DAY_S, self._aging.age),
        )
        return tuple(row[0] for row in rows)
