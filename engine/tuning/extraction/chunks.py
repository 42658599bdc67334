# ruff: noqa: E501 - patterns read best on one line
"""Cuts what follows an English verb into its complements: thing, place, time, means, doing."""

import re
from dataclasses import dataclass, field

from engine.tuning.extraction.words import MONTHS, WEEKDAYS

_PREPOSITIONS = (
    "at|in|on|to|from|with|for|about|by|near|of|into|under|around|through|against|without|after|"
    "before|during|until|since|over|as|like|along|across|outside|inside"
)
_START = re.compile(
    rf"^(?P<prep>(?:{_PREPOSITIONS}))\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\s+(?=(?:at|in|on|to|from|with|for|by|near|during|since|until|every|each|"
                    r"once|twice|three times|last|next|as|after|before|when|because|about)\s)")
_OFTEN = re.compile(
    r"^(?:every|each|once|twice|three times|several times|most (?:days|mornings|evenings|nights|weeks|weekends)|daily|weekly|monthly|all the time|"
    r"a lot|regularly|on (?:weekends|weekdays|week-ends))\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"^(?:(?:at|around|about|by)\s+(?:\d{{1,2}}(?:[:.]\d\d)?\s*(?:am|pm|a\.m\.?|p\.m\.?|o'clock)?|noon|"
    rf"midnight|dawn|night|half past \w+|quarter (?:past|to) \w+)|on\s+(?:the\s+\d{{1,2}}|{WEEKDAYS}|"
    rf"\d{{1,2}}|(?:{MONTHS}))|in\s+(?:\d{{4}}|the\s+(?:morning|evening|afternoon|summer|winter|spring|"
    rf"autumn|fall)|(?:early\s+|late\s+)?(?:{MONTHS}))|last\s+(?:year|month|summer|winter|spring|fall|"
    rf"autumn)|next\s+\w+|(?:{MONTHS})\s+\d|(?:{WEEKDAYS})|early|late|until\s|since\s|"
    r"\d{1,2}(?:[:.]\d\d)\s*(?:am|pm)?$)",
    re.IGNORECASE,
)
_MEANS = re.compile(r"^(?:by\s+(?:bike|car|bus|train|boat|tram|ferry|foot|metro|subway|bicycle|plane)|on foot)\b", re.IGNORECASE)
_PLACE_PREPOSITIONS = ("at", "in", "near", "outside", "inside")


@dataclass(frozen=True, slots=True)
class Chunk:
    """One complement. ``text`` is all of it, ``value`` what stands after ``preposition``."""

    kind: str
    text: str = field(repr=False)
    value: str = field(repr=False)
    preposition: str = ""
    before: tuple["Chunk", ...] = ()


def chunk(tail: str) -> list[Chunk]:
    """Complements of a verb in order; an empty list for none or for one that is not understood."""
    if tail.startswith("to ") and re.match(r"[a-z]+", tail[3:]) and _is_infinitive(tail[3:]):
        return [Chunk("doing", tail, tail[3:], "to")]
    pieces = [piece.strip(" ,") for piece in _BREAK.split(tail.strip(" ,.")) if piece.strip(" ,")]
    if any(re.fullmatch(_PREPOSITIONS, piece, re.IGNORECASE) for piece in pieces):
        return []
    return [_classify(piece) for piece in pieces]


def _classify(piece: str) -> Chunk:
    if _OFTEN.match(piece):
        return Chunk("often", piece, piece)
    start = _START.match(piece)
    preposition, value = (start["prep"].lower(), start["rest"]) if start else ("", piece)
    if _TIME.match(piece):
        return Chunk("time", piece, value, preposition)
    if _MEANS.match(piece):
        return Chunk("means", piece, value, preposition)
    if preposition == "to" and re.match(r"[a-z]+(?:\s|$)", value) and _is_infinitive(value):
        return Chunk("other", piece, piece)
    if preposition in _PLACE_PREPOSITIONS:
        return Chunk("place", piece, value, preposition)
    if re.match(r"(?:up|out|off|down|away|back|over|along|together|alone|well|badly|hard|"
                r"that|what|how|why|if|when|who|not|to|it|very|so|too|there|here|home|\w+ly)\b",
                piece, re.IGNORECASE):
        return Chunk("other", piece, piece)
    return Chunk("thing", piece, value, preposition)


def _is_infinitive(value: str) -> bool:
    from engine.tuning.extraction.grammar import base_form

    first = value.split()[0]
    return base_form(first) == first.lower()
