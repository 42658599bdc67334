"""Finds the remembered facts and past turns that fit a question. Model lane only."""

import time
from collections.abc import Mapping, Sequence

import torch

from engine.memory.encoder import ENCODER_ID, Encoder, encoder_folder
from engine.memory.fusing import fused
from engine.memory.question import Question, coverage, is_wide, read_question
from engine.memory.turn_index import TurnIndex, to_bytes, to_vector
from storage.records import MemoryRecord
from storage.store import Store
from storage.turns import Turn, TurnInContext

_CLOSE_FACT, _SHARES_WORDS, _KINDRED = 0.36, 0.3, 0.2
"""The least cosine of a fact that fits: alone, with a word of the question, with a kindred word."""
_BEHIND = 0.2
"""A fact that is so much further off than the nearest one only distracts."""
_CLOSE_TURN, _COVERED = 0.42, 0.5
"""A past turn fits from this cosine on, or with this share of the question's words."""
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
        so most questions about the world bring no memory with them. Where there is room left,
        kindred words ("job" and "work") are looked for too.
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
        kindred = store.memories.scored(" ".join(question.kindred), limit)
        fitting = _fitting([ids[row] for row in order], words, list(kindred), cosines)
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
        """Cosine of each fact, making the vectors that are missing; empty without an encoder.

        Facts in scripts that the encoder does not know have none.
        """
        meaning = self._meaning(question)
        if meaning is None or not known:
            return {}
        stored = store.memories.vectors(ENCODER_ID)
        missing = [one for name, one in known.items() if name not in stored]
        stored |= self._learn_facts(store, missing[:_FACTS_AT_ONCE])
        return {
            name: float(to_vector(stored[name]).float() @ meaning)
            for name, one in known.items() if name in stored and not is_wide(one.text)
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


def _fitting(
    ordered: Sequence[str],
    words: Mapping[str, float],
    kindred: Sequence[str],
    cosines: Mapping[str, float],
) -> list[str]:
    """Ids of the facts that fit, best first; those without a cosine are judged by words alone."""
    nearest = max(cosines.values(), default=0.0)

    def fits(name: str, least: float, unknown: float = 1.0) -> bool:
        return cosines.get(name, unknown) >= max(least, nearest - _BEHIND)

    found = [name for name in ordered if name in words and fits(name, _SHARES_WORDS)]
    found += [name for name in ordered if fits(name, _CLOSE_FACT, 0.0)]
    found += [name for name in kindred if fits(name, _KINDRED)]
    return list(dict.fromkeys(found))


def _in_context(turn: TurnInContext) -> str:
    """The turn between its neighbours, which are cut so that the turn itself has room."""
    before = " ".join(turn.before.split()[-_CONTEXT_WORDS:])
    after = " ".join(turn.after.split()[:_CONTEXT_WORDS])
    own = " ".join(turn.text.split()[: 2 * _CONTEXT_WORDS])
    return "\n".join(part for part in (before, own, after) if part)
