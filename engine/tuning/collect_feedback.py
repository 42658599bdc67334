"""From thumbs and rewritten answers to candidates in the inbox.

The inbox follows what the user thinks now: a thumb that is taken back takes its candidate along,
approved or not, and so does a chat that may no longer be learned from while nothing was decided.
What was refused in the inbox stays refused.
"""

import re
from collections.abc import Mapping, Sequence

from engine.tuning.redaction import holds_any, let_in_kinds, never_learn_words, redact
from storage.judgements import Judgement
from storage.records import FEEDBACK_KINDS, ExampleKind, ExampleRecord, ExampleStatus
from storage.settings import SettingValue
from storage.store import Store
from storage.values import new_id

_LONGEST_QUESTION = 1000
_LONGEST_ANSWER = 2000
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BAD, _GOOD = 1.5, 0.5
"""What a rewriting counts if the answer before it was disliked, or liked; else 1."""


def collect_feedback(store: Store, settings: Mapping[str, SettingValue]) -> int:
    """Brings the inbox in step with what the user thinks of answers; returns how many are new.

    Call it with the user's consent to learning, in a transaction.
    """
    forbidden = never_learn_words(str(settings["never_learn"]))
    let_in = let_in_kinds(settings)
    known = {
        example.source_message_id: example
        for example in store.examples.list() if example.kind in FEEDBACK_KINDS
    }  # fmt: skip
    added = 0
    for judgement in store.judgements.list():
        made = _candidate(judgement, let_in, forbidden)
        if made is None:
            continue
        old = known.pop(judgement.answer.id, None)
        if old is not None and _same(old, made):
            continue
        if old is not None:
            store.examples.delete(old.id)
        store.examples.add(made)
        added += 1
    for left in known.values():
        if left.status is ExampleStatus.PENDING or _taken_back(store, left):
            store.examples.delete(left.id)
    return added


def _taken_back(store: Store, example: ExampleRecord) -> bool:
    approved = example.status is ExampleStatus.APPROVED
    return approved and not store.judgements.stands(str(example.source_message_id))


def _same(old: ExampleRecord, made: ExampleRecord) -> bool:
    """Is it the opinion that the inbox has already, or was it refused there?"""
    if old.status is ExampleStatus.NEVER:
        return True
    return (old.kind, old.answer, old.weight) == (made.kind, made.answer, made.weight)


def _candidate(
    judgement: Judgement, let_in: frozenset[str], forbidden: Sequence[str]
) -> ExampleRecord | None:
    """The example of a judged answer; None for one that is not to be learned from."""
    kind, weight = _opinion(judgement)
    better = judgement.better.text if judgement.better else judgement.answer.text
    texts = [judgement.question.text, better, judgement.answer.text]
    if kind is None or not all(text.strip() for text in texts):
        return None
    if len(texts[0]) > _LONGEST_QUESTION or holds_any("\n".join(texts), forbidden):
        return None
    question, wanted, given = (redact(text, let_in) for text in texts)
    return ExampleRecord(
        id=new_id(), kind=kind, noun="", question=question.text,
        answer=wanted.text[:_LONGEST_ANSWER], value="",
        language="zh" if _CHINESE.search(wanted.text) else "en",
        conversation_id=judgement.answer.conversation_id, source_message_id=judgement.answer.id,
        source_text=given.text[:_LONGEST_ANSWER],
        redactions=tuple(sorted({*question.kinds, *wanted.kinds, *given.kinds})), weight=weight,
    )  # fmt: skip


def _opinion(judgement: Judgement) -> tuple[ExampleKind | None, float]:
    """What the user thinks of an answer, and how much that counts.

    A rewriting that was itself disliked says nothing.
    """
    rating = judgement.answer.rating
    if judgement.better is not None:
        if judgement.better.rating < 0:
            return None, 0.0
        return ExampleKind.REWRITTEN, {-1: _BAD, 0: 1.0, 1: _GOOD}[rating]
    return (ExampleKind.LIKED if rating > 0 else ExampleKind.DISLIKED), 1.0
