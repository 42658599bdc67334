# ruff: noqa: E501 - one fact a line reads best
"""What relatives, pets and things of the household do: schools, moves, diets, hours, sizes."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask
from engine.tuning.extraction.complements import is_habit
from engine.tuning.extraction.facts_diet import DIET
from engine.tuning.extraction.grammar import flip
from engine.tuning.extraction.lexicon import NAME, short_noun
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import ABSOLUTE, TRANSIENT
from engine.tuning.extraction.words import PEOPLE, PETS, PLURAL_PEOPLE

_PUPIL = re.compile(r"\b(?:sons?|daughters?|kids?|child|children|boys?|girls?|niece|nephew|grandson|granddaughter|eldest|youngest|twins|stepson|stepdaughter|godson|goddaughter|toddler|teenager)$")
_COURSE = re.compile(r"^(?:an? |(?:his|her|their) )?(?:master's|masters|phd|bachelor's|degree|doctorate|apprenticeship|msc|bsc|ba|a-levels?|course|thesis) (?:in|on) (?P<v>.+)$", re.IGNORECASE)
TURNED = re.compile(r"(?P<v>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?)(?=$|[\s,])")
_CLOCK = re.compile(r"^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$|\b\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|o'clock)?\b|\bnoon\b|\bmidnight\b|\bhalf past\b", re.IGNORECASE)
_HOURS = frozenset(["start", "begin", "end", "finish", "open", "close", "leave", "depart", "arrive", "land"])
_NOT_EATEN = re.compile(r"^(?:any |much )?(?P<v>[a-z][\w -]+)$")


def kin(said: Statement) -> Iterator[Built]:
    """Facts of a statement about somebody or something of the user's, before the general rules."""
    owner = _owner(said)
    being = owner.split()[-1].lower() in PEOPLE | PETS | PLURAL_PEOPLE or owner.split()[-1].lower().removesuffix("s") in PETS
    if said.negated:
        yield from _avoids(said, owner) if being else ()
    elif said.tense == "progressive":
        yield _busy(said, owner) if being else None
    elif being:
        yield _person(said, owner)
    elif said.tense == "present":
        yield _thing(said, owner)


def _owner(said: Statement) -> str:
    poss, _, noun = said.subject.partition(" ")
    return f"{poss.lower()} {short_noun(noun)}" if poss.lower() in ("my", "our") and noun else said.subject


def _avoids(said: Statement, owner: str) -> Iterator[Built]:
    do = "do" if said.plural else "does"
    match = _NOT_EATEN.match(said.tail)
    if said.base in ("eat", "drink") and said.tense in ("present", "modal") and match and not TRANSIENT.search(said.tail) and not re.match(r"(?:enough|his|her|their|it|that|this|well|properly|at)\b", match["v"]):
        can = "can" if said.verb.startswith("can") else do
        yield ask(f"What {can} {owner} not {said.base}?", f"{flip(owner)} {can} not {said.base} {{}}.", re.split(r"\s+(?:because|since|so|or (?:he|she)|and (?:he|she))\b", match["v"])[0])
    elif said.base in ("like", "stand") and said.tense in ("present", "modal") and not re.match(r"(?:it|that|this|him|her|them|me|when|how|being)\b", said.tail) and not TRANSIENT.search(said.tail):
        yield ask(f"What {do} {owner} dislike?", f"{flip(owner)} {'dislike' if said.plural else 'dislikes'} {{}}.", re.split(r"\s+(?:because|since|so|and (?:he|she))\b", said.tail)[0], additive=True)


def _busy(said: Statement, owner: str) -> Built:
    """"My dad is turning 70 in May", "My sister is doing a PhD in physics"."""
    be = said.auxiliary
    age = TURNED.match(said.tail)
    if said.base == "turn" and age and not TRANSIENT.search(said.tail):
        return ask(f"How old {be} {owner} turning?", f"{flip(owner)} {be} turning {{}}{said.tail[age.end():]}.", age.group())
    course = _COURSE.match(said.tail)
    if said.base in ("do", "study", "take") and course and not re.fullmatch(NAME, course["v"]):
        return ask(f"What {be} {owner} studying?", f"{flip(owner)} {be} studying {{}}.", re.split(r"\s+(?:at|in|and)\s", course["v"])[0])
    learnt = said.first("thing")
    if said.base in ("learn", "train") and learnt and not re.match(r"(?:to|how|a lot|so)\b", learnt.value):
        return ask(f"What {be} {owner} learning?", f"{flip(owner)} {be} learning {{}}.", learnt.value) if said.base == "learn" else None
    return None


def _person(said: Statement, owner: str) -> Built:
    you, do = flip(owner), "do" if said.plural else "does"
    goal = said.first("to")
    if said.base in ("go", "turn", "become") and said.tense in ("past", "perfect") and (diet := DIET.match(said.tail)):
        return ask(f"What is {owner}'s diet?", f"{you} is {{}}.", diet["v"])
    if said.base == "go" and said.tense == "present" and _PUPIL.search(owner) and goal and re.fullmatch(rf"St\.? {NAME}|{NAME}", goal.value) and said.first("time") is None:
        return ask(f"Which school {do} {owner} go to?", f"{you} {'go' if said.plural else 'goes'} to {{}}.", goal.value)
    if said.base in ("move", "relocate", "emigrate") and said.tense in ("past", "perfect") and goal and re.fullmatch(NAME, goal.value):
        return ask(f"Where {do} {owner} live?", f"{you} {'live' if said.plural else 'lives'} in {{}}.", goal.value)
    if said.base in ("live", "move") and said.tense == "perfect" and (place := said.first("place")) and said.base == "live":
        return ask(f"Where {do} {owner} live?", f"{you} {'live' if said.plural else 'lives'} {place.preposition} {{}}.", place.value)
    club = said.first("for")
    if said.base == "play" and said.tense == "present" and club and re.match(r"(?:the )?[A-Z]", club.value):
        return ask(f"Which team {do} {owner} play for?", f"{you} {said.said} for {{}}.", club.value, noun=f"{owner}'s team")
    offered = re.match(rf"(?:a place|accepted|in) (?:at|to|into|in) (?P<v>(?:the )?{NAME}(?: of {NAME})?)", said.tail)
    if said.base in ("get", "have") and said.tense in ("past", "perfect") and offered:
        return ask(f"Where did {owner} get a place?", f"{you} got a place at {{}}.", offered["v"])
    turned = TURNED.match(said.tail)
    if said.base == "turn" and said.tense in ("past", "perfect") and turned:
        return ask(f"How old {'are' if said.plural else 'is'} {owner}?", f"{you} {'are' if said.plural else 'is'} {{}} years old.", turned["v"], noun=f"{owner}'s age")
    return _weekly(said, owner, do)


def _weekly(said: Statement, owner: str, do: str) -> Built:
    """"My kids have swimming on Saturdays"."""
    time, what = said.first("time"), said.first("thing")
    if said.base == "come" and said.tense == "present" and time and is_habit(time) and not TRANSIENT.search(said.tail):
        return ask(f"When {do} {owner} come?", f"{flip(owner)} {said.said} {time.preposition} {{}}.", time.value)
    if said.base != "have" or said.tense != "present" or time is None or what is None or not is_habit(time):
        return None
    if re.match(r"(?:to|a lot|an? (?:day|time))\b", what.value):
        return None
    have = "have" if said.plural else "has"
    return ask(f"When {do} {owner} have {what.value}?", f"{flip(owner)} {have} {what.value} {time.preposition} {{}}.", time.value)


def _thing(said: Statement, owner: str) -> Built:
    time = said.first("time")
    do = "do" if said.plural else "does"
    particle = re.match(r"(off|out)\b", said.tail)
    when = f"{time.preposition} {{}}" if time and time.preposition else "{}"
    held = re.match(r"with (?:my|our) [\w -]+", said.tail)
    if said.base == "be" and held and re.search(r"\bkeys?$", owner):
        return ask(f"Where {said.verb} {owner}?", f"{flip(owner)} {said.verb} {{}}.", said.tail)
    if said.base == "go" and particle and time and not TRANSIENT.search(said.tail):
        return ask(f"When {do} {owner} go {particle[1]}?", f"{flip(owner)} {said.said} {particle[1]} {when}.", time.value)
    if said.base == "run" and re.match(r"until\b", said.tail):
        return ask(f"Until when {do} {owner} run?", f"{flip(owner)} {said.said} until {{}}.", said.tail[6:])
    if said.base in _HOURS and time and _CLOCK.search(time.value) and not ABSOLUTE.search(time.text) and not TRANSIENT.search(said.tail) and not is_habit(time) and said.parts[0] is time:
        return ask(f"When {do} {owner} {said.base}?", f"{flip(owner)} {said.said} {when}.", time.value)
    return None
