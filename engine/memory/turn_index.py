"""The past turns in memory, as the ranking needs them: who, after whom, and the vectors."""

from collections.abc import Mapping

import torch

from engine.memory.encoder import ENCODER_ID, WIDTH
from engine.memory.fusing import fused, with_neighbours, with_speaker
from engine.memory.question import Question
from storage.records import Role
from storage.store import Store
from storage.turns import TurnPlace

MOST_TURNS = 20_000
"""Older turns than so many are found by nothing; 16 MB of vectors."""


class TurnIndex:
    """A mirror of the newest turns of one store. Model lane only."""

    def __init__(self) -> None:
        self._state = (0, 0)
        self._clear()

    def _clear(self) -> None:
        self.positions: list[int] = []
        self._rows: dict[int, int] = {}
        self._chats: list[str] = []
        self._before: list[int] = []
        self._roles: list[Role] = []
        self._vectors = torch.zeros(0, WIDTH, dtype=torch.float16)

    def refresh(self, store: Store) -> None:
        """Takes in what is new; reads everything again when something went or was hidden."""
        last = self.positions[-1] if self.positions else 0
        stale = store.turns.state(last) != self._state or len(self.positions) > 2 * MOST_TURNS
        if stale:
            self._clear()
        fresh = store.turns.places(ENCODER_ID, 0 if stale else last, MOST_TURNS)
        if not fresh and not stale:
            return
        self._take(fresh)
        self._state = store.turns.state(self.positions[-1] if self.positions else 0)

    @property
    def oldest(self) -> int:
        """The position of the oldest turn that is looked at; 0 while there is room for all."""
        return self.positions[-MOST_TURNS] if len(self.positions) >= MOST_TURNS else 0

    def _take(self, places: tuple[TurnPlace, ...]) -> None:
        vectors = torch.zeros(len(places), WIDTH, dtype=torch.float16)
        for number, place in enumerate(places):
            self._rows[place.position] = len(self.positions)
            self.positions.append(place.position)
            self._chats.append(place.conversation_id)
            self._before.append(self._rows.get(place.before, -1))
            self._roles.append(place.role)
            if place.vector:
                vectors[number] = to_vector(place.vector)
        self._vectors = torch.cat((self._vectors, vectors))

    def put(self, position: int, vector: torch.Tensor) -> None:
        """Takes in a vector that was just made."""
        row = self._rows.get(position)
        if row is not None:
            self._vectors[row] = vector.half()

    def ranked(
        self,
        question: Question,
        words: Mapping[int, float],
        meaning: torch.Tensor | None,
        without: str | None,
        limit: int,
    ) -> list[tuple[int, float]]:
        """(position, cosine) of the turns that fit best, best first.

        Args:
            question: Whose words are asked for.
            words: BM25 by position.
            meaning: The question's vector (WIDTH,), or None to go by words alone.
            without: A conversation to leave out.
            limit: At most so many.
        """
        if not self.positions:
            return []
        lexical = torch.zeros(len(self.positions))
        for position, score in words.items():
            if position in self._rows:
                lexical[self._rows[position]] = score
        out = torch.tensor([chat == without for chat in self._chats])
        cosines = None if meaning is None else self._vectors.float() @ meaning
        lexical[out] = 0.0
        if cosines is not None:
            cosines[out] = 0.0
        scores = with_neighbours(
            with_speaker(fused(lexical, cosines), self._spoken_by(question)),
            torch.tensor(self._before),
        )
        scores[out] = 0.0
        best = scores.topk(min(limit, len(scores)))
        return [
            (self.positions[row], 0.0 if cosines is None else float(cosines[row]))
            for row, score in zip(best.indices.tolist(), best.values.tolist(), strict=True)
            if score > 0
        ]

    def _spoken_by(self, question: Question) -> torch.Tensor | None:
        if not question.speakers:
            return None
        return torch.tensor([role in question.speakers for role in self._roles])


def to_bytes(vector: torch.Tensor) -> bytes:
    """A vector as it is stored: float16, little endian."""
    return vector.half().numpy().tobytes()


def to_vector(data: bytes) -> torch.Tensor:
    """What `to_bytes` wrote, float16; zeros for anything else."""
    if len(data) != 2 * WIDTH:
        return torch.zeros(WIDTH, dtype=torch.float16)
    return torch.frombuffer(bytearray(data), dtype=torch.float16)
