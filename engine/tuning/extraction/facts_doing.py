# ruff: noqa: E501 - one fact a line reads best
"""What "I live ...", "I work ..." and other telling verbs say; the rest goes to general grammar."""

import re
from collections.abc import Callable, Iterator

from engine.tuning.extraction.build import Built, ask, name_of
from engine.tuning.extraction.complements import Part, is_habit
from engine.tuning.extraction.facts_any import anything
from engine.tuning.extraction.lexicon import NAME
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import TRANSIENT
from engine.tuning.extraction.words import INSTRUMENTS, PETS, SPORTS, VEHICLES

Facts = Iterator[Built]


def _pair(part: Part) -> tuple[str, str]:
    return (f"{part.preposition} " if part.preposition else "", part.value)


def lives(said: Statement) -> Facts:
    """Home, and who shares it."""
    shared = said.first("with")
    if shared and said.tense == "present" and re.match(r"(?:my|our|an?|\d|two|three|four|five|six|seven)\s", shared.value) and not said.negated:
        yield ask("Who do I live with?", "You live with {}.", shared.value)
    place = said.first("place")
    if place is None or (TRANSIENT.search(said.tail) and said.base != "move"):
        return
    lead, value = _pair(place)
    if re.fullmatch(r"an?\s(?:[\w-]+\s)?(?:house|flat|apartment|home|studio|place|city|town|village)", value):
        return
    if said.tense in ("past", "former"):
        aux = "did I use to live" if said.tense == "former" else "did I live"
        yield ask(f"Where {aux}?", f"You {'used to live' if said.tense == 'former' else 'lived'} {lead}{{}}.", value)
        return
    yield ask("Where do I live?", f"You live {lead}{{}}.", value, noun="the place where I live")


def moved(said: Statement) -> Facts:
    """A new home."""
    goal = said.first("to", "into")
    if goal is None or said.negated or said.tense in ("modal", "former"):
        return
    place = next((part for part in said.parts if part.preposition in ("in", "on", "near")), None)
    value = goal.value if not re.match(r"an?\s", goal.value) or place is None else f"{goal.value} {place.text}"
    if re.match(r"(?:the|my|our|this)\s+(?!\w+s\b)[a-z]|an?\s+(?:new|bigger|smaller)\b", value):
        return
    yield ask("Where do I live?", "You live in {}.", value, noun="the place where I live")


def works(said: Statement) -> Facts:
    """Trade, employer and hours."""
    past = said.tense in ("past", "former")
    if said.negated or TRANSIENT.search(said.tail):
        return
    did, verb = ("did", "worked") if past else ("do", "work")
    for part in said.parts:
        if part.preposition == "as" and not past:
            yield ask("What is my job?", "You work as {}.", re.sub(r"\s+(?:at|for)\s.*$", "", part.value), noun="my job")
        elif part.preposition == "as":
            yield ask("What did I work as?", "You worked as {}.", part.value)
        elif (part.kind == "place" and (part.preposition in ("at", "in") or re.match(r"an?\s+(?:\w+\s+)?(?:farm|ship|boat|rig|ranch|ward|estate|vineyard|train)", part.value))) or (part.preposition == "for" and part.kind == "for"):
            yield from _workplace(part, did, verb, past)
        elif part.kind == "thing" and part.value.lower() in ("nights", "night shifts", "shifts", "weekends"):
            yield ask("When do I work?", "You work {}.", part.value)
        elif part.kind == "with":
            yield ask(f"Who or what {did} I work with?", f"You {verb} with {{}}.", part.value) if re.match(r"[a-z]+s$|[a-z]+ [a-z]+s$|children|people with", part.value) else None


def _workplace(part: Part, did: str, verb: str, past: bool) -> Facts:
    value = part.value
    if re.match(r"(?:me|us|you|it|myself|free|long|home\b|a living|hours|an? (?:\w+\s)?(?:company|firm|place|office|project|startup)$|the (?:same|project|company)|this|that|peace)", value):
        return
    if part.preposition == "in" and re.fullmatch(r"[a-z][\w&-]*(?:\s+(?:and\s+)?[a-z][\w&-]*){0,3}", value) and not re.match(r"(?:an?|the|our|my)\s", value):
        yield ask(f"What field {did} I work in?", f"You {verb} in {{}}.", value, noun="" if past else "the field I work in")
    else:
        yield ask(f"Where {did} I work?", f"You {verb} {part.preposition} {{}}.", value, noun="" if past else "my workplace")


def studies(said: Statement) -> Facts:
    """Subject and place of study."""
    past = said.tense in ("past", "former", "perfect")
    if said.negated or TRANSIENT.search(said.tail):
        return
    aux, verb = ("did", "studied") if past else ("do", "study")
    for part in said.parts:
        if part.kind == "thing" and not re.match(r"(?:hard|abroad|every|a lot)\b", part.value):
            yield ask(f"What {aux} I study?", f"You {verb} {{}}.", part.value, noun="" if past else "my field of study")
        elif part.preposition == "for" and re.match(r"(?:an?|my)\s", part.value):
            more = next((other for other in said.parts if other.preposition == "in"), None)
            value = f"{part.value} {more.text}" if more else part.value
            yield ask(f"What {aux} I study for?", f"You {verb} for {{}}.", value)
        elif part.kind == "place" and part.preposition == "in" and part.value.islower() and said.base == "major":
            yield ask(f"What {aux} I study?", f"You {verb} {{}}.", part.value, noun="my field of study")
        elif part.kind == "place" and not (part.preposition == "in" and part.value.islower()):
            yield ask(f"Where {aux} I study?", f"You {verb} {part.preposition} {{}}.", part.value, noun="" if past else "my university")


def graduated(said: Statement) -> Facts:
    """School left with a degree."""
    field = next((part for part in said.parts if part.preposition == "in" and part.kind == "place"), None)
    for part in said.parts:
        if part.preposition in ("from", "at") and said.mine:
            yield ask("Where did I graduate?", "You graduated from {}.", part.value)
        elif part.kind == "time":
            yield ask("When did I graduate?", f"You graduated {_pair(part)[0]}{{}}.", part.value)
        elif part.preposition == "in" and said.first("with") is None:
            yield ask("What did I graduate in?", "You graduated in {}.", part.value)
        elif part.preposition == "with":
            yield ask("What did I graduate with?", "You graduated with {}.", f"{part.value} {field.text}" if field else part.value)


def grew_up(said: Statement) -> Facts:
    """Childhood home, or crops."""
    place = said.first("place")
    if said.tail.startswith("up") and place:
        yield ask("Where did I grow up?", f"You grew up {place.preposition} {{}}.", place.value)
    else:
        yield from anything(said)


def comes_from(said: Statement) -> Facts:
    """Origin."""
    place = next((part for part in said.parts if part.preposition == "from"), None)
    if place and said.tense == "present" and re.match(r"[A-Z]|an? (?!family\b|long line)|the [A-Z]", place.value):
        yield ask("Where am I from?", "You are from {}.", place.value, noun="where I come from")


def goes(said: Statement) -> Facts:
    """School, nickname or a habit ("go climbing every Thursday")."""
    first = said.parts[0] if said.parts else None
    if first is None or said.negated:
        return
    if first.preposition == "by" and re.fullmatch(NAME, first.value):
        yield ask("What do people call me?", "People call you {}.", first.value, noun="my nickname")
    elif first.preposition == "to" and re.search(r"\b(?:University|College|School|Academy|uni|High|Grammar|Primary|Polytechnic)\b", first.value):
        yield ask("Where do I study?" if said.tense == "present" else "Where did I study?", f"You {said.said} to {{}}.", first.value)
    else:
        yield from habit(said)


def habit(said: Statement) -> Facts:
    """Something done at set times: what is done then, and when it is done."""
    time = said.first("time")
    if time is None or not is_habit(time) or said.negated or said.tense != "present":
        return
    rest = [part for part in said.parts if part is not time]
    doing = " ".join([said.base, *(part.text for part in rest if part.kind != "other" or part.value in ("up", "out"))])
    if len(doing.split()) > 7 or said.base in ("be", "have", "get") or (len(doing.split()) < 2 and said.base in ("go", "do")):
        return
    who = said.subject
    if said.base in ("go", "do", "take", "attend", "play", "practise", "practice", "visit", "volunteer", "swim", "run", "train", "teach"):
        yield ask(f"What do {who} do {time.text}?", f"You {{}} {time.text}.", doing)
    often = re.match(r"(?:once|twice|daily|weekly|every (?:day|week|month|year|night|morning|evening)\b|\w+ times)", time.value)
    yield ask(f"{'How often' if often and 'at ' not in time.text else 'When'} do {who} {doing}?", f"You {doing} {_pair(time)[0]}{{}}.", time.value)


def does(said: Statement) -> Facts:
    """"I do yoga twice a week"."""
    first = said.first("thing")
    degree = re.match(r"my (?:degree|phd|master's|masters|bachelor's|doctorate|apprenticeship|a-levels)$", first.value, re.IGNORECASE) if first else None
    field = said.first("place")
    if degree and field and field.preposition == "in" and not said.negated:
        yield ask("What did I study?", "You studied {}.", field.value) if not re.fullmatch(NAME, field.value) else ask("Where did I study?", "You studied in {}.", field.value)
    if first is None or said.negated or re.match(r"(?:the|my|a|some|this|that|it)\b", first.value):
        return
    if said.first("time") is None and said.tense == "present":
        yield None
        return
    yield from habit(said)


def plays(said: Statement) -> Facts:
    """Instrument, sport or game."""
    first = said.first("thing")
    if first is None or said.negated or TRANSIENT.search(said.tail) or said.tense not in ("present", "perfect"):
        return
    words = set(re.findall(r"[a-z-]+", first.value.lower()))
    if words & INSTRUMENTS:
        yield ask("Which instrument do I play?", "You play {}.", first.value, additive=True)
    elif words & SPORTS:
        yield ask("Which sport do I play?", "You play {}.", first.value, additive=True)
    elif not re.match(r"(?:video|computer|board)?\s*games?$|around|with", first.value):
        yield ask("What do I play?", "You play {}.", first.value, additive=True)
    place = said.first("place")
    if place and words & (INSTRUMENTS | SPORTS) and re.match(r"an?\s|the\s|[A-Z]", place.value):
        yield ask(f"Where do I play {first.value}?", f"You play {first.value} {place.preposition} {{}}.", place.value)
    yield from habit(said)


def sings(said: Statement) -> Facts:
    """Voice or music, and the choir."""
    choir = said.first("place")
    if choir and re.match(r"(?:the )?[A-Z]", choir.value) and not re.search(r"\b(?:shower|car|bath)$", choir.value):
        yield ask("Where do I sing?", f"You sing {choir.preposition} {{}}.", choir.value)
    yield from anything(said)


def speaks(said: Statement) -> Facts:
    """Languages."""
    first = said.parts[0] if said.parts else None
    if first and first.kind == "thing" and not said.negated and re.match(r"(?:(?:fluent|some|a little|a bit of|basic|good|broken)\s+)*[A-Z]", first.value):
        yield ask("Which languages do I speak?", "You speak {}.", first.value, additive=True)


def drives(said: Statement) -> Facts:
    """Car, or a trade."""
    first = said.first("thing")
    if first and said.tense == "present" and not said.negated and re.match(r"an?\s|my\s|the\s(?:same|old)", first.value) and first.kind == "thing":
        yield ask("What do I drive?", "You drive {}.", first.value, noun="my car")


def names(said: Statement) -> Facts:
    """"We named our daughter Ingrid"."""
    match = re.match(rf"^(?P<np>(?:my|our|the(?= (?:new |old |other |little )*(?:kitten|puppy|cat|dog|baby|horse|rabbit|hamster|boat|car|van)\b))\s+(?:[a-z'-]+\s+)*?[a-z'-]+)\s+[\"']?(?P<v>{NAME})", said.tail)
    if match and not said.negated:
        from engine.tuning.extraction.lexicon import short_noun

        poss, _, noun = match["np"].partition(" ")
        yield name_of(f"{'my' if poss == 'the' else poss} {short_noun(noun)}", match["v"])


def weighs(said: Statement) -> Facts:
    """Weight."""
    if re.match(r"(?:about\s+)?\d", said.tail) and said.tense == "present":
        yield ask("How much do I weigh?", "You weigh {}.", said.tail, noun="my weight")


def wears(said: Statement) -> Facts:
    """Sizes and glasses."""
    size = re.match(r"^(?:an?\s+)?(?:(?:(?:EU|UK|US)\s+)?size\s+)(?P<v>[\d.,/]+|[xsmlXSML]+)(?:\s+(?P<w>shoes?|boots?|trainers|sneakers|clothes|shirts?|trousers|jeans|dress(?:es)?|ring|gloves?|helmet))?", said.tail)
    shoes = re.match(r"^(?P<v>[\d.,]+)\s+(?P<w>shoes?)", said.tail)
    found = size or shoes
    if found and found["w"]:
        what = found["w"].rstrip("s") if found["w"] not in ("clothes", "trousers", "jeans", "trainers", "sneakers") else found["w"]
        yield ask(f"What is my {what} size?", f"Your {what} size is {{}}.", found["v"], noun=f"my {what} size")
    elif not size:
        yield from anything(said)


def turned(said: Statement) -> Facts:
    """A birthday that just was."""
    match = re.match(r"^(?P<v>\d{1,3})\b", said.tail)
    if match and said.tense in ("past", "perfect"):
        yield ask("How old am I?", "You are {} years old.", match["v"], noun="my age")


def gets_pet(said: Statement) -> Facts:
    """A new animal; a house bought."""
    first = said.first("thing")
    if said.base == "get" and said.tail.startswith("up ") and said.tense == "present":
        yield from habit(said)
        return
    if first is None or said.negated or said.tense not in ("past", "perfect"):
        return
    last = first.value.lower().split()[-1]
    if last in PETS and re.match(r"an?\s|one\s", first.value):
        yield ask("What pet do I have?", "You have {}.", re.sub(r"^(an?) new ", r"\1 ", first.value) if not re.match(r"a new [aeiou]", first.value) else first.value, noun="my pet", additive=True)
    else:
        yield from anything(said)


def rides(said: Statement) -> Facts:
    """A bike, horse or motorcycle of one's own."""
    first = said.first("thing")
    if first and set(first.value.lower().split()) & (VEHICLES | {"horse", "motorcycle", "harley"}) and said.tense == "present":
        yield ask("What do I ride?", "You ride {}.", first.value)
    else:
        yield from anything(said)


VERBS: dict[str, Callable[[Statement], Facts]] = {
    "live": lives, "reside": lives, "settle": lives, "move": moved, "relocate": moved, "emigrate": moved,
    "work": works, "study": studies, "major": studies, "graduate": graduated, "grow": grew_up, "come": comes_from,
    "hail": comes_from, "go": goes, "do": does, "play": plays, "speak": speaks, "sing": sings, "drive": drives,
    "name": names, "call": names, "christen": names, "nickname": names, "weigh": weighs, "wear": wears,
    "turn": turned, "adopt": gets_pet, "rescue": gets_pet, "get": gets_pet, "buy": gets_pet, "ride": rides,
}  # fmt: skip
