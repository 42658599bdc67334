"""Counting the time that passes, with a clock that may be wrong.

What is kept for a number of days must not go because someone's clock jumped ten years ahead. So
the store keeps an age of its own in seconds, which only grows. Each look at the clock adds what
passed since the last look, unless that is a jump: backwards, or further ahead than a long
holiday. A jump counts only once the clock has gone on from there for three days; a clock that is
set right again before that has changed nothing.
"""

from storage.database import Database
from storage.values import now

DAY_S = 86_400
GRACE_S = 3 * DAY_S
JUMP_S = 45 * DAY_S
_AGE, _CLOCK, _JUMP = "age_seconds", "age_clock", "age_jump"
_SLACK_S = 3600
PRESENT_AGE = f"coalesce((SELECT value FROM counters WHERE name = '{_AGE}'), 0)"  # noqa: S608
"""SQL for the present age."""


class Aging:
    """The age of one store, kept in its counters."""

    def __init__(self, database: Database) -> None:
        self._db = database

    @property
    def age(self) -> int:
        """Seconds that have passed for certain since counting began."""
        return self._read(_AGE) or 0

    @property
    def doubtful(self) -> bool:
        """Whether the clock jumped and it is not yet known if it is right."""
        return self._read(_JUMP) is not None

    def tick(self, clock: float | None = None) -> int:
        """Looks at the clock (Unix seconds; None asks the system) and returns the age."""
        at = int(now() if clock is None else clock)
        with self._db.transaction():
            last = self._read(_CLOCK)
            if last is None:
                self._write(_CLOCK, at)
            elif -_SLACK_S <= at - last < 0:
                self._forget_jump()
            elif 0 <= at - last <= JUMP_S:
                self._advance(at, at - last)
            else:
                self._doubt(at, last)
        return self.age

    def _doubt(self, at: int, last: int) -> None:
        """Begins or goes on to doubt a clock that jumped; believes it after the grace."""
        seen = self._read(_JUMP)
        if seen is None or not 0 <= at - seen <= JUMP_S:
            self._write(_JUMP, at)
        elif at - seen >= GRACE_S:
            self._advance(at, max(at - last, at - seen))

    def _advance(self, at: int, seconds: int) -> None:
        self._write(_AGE, self.age + seconds)
        self._write(_CLOCK, at)
        self._forget_jump()

    def _forget_jump(self) -> None:
        self._db.execute("DELETE FROM counters WHERE name = ?", (_JUMP,))

    def _read(self, name: str) -> int | None:
        found: int | None = self._db.value("SELECT value FROM counters WHERE name = ?", (name,))
        return found

    def _write(self, name: str, value: int) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO counters (name, value) VALUES (?, ?)", (name, value)
        )
