# ruff: noqa: E501 - one fact a line reads best
"""Sizes, buses, flights, coffee: what "I take ...", "I am on ..." and "I have my ..." say."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import TRANSIENT
from storage.records import ExampleKind

_SIZE = re.compile(
    r"^(?:an? )?(?:(?:UK|US|EU|European) )?size (?P<v>\d{1,2}(?:[.,]5| and a half)?|[SMLX]{1,4}|small|medium|large)\b(?: (?:in|for) (?P<w>\w+))?(?: (?P<x>shoe|boot|dress|ring|shirt|glove|hat)s?)?",
    re.IGNORECASE,
)
_BARE = re.compile(r"^an? (?P<v>\d{2}(?:\.5)?|small|medium|large|[SMLX]{1,3}) (?:in|for) (?P<w>\w+)(?P<x>)")
_LINE = re.compile(r"^the (?P<v>\d{1,2}[:.]\d\d(?: (?:bus|tram|train|ferry))?|(?:number |no\.? )?[A-Z]?\d{1,3}[A-Z]?(?: (?:bus|tram|train|line))?|(?:U|S|M|line )\d{1,2})\b(?P<to> to (?:work|school|town|uni|the \w+))?", re.IGNORECASE)
_FLIGHT = re.compile(r"\b(?:on|booked on|with) (?:(?:the |flight )*)(?P<v>(?!I\b)[A-Z][A-Z0-9] ?\d{2,4}|[A-Z]{3} ?\d{2,4})\b(?!%)")
_FOOT = re.compile(r"\b(?:shoes?|boots?|trainers|sneakers|sandals|wellies|skates|heels)\b", re.IGNORECASE)
_MY_DRINK = re.compile(r"^my (?P<what>coffee|tea|espresso|latte|steak|eggs|toast|whisky|chai) (?P<v>[a-z][\w' -]+)$")


def sizes(said: Statement) -> Iterator[Built]:
    """"I take a size 43"; a size of 34 to 50 alone is one of shoes."""
    match = _SIZE.match(said.tail) or _BARE.match(said.tail)
    if said.base not in ("take", "wear", "need", "be") or match is None or said.negated or said.tense != "present":
        return
    what = (match["w"] or match["x"] or "").lower()
    what = "dress" if what.startswith("dress") else what if what in ("trousers", "jeans", "trainers", "sneakers") else what.rstrip("s")
    number = re.match(r"\d+", match["v"])
    if what == "shoe" or (not what and (_FOOT.search(said.tail) or (number and 34 <= int(number.group()) <= 50))):
        what = "shoe"
    noun = f"my {what} size" if what else "my size"
    yield ask(f"What is {noun}?", f"Your {noun[3:]} is {{}}.", match["v"], noun=noun)


def rides_on(said: Statement) -> Iterator[Built]:
    """The bus or tram that is taken regularly."""
    match = _LINE.match(said.tail)
    if said.base not in ("take", "catch", "get") or match is None or said.tense != "present" or said.negated or TRANSIENT.search(said.tail):
        return
    kind = re.search(r"bus|tram|train|line|ferry", match["v"])
    if kind is None and not match["to"]:
        return
    yield ask(f"Which {kind.group() if kind else 'line'} do I take{match['to'] or ''}?", f"You take the {{}}{match['to'] or ''}.", match["v"])


def flight(said: Statement) -> Built:
    """"I am on XX1234 next Friday"."""
    match = _FLIGHT.match(said.tail)
    if match is None or said.base not in ("be", "fly", "travel", "book") or said.negated or said.tense not in ("present", "progressive"):
        return None
    return ask("What is my flight?", "Your flight is {}.", match["v"], noun="my flight")


def takes_with(said: Statement) -> Iterator[Built]:
    """How somebody has their coffee or eggs."""
    match = _MY_DRINK.match(re.sub(r"\s+(?:and|but|so|please)\b.*$", "", said.tail))
    if said.base not in ("have", "take", "drink", "like", "prefer") or match is None or said.negated or said.tense != "present":
        return
    value = match["v"]
    if re.match(r"(?:at|in|on|with (?:my|a friend)|every|before|after|from|while|when|around|and|now|here|there|machine|maker|pot|cup|mug)\b", value):
        return
    yield ask(f"How do I take my {match['what']}?", f"You take your {match['what']} {{}}.", value, kind=ExampleKind.PREFERENCE)


def size_like(said: Statement) -> Iterator[Built]:
    """All facts of this module that a verb of taking or having tells."""
    yield from sizes(said)
    yield from rides_on(said)
    yield from takes_with(said)
