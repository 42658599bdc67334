"""How hard each thing still is: what has a high loss comes more often."""

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

_T = TypeVar("_T")

_NEWEST = 0.5
_LEAST, _MOST = 0.02, 1.5
_UNKNOWN = 1.0


class Difficulty:
    """Running losses by name, in nats of the least expected token of the answer."""

    def __init__(self) -> None:
        self._losses: dict[str, float] = {}

    @property
    def known(self) -> bool:
        """Has any loss been noted yet?"""
        return bool(self._losses)

    def note(self, name: str, loss: float) -> None:
        """Takes the newest loss into the running one; what is no number is passed over."""
        if not loss < float("inf"):
            return
        before = self._losses.get(name, loss)
        self._losses[name] = before + _NEWEST * (loss - before)

    def choose(self, items: Sequence[_T], name: Callable[[_T], str], draw: random.Random) -> _T:
        """One of `items` (at least one), the more likely the higher its loss is."""
        weights = [
            min(max(self._losses.get(name(item), _UNKNOWN), _LEAST), _MOST) for item in items
        ]
        return draw.choices(items, weights)[0]
