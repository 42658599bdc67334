# ruff: noqa: E501 - one fact a line reads best
"""Diets, tattoos, fees, courses and shared rooms: facts of the user that stand in set phrases."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask
from engine.tuning.extraction.facts_begun import HOBBIES
from engine.tuning.extraction.facts_sizes import sizes
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import TRANSIENT
from engine.tuning.extraction.words import SPORTS
from storage.records import ExampleKind

DIET = re.compile(
    r"^(?:(?:fully|completely|mostly|strictly|totally|back|now) )?(?P<v>vegan|vegetarian|veggie|pescatarian|gluten[- ]free|dairy[- ]free|sugar[- ]free|keto|halal|kosher|paleo|low[- ]carb|teetotal|sober)(?=$|[\s,])",
    re.IGNORECASE,
)
_ON_DIET = re.compile(r"^on (?:an?|the) (?:\w+ly )?(?P<v>(?!strict diet|diet|special)[\w-]+(?: [\w-]+)?) diet\b")
_SCHOOL = re.compile(r"^(?:(?:a student|a (?:first|second|third|final)-year(?: student)?|studying|still|currently) )?at (?P<v>(?:the )?[A-Z][\w'’.-]*(?: (?:of |the )?[A-Z][\w'’.-]*)*)")
_COURSE = re.compile(r"^(?:an? |my )?(?:part-time |online )?(?:master's|masters|phd|bachelor's|degree|doctorate|apprenticeship|msc|bsc|ba|ma|mba|a-levels?) in (?P<v>.+)$", re.IGNORECASE)
_TATTOO = re.compile(
    r"^(?:an? |my (?:first|second|new|only) )?(?:\w+ )?tattoo(?:s)?(?: of|,) (?P<v>(?:an?|my|the|two|three) .+)$|^(?P<w>(?:an?|my|two|three) [\w' -]+?) tattooed (?:on|across|above|behind)\b|^(?P<x>an? [a-z -]+?) tattoo\b",
    re.IGNORECASE,
)
_FEE = re.compile(r"^(?P<v>[£$€]?\d[\d.,]*(?: (?:euros?|pounds?|dollars?|quid|francs|kroner|crowns|zloty|bucks))?(?: (?:a|per|every|each) (?:month|week|year|hour|day|night|session|lesson))?) (?:for|in|to)(?: my| our| the| an?)? (?P<what>[\w' -]+)$")


def set_phrases(said: Statement) -> Iterator[Built]:
    """Facts of set phrases with the user for a subject; nothing where none fits."""
    if TRANSIENT.search(said.tail):
        return
    if said.base == "drink" and said.negated and not said.parts and said.tense == "present":
        yield ask("What do I not drink?", "You do not drink {}.", "alcohol", kind=ExampleKind.PREFERENCE, additive=True)
    if said.negated:
        return
    if said.base == "be" and said.tense == "present":
        yield _being(said)
    elif said.base in ("go", "turn", "become", "eat") and (diet := DIET.match(said.tail)) and said.tense in ("past", "perfect", "present"):
        yield ask("What is my diet?", f"You {'eat' if said.base == 'eat' else 'are'} {{}}.", diet["v"], noun="my diet")
    elif said.base in ("do", "study", "take", "finish") and said.tense in ("progressive", "present") and (course := _COURSE.match(said.tail)):
        yield ask("What do I study?", "You study {}.", re.split(r"\s+(?:at|in|and|from)\s", course["v"])[0], noun="my field of study")
    elif said.base == "do" and said.tense == "progressive" and said.parts and said.parts[0].value.lower().split()[0] in HOBBIES | SPORTS:
        yield ask("What is my hobby?", "Your hobby is {}.", said.parts[0].value, noun="my hobby")
    elif said.base in ("have", "get") and (tattoo := _TATTOO.match(said.tail)):
        value = re.sub(r"\s+(?:on|across|above|behind) (?:my|the) .*$", "", tattoo["v"] or tattoo["w"] or tattoo["x"])
        yield ask("What is my tattoo?", "Your tattoo is {}.", value, noun="my tattoo", additive=True)
    elif said.base in ("pay", "share") and said.tense == "present":
        yield _fee(said) if said.base == "pay" else _mate(said)


def _being(said: Statement) -> Built:
    if diet := _ON_DIET.match(said.tail):
        return ask("What is my diet?", "You are on a {} diet.", diet["v"], noun="my diet")
    if re.match(r"teetotal(?:$|\b)", said.tail):
        return ask("Do I drink alcohol?", "You are {}.", "teetotal")
    school = _SCHOOL.match(said.tail)
    if school and re.search(r"\b(?:University|College|School|Academy|Institute|Polytechnic|Uni)\b", school["v"]):
        return ask("Where do I study?", "You study at {}.", school["v"], noun="my university")
    return next(sizes(said), None)


def _mate(said: Statement) -> Built:
    """"I share my flat with Ada"."""
    mate, room = said.first("with"), said.first("thing")
    if mate is None or room is None or not re.match(r"(?:an?|my|our|the) ", room.value):
        return None
    yours = re.sub(r"^(?:my|our)", "your", room.value)
    return ask(f"Who do I share {room.value} with?", f"You share {yours} with {{}}.", mate.value)


def _fee(said: Statement) -> Built:
    fee = _FEE.match(said.tail)
    if fee is None:
        return None
    what = fee["what"].strip()
    if re.search(r"\b(?:flat|apartment|house|room|studio|rent|place|bedroom)\b", what):
        return ask("What is my rent?", "Your rent is {}.", fee["v"], noun="my rent")
    return ask(f"How much do {said.subject} pay for {what}?", f"You pay {{}} for {what}.", fee["v"])
