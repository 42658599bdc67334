# ruff: noqa: E501 - one pattern a line reads best
"""Cuts what follows an English verb into complements: thing, place, time, doing and the rest."""

import re
from dataclasses import dataclass, field

from engine.tuning.extraction.grammar import base_form
from engine.tuning.extraction.lexicon import (
    ADVERBS,
    BREAKERS,
    PARTICLES,
    PLACE_PREPOSITIONS,
    PREPOSITIONS,
)
from engine.tuning.extraction.when import HABIT, time_at_start
from engine.tuning.extraction.words import word_set

_MEANS = re.compile(
    r"^(?:by\s+(?:bike|car|bus|train|boat|tram|ferry|foot|metro|subway|bicycle|plane|tube|motorbike|scooter)|on foot)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[,\s]+(?:by the way|btw|though|too|as well|you know|actually|haha+|lol|tbh|imo|now|these days|"
    r"right now|at the moment|currently|at present|after all|of course|for what it's worth|anyway|"
    r"just so you know|fyi|as you know|please|ok|okay|already|by now|instead|thanks|thank you|"
    r"again|here|so far|myself|ourselves|for a living|very much|so much|a lot|the most|to be honest|"
    r"at all|in general|for sure|either|haha|xd|for now|as usual|originally|in case you (?:need|wondered)[\w ]*|and|or|but))+$",
    re.IGNORECASE,
)

_ARTICLES = word_set("a an the my our first second last number no")


@dataclass(frozen=True, slots=True)
class Part:
    """One complement: ``thing``, ``place``, ``time``, ``means``, ``doing``, ``with`` or ``other``.

    ``value`` is what stands after ``preposition``; ``text`` is all of it.
    """

    kind: str
    value: str = field(repr=False)
    preposition: str = ""

    @property
    def text(self) -> str:
        """The complement as it stood in the sentence."""
        return f"{self.preposition} {self.value}".strip()


def trim(text: str) -> str:
    """Without fillers at the end."""
    return _TAIL.sub("", text.strip(" ,.!")).strip(" ,.!")


def complements(tail: str) -> list[Part]:
    """The complements of a verb in order, neighbours of one kind joined where they are one."""
    rest = trim(tail)
    parts: list[Part] = []
    while rest:
        part, rest = _next(rest, bool(parts))
        if part is not None:
            parts.append(part)
    return _merge(parts)


def _next(rest: str, later: bool) -> tuple[Part | None, str]:
    time = time_at_start(rest)
    if time:
        return _time(time), rest[len(time) :].lstrip(" ,")
    if _MEANS.match(rest):
        text = _MEANS.match(rest).group()  # type: ignore[union-attr]
        return Part("means", text.split(" ", 1)[1], text.split()[0].lower()), rest[len(text) :].lstrip(" ,")
    first, _, after = rest.partition(" ")
    low = first.lower().strip(",")
    if (low in ADVERBS and (after or later)) or (low in PARTICLES and (later or after)):
        return (None if low in ADVERBS else Part("other", low)), after.lstrip()
    if low == "to" and after and base_form(after.split()[0]) == after.split()[0].lower():
        return Part("doing", after, "to"), ""
    if low in BREAKERS and low not in ("and", "or", "as", "than"):
        return None, ""
    if low in PREPOSITIONS and after:
        phrase, left = noun_phrase(after)
        kind = "place" if low in PLACE_PREPOSITIONS else low
        return (Part(kind, phrase, low) if phrase else None), left
    phrase, left = noun_phrase(rest)
    if not phrase:
        return None, after
    return Part("thing", phrase), left


def _time(text: str) -> Part:
    lead = re.match(r"^(at|on|in|by|until|since|from|around|about|during|before|after|for|over)\s+(.*)$", text, re.IGNORECASE)
    if lead and lead[1].lower() not in ("before", "after", "since", "until", "by", "for", "over", "around", "about"):
        return Part("time", lead[2], lead[1].lower())
    return Part("time", text)


def noun_phrase(text: str) -> tuple[str, str]:
    """The noun phrase at the start of `text`, and what is left after it."""
    words = text.split()
    taken = 0
    while taken < len(words):
        word = words[taken].strip(",").lower()
        here = " ".join(words[taken:])
        if taken and (_is_edge(words, taken, word) or (time_at_start(here) and not _named_so(words, taken) and words[taken - 1].lower() not in _ARTICLES)):
            break
        taken += 1
    phrase = " ".join(words[:taken]).strip(" ,")
    return phrase, " ".join(words[taken:]).strip(" ,")


def _named_so(words: list[str], taken: int) -> bool:
    """A capital word inside a name that only looks like a time ("Anna May")."""
    return words[taken][:1].isupper() and words[taken - 1][:1].isupper() and words[taken].lower() in ("may", "june", "april", "august")


def _is_edge(words: list[str], taken: int, word: str) -> bool:
    if word == "of":
        return False
    before = words[taken - 1].lower()
    if word in ("and", "but") and taken + 2 < len(words) and _verb_follows(words, taken + 1):
        return True
    if word in PREPOSITIONS:
        return before not in ("and", "or")
    if word in BREAKERS and word not in ("and", "or"):
        return True
    if word in ("together", "here", "there", "alone", "abroad", "back", "away", "fluently", "natively", "well", "too"):
        return True
    if taken > 1 and words[0].lower() in ("my", "our", "the") and _is_gerund(word):
        return True
    return word == "to" or (word in ("online", "professionally", "competitively") and taken == len(words) - 1)


def _verb_follows(words: list[str], place: int) -> bool:
    """"Nairobi and miss the light": a verb with its object, no further item of a list."""
    verb = words[place].lower()
    after = words[place + 1].lower().strip(",")
    if re.fullmatch(r"[a-z]+(?:s|ed)", verb) and not verb.endswith("ss") and after in PARTICLES | {"everyone", "everything", "people", "at"}:
        return True
    return base_form(verb) is not None and after in _OBJECT_STARTS


_OBJECT_STARTS = word_set("the my our a an it him her them there to this that you me us everything")


def _is_gerund(word: str) -> bool:
    """"Broke my ankle skiing": not "my sewing machine", where a noun follows."""
    stem = word[:-3]
    return word.endswith("ing") and any(base_form(base) == base for base in (stem, stem + "e"))


def _merge(parts: list[Part]) -> list[Part]:
    """Times become one; "a hospital" and "in Cork" become one place."""
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if last and last.kind == part.kind == "time" and not re.match(r"for\b", part.value):
            merged[-1] = Part("time", f"{last.value} {part.text}", last.preposition)
        elif last and last.kind == part.kind == "place" and _needs_more(last, part):
            merged[-1] = Part("place", f"{last.value} {part.text}", last.preposition)
        else:
            merged.append(part)
    return merged


def _needs_more(last: Part, part: Part) -> bool:
    """A common noun is told apart by its place: "a hospital in Cork", not "Siemens in Cork"."""
    if part.preposition in ("over", "around", "across") or not re.match(r"(?:an?|the|my|our|some|small|number|\d)\b", last.value, re.IGNORECASE):
        return False
    return last.value.islower() or last.value.startswith("number") or bool(re.match(r"an?\b", last.value)) or part.preposition in ("of", "outside", "near")


def is_habit(part: Part) -> bool:
    """Does a time speak of something that comes back?"""
    return bool(HABIT.search(part.value))
