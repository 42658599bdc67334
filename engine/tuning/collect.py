"""From consented messages to candidates in the inbox: redact, extract, merge.

The rules come first and at once (`collect`), a model's reading later (`collect_read`).

Library lane or model lane; everything happens in one transaction of the caller's store.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import uuid4

from engine.tuning.collect_feedback import collect_feedback
from engine.tuning.extraction.candidate import Candidate, question_key
from engine.tuning.extraction.extract import extract
from engine.tuning.redaction import Redacted, holds_any, let_in_kinds, never_learn_words, redact
from storage.records import FEEDBACK_KINDS, ExampleKind, ExampleRecord, ExampleStatus, MessageRecord
from storage.store import Store

_SOURCE_LIMIT = 1000
_MOST_JOINED = 4


def collect(store: Store) -> int:
    """Adds a pending example for each new fact in messages that may be learned from.

    Messages that hold one of the user's *Never learn* words are passed over whole. A later
    statement about the same thing replaces an undecided earlier one and is marked as a correction
    of a decided one; what the user forbade does not come back. Thumbs and rewritten answers give
    candidates too.

    Returns:
        How many candidates were added. Nothing happens, and 0 comes back, without consent.
    """
    settings = store.settings.all()
    if not settings["learning_consent"]:
        return 0
    forbidden = never_learn_words(str(settings["never_learn"]))
    with store.transaction():
        judged = collect_feedback(store, settings)
        messages = store.messages.for_learning()
        if not messages:
            return judged
        inbox = _Inbox(store, let_in_kinds(settings))
        for message in messages:
            if not holds_any(message.text, forbidden):
                inbox.take(message)
        store.messages.mark_collected([message.id for message in messages])
    return judged + inbox.added


def collect_read(store: Store, message: MessageRecord, read: Sequence[Candidate]) -> int:
    """Adds what a model read in `message`, which the rules have collected before.

    Where the rules found the same, theirs stays; and so does what a later message told, for a
    model reads long after the rules. What the user took back in this message goes.

    Returns:
        How many candidates were added.
    """
    settings = store.settings.all()
    with store.transaction():
        inbox = _Inbox(store, let_in_kinds(settings))
        inbox.take_read(message, read)
    return inbox.added


class _Inbox:
    """The stored examples by what they are about, while candidates come in."""

    def __init__(self, store: Store, let_in: frozenset[str] = frozenset()) -> None:
        self._store = store
        self._let_in = let_in
        self._known: dict[str, list[ExampleRecord]] = {}
        self._new: set[str] = set()
        for record in reversed(store.examples.list()):
            if record.kind not in FEEDBACK_KINDS:
                self._known.setdefault(question_key(record.question), []).append(record)

    @property
    def added(self) -> int:
        """How many of the new examples are still there."""
        return len(self._new)

    def take(self, message: MessageRecord) -> None:
        """All candidates of one message."""
        redacted = redact(message.text, self._let_in)
        for candidate in extract(redacted.text):
            if candidate.retracts:
                self._retract(candidate)
            else:
                self._consider(candidate, message, redacted)

    def take_read(self, message: MessageRecord, read: Sequence[Candidate]) -> None:
        """The candidates that a model read in one message, beside those of the rules."""
        redacted = redact(message.text, self._let_in)
        ruled = list(extract(redacted.text))
        for candidate in ruled:
            if candidate.retracts:
                self._retract(candidate, before=message)
        for candidate in read:
            beside = any(same_fact(candidate, rule) for rule in ruled)
            if not (beside or self._told_later(candidate, message)):
                self._consider(candidate, message, redacted)

    def _told_later(self, candidate: Candidate, message: MessageRecord) -> bool:
        """Did a later message, say something else about the same?"""
        same = self._known.get(question_key(candidate.question), [])
        return not candidate.additive and any(
            self._position(record) > message.position for record in same
        )

    def _position(self, record: ExampleRecord) -> int:
        """The place of a record's message in time; -1 where it has none."""
        name = record.source_message_id
        return -1 if name is None else self._store.messages.get(name).position

    def _consider(self, candidate: Candidate, message: MessageRecord, source: Redacted) -> None:
        same = self._known.get(question_key(candidate.question), [])
        if any(_says_the_same(record.value, candidate.value) for record in same):
            return
        alive = [record for record in same if record.status is not ExampleStatus.NEVER]
        if candidate.additive and candidate.kind is not ExampleKind.CORRECTION:
            candidate = _joined(candidate, alive)
        elif any(record.status is ExampleStatus.APPROVED for record in alive):
            candidate = replace(candidate, kind=ExampleKind.CORRECTION)
        self._drop(record for record in alive if record.status is ExampleStatus.PENDING)
        self._add(candidate, message, source)

    def _retract(self, candidate: Candidate, before: MessageRecord | None = None) -> None:
        """Takes back what was said (`before` a message); a decided fact goes, with its memory."""
        same = self._known.get(question_key(candidate.question), [])
        self._drop(
            record
            for record in same
            if record.status is not ExampleStatus.NEVER
            and _says_the_same(record.value, candidate.value)
            and (before is None or self._position(record) < before.position)
        )

    def _add(self, candidate: Candidate, message: MessageRecord, source: Redacted) -> None:
        record = self._store.examples.add(
            ExampleRecord(
                id=uuid4().hex,
                kind=candidate.kind,
                noun=candidate.noun,
                question=candidate.question,
                answer=candidate.answer,
                value=candidate.value,
                language=candidate.language,
                conversation_id=message.conversation_id,
                source_message_id=message.id,
                source_text=source.text[:_SOURCE_LIMIT],
                redactions=source.kinds,
            )
        )
        self._known.setdefault(question_key(record.question), []).append(record)
        self._new.add(record.id)

    def _drop(self, records: Iterable[ExampleRecord]) -> None:
        for record in list(records):
            for memory in self._store.memories.of_example(record.id):
                self._store.memories.delete(memory.id)
            self._store.adapters.retire_for_examples([record.id])
            self._store.examples.delete(record.id)
            self._known[question_key(record.question)].remove(record)
            self._new.discard(record.id)


def _joined(candidate: Candidate, alive: list[ExampleRecord]) -> Candidate:
    """A list that grows: the newest stored value and the new one, as far as that stays short."""
    if not alive:
        return candidate
    chinese = candidate.language == "zh"
    parts = [part.strip() for part in re.split(r",|、|，|和|\band\b", alive[-1].value)]
    values = [part for part in parts if part and not _says_the_same(part, candidate.value)]
    values = [*values, candidate.value][-_MOST_JOINED:]
    if len(values) == 1:
        return candidate
    comma, last = ("、", "和") if chinese else (", ", " and ")
    return replace(candidate, value=comma.join(values[:-1]) + last + values[-1])


def same_fact(read: Candidate, rule: Candidate) -> bool:
    """Is what a model read the fact of a rule: about the same, or a part of the same words?"""
    one, other = _core(read.value), _core(rule.value)
    same = question_key(read.question) == question_key(rule.question)
    return same or one in other or other in one


def _says_the_same(one: str, other: str) -> bool:
    """Are two values equal but for case, articles and marks?"""
    return _core(one) == _core(other)


def _core(text: str) -> str:
    text = re.sub(r"\b(?:a|an|the)\s+", "", text.lower())
    return "".join(character for character in text if character.isalnum())
