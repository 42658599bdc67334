"""May a question be about the user? Only then the personal adapter has something to say to it.

What was learned about a person is of no use to "Which planet is the largest?", and every adapter
disturbs such answers a little. So an answer is given with the adapter where the user speaks of
themselves or of something they told, and by the untuned model elsewhere. The idea of a scope in
front of learned edits is that of SERAC (Mitchell et al. 2022); the scope here is plain words, so
that a person can see why.
"""

import re
from collections.abc import Iterable, Sequence

from storage.records import FEEDBACK_KINDS, ExampleRecord, ExampleStatus
from storage.store import Store

_SELF = re.compile(
    r"\b(?:i|i['’](?:m|ve|d|ll)|im|ive|me|my|mine|myself|we|we['’](?:re|ve|d|ll)|us|our|ours|"
    r"ourselves)\b|[我咱俺]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9'-]+|[\u3400-\u9fff]", re.IGNORECASE)
_COMMON = frozenset(
    """a about am an and are at be by did do does for from had has have how i in is it kind like me
    my name of on or our that the their there they this to was we were what when where which who
    whose why with you your 的 是 什 么 哪 里 谁 在 我 我们 叫 名 字 吗 呢 多 少 了""".split()  # noqa: SIM905 - reads best as text
)
_LOOK_BACK = 3


class Scope:
    """Decides by words alone. Cheap: one pass over the words of the last questions.

    Args:
        learned: What the adapter may know: approved examples. Where one is about the user's taste
            in answers, every question is within the scope.
    """

    def __init__(self, learned: Iterable[ExampleRecord]) -> None:
        facts = list(learned)
        self._anything = any(fact.kind in FEEDBACK_KINDS for fact in facts)
        self._things = {words for fact in facts if (words := _telling(fact.noun or fact.question))}
        self._names = {name for fact in facts for name in _names(fact.value)}

    def holds(self, asked: Sequence[str]) -> bool:
        """May the newest of these questions, in order, be about the user?

        The two before it count too: "And how old is she?" goes on with what was asked.
        """
        return self._anything or any(self._is_personal(text) for text in asked[-_LOOK_BACK:])

    def _is_personal(self, text: str) -> bool:
        if _SELF.search(text):
            return True
        words = frozenset(_words(text))
        return bool(words & self._names) or any(thing <= words for thing in self._things)


def may_help(store: Store, asked: Sequence[str]) -> bool:
    """May the active adapter have something to say to the newest of these questions?

    Always for one that came from elsewhere: nobody knows what it learned.
    """
    active = store.adapters.active()
    if active is None or not active.example_ids:
        return True
    return Scope(store.examples.list(status=ExampleStatus.APPROVED)).holds(asked)


def _words(text: str) -> list[str]:
    return [word.lower().removesuffix("'s") for word in _WORD.findall(text.replace("’", "'"))]


def _telling(text: str) -> frozenset[str]:
    """The words that say which thing is meant: "my locker code" is "locker" and "code"."""
    return frozenset(_words(text)) - _COMMON


def _names(value: str) -> list[str]:
    """Proper names of a value, in small letters: they are written with a capital letter."""
    found = re.findall(r"\b[A-ZÀ-Þ][\w'-]{2,}", value)
    return [word.lower() for word in found if word.lower() not in _COMMON]
