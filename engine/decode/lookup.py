"""Prompt lookup: words that stood in the text before are guessed to follow again.

Answers repeat the question, names, code and lists. What followed the last few tokens at an
earlier place is guessed and checked together with the next token. The token is chosen from its
own logits either way; a guess only makes them known earlier. For a guess that is one certain token
that is what rejection sampling comes to, so the distribution of answers stays as it is.
"""

from collections import deque
from collections.abc import Sequence

import torch

_LONG, _SHORT = 3, 2
_PAYS = 0.8
"""Guesses that must hold on average: a pass over four rows costs about 1.7 times one."""
_MEMORY = 0.8
_CONFIDENT = 1.5
"""Guesses that held on average from which on shorter matches are trusted too."""
_SURE = 2.4
"""Guesses that held on average from which on more than three at once may pay."""
_PAUSE, _LONGEST_PAUSE = 16, 256
"""Tokens without guessing after guesses stopped paying; doubled each time, to a limit."""


class LookAhead:
    """Guesses what follows in one answer and keeps logits that are known ahead.

    Args:
        prompt: Token ids of the question; guesses come from here and from the answer.
        most: How many tokens to guess at once.
    """

    def __init__(self, prompt: Sequence[int], most: int) -> None:
        self._most = most
        self._text: list[int] = []
        self._places: dict[tuple[int, ...], int] = {}
        self._ready: deque[tuple[int, torch.Tensor]] = deque()
        self._held = _PAYS
        self._open: int | None = None
        self._pause = 0
        self._next_pause = _PAUSE
        self.checked = 0
        self.accepted = 0
        for token in prompt:
            self._append(token)

    def take(self, token: int) -> torch.Tensor | None:
        """Adds the chosen `token`; the logits after it where it was guessed, else None."""
        self._append(token)
        if self._ready and self._ready[0][0] == token:
            self.accepted += 1
            self._open = (self._open or 0) + 1
            return self._ready.popleft()[1]
        self._ready.clear()
        return None

    def guess(self, room: int) -> list[int]:
        """What may follow the text so far, up to `room` tokens; empty while it does not pay."""
        self._judge()
        if self._pause:
            self._pause -= 1
            return []
        place = self._earlier()
        if place is None:
            return []
        return self._text[place : place + min(self._most, room)]

    @property
    def sure(self) -> bool:
        """Whether so many guesses held of late that guessing more than three may pay."""
        return self._held >= _SURE

    def keep(self, guesses: Sequence[int], logits: torch.Tensor) -> torch.Tensor:
        """Keeps the logits after each guess; returns those of the token before them, (V,)."""
        self._ready.extend(zip(guesses, logits[1:], strict=True))
        self.checked += 1
        self._open = 0
        return logits[0]

    def _judge(self) -> None:
        """Takes into account how many of the last guesses held."""
        if self._open is None:
            return
        self._held = _MEMORY * self._held + (1 - _MEMORY) * self._open
        self._open = None
        if self._held >= _PAYS:
            self._next_pause = _PAUSE
            return
        self._held, self._pause = _PAYS, self._next_pause
        self._next_pause = min(2 * self._next_pause, _LONGEST_PAUSE)

    def _append(self, token: int) -> None:
        text = self._text
        for length in (_LONG, _SHORT):
            if len(text) >= length:
                self._places[tuple(text[-length:])] = len(text)
        text.append(token)

    def _earlier(self) -> int | None:
        """Where the text went on after an earlier place with the same last tokens."""
        trusted = (_LONG, _SHORT) if self._held >= _CONFIDENT else (_LONG,)
        for length in trusted:
            found = self._places.get(tuple(self._text[-length:]))
            if found is not None:
                return found
        return None
