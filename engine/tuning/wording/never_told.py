"""Relations that the user has not told, for the assistant to say so instead of inventing."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from engine.tuning.data import read_pairs
from engine.tuning.extraction.candidate import question_key
from engine.tuning.wording.ask import phrasings
from engine.tuning.wording.item import Item
from engine.tuning.wording.untold_en import made_up

_STOP = frozenset(
    """what is my our are was who where when how do does did i we which of the a an have in to for
    name called's s""".split()  # noqa: SIM905 - reads best as text
)
_SAME = {
    "drive": "car", "vehicle": "car", "work": "job", "employer": "job", "workplace": "job",
    "profession": "job", "company": "job", "born": "birth", "birthday": "birth", "age": "birth",
    "old": "birth", "home": "live", "house": "live", "city": "live", "address": "live",
    "postcode": "live", "allergic": "allergy", "study": "university", "school": "university",
    "field": "university", "graduate": "university", "major": "university", "hobby": "like",
    "doing": "like", "enjoy": "like", "partner": "wife", "married": "wife", "marital": "wife",
    "boyfriend": "wife", "girlfriend": "wife", "husband": "wife", "children": "kids",
    "son": "kids", "daughter": "kids", "favorite": "favourite", "manager": "boss",
    "mum": "mother", "mom": "mother", "dad": "father", "movie": "film", "colour": "color",
    "nationality": "origin", "from": "origin", "pet": "animal", "band": "music",
    "eat": "diet", "height": "tall", "weight": "weigh", "nickname": "name",
    "language": "languages", "bus": "commute", "illness": "condition", "medicine": "condition",
}  # fmt: skip


@cache
def _english() -> tuple[Item, ...]:
    made = [Item(question or f"What is {noun}?", noun) for noun, question in
            read_pairs("never_told_en.txt")]
    made += made_up()
    return tuple({question_key(item.question): item for item in made}.values())


@cache
def _chinese() -> tuple[Item, ...]:
    return tuple(Item(question, noun, "zh") for noun, question in read_pairs("never_told_zh.txt"))


def never_told(told: Iterable[Item], *, chinese: bool) -> tuple[Item, ...]:
    """Relations of the shipped list that nothing in `told` could answer.

    A relation is left out when it can be asked in the words of a told one, or when all of its
    telling words occur there: who told the car that they drive may well be asked for "my car".
    """
    known = list(told)
    asked = {question_key(text) for item in known for text in _direct(item)}
    words = [_telling(item) for item in known]
    items = [*_english(), *(_chinese() if chinese else ())]
    return tuple(
        item
        for item in items
        if not any(question_key(text) in asked for text in _direct(item))
        and not any(_covers(have, _telling(item)) for have in words)
    )


def _direct(item: Item) -> Iterator[str]:
    every = phrasings(item)
    yield item.question
    yield from (text for text in (*every.trained, *every.held_out) if text.endswith(("?", "？")))


def _telling(item: Item) -> frozenset[str]:
    """Content words of question and noun, synonyms folded; Chinese by character pairs."""
    if item.language == "zh":
        text = re.sub(r"[我们的是什么在哪里叫名字？多少了]", "", item.question)
        return frozenset(text)
    words = re.findall(r"[a-z-]+", f"{item.question} {item.noun}".lower().replace("'s", ""))
    return frozenset(_SAME.get(word, word) for word in words if word not in _STOP)


def _covers(told: frozenset[str], asked: frozenset[str]) -> bool:
    """May what is told answer what is asked? A told sister's age does not tell her job."""
    return bool(asked) and asked <= told
