"""A question as the search sees it: telling words, kindred words, and whose words are asked for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from storage.records import Role

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
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]")
_MOSTLY = 0.3

SPEAKERS: Mapping[Role, frozenset[str]] = {
    Role.USER: frozenset({"i", "me", "my", "mine", "myself", "我", "我的"}),
    Role.ASSISTANT: frozenset({"you", "your", "yours", "你", "你的"}),
}
"""Words by which a question names who said it; "you" also stands for no one in particular."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for.

    ``words`` are the telling ones; ``kindred`` are used for the same matters. ``speakers`` is who
    the question names, empty when it names nobody or all. ``is_wide``: mostly Chinese, Japanese or
    Korean, which the encoder does not know.
    """

    text: str = field(repr=False)
    words: tuple[str, ...] = field(repr=False)
    kindred: tuple[str, ...] = field(repr=False)
    speakers: frozenset[Role]
    is_wide: bool


def read_question(text: str, speakers: Mapping[Role, frozenset[str]] = SPEAKERS) -> Question:
    """Takes `text` apart; `speakers` are the words that stand for each side, in lower case."""
    found = _WORD.findall(text)
    words = tuple(word for word in found if word.lower() not in _FILLERS)
    lower = {word.lower() for word in found}
    named = {role for role, names in speakers.items() if lower & names or _wide_in(names, text)}
    kindred = tuple(_kindred(words, text))
    whose = frozenset(named) if len(named) == 1 else frozenset()
    return Question(text, words, kindred, whose, is_wide(text))


def is_wide(text: str) -> bool:
    """Is `text` mostly of scripts without spaces?"""
    return len(_WIDE.findall(text)) > _MOSTLY * max(len("".join(_WORD.findall(text))), 1)


def coverage(question: Question, text: str) -> float:
    """The share of the question's telling words that `text` holds, by their beginnings."""
    have = {_stem(word) for word in _pieces(_WORD.findall(text))}
    wanted = {_stem(word) for word in _pieces(question.words)}
    return len(wanted & have) / len(wanted) if wanted else 0.0


def _pieces(words: Iterable[str]) -> Iterable[str]:
    """Words; runs of wide characters by pairs."""
    for word in words:
        if len(word) > 1 and _WIDE.match(word):
            yield from (word[at : at + 2] for at in range(len(word) - 1))
        else:
            yield word.lower()


def _stem(word: str) -> str:
    """A rough stem: endings cut off, at most six letters kept."""
    for ending in ("ing", "ies", "ed", "es", "s"):
        if len(word) > len(ending) + 2 and word.endswith(ending):
            return word.removesuffix(ending)[:6]
    return word[:6]


def _wide_in(names: Iterable[str], text: str) -> bool:
    return any(not name.isascii() and name in text for name in names)


def _kindred(words: Iterable[str], text: str) -> list[str]:
    """Words that are used for the same matter: who asks for a "job" may have said "work"."""
    asked = {word.lower() for word in words}
    groups = [group.split() for group in _KINDRED]
    hit = [g for g in groups if asked & set(g) or any(not w.isascii() and w in text for w in g)]
    return [word for group in hit for word in group if word not in asked]
