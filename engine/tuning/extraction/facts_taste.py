# ruff: noqa: E501 - one fact a line reads best
"""What the user likes, dislikes, avoids and prefers."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask, clean
from engine.tuning.extraction.complements import trim
from engine.tuning.extraction.grammar import base_form
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import TRANSIENT, without_time
from engine.tuning.extraction.words import word_set
from storage.records import ExampleKind

_LIKE = word_set("like love enjoy adore")
_DISLIKE = word_set("hate dislike detest loathe despise stand")
_PREFERENCE = ExampleKind.PREFERENCE
_CUT = re.compile(
    r"\s+(?:when|because|since|but|although|though|if|while|so|even|more than|as much|as long|especially|"
    r"in my (?:free|spare)|on (?:weekends|the weekend|my own)|at the weekend|for (?:breakfast|lunch|dinner|fun)|"
    r"from time|every|too much|as well|ever since|to relax|to unwind|after work|after a long|with a passion|with all my heart|from the bottom)\b.*$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"^(?:it|this|that|the (?:idea|way|sound|fact|new|first|second|last|look|same)|how|what|when|to (?:know|see|hear|ask|thank|be|think|say|book|make a|find|"
    r"get|have|learn more|help|order|reserve|schedule|look)|you|your|working with you|hearing|talking (?:to|with) you|a lot|a good|them|him|her|being|my (?:job|life|work|new)|"
    r"all|both|those|these|one|everything|there|more|less|of|different|lots|trying new|new|things|something|anything|having|getting|doing|going to be|in general|the most|seeing|our|us)\b",
    re.IGNORECASE,
)


_POINTING = re.compile(r"\b(?:it|them|those|these|this|you|your|her|him|his|their)\b|\bthat (?:too|one|you)\b|\ball (?:kinds|sorts|of)\b|\bof all\b|\ba lot of\b|\bhow\b|\bwhat\b|\bwhy\b", re.IGNORECASE)


def taste(said: Statement) -> Iterator[Built]:
    """Facts of liking, disliking, preferring and avoiding."""
    if said.base in _LIKE and said.negated and said.tense == "present" and not said.verb.startswith("did"):
        yield _dislike(said)
    elif said.base == "care" and said.negated and said.tail.startswith("for "):
        yield ask("What do I dislike?", "You dislike {}.", _plain(said.tail[4:]), kind=_PREFERENCE, additive=True)
    elif said.base in _LIKE and said.tense in ("present", "perfect") and not said.negated:
        yield _like(said)
    elif said.base in _DISLIKE and (said.base != "stand" or (said.negated and said.verb.startswith("can"))) and said.tense in ("present", "modal"):
        yield _dislike(said)
    elif said.base == "prefer" and said.tense == "present" and not said.negated:
        yield _prefer(said)
    elif said.negated and said.base in ("eat", "drink", "smoke", "watch", "drive") and said.tense in ("present", "modal"):
        yield _avoid(said)
    elif said.base in ("drink", "eat") and said.tense == "present":
        yield _consume(said)


def _plain(text: str) -> str:
    return trim(without_time(_CUT.sub("", text)))


def _like(said: Statement) -> Built:
    value = said.tail
    if re.match(r"the (?!colou?r )[^A-Z]+$", value) and len(_plain(value).split()) > 2:
        return None
    if _VAGUE.match(value) or _POINTING.search(value) or TRANSIENT.search(value):
        return None
    if value.startswith("to "):
        return ask("What do I like to do?", "You like to {}.", _plain(value[3:]), kind=_PREFERENCE, additive=True)
    if re.match(r"[a-z]+ing\b", value) and not re.match(r"(?:string|spring|king|ring|wing|pudding)", value):
        return ask("What do I like doing?", "You like {}.", _plain(value), kind=_PREFERENCE, additive=True)
    return ask("What do I like?", "You like {}.", _plain(value), kind=_PREFERENCE, additive=True)


def _dislike(said: Statement) -> Built:
    value = said.tail
    if (_VAGUE.match(value) and not re.match(r"being\b", value)) or TRANSIENT.search(value) or _POINTING.search(value):
        return None
    if value.startswith("to "):
        return ask("What do I not like to do?", "You do not like to {}.", _plain(value[3:]), kind=_PREFERENCE, additive=True)
    return ask("What do I dislike?", "You dislike {}.", _plain(value), kind=_PREFERENCE, additive=True)


def _prefer(said: Statement) -> Built:
    match = re.match(r"^(?P<v>[\w' -]+?)\s+(?:to|over|rather than|instead of|than)\s+(?P<w>[\w' -]+)$", said.tail)
    if match is None:
        return ask("What do I prefer?", "You prefer {}.", _plain(said.tail), kind=_PREFERENCE, additive=True) if not _VAGUE.match(said.tail) and re.match(r"[a-z]+s?\b", said.tail) and not said.tail.startswith("to ") else None
    better, worse = clean(match["v"]), clean(match["w"])
    if not better or not worse:
        return None
    return ask(f"Do I prefer {better} or {worse}?", f"You prefer {{}} to {worse}.", better, kind=_PREFERENCE)


def rather(text: str) -> Built:
    """"I would rather have window seats than aisle seats"."""
    match = re.match(r"^I\s+would\s+rather\s+(?:(?:have|eat|drink|take|get|use)\s+)?(?P<v>[\w' -]+?)\s+than\s+(?P<w>[\w' -]+)$", text)
    if match is None:
        return None
    first, other = match["v"].split()[0], match["w"].split()[0]
    if base_form(first) == first and base_form(other) == other:
        return ask(f"Would I rather {match['v']} or {match['w']}?", f"You would rather {{}} than {match['w']}.", match["v"], kind=_PREFERENCE)
    return ask(f"Do I prefer {match['v']} or {match['w']}?", f"You prefer {{}} to {match['w']}.", match["v"], kind=_PREFERENCE)


def _avoid(said: Statement) -> Built:
    value = _plain(re.sub(r"^(?:any|much)\s+", "", said.tail))
    can = said.tense == "modal"
    if can and not said.verb.startswith("can"):
        return None
    verb = f"can not {said.base}" if can else f"do not {said.base}"
    return ask(f"What {'can' if can else 'do'} I not {said.base}?", f"You {verb} {{}}.", value, kind=_PREFERENCE, additive=True)


def _consume(said: Statement) -> Built:
    first = said.first("thing")
    if first is None or said.negated or TRANSIENT.search(said.tail):
        return None
    meal = re.search(r"\bfor (breakfast|lunch|dinner)\b", said.tail)
    if meal:
        return ask(f"What do I {said.base} for {meal[1]}?", f"You {said.base} {{}} for {meal[1]}.", first.value)
    return ask(f"What do I {said.base}?", f"You {said.base} {{}}.", first.value, kind=_PREFERENCE, additive=True)
