"""Finds the remembered facts and past turns that fit a question. Model lane only."""

import time
from collections.abc import Sequence

import torch

from engine.memory.encoder import ENCODER_ID, Encoder, encoder_folder
from engine.memory.fusing import fused
from engine.memory.question import Question, coverage, read_question
from engine.memory.turn_index import TurnIndex, to_bytes, to_vector
from storage.records import MemoryRecord
from storage.store import Store
from storage.turns import Turn, TurnInContext

_CLOSE_FACT = 0.38
_CLOSE_TURN = 0.42
_COVERED = 0.5
"""Below these cosines a text is no answer, unless it holds so large a share of the words."""
_LOOKED_AT = 1000
_INDEXED_AT_ONCE = 5000
_BATCH = 16
_READ_AT_ONCE = 512
_FACTS_AT_ONCE = 32
_CONTEXT_WORDS = 60


class Finder:
    """Searches one store after the other; keeps the encoder and the vectors in memory.

    Without the encoder's package everything is found by words alone.
    """

    def __init__(self) -> None:
        self._encoder: Encoder | None = None
        self._folder = encoder_folder()
        self._turns = TurnIndex()
        self._waiting: list[TurnInContext] = []

    def memories(self, store: Store, text: str, limit: int) -> tuple[MemoryRecord, ...]:
        """Enabled facts that share telling words with `text` or are near it in meaning.

        Words that nearly every question and every fact hold ("my", "what", "your") do not count,
        so a question about the world brings no memory with it. Where there is room left, kindred
        words ("job" and "work") are looked for too.
        """
        question = read_question(text)
        if not question.words or limit < 1:
            return ()
        known = {one.id: one for one in store.memories.list() if one.enabled}
        words = store.memories.scored(" ".join(question.words), _LOOKED_AT)
        cosines = self._cosines(store, question, known)
        ids = list(known)
        scores = fused(
            torch.tensor([words.get(name, 0.0) for name in ids]),
            torch.tensor([cosines.get(name, 0.0) for name in ids]) if cosines else None,
        )
        order = sorted(range(len(ids)), key=lambda row: -float(scores[row]))
        fitting = [ids[row] for row in order
                   if ids[row] in words or cosines.get(ids[row], 0.0) >= _CLOSE_FACT]  # fmt: skip
        if question.kindred and len(fitting) < limit:
            wider = store.memories.scored(" ".join(question.kindred), limit)
            fitting += [name for name in wider if name not in fitting]
        return tuple(known[name] for name in fitting[:limit])

    def turns(
        self, store: Store, text: str, limit: int, *, without: str | None = None
    ) -> tuple[Turn, ...]:
        """Past turns that tell something about `text`; none of the conversation `without`."""
        question = read_question(text)
        if not question.words or limit < 1:
            return ()
        ranked = self.ranked(store, question, 4 * limit, without=without)
        near = {position for position, cosine in ranked if cosine >= _CLOSE_TURN}
        told = store.turns.get([position for position, _ in ranked])
        fitting = [
            turn for turn in told
            if turn.position in near or coverage(question, turn.text) >= _COVERED
        ]  # fmt: skip
        return tuple(fitting[:limit])

    def ranked(
        self, store: Store, question: Question, limit: int, *, without: str | None = None
    ) -> list[tuple[int, float]]:
        """(position, cosine) of the past turns that fit best, whether or not they fit well."""
        self._refresh(store)
        words = store.turns.search(" ".join(question.words), _LOOKED_AT)
        return self._turns.ranked(question, words, self._meaning(question), without, limit)

    def catch_up(self, store: Store, seconds: float, *, turns: bool = True) -> bool:
        """Makes missing vectors, of the newest turns first, for about so long; True when done."""
        if self._folder is None:
            return True
        ends = time.monotonic() + seconds
        stored = store.memories.vectors(ENCODER_ID)
        facts = [one for one in store.memories.list() if one.enabled and one.id not in stored]
        self._learn_facts(store, facts[:_FACTS_AT_ONCE])
        if not turns:
            return len(facts) <= _FACTS_AT_ONCE
        self._refresh(store)
        while time.monotonic() < ends:
            if not self._waiting:
                since = self._turns.oldest
                self._waiting += store.turns.without_vector(ENCODER_ID, _READ_AT_ONCE, since)
            if not self._waiting:
                return True
            self._learn_turns(store, self._waiting[:_BATCH])
            del self._waiting[:_BATCH]
        return False

    def _learn_turns(self, store: Store, turns: Sequence[TurnInContext]) -> None:
        """Makes and stores the vectors of `turns`; of one that was erased since, nothing stays."""
        vectors = self._loaded().encode([_in_context(turn) for turn in turns])
        made = [(turn.position, vector) for turn, vector in zip(turns, vectors, strict=True)]
        store.turns.keep_vectors(
            ENCODER_ID, [(position, to_bytes(vector)) for position, vector in made]
        )
        for position, vector in made:
            self._turns.put(position, vector)

    def _refresh(self, store: Store) -> None:
        while store.turns.catch_up(_INDEXED_AT_ONCE):
            pass
        self._turns.refresh(store)

    def _cosines(
        self, store: Store, question: Question, known: dict[str, MemoryRecord]
    ) -> dict[str, float]:
        """Cosine of each fact, making the vectors that are missing; empty without an encoder."""
        meaning = self._meaning(question)
        if meaning is None or not known:
            return {}
        stored = store.memories.vectors(ENCODER_ID)
        missing = [one for name, one in known.items() if name not in stored]
        stored |= self._learn_facts(store, missing[:_FACTS_AT_ONCE])
        return {
            name: float(to_vector(stored[name]).float() @ meaning)
            for name in known if name in stored
        }  # fmt: skip

    def _learn_facts(self, store: Store, facts: Sequence[MemoryRecord]) -> dict[str, bytes]:
        """Makes and stores the vectors of `facts`."""
        if not facts:
            return {}
        vectors = self._loaded().encode([one.text for one in facts])
        made = {one.id: to_bytes(v) for one, v in zip(facts, vectors, strict=True)}
        store.memories.keep_vectors(ENCODER_ID, made)
        return made

    def _meaning(self, question: Question) -> torch.Tensor | None:
        """The question's vector; None where the encoder is missing or does not know the script."""
        if self._folder is None or question.is_wide:
            return None
        return self._loaded().encode([question.text])[0]

    def _loaded(self) -> Encoder:
        assert self._folder is not None
        if self._encoder is None:
            self._encoder = Encoder(self._folder)
        return self._encoder


def _in_context(turn: TurnInContext) -> str:
    """The turn between its neighbours, which are cut so that the turn itself has room."""
    before = " ".join(turn.before.split()[-_CONTEXT_WORDS:])
    after = " ".join(turn.after.split()[:_CONTEXT_WORDS])
    own = " ".join(turn.text.split()[: 2 * _CONTEXT_WORDS])
    return "\n".join(part for part in (before, own, after) if part)
