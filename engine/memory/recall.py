"""Which remembered facts fit a question."""

import re
from collections.abc import Iterable

from storage.records import MemoryRecord
from storage.store import Store

_FILLERS = frozenset(
    """a about again all also am an and any are as at be been but by can could did do does doing
    for from had has have he hello her hey hi him his how i if in into is it its just know let
    like me mine more my no not of off ok on or our ours out please remember remind said say
    she so some tell than thank thanks that the their them then there these they thing this those
    to told too up us was we well were what when where which who whom whose why will with would
    you your yours""".split()  # noqa: SIM905 - a list this long reads best as text
)
_KINDRED = (
    "job work profession occupation employed career",
    "live home city town house address flat moved",
    "age old",
    "birthday born birth",
    "car vehicle drive",
    "allergy allergies allergic",
    "pet animal dog cat rabbit bird",
    "married spouse wife husband partner",
    "children kids son daughter",
    "hobby hobbies like enjoy",
    "instrument play",
    "called name named",
    "language languages speak learning",
    "eat food diet",
    "工作 职业 上班",
    "住 家 城市",
    "宠物 狗 猫",
)
_WORD = re.compile(r"[^\W_]+")


def recall(store: Store, question: str, limit: int) -> tuple[MemoryRecord, ...]:
    """Enabled memories that share telling words with `question`, best first (FTS5 BM25).

    Words that nearly every question and every fact hold ("my", "what", "your") do not count, so a
    question about the world brings no memory with it. Where there is room left, kindred words
    ("job" and "work") are looked for too.
    """
    words = [word for word in _WORD.findall(question) if word.lower() not in _FILLERS]
    if not words or limit < 1:
        return ()
    found = list(store.memories.search(" ".join(words), limit))
    wider = _kindred(words, question)
    if wider and len(found) < limit:
        known = {memory.id for memory in found}
        more = store.memories.search(" ".join(wider), limit)
        found += [memory for memory in more if memory.id not in known]
    return tuple(found[:limit])


def _kindred(words: Iterable[str], question: str) -> list[str]:
    """Words that are used for the same matter: who asks for a "job" may have said "work"."""
    asked = {word.lower() for word in words}
    groups = [group.split() for group in _KINDRED]
    hit = [g for g in groups if asked & set(g) or any(not w.isascii() and w in question for w in g)]
    return [word for group in hit for word in group if word not in asked]
