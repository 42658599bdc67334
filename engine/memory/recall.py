"""Which remembered facts fit a question."""

import re

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
_WORD = re.compile(r"[^\W_]+")


def recall(store: Store, question: str, limit: int) -> tuple[MemoryRecord, ...]:
    """Enabled memories that share telling words with `question`, best first (FTS5 BM25).

    Words that nearly every question and every fact hold ("my", "what", "your") do not count, so a
    question about the world brings no memory with it.
    """
    words = [word for word in _WORD.findall(question) if word.lower() not in _FILLERS]
    if not words or limit < 1:
        return ()
    return store.memories.search(" ".join(words), limit)
