# ruff: noqa: E501 - one fact a line reads best
"""What "I have ..." tells: people, pets, health, looks, appointments and possessions."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask
from engine.tuning.extraction.complements import is_habit
from engine.tuning.extraction.lexicon import is_plural
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import ABSOLUTE, TRANSIENT
from engine.tuning.extraction.words import CONDITIONS, INSTRUMENTS, PEOPLE, PETS, VEHICLES, word_set

_NUMBER = r"(?:[1-9]\d{0,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen)"
_COUNT = re.compile(rf"^(?P<v>{_NUMBER})\s+(?P<np>(?:[\w'-]+\s+){{0,2}}?[\w'-]+?)(?=$|\s+(?:and|or)\s|,)")
_ALLERGY = re.compile(r"\ban?\s+(?:\w+\s+)?(?P<v>[\w-]+)\s+allergy\b|\ballerg(?:y|ies)\s+to\s+(?P<w>.+)$")
_LOOKS = re.compile(r"(?P<v>(?:[\w-]+,?\s+){1,3}?)(?P<what>hair|eyes|skin)\b")
_OWNED = word_set("""house flat apartment cottage cabin boat car garden farm business shop store café cafe restaurant
    tattoo scar allotment greenhouse studio workshop caravan camper telescope sailboat motorhome bakery
    pool sauna vineyard balcony drone 3d-printer printer kiln loom pond twin pacemaker""") | VEHICLES
_MAKE = re.compile(
    r"\b(?:(?P<car>Ford|Toyota|Honda|Nissan|Mazda|Subaru|Suzuki|Mitsubishi|Hyundai|Kia|Volkswagen|VW|BMW|Audi|Mercedes(?:-Benz)?|Opel|Vauxhall|Renault|Peugeot|"
    r"Citro[eë]n|Dacia|Fiat|Alfa Romeo|Skoda|Škoda|Seat|Cupra|Volvo|Saab|Mini|Jaguar|Land Rover|Range Rover|Tesla|Polestar|Porsche|Lexus|Jeep|Chevrolet|Chevy|"
    r"Dodge|Chrysler|Cadillac|Buick|GMC|Lada|Smart|MG|BYD|Rover|Daihatsu|Isuzu|Lancia|Ferrari|Bentley)|"
    r"(?P<phone>iPhone|Galaxy S?\d*|Pixel|Fairphone|OnePlus|Xiaomi|Huawei|Nokia|Motorola|Moto G)|"
    r"(?P<laptop>MacBook|ThinkPad|Chromebook|Dell XPS|Surface)|(?P<camera>Nikon|Canon EOS|Fujifilm|Leica|Olympus))(?=$|\s\w|,)"
)
_KINDS = {"car": "car", "phone": "phone", "laptop": "laptop", "camera": "camera"}
_VAGUE = re.compile(r"^(?:an?|the|some|no|any)\s+(?:\w+\s+)?(?:question|problem|idea|issue|lot|meeting today|headache|cold|feeling|fever|look|point|doubt|request|task|deadline|bit|few|couple|day|time|week)\b")
_MEAL = re.compile(r"^(?P<v>.+?)\s+for\s+(?P<meal>breakfast|lunch|dinner|supper)\b")
_SPLIT = re.compile(r",\s+and\s+|,\s+|\s+and\s+")


def has(said: Statement) -> Iterator[Built]:
    """Facts of "have" and "own" with the user for a subject."""
    if said.negated or said.tense not in ("present", "perfect") or _VAGUE.match(said.tail):
        return
    if re.match(r"to\b", said.tail) or said.base not in ("have", "own"):
        return
    meal = _MEAL.match(said.tail)
    if meal and not re.search(r"\b(?:today|tonight)\b", said.tail):
        yield ask(f"What do {said.subject} have for {meal['meal']}?", f"You have {{}} for {meal['meal']}.", meal["v"])
        return
    time, first = said.first("time"), said.first("thing")
    if first is None:
        return
    if time and is_habit(time) and said.parts[0] is first and said.first("with") is None and not TRANSIENT.search(said.tail) and not re.match(r"(?:an?|the|my|to|no)\b", first.value):
        yield ask(f"When do {said.subject} have {first.value}?", f"You have {first.value} {time.preposition} {{}}.", time.value)
        return
    if time and ABSOLUTE.search(time.text) and re.match(r"(?:an?|my|our|the)\s", first.value):
        yield _appointment(said)
        return
    for piece in _pieces(first.value):
        yield _piece(said, piece)
    if _ALLERGY.search(said.tail):
        match = _ALLERGY.search(said.tail)
        yield _allergy(match["v"] or match["w"]) if match else None


def _pieces(value: str) -> list[str]:
    if _LOOKS.search(value):
        return [value]
    return [piece for piece in _SPLIT.split(value) if piece]


def _allergy(value: str) -> Built:
    return ask("What am I allergic to?", "You are allergic to {}.", value, noun="my allergy", additive=True)


def _appointment(said: Statement) -> Built:
    """"A dentist appointment on Monday": asks when."""
    time, first = said.first("time"), said.first("thing")
    if time is None or first is None:
        return None
    noun = re.sub(r"^(?:an?|my|our|the)\s+", "", first.value)
    extra = next((part for part in said.parts if part.kind in ("with", "at", "to")), None)
    noun = f"{noun} {extra.text}" if extra else noun
    if len(noun.split()) > 6 or re.match(r"(?:day|time|lot|question)", noun):
        return None
    lead = f"{time.preposition} " if time.preposition else ""
    return ask(f"When is my {noun}?", f"Your {noun} is {lead}{{}}.", time.value, noun=f"my {noun}")


def _piece(said: Statement, value: str) -> Built:
    last = value.lower().split()[-1]
    count = _COUNT.match(value)
    if "allergy" in value.lower() or "allergies" in value.lower():
        return None
    if count and is_plural(count["np"]) and not re.match(r"(?:questions?|problems?|ideas?|hours?|days?|minutes?|weeks?|options?|things?|more|other)\b", count["np"]):
        return ask(f"How many {count['np']} do {said.subject} have?", f"You have {{}} {count['np']}.", count["v"])
    if (looks := list(_LOOKS.finditer(value))):
        return _looks(looks)
    if last in CONDITIONS or re.search(r"\b(?:diabetes|disease|syndrome|disorder|blood pressure|condition|intolerance)\b", value):
        return ask("Which health condition do I have?", "You have {}.", value, noun="my health condition", additive=True)
    if (last in PETS or last.removesuffix("s") in PETS) and re.match(r"an?\s|one\s|some\s", value):
        return ask("What pet do I have?", "You have {}.", value, noun="my pet", additive=True)
    if last in INSTRUMENTS and re.match(r"an?\s", value):
        return ask("Which instrument do I own?", "You own {}.", value)
    if last in PEOPLE:
        return None
    return _possession(said, value, last)


def _looks(looks: list[re.Match[str]]) -> Built:
    first = looks[0]
    return ask(f"What kind of {first['what']} do I have?", f"You have {{}} {first['what']}.", first["v"])


def more_looks(said: Statement) -> Iterator[Built]:
    """"Red hair and green eyes": all but the first."""
    if said.base != "have" or not said.mine or said.negated:
        return
    for match in list(_LOOKS.finditer(said.tail))[1:]:
        yield ask(f"What kind of {match['what']} do I have?", f"You have {{}} {match['what']}.",
                  re.sub(r"^and\s+", "", match["v"].strip()))


def _possession(said: Statement, value: str, last: str) -> Built:
    place = said.first("place")
    with_more = next((part for part in said.parts if part.kind in ("with",)), None)
    if (make := _MAKE.search(value)) and re.match(r"an?\s", value):
        kind = _KINDS[make.lastgroup or "car"]
        return ask(f"What {kind} do {said.subject} have?", "You have {}.", value, noun=f"{'our' if said.subject == 'we' else 'my'} {kind}")
    if last in _OWNED and re.match(r"an?\s", value):
        if place and place.preposition in ("in", "on", "near"):
            lead = f"{place.preposition} "
            return ask(f"Where do I have {value}?", f"You have {value} {lead}{{}}.", place.value)
        if len(value.split()) > 2 and with_more is None:
            return ask(f"What kind of {last} do I have?", "You have {}.", value)
    if last in ("degree", "phd", "master's", "bachelor's", "masters") and (field := next((p for p in said.parts if p.preposition == "in"), None)):
        return ask("What do I have a degree in?", f"You have {value} in {{}}.", field.value)
    return None
