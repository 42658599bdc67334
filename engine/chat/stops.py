"""Ends an answer before a stop text, which may arrive in pieces."""

from collections.abc import Sequence


class StopText:
    """Passes text on, holding back what may turn out to begin a stop text."""

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""
        self.reached = False

    def add(self, text: str) -> str:
        """The part of everything held and `text` that is safe to show."""
        if self.reached:
            return ""
        self._held += text
        found = [at for at in (self._held.find(stop) for stop in self._stops) if at >= 0]
        if found:
            self.reached = True
            shown, self._held = self._held[: min(found)], ""
            return shown
        keep = self._open_end()
        cut = len(self._held) - keep
        shown, self._held = self._held[:cut], self._held[cut:]
        return shown

    def finish(self, text: str = "") -> str:
        """The rest at the end of the answer."""
        shown = self.add(text)
        rest, self._held = self._held, ""
        return shown + rest

    def _open_end(self) -> int:
        """How many last characters are the beginning of some stop text."""
        longest = max((len(stop) for stop in self._stops), default=1) - 1
        for length in range(min(longest, len(self._held)), 0, -1):
            if any(stop.startswith(self._held[-length:]) for stop in self._stops):
                return length
        return 0
