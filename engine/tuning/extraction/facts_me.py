# ruff: noqa: E501 - one pattern a line reads best
"""What "I am ..." tells: name, age, job, origin, standing, size, abilities."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask, clean
from engine.tuning.extraction.complements import Part
from engine.tuning.extraction.facts_kin import TURNED
from engine.tuning.extraction.facts_sizes import flight
from engine.tuning.extraction.lexicon import NAME, NOT_NAMES
from engine.tuning.extraction.occupations import is_occupation
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import ABSOLUTE, TRANSIENT
from engine.tuning.extraction.words import (
    ADJECTIVES_WITH,
    LASTING_ING,
    NATIONALITIES,
    word_set,
)
from storage.records import ExampleKind

_AGE = re.compile(r"^(?P<v>\d{1,3})(?:\s+years?(?:\s+old|\s+of\s+age)?|\s*y/?o)?(?:,?\s+(?:and|but|so)\s+[a-z].*)?$", re.IGNORECASE)
_TALL = re.compile(r"^(?P<v>\d[\d.,']*\s*(?:cm|m|ft|feet|foot|metres?|meters?|inches|\")?(?:\s*\d+(?:\s*(?:cm|in|inches|\"))?)?)\s+tall\b", re.IGNORECASE)
_FEET = re.compile(r"^(?P<v>\d'\s?\d{1,2}\"?|\d feet \d+|\d ft \d+|1[.,]\d\d\s?m|1\d\d\s?cm)$")
_BLOOD = re.compile(r"^(?:(?:blood )?(?:type|group) )?(?P<v>(?:A|B|AB|O|0)(?: (?:positive|negative|pos|neg|rh\+|rh-)|[+-](?=$|\s)))")
_STANDING = {
    "single": "marital status", "divorced": "marital status", "widowed": "marital status",
    "engaged": "marital status", "widow": "marital status", "widower": "marital status", "married": "marital status", "separated": "marital status",
    "vegetarian": "diet", "vegan": "diet", "pescatarian": "diet", "kosher": "diet", "halal": "diet",
    "gluten-free": "diet", "gluten free": "diet", "keto": "diet",
    "left-handed": "dominant hand", "right-handed": "dominant hand", "ambidextrous": "dominant hand",
    "left handed": "dominant hand", "right handed": "dominant hand",
}  # fmt: skip
_HEALTH = re.compile(
    r"^(?:(?:an? )?(?:type [12] |[\w-]+[ -])?(?:intolerant|diabetic|asthmatic|dyslexic|autistic|epileptic|deaf|blind|coeliac|celiac|anaemic|anemic|"
    r"short-sighted|near-sighted|nearsighted|long-sighted|colou?r-?blind|hard of hearing|bipolar|hypothyroid|prediabetic))(?: in .+)?$",
    re.IGNORECASE,
)
_WITH = re.compile(rf"^(?P<adj>{ADJECTIVES_WITH})\s+(?P<v>.+)$", re.IGNORECASE)
_JOB = re.compile(r"^(?P<a>an?|the)\s+(?P<job>[\w ,'/&-]+?)(?:\s+by (?:trade|profession|training))?$", re.IGNORECASE)
_FOLLOWS = re.compile(r"\s+(?:who|which|that|at|for|from|in|with|and|near|by|of)\s+.*$")


def me(said: Statement) -> Iterator[Built]:
    """Facts of a statement about the user whose verb is "be", or built with "be"."""
    if said.tense == "passive":
        yield from _passive(said)
    elif said.tense == "progressive":
        yield from _going_on(said)
    elif said.base == "be" and not said.negated:
        yield from _am(said)


def _am(said: Statement) -> Iterator[Built]:
    value, past = said.tail, said.tense == "past"
    first = said.parts[0].text if said.parts else ""
    if said.tense == "former":
        yield ask("What did I use to be?", "You used to be {}.", first) if re.match(r"an?\s", first) else None
        return
    if past and not _AGE.match(value):
        return
    if said.tense == "perfect":
        yield from _have_been(said)
        return
    if (age := _AGE.match(value)) or (age := _AGE.match(first)):
        yield None if past else ask("How old am I?", "You are {} years old.", age["v"], noun="my age")
    elif plane := flight(said):
        yield plane
    elif blood := _BLOOD.match(value):
        yield ask("What is my blood type?", "Your blood type is {}.", blood["v"], noun="my blood type")
    elif tall := _TALL.match(value) or _FEET.match(value):
        yield ask("How tall am I?", "You are {} tall.", tall["v"], noun="my height")
    elif matched := _WITH.match(value):
        yield _adjective(matched)
    elif value.lower().startswith(("from ", "originally from ")):
        yield origin(said)
    else:
        yield from _noun_or_adjective(said, value, first)


def _noun_or_adjective(said: Statement, value: str, first: str) -> Iterator[Built]:
    standing = re.sub(r"^an?\s+|\s+by the way$", "", first.lower())
    standing = standing[:-1] if said.subject == "we" and standing[:-1] in _STANDING else standing
    standing = next((word for word in _STANDING if re.match(rf"{word}(?: and| but|,)\s", standing)), standing)
    if standing in _STANDING:
        noun = _STANDING[standing]
        yield ask(f"What is my {noun}?", "You are {}.", standing, noun=f"my {noun}")
    elif health := _HEALTH.match(value) or _HEALTH.match(first):
        yield ask("Which health condition do I have?", "You are {}.", health.group(), noun="my health condition", additive=True)
    elif first.split()[-1:] and first.split()[-1].lower() in NATIONALITIES and len(first.split()) <= 4:
        yield ask("What is my nationality?", "You are {}.", re.sub(r"^an?\s+", "", first), noun="my nationality")
    elif (job := _JOB.match(_FOLLOWS.sub("", first))) and is_occupation(job["job"]):
        yield ask("What is my job?", "You are {}.", f"{job['a']} {job['job']}", noun="my job")
        yield workplace(said)
    elif re.fullmatch(NAME, value) and not NOT_NAMES.match(value) and not value.isupper() and len(value.split()) <= 3:
        yield ask("What is my name?", "Your name is {}.", value, noun="my name")
    elif re.match(r"the (?:oldest|youngest|eldest|middle|only) (?:of|child|one of)\b", value):
        yield ask("Which place do I have among my siblings?", "You are {}.", value)


_CUT = re.compile(r"\s+(?:(?:and|but) (?:I|it|that)|when|whenever|while|because|since|if|so)\b.*$")


def workplace(said: Statement) -> Built:
    """Where one works, from the place after the trade: "a nurse at St. Vincent's"."""
    place = next((part for part in said.parts[1:] if part.kind == "place" and part.preposition in ("at", "in")), None)
    if place is None:
        place = next((part for part in said.parts[1:] if part.kind == "for"), None)
    if place is None or TRANSIENT.search(said.tail):
        return None
    return ask("Where do I work?", f"You work {place.preposition} {{}}.", place.value, noun="my workplace")


def _adjective(match: re.Match[str]) -> Built:
    adjective, value = match["adj"].lower(), _CUT.sub("", match["v"])
    if adjective == "allergic to":
        return ask("What am I allergic to?", "You are allergic to {}.", value, noun="my allergy", additive=True)
    if adjective.endswith("fan of") or adjective == "into":
        return ask("What do I like?", "You like {}.", value, kind=ExampleKind.PREFERENCE, additive=True)
    if adjective == "interested in" and re.match(r"\w+ing\s+(?:an?|the|some|out|money)\b|how\b|what\b|a lot\b|(?:it|that|this|those|these)\b", value):
        return None
    if adjective in ("tired of", "worried about", "excited about", "nervous about", "proud of", "jealous of"):
        return None
    wh = "Who" if adjective in ("married to", "engaged to", "related to", "in love with") else "What"
    return ask(f"{wh} am I {adjective}?", f"You are {adjective} {{}}.", value, additive=wh == "What")


def origin(said: Statement) -> Built:
    """Where the user comes from."""
    place = next((part for part in said.parts if part.preposition == "from"), None)
    if place is None or re.match(r"(?:the|my|an?)\s+[a-z]", place.value):
        return None
    return ask("Where am I from?", "You are from {}.", place.value, noun="where I come from")


def _have_been(said: Statement) -> Iterator[Built]:
    span = re.search(r"\b(?:for|since)\s+(.+)$", said.tail)
    job = _JOB.match(_FOLLOWS.sub("", said.parts[0].text)) if said.parts else None
    if job and is_occupation(job["job"]):
        yield ask("What is my job?", "You are {}.", f"{job['a']} {job['job']}", noun="my job")
    elif span and re.match(r"married\b", said.tail):
        yield ask("How long have I been married?", f"You have been married {span.group().split()[0]} {{}}.", re.sub(r"\s+(?:this|next|in|on) \w+$", "", span[1]))
    elif alone := re.match(r"(?:an? )?(widow|widower|widowed|divorced|single|separated)\b", said.tail):
        yield ask("What is my marital status?", "You are {}.", alone[1], noun="my marital status")
    elif diet := re.match(r"(?:an? )?(vegan|vegetarian|pescatarian)\b", said.tail):
        yield ask("What is my diet?", "You are {}.", diet[1], noun="my diet")


def _passive(said: Statement) -> Iterator[Built]:
    verb = said.verb.split()[1]
    place = said.first("place")
    if verb == "born":
        yield from _born(said)
    elif place and (verb == "raised" or (verb == "brought" and said.tail.startswith("up"))):
        yield ask("Where did I grow up?", f"You grew up {place.preposition} {{}}.", place.value)
    elif verb in ("called", "named") and re.fullmatch(NAME, said.tail):
        yield ask("What is my name?", "Your name is {}.", said.tail, noun="my name")
    elif place and verb in ("based", "located"):
        yield ask("Where do I live?", f"You live {place.preposition} {{}}.", place.value, noun="the place where I live")
    elif said.parts and not said.negated:
        yield _made(said, verb, said.parts[0])
    elif verb in _STANDING and said.verb.startswith("am") and not said.negated:
        yield ask("What is my marital status?", "You are {}.", verb, noun="my marital status")


def _made(said: Statement, verb: str, first: Part) -> Built:
    """Passives with a complement: diagnosed with, promoted to, married to, employed by."""
    if verb == "diagnosed" and first.preposition == "with":
        return ask("Which health condition do I have?", "You have {}.", first.value, noun="my health condition", additive=True)
    if verb == "promoted" and first.preposition == "to":
        return ask("What was I promoted to?", f"{said.you} were promoted to {{}}.", first.value)
    if verb in ("married", "engaged") and first.preposition == "to":
        return ask(f"Who am I {verb} to?", f"You are {verb} to {{}}.", first.value)
    if verb in _STANDING and said.verb.startswith("am") and first.preposition == "with":
        return ask("What is my marital status?", "You are {}.", verb, noun="my marital status")
    if verb == "employed" and first.preposition in ("at", "by"):
        return ask("Where do I work?", "You work at {}.", first.value, noun="my workplace")
    if verb in ("enrolled", "trained", "vaccinated") and first.preposition:
        return ask(f"What am I {verb} {first.preposition}?", f"You are {verb} {first.preposition} {{}}.", first.value)
    return None


def _born(said: Statement) -> Iterator[Built]:
    time, place = said.first("time"), said.first("place")
    if time and ABSOLUTE.search(time.value):
        yield ask("When was I born?", f"You were born {time.preposition} {{}}.", time.value, noun="my date of birth")
    if place and not re.match(r"the (?:year|month|middle|night)\b", place.value):
        yield ask("Where was I born?", f"You were born {place.preposition} {{}}.", place.value, noun="my place of birth")


_PLANS = word_set("get move fly travel go marry start celebrate visit leave expect retire graduate take meet host run have finish open launch see adopt come")
_LASTING = (LASTING_ING | word_set("studying teaching building restoring renovating saving majoring taking raising practising practicing researching developing managing leading writing learning training")) - {"reading", "running", "planning"}


def _going_on(said: Statement) -> Iterator[Built]:
    from engine.tuning.extraction.facts_doing import studies, works

    verb = said.verb.split()[-1]
    if said.negated:
        return
    if plane := flight(said):
        yield plane
        return
    if said.base == "live":
        place = said.first("place")
        yield ask("Where do I live?", f"You live {place.preposition} {{}}.", place.value, noun="the place where I live") if place and said.mine else None
        return
    if said.base == "study" or verb == "majoring":
        yield from studies(said)
        return
    if said.base == "work" and said.parts and said.parts[0].kind in ("place", "as", "for"):
        yield from works(said)
        return
    if said.base == "turn" and (age := TURNED.match(said.tail)):
        yield ask("How old am I turning?", f"You are turning {{}}{said.tail[age.end():]}.", age["v"]) if not TRANSIENT.search(said.tail) else None
        return
    time = said.first("time")
    if time and said.base in _PLANS and ABSOLUTE.search(time.value) and "since" not in time.value:
        yield from _plan(said)
    elif verb in _LASTING and not TRANSIENT.search(said.tail) and not re.search(r"\b(?:your|you|this|that|it|about|into|through)\b", said.tail):
        yield from _lasting(said, verb)


_CALENDAR = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tues|wednes|thurs|fri|satur|sun|christmas|easter)\w*\b|\b\d{4}\b", re.IGNORECASE)


def _plan(said: Statement) -> Iterator[Built]:
    """"I am flying to Rome on 5 May": asks when."""
    time = said.first("time")
    if time is None or not _CALENDAR.search(time.text) or re.match(r"next|this", time.text):
        return
    before = " ".join(part.text for part in said.parts if part is not time and part.kind != "other")
    place = said.first("place")
    if place and len(before.split()) > 6:
        before = before.replace(place.text, "").strip()
    if not before and said.base not in ("retire", "graduate", "marry"):
        return
    flipped = ask(f"When {said.auxiliary} {said.subject} {said.asked} {before}?",
                  f"{said.you} {said.said} {_second(before)} {time.preposition} {{}}.", time.value)
    yield flipped


def _second(text: str) -> str:
    from engine.tuning.extraction.grammar import flip

    return flip(text)


_WORK = re.compile(
    r"\b(?:novel|novella|book|thesis|dissertation|memoirs?|biography|autobiography|screenplay|play|"
    r"musical|opera|symphony|phd|PhD|poems|poetry|cookbook|textbook|stories|trilogy|sequel|series|"
    r"blog|comic|travelogue|history|guide|album|songs?)\b"
)


def _lasting(said: Statement, verb: str) -> Iterator[Built]:
    first = said.parts[0] if said.parts else None
    if first is None or first.kind not in ("thing", "for", "with", "about"):
        return
    if verb in ("running", "taking", "having", "working") and first.kind == "thing" and not re.match(r"an?\s", first.value):
        return
    prep = first.preposition
    extra = next((part for part in said.parts[1:] if part.preposition in ("about", "on")), None)
    if verb == "writing" and not _WORK.search(first.value):
        return
    value = f"{first.value} {extra.text}" if extra and verb == "writing" else first.value
    if not clean(value):
        return
    if verb in ("learning", "studying") and value.split()[0].lower() in NATIONALITIES | {"hebrew", "latin", "arabic", "hindi", "mandarin", "cantonese", "persian", "catalan", "gaelic"} and len(value.split()) == 1:
        yield ask("Which language am I learning?", "You are learning {}.", value)
        return
    yield ask(f"What am I {verb} {prep}?", f"You are {verb} {prep} {{}}.", value)
