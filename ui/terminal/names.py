"""Things named on the command line by their id or the start of it."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from ui.terminal.session import CommandError

SHOWN_ID = 12
"""Characters of an id that a list shows."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def the_one(known: Sequence[N], wanted: str, kind: str, advice: str) -> N:
    """The one whose id is `wanted`, or the only one whose id begins so.

    Args:
        known: What there is.
        wanted: As typed.
        kind: What it is called in the sentence of a failure.
        advice: What to do when there is none, without the stop.

    Raises:
        CommandError: when none, or more than one, fits.
    """
    exact = [one for one in known if one.id == wanted]
    fitting = exact or [one for one in known if wanted and one.id.startswith(wanted)]
    if not fitting:
        raise CommandError(f"There is no {kind} {wanted}; {advice}.")
    if len(fitting) > 1:
        raise CommandError(f"More than one {kind} begins with {wanted}; give more of its id.")
    return fitting[0]
