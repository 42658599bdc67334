"""Writes a streaming answer down before it is told, in batches that neither side drowns in."""

import time

from engine.contract import Emit, ReplyTokens
from storage.records import MessageRecord, MessageState
from storage.store import Store

__all__ = ["Scribe"]

_SHORTEST_S = 1 / 30
_LONGEST_S = 0.2
_SHARE = 8


class Scribe:
    """One answer row on its way from empty to its last state. Used on the model lane.

    Every batch is stored first and told afterwards, so what was on the screen survives a crash.
    Batches are at least 1/30 s apart, and further apart (up to 0.2 s) where the disk is slow, so
    that writing never takes more than an eighth of the time. An answer that goes on keeps the text
    it has; only what is new is told.
    """

    def __init__(self, store: Store, answer: MessageRecord, job: str, emit: Emit) -> None:
        self._store = store
        self._answer_id = answer.id
        self._job = job
        self._emit = emit
        self._text = answer.text
        self._told = len(self._text)
        self._sequence = 0
        self._next = 0.0

    def add(self, text: str) -> None:
        """Takes new text; stores and tells it when the next batch is due."""
        self._text += text
        started = time.monotonic()
        if started < self._next:
            return
        self._store.messages.set_text(self._answer_id, self._text, MessageState.STREAMING)
        wrote = time.monotonic()
        self._next = wrote + min(max(_SHORTEST_S, _SHARE * (wrote - started)), _LONGEST_S)
        self._tell()

    def finish(self, state: MessageState) -> MessageRecord:
        """Stores the whole text in its last state and tells what was not told yet."""
        message = self._store.messages.set_text(self._answer_id, self._text, state)
        self._tell()
        return message

    def _tell(self) -> None:
        if self._told < len(self._text):
            batch = self._text[self._told :]
            self._told = len(self._text)
            self._emit(ReplyTokens(job=self._job, sequence=self._sequence, text=batch))
            self._sequence += 1
