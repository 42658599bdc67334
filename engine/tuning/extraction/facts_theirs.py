# ruff: noqa: E501 - one fact a line reads best
"""What is said of people, pets and things that are the user's: "my sister is ...", "our van ..."."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask, lowered, name_of, of, thing
from engine.tuning.extraction.facts_any import anything
from engine.tuning.extraction.facts_things import (
    ABSTRACT,
    EVALUATION,
    NOT_PLACE,
    PLACE,
    age_of,
    placed,
    thing_is,
)
from engine.tuning.extraction.grammar import flip
from engine.tuning.extraction.lexicon import NAME, NOT_NAMES, is_plural, short_noun
from engine.tuning.extraction.occupations import is_occupation
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import ABSOLUTE, TRANSIENT
from engine.tuning.extraction.words import (
    CONDITIONS,
    NATIONALITIES,
    PEOPLE,
    PETS,
    PLURAL_PEOPLE,
    word_set,
)
from storage.records import ExampleKind


def theirs(said: Statement) -> Iterator[Built]:
    """Facts of a statement whose subject is the user's, or a name that is said to be theirs."""
    subject = said.subject
    if said.negated or said.tense in ("modal",) or re.search(r"^(?:my|our) favou?rite$", subject):
        return
    if subject[:1].isupper() and not re.match(r"(?:My|Our|The)\b", subject):
        yield from _swapped(said)
        return
    favourite = re.match(r"^(?:my|our)\s+(?:all[- ]time\s+|absolute\s+)?(?P<f>favou?rite)\s+(?P<what>.+)$", subject, re.IGNORECASE)
    if favourite and said.base == "be":
        yield _favourite(said, favourite)
    elif said.tense == "passive" or (said.base == "be" and re.match(r"(?:called|named|code-?named|nicknamed)\s", said.tail)):
        yield from _passive(said)
    elif said.tense == "progressive":
        yield from _plan(said)
    elif said.tense == "former":
        yield _former(said) if said.base == "be" else None
    elif said.base == "be":
        yield from _is(said)
    elif said.base == "have":
        yield from _has(said)
    else:
        yield from _does(said)


def _favourite(said: Statement, match: re.Match[str]) -> Built:
    what = re.sub(r"\s+(?:ever|of all(?: time)?|in the world)$", "", match["what"])
    be = "are" if said.verb == "are" and is_plural(what) else "is"
    value = re.sub(r"^(?:probably|definitely|by far|of course|to)\s+", "", said.tail)
    if (EVALUATION.match(value) and not re.match(r"\w+ing\b", value)) or TRANSIENT.search(value):
        return None
    return thing(f"my {match['f'].lower()} {what}", value, verb=be, kind=ExampleKind.PREFERENCE)


def _swapped(said: Statement) -> Iterator[Built]:
    """"Lantern is our project", "Tom is our accountant", "Teal is my favourite colour"."""
    match = re.match(r"^(?:the name of )?(?P<poss>my|our)\s+(?P<np>[\w' -]+?)$", said.parts[0].text if said.parts else "", re.IGNORECASE)
    if said.base != "be" or said.tense != "present" or not match or NOT_NAMES.match(said.subject):
        return
    noun = match["np"] if match["np"].isupper() else match["np"].lower()
    fav = re.match(r"^(?:all[- ]time )?(?P<f>favou?rite)\s+(?P<what>.+)$", noun)
    if fav:
        yield thing(f"my {fav['f']} {fav['what']}", said.subject, kind=ExampleKind.PREFERENCE)
    elif noun.split()[-1].lower() in PEOPLE | PETS:
        yield name_of(f"{match['poss'].lower()} {short_noun(noun)}", said.subject)
    elif not ABSTRACT.search(noun) and re.fullmatch(NAME, said.subject):
        yield name_of(f"{match['poss'].lower()} {noun}", said.subject)


def _owner(said: Statement) -> str:
    subject = lowered(said.subject)
    poss, _, noun = subject.partition(" ")
    at_work = re.match(r"^(.*?) (?:at work|at home|at the (?:moment|office)|here)$", noun)
    if at_work and at_work[1].split()[-1].lower() in PEOPLE | PETS:
        noun = at_work[1]
    return f"{poss} {short_noun(noun)}" if poss in ("my", "our") else subject


def _being(owner: str) -> bool:
    last = owner.lower().split()[-1]
    return last in PEOPLE | PETS or last.removesuffix("s") in PETS | PEOPLE or last in PLURAL_PEOPLE


def _passive(said: Statement) -> Iterator[Built]:
    owner = _owner(said)
    verb = said.verb.split()[-1] if said.tense == "passive" else "called"
    tail = said.tail if said.tense == "passive" else said.tail.split(" ", 1)[1]
    if verb in ("called", "named", "nicknamed", "christened"):
        yield name_of(owner, re.sub(r"^by\s+", "", tail))
    elif verb in ("born", "raised", "based", "located", "built") and said.parts:
        time, place = said.first("time"), said.first("place")
        be = said.auxiliary
        if time and verb in ("born", "built") and ABSOLUTE.search(time.text):
            yield ask(f"When {be} {owner} {verb}?", f"{flip(owner)} {be} {verb} {time.preposition} {{}}.", time.value)
        if place:
            yield ask(f"Where {be} {owner} {verb}?", f"{flip(owner)} {be} {verb} {place.preposition} {{}}.", place.value)
    elif verb == "married" and tail.startswith("to "):
        yield ask(f"Who {said.auxiliary} {owner} married to?", f"{flip(owner)} {said.auxiliary} married to {{}}.", tail[3:])
    elif verb == "diagnosed" and (illness := said.first("with")):
        yield ask(f"Which health condition does {owner} have?", f"{flip(owner)} has {{}}.", illness.value)


def _plan(said: Statement) -> Iterator[Built]:
    time = said.first("time")
    owner = _owner(said)
    if time and ABSOLUTE.search(time.text) and not TRANSIENT.search(said.tail):
        before = " ".join(part.text for part in said.parts if part is not time and part.kind != "other")
        yield ask(f"When {said.auxiliary} {owner} {said.asked} {before}?",
                  f"{flip(owner)} {said.said} {flip(before)} {time.preposition} {{}}.", time.value)
    elif said.base == "study" and said.first("thing"):
        part = said.first("thing")
        yield ask(f"What {said.auxiliary} {owner} studying?", f"{flip(owner)} {said.said} {{}}.", part.value) if part else None


def _is(said: Statement) -> Iterator[Built]:
    owner, value = _owner(said), said.tail
    be, past = said.verb.split()[0].lower(), said.tense == "past"
    if said.tense == "perfect" or TRANSIENT.search(value) or re.search(r"\b(?:I|we|you|your)\b", value):
        return
    name = re.match(r"^(?P<o>.+?)(?:'s|(?<=s)')\s+(?:full\s+|first\s+|real\s+)?names?$", owner) or re.match(r"^the names? of (?P<o>.+)$", owner)
    if name:
        yield name_of(name["o"], value)
    elif re.fullmatch(r"my\s+(?:full |first |real |legal )?name", owner):
        yield ask("What is my name?", "Your name is {}.", value, noun="my name")
    elif re.fullmatch(r"my\s+nickname", owner):
        yield ask("What do people call me?", "People call you {}.", value, noun="my nickname")
    elif _being(owner):
        yield from _being_is(said, owner, be, past)
    else:
        yield from thing_is(said, owner, be)


_POINTS = re.compile(r"(?:it|him|her|them|this|that|those|these|me|us|you|everything|trouble)\b", re.IGNORECASE)
_FEELS = re.compile(r"^(?:(?:totally|completely|absolutely|really|so|very|currently|badly|severely|quite|big|a bit|deathly) )*(?P<a>allergic to|scared of|afraid of|terrified of|frightened of|interested in|fluent in|married to|engaged to|intolerant to|obsessed with|mad about|crazy about|mad on|keen on|into|addicted to|fond of|good at|a (?:big |huge )?fan of|sensitive to|named after|sick of) (?P<v>.+)$")


_PRACTISING = word_set("vet dentist doctor gp therapist hairdresser barber physio optician orthodontist psychologist psychiatrist tailor solicitor lawyer osteopath chiropractor midwife")


def _practice(said: Statement, owner: str, be: str) -> Built:
    """"My vet is in Thornbury": where somebody with a practice is found."""
    found = PLACE.match(said.tail) and not NOT_PLACE.match(said.tail)
    return placed(said, owner, be) if found and owner.split()[-1] in _PRACTISING else None


def _being_is(said: Statement, owner: str, be: str, past: bool) -> Iterator[Built]:
    value = said.tail
    called = re.match(rf"^(?P<k>an?\s[\w -]+?)\s+(?:called|named)\s+(?P<v>{NAME})$", value)
    if called:
        yield name_of(owner, called["v"])
        value = called["k"]
    first = value if called or not said.parts else said.parts[0].text
    you, last = flip(owner), owner.split()[-1]
    if not past and (age := age_of(first, owner)):
        yield age
        return
    job = re.match(r"^(?P<v>(?:an?\s+)?(?P<j>[\w /&-]+))$", first)
    if re.match(r"(?:originally )?from ", value) and said.parts:
        yield ask(f"Where {be} {owner} from?", f"{you} {be} from {{}}.", said.parts[0].value)
    elif last in PETS and re.match(r"an?\s", first) and not EVALUATION.match(first) and (first.split()[-1][:1].isupper() or not is_occupation(first.split()[-1])):
        yield ask(f"What breed is {owner}?", f"{you} {be} {{}}.", first.split(",")[0], noun=f"{owner}'s breed")
    elif past and job and is_occupation(job["j"]) and re.match(r"an?\s", first):
        yield ask(f"What was {owner}'s job?", f"{you} was {{}}.", job["v"])
    elif job and is_occupation(job["j"]) and re.match(r"an?\s", first):
        yield ask(f"What is {owner}'s job?", f"{you} {be} {{}}.", job["v"], noun=f"{owner}'s job")
        place = said.first("place")
        if place and place.preposition in ("in", "at"):
            yield ask(f"Where does {owner} work?", f"{you} works {place.preposition} {{}}.", place.value)
    elif _is_name(value) or _is_name(first):
        yield name_of(owner, value if _is_name(value) else first)
    elif feels := _FEELS.match(value):
        said_of = re.split(r"\s+(?:at the moment|and (?:he|she|it|they|I|we)|since|because|so|now)\b", feels["v"])[0]
        yield None if _POINTS.match(said_of) else ask(f"{'Who' if feels['a'].endswith('d to') else 'What'} {be} {owner} {feels['a']}?", f"{you} {be} {feels['a']} {{}}.", said_of)
    else:
        yield _practice(said, owner, be) or _standing(owner, be, first)


def _is_name(value: str) -> bool:
    first = re.split(r"\s+from\s+", value)[0]
    if re.fullmatch(rf"{NAME}(?:(?:,\s+{NAME})*,?\s+and\s+{NAME})?", first):
        return first.split()[-1].lower() not in NATIONALITIES and not NOT_NAMES.match(first)
    return False


def _standing(owner: str, be: str, first: str) -> Built:
    low = first.lower()
    if be == "are" and low.endswith("s") and " " not in low and is_occupation(low[:-1]):
        return ask(f"What is {of(owner, 'job')}?", f"{flip(owner)} are {{}}.", first, noun=of(owner, "job"))
    if low in NATIONALITIES:
        return ask(f"What {be} {owner}'s nationality?", f"{flip(owner)} {be} {{}}.", first)
    if re.fullmatch(r"(?:an?\s+)?(?:vegan|vegetarian|pescatarian|celiac|coeliac|diabetic|deaf|blind|autistic|dyslexic|lactose intolerant|left-handed|asthmatic|epileptic|gluten-free)", low):
        if re.search("veg|pesc|gluten", low):
            return ask(f"What is {owner}'s diet?", f"{flip(owner)} {be} {{}}.", first)
        if "hand" not in low:
            return ask(f"Which health condition does {owner} have?", f"{flip(owner)} {be} {{}}.", first)
    return None


def _former(said: Statement) -> Built:
    owner, first = _owner(said), said.parts[0].text if said.parts else ""
    job = re.match(r"^an?\s+(?P<j>[\w /&-]+)$", first)
    if job and is_occupation(job["j"]) and _being(owner):
        return ask(f"What did {owner} use to be?", f"{flip(owner)} used to be {{}}.", first)
    return None


def _has(said: Statement) -> Iterator[Built]:
    owner, value = _owner(said), said.tail
    if said.tense != "present" or re.match(r"(?:to|no|not|an? (?:lot|few|bit|good|great|problem|question|bug|issue|error|cold|fever|headache|bad|new))\b", value):
        return
    first = said.parts[0].text if said.parts else ""
    do = "do" if said.plural else "does"
    have = "have" if said.plural else "has"
    count = re.match(r"^(?P<v>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?P<np>[\w' -]+)$", first)
    if count and is_plural(count["np"]):
        yield ask(f"How many {count['np']} {do} {owner} have?", f"{flip(owner)} {have} {{}} {count['np']}.", count["v"])
    elif first.split() and first.lower().split()[-1] in CONDITIONS | {"allergy"}:
        yield ask(f"Which health condition {do} {owner} have?", f"{flip(owner)} {have} {{}}.", first)
    elif not _being(owner) and re.match(r"an?\s", first) and not ABSTRACT.search(owner) and said.parts[0].kind == "thing":
        yield ask(f"What {do} {owner} have?", f"{flip(owner)} {have} {{}}.", first)
    elif _being(owner) and re.search(rf"\b(?:{'|'.join(PETS)})$", first) and re.match(r"an?\s", first):
        yield ask(f"What pet {do} {owner} have?", f"{flip(owner)} {have} {{}}.", first)


def _does(said: Statement) -> Iterator[Built]:
    owner = _owner(said)
    if said.base == "work" and (job := next((part for part in said.parts if part.preposition == "as"), None)):
        value = re.sub(r"\s+(?:at|in|for)\s.*$", "", job.value)
        yield ask(f"What is {owner}'s job?", f"{flip(owner)} {said.said} as {{}}.", value, noun=f"{owner}'s job")
    if said.base in ("live", "work", "study", "come", "attend", "teach") and said.tense in ("present", "past"):
        yield from _lives(said, owner)
    elif said.base == "go" and (by := re.match(rf"by (?P<v>{NAME})$", said.tail)):
        yield name_of(owner, by["v"])
    elif said.base == "go" and (to := said.first("to")) and re.search(r"\b(?:School|school|University|College|Academy|kindergarten|nursery|Primary)\b", to.value) and said.tense == "present":
        yield ask(f"Which school does {owner} go to?", f"{flip(owner)} goes to {{}}.", to.value)
    elif said.base == "turn" and said.tense in ("past", "perfect") and (age := re.match(r"\d{1,3}\b", said.tail)):
        yield age_of(age.group(), owner)
    elif said.base in ("love", "like", "hate", "enjoy", "adore") and said.tense == "present" and _being(owner):
        yield _their_taste(said, owner)
    else:
        yield from anything(said)


def _lives(said: Statement, owner: str) -> Iterator[Built]:
    place = said.first("from") if said.base == "come" else said.first("place", "for")
    first = said.first("thing")
    if first and re.match(r"(?:me|us|how)\b", first.value):
        return
    aux = said.auxiliary
    if said.base in ("study", "teach") and first:
        yield ask(f"What {aux} {owner} {said.base}?", f"{flip(owner)} {said.said} {{}}.", first.value)
    if place and said.base in ("live", "work", "study", "teach") and place.kind in ("place", "for") and not TRANSIENT.search(said.tail):
        yield ask(f"Where {aux} {owner} {said.base}?", f"{flip(owner)} {said.said} {place.preposition} {{}}.", place.value)
    if said.base == "come" and place and place.preposition == "from" and _being(owner):
        more = next((part for part in said.parts if part.kind == "place"), None)
        value = f"{place.value} {more.text}" if more else place.value
        yield ask(f"Where {aux} {owner} come from?", f"{flip(owner)} {said.said} from {{}}.", value)
    if said.base == "attend" and first:
        yield ask(f"Which school {aux} {owner} attend?", f"{flip(owner)} {said.said} {{}}.", first.value)


def _their_taste(said: Statement, owner: str) -> Built:
    value = re.split(r"\s+(?:when|because|with|and (?:he|she|it|they))\b", said.tail)[0]
    if re.match(r"(?:it|him|her|them|me|us|you|that|this|to)\b", value):
        return None
    do = "do" if said.plural else "does"
    return ask(f"What {do} {owner} {said.base}?", f"{flip(owner)} {said.said} {{}}.", value, additive=True)
