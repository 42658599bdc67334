"""Training rows as a model sees them: their tokens, frozen vectors and states by frame."""

import time
from collections.abc import Callable, Sequence

import torch

from engine.skills.beliefs import bases_of
from engine.skills.encoder import Encoder
from engine.skills.framing import FRAMES, QUESTION, Framer
from engine.skills.probe import Reading, best_readings, depths_to_try
from engine.skills.rows import LabelledRow

_AT_ONCE = 32
_MOST_PROBED = 2000
_MOST_PROBED_TOKENS = 100_000
_MOST_STATE_BYTES = 2**30

Ids = tuple[int, ...]


class Material:
    """What attempts learn from. Model lane only; everything is computed once and kept.

    Attributes:
        rows: As many of the given rows, in their order, as memory is spent on.
        token_s: Seconds that a token took in all layers, once a probe was made.
    """

    def __init__(self, encoder: Encoder, framer: Framer, rows: Sequence[LabelledRow]) -> None:
        self._encoder = encoder
        self._framer = framer
        longest = self._affordable(rows)
        self.rows = list(rows[: len(longest)])
        self.token_s = 0.0
        self._texts: dict[str, list[Ids]] = {QUESTION: longest}
        self._depths = depths_to_try(encoder.layers)
        self._vectors: dict[str, torch.Tensor] = {}
        self._states: tuple[tuple[str, int], list[torch.Tensor]] = (("", -1), [])

    def _affordable(self, rows: Sequence[LabelledRow]) -> list[Ids]:
        """The longest frame of the first rows, until their states fill what is set aside."""
        most, tokens = _MOST_STATE_BYTES // (2 * self._encoder.width), 0
        texts: list[Ids] = []
        for row in rows:
            text = self._framer.ids(row.text, QUESTION)
            tokens += len(text)
            if tokens > most:
                break
            texts.append(text)
        return texts

    def texts(self, frame: str) -> list[Ids]:
        """Token ids of every row."""
        if frame not in self._texts:
            self._texts[frame] = [self._framer.ids(row.text, frame) for row in self.rows]
        return self._texts[frame]

    def mean_tokens(self) -> float:
        """Tokens of a row in the frames that were probed, on average."""
        counts = [len(text) for frame in self._vectors for text in self.texts(frame)]
        return sum(counts) / max(len(counts), 1)

    def readings(
        self, classes: torch.Tensor, count: int, until: float, tick: Callable[[float], None]
    ) -> list[Reading]:
        """What frozen vectors tell in every frame, pool and depth, best first.

        Args:
            classes: (N,) int64 of all rows.
            count: How many classes there are.
            until: When to begin no further frame, by `time.monotonic`; the first is always made.
            tick: Told the share done.
        """
        found: list[Reading] = []
        for number, frame in enumerate(FRAMES):
            if found and time.monotonic() > until:
                break
            vectors = self._look(frame, _part(tick, number))
            self._vectors[frame] = vectors
            found += best_readings(vectors, classes[: len(vectors)], count, self._depths, frame)
        return sorted(found, key=lambda one: -one.accuracy)

    def _look(self, frame: str, tick: Callable[[float], None]) -> torch.Tensor:
        """(rows looked at, depths, 2, width); rows of like length at once."""
        began, texts = time.monotonic(), self._probed(frame)
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        vectors = torch.empty(len(texts), len(self._depths), 2, self._encoder.width)
        for at in range(0, len(order), _AT_ONCE):
            tick(at / len(order))
            some = order[at : at + _AT_ONCE]
            vectors[some] = self._encoder.look([texts[row] for row in some], self._depths)
        self.token_s = (time.monotonic() - began) / sum(map(len, texts))
        return vectors

    def _probed(self, frame: str) -> list[Ids]:
        chosen: list[Ids] = []
        tokens = 0
        for text in self.texts(frame)[:_MOST_PROBED]:
            tokens += len(text)
            if chosen and tokens > _MOST_PROBED_TOKENS:
                break
            chosen.append(text)
        return chosen

    def vectors(self, frame: str, depth: int) -> torch.Tensor:
        """(rows looked at, 2, width) float32 of the first rows, after `depth` layers."""
        return self._vectors[frame][:, self._depths.index(depth)]

    def states(self, frame: str, first: int) -> list[torch.Tensor]:
        """What the layers below `first` give for every row; kept for one place at a time."""
        if self._states[0] != (frame, first):
            self._states = ((frame, first), bases_of(self._encoder, self.texts(frame)))
        return self._states[1]


def _part(tick: Callable[[float], None], number: int) -> Callable[[float], None]:
    """Tells `tick` of frame `number` as a part of all frames."""
    return lambda done: tick((number + done) / len(FRAMES))
