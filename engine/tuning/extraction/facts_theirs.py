# ruff: noqa: E501 - one fact a line reads best
"""What is said of people, pets and things that are the user's: "my sister is ...", "our van ..."."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask, clean, lowered, name_of, of, thing
from engine.tuning.extraction.facts_any import anything
from engine.tuning.extraction.grammar import flip
from engine.tuning.extraction.lexicon import NAME, NOT_NAMES, is_colour, is_plural, short_noun
from engine.tuning.extraction.occupations import is_occupation
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import ABSOLUTE, TRANSIENT, time_at_start
from engine.tuning.extraction.words import (
    CONDITIONS,
    NATIONALITIES,
    PEOPLE,
    PETS,
    PLURAL_PEOPLE,
    word_set,
)
from storage.records import ExampleKind

_AGE = re.compile(r"^(?:about\s+|almost\s+|nearly\s+|only\s+)?(?P<v>\d{1,3}|[a-z-]+)(?P<u>\s+(?:and a half\s+)?(?:years?|months?|weeks?|days?))?(?P<o>\s+old|\s+of age)?$", re.IGNORECASE)
_AGE_FIRST = re.compile(r"^[\w -]+? (?:years?|months?|weeks?) old(?= and\b)")
_NUMBER_WORD = re.compile(r"^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?|\d{1,3})$", re.IGNORECASE)
_EVALUATION = re.compile(
    r"^(?:(?:so|very|really|too|quite|pretty|such|kind of|a bit|a little|just|also|not|all|always|extremely|no|how|why|as|"
    r"the (?:most|best|worst|same|only)|an? (?:\w+ly\s+)?(?:good|great|bad|nice|big|real|lot|little|bit|mess|nightmare|joke|pleasure|problem|challenge|"
    r"blast|dream|lovely|wonderful|terrible|fantastic|huge|disaster|pain|way|thing|very|really|amazing|beautiful|secret|must|"
    r"matter|few|long|hard|tough|total|complete|perfect|wonderful|kind|hit|success|success|great))\b|"
    r"(?:\w+ing|\w+ed|good|great|bad|nice|fine|ok|okay|happy|sad|broken|full|empty|ready|done|right|wrong|sure|true|important|hard|easy|"
    r"difficult|funny|sick|ill|old|new|late|early|busy|amazing|awesome|perfect|terrible|horrible|beautiful|crazy|lovely|sweet|cute|smart|"
    r"fun|supportive|proud|worried|afraid|healthy|strong|weak|long|short|slow|fast|expensive|cheap|similar|different|open|closed|mine|"
    r"yours|gone|lost|stolen|torn|stuck|shut|burnt|bent|frozen|asleep|awake|dead|alive|tall|kind|mad|angry|upset|because|that|to|strict|loud|quiet|dirty|clean|useless|useful|helpful|friendly|"
    r"delicious|tasty|wonderful|fantastic|special|simple|complex|complicated|boring|down|up|out|off|over|on fire|wild|better|worse|"
    r"small|big|large|tiny|huge|warm|cold|hot|dry|wet|dark|light|heavy|safe|free|rich|poor|like|always|never|there|here|about)$|"
    r"(?:about|because|that|to|like|where|when|how|why|what|if|for|good|great|better|ready|hard|easy|too|with|full of|worth|so)\s)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^(?:in|at|on|under|behind|inside|near|next to|beside|above|below|opposite|across from|between|by|around the corner from|outside)\s+\w", re.IGNORECASE)
_NOT_PLACE = re.compile(r"^(?:in (?:progress|trouble|charge|love|danger|need|bed|fact|pain|good|bad|a (?:bad|good)|\w+ (?:mood|shape|condition))|on (?:fire|time|hold|sale|vacation|holiday|strike|my mind|the way|point|track|my (?:way|nerves))|at (?:risk|war|home|work|it|least|all|stake|odds)|under (?:pressure|control|construction|attack|way)|by (?:far|accident)|in the (?:way|mood))\b", re.IGNORECASE)
_ABSTRACT = re.compile(
    r"\b(?:problem|question|issue|point|goal|idea|plan|day|night|morning|evening|week|weekend|mood|life|essay|text|^(?:(?:my|our) )?code|script|function|"
    r"assignment|homework|task|answer|opinion|advice|concern|worry|fear|hope|dream|wish|guess|theory|favou?r|mistake|fault|turn|"
    r"understanding|experience|feeling|impression|intention|aim|purpose|request|biggest|main|way|advantage|time|trip|thought|head|heart|"
    r"mind|luck|choice|priority|focus|budget|result|thesis statement|draft|query|email|message|only|first|last|next)$",
    re.IGNORECASE,
)


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
    if (_EVALUATION.match(value) and not re.match(r"\w+ing\b", value)) or TRANSIENT.search(value):
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
    elif not _ABSTRACT.search(noun) and re.fullmatch(NAME, said.subject):
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
    elif verb in ("born", "raised", "based", "located") and said.parts:
        time, place = said.first("time"), said.first("place")
        be = said.auxiliary
        if time and verb == "born" and ABSOLUTE.search(time.text):
            yield ask(f"When {be} {owner} born?", f"{flip(owner)} {be} born {time.preposition} {{}}.", time.value)
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
        yield from _thing_is(said, owner, be)


_POINTS = re.compile(r"(?:it|him|her|them|this|that|those|these|me|us|you|everything|trouble)\b", re.IGNORECASE)
_FEELS = re.compile(r"^(?:(?:totally|completely|absolutely|really|so|very|currently|badly|severely|quite|big|a bit|deathly) )*(?P<a>allergic to|scared of|afraid of|terrified of|frightened of|interested in|fluent in|married to|engaged to|intolerant to|obsessed with|mad about|crazy about|mad on|keen on|into|addicted to|fond of|good at|a (?:big |huge )?fan of|sensitive to|named after|sick of) (?P<v>.+)$")


_PRACTISING = word_set("vet dentist doctor gp therapist hairdresser barber physio optician orthodontist psychologist psychiatrist tailor solicitor lawyer osteopath chiropractor midwife")


def _practice(said: Statement, owner: str, be: str) -> Built:
    """"My vet is in Thornbury": where somebody with a practice is found."""
    placed = _PLACE.match(said.tail) and not _NOT_PLACE.match(said.tail)
    return _placed(said, owner, be) if placed and owner.split()[-1] in _PRACTISING else None


def _being_is(said: Statement, owner: str, be: str, past: bool) -> Iterator[Built]:
    value = said.tail
    called = re.match(rf"^(?P<k>an?\s[\w -]+?)\s+(?:called|named)\s+(?P<v>{NAME})$", value)
    if called:
        yield name_of(owner, called["v"])
        value = called["k"]
    first = value if called or not said.parts else said.parts[0].text
    you, last = flip(owner), owner.split()[-1]
    if not past and (age := _age(first, owner)):
        yield age
        return
    job = re.match(r"^(?P<v>(?:an?\s+)?(?P<j>[\w /&-]+))$", first)
    if re.match(r"(?:originally )?from ", value) and said.parts:
        yield ask(f"Where {be} {owner} from?", f"{you} {be} from {{}}.", said.parts[0].value)
    elif last in PETS and re.match(r"an?\s", first) and not _EVALUATION.match(first) and (first.split()[-1][:1].isupper() or not is_occupation(first.split()[-1])):
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
    if low in NATIONALITIES:
        return ask(f"What {be} {owner}'s nationality?", f"{flip(owner)} {be} {{}}.", first)
    if re.fullmatch(r"(?:an?\s+)?(?:vegan|vegetarian|pescatarian|celiac|coeliac|diabetic|deaf|blind|autistic|dyslexic|lactose intolerant|left-handed|asthmatic|epileptic|gluten-free)", low):
        if re.search("veg|pesc|gluten", low):
            return ask(f"What is {owner}'s diet?", f"{flip(owner)} {be} {{}}.", first)
        if "hand" not in low:
            return ask(f"Which health condition does {owner} have?", f"{flip(owner)} {be} {{}}.", first)
    return None


def _age(first: str, owner: str) -> Built:
    only = _AGE_FIRST.match(first)
    match = _AGE.match(only.group() if only else re.sub(r" (?:and|but) (?:is |are )?(?:called|named|teething|still|already|not)\b.*$", "", first))
    if not match or not _NUMBER_WORD.match(match["v"]):
        return None
    if match["v"].lower() == "one" and not match["u"]:
        return None
    unit = match["u"] or ""
    value = match["v"] + (unit if unit.strip() and not re.match(r"\s+years?", unit) else "")
    tail = " old." if value != match["v"] else " years old."
    be = "are" if is_plural(owner) else "is"
    return ask(f"How old {be} {owner}?", f"{flip(owner)} {be} {{}}{tail}", value, noun=of(owner, "age"))


_ORDINAL = re.compile(r"on the (?:first|second|third|fourth|fifth|tenth|fifteenth|twentieth|last)\b")


def _due(owner: str, be: str, value: str) -> Built:
    due = re.match(r"^due (?P<t>(?:on|at|by|in|every)\s.+)$", value)
    if due is None or not (time_at_start(due["t"]) or _ORDINAL.match(due["t"])):
        return None
    return ask(f"When {be} {owner} due?", f"{flip(owner)} {be} due {{}}.", due["t"])


_PATTERNED = re.compile(r"(?P<c>[a-z -]+?) with (?:an?|the|two|three|lots|my|white|black|red|blue|yellow|green|pink|purple|grey|gray|orange|gold|silver)\b")
_KEPT = re.compile(r"(?P<d>parked|kept|stored|hidden|buried|moored|locked up) (?P<v>(?:in|on|at|near|behind|under|outside|next to|by|opposite) .+)$")
_ORIGIN = re.compile(r"\b(?:family|parents|relatives|ancestors|car|guitar)\b")


_PAST_THING = re.compile(r"\b(?:name|maiden|first|childhood|old)\b")
_CONTRACT = re.compile(r"\b(?:mortgage|insurance|account|pension|phone|broadband|internet|contract|policy|loan|energy|electricity|gas|savings|isa)$", re.IGNORECASE)


_ANY_VALUE = re.compile(r"(?:my|our)\s+(?:\w+\s+)?(?:hobb(?:y|ies)|interests?|motto|catchphrase|mantra|(?:big |biggest |lifelong )?(?:dream|ambition)|life goal)$")
"""What may have any value at all, also an adjective or "to sail round the world"."""


def _provider(owner: str, be: str, value: str) -> Built:
    """"My insurance is with Larkfield": the company, not a companion."""
    company = re.match(r"with (?P<v>(?:the )?[A-Z].*)$", value)
    if company is None or not _CONTRACT.search(owner):
        return None
    return ask(f"Who {be} {owner} with?", f"{flip(owner)} {be} with {{}}.", company["v"], noun=f"{owner} provider")


def _thing_is(said: Statement, owner: str, be: str) -> Iterator[Built]:
    value = said.tail
    if said.tense == "past" and not _PAST_THING.search(owner):
        return
    value = re.sub(r"^(?:dyed|painted|sprayed)\s+(?=\w+(?: \w+)?$)", "", value)
    simple = _ANY_VALUE.match(owner)
    made = thing(owner, value, verb=be) if simple else _due(owner, be, value) or _provider(owner, be, value)
    if made is not None:
        yield made
        return
    birthday = owner.endswith(("birthday", "anniversary"))
    time = time_at_start(value) or (value if birthday and re.search(r"\d", value) else "")
    kin_age = re.match(r"^(?P<o>.+)'s age$", owner)
    if kin_age:
        yield _age(value, kin_age["o"])
    elif re.fullmatch(r"my (?:current )?(?:job|profession|occupation)", owner):
        yield ask("What is my job?", "You work as {}.", re.sub(r"^being\s+", "", value), noun="my job") if re.match(r"(?:being )?an?\s", value) else None
    elif time and (ABSOLUTE.search(time) or re.search(r"\d[:.]\d\d|\d\s*[ap]m|every|noon", time)):
        yield _timed(owner, be, value, birthday)
    elif is_colour(value):
        noun = re.sub(r"'s colou?r$|(?<=\w) colou?r$", "", owner)
        yield _coloured(noun, be, value)
    elif patterned := _PATTERNED.match(value):
        yield _coloured(owner, be, value) if is_colour(patterned["c"]) else None
    elif (kept := _KEPT.match(value)) or _PLACE.match(value) or (re.match(r"from [A-Z]", value) and _ORIGIN.search(owner)):
        yield _located(said, owner, be, kept)
    elif not _EVALUATION.match(value) and not _EVALUATION.match(re.split(r",|\s(?:and|yet|but|or)\s", value)[0]) and (re.fullmatch(r"[\w-]*\d[\w-]*", value) or not _ABSTRACT.search(owner)):
        yield _plain_thing(said, owner, be)


def _timed(owner: str, be: str, value: str, birthday: bool) -> Built:
    rest = time_at_start(value) or value
    lead = re.match(r"^(?:(at|on|in|from|every|around|about|by|until)\s+)?(.*)$", rest, re.IGNORECASE)
    preposition, when = (lead[1] or "", lead[2]) if lead else ("", rest)
    if preposition.lower() == "every":
        preposition, when = "", rest
    if birthday and not re.search(r"\d|january|february|march|april|may|june|july|august|september|october|november|december|christmas|new year|halloween|valentine", when, re.IGNORECASE):
        return None
    return ask(f"When {be} {owner}?", f"{flip(owner)} {be} {preposition} {{}}.", when, noun=owner)


def _coloured(noun: str, be: str, value: str) -> Built:
    return ask(f"What colour {be} {noun}?", f"{flip(noun)} {be} {{}}.", value, noun=of(noun, "colour"))


def _located(said: Statement, owner: str, be: str, kept: re.Match[str] | None) -> Built:
    """Where a thing is kept, is or is from."""
    you = flip(owner)
    if kept:
        return ask(f"Where {be} {owner} {kept['d']}?", f"{you} {be} {kept['d']} {{}}.", kept["v"])
    if not _PLACE.match(said.tail):
        return ask(f"Where {be} {owner} from?", f"{you} {be} from {{}}.", said.tail[5:])
    if _NOT_PLACE.match(said.tail) or _ABSTRACT.search(owner):
        return None
    return _placed(said, owner, be)


def _placed(said: Statement, owner: str, be: str) -> Built:
    places = [part.text for part in said.parts if part.kind == "place"]
    value = " ".join(places) if places else said.tail
    return ask(f"Where {be} {owner}?", f"{flip(owner)} {be} {{}}.", value)


_BODY = re.compile(r"\b(?:arms?|legs?|backs?|head|knees?|foot|feet|hands?|ankles?|wrists?|necks?|shoulders?|throat|stomach|belly|tooth|teeth|eyes?|ears?|nose|skin|hips?|hair|voice|fingers?|toes?)$")


def _plain_thing(said: Statement, owner: str, be: str) -> Built:
    value = said.tail if len(said.tail.split()) <= 8 else (said.parts[0].text if said.parts else "")
    definite = re.match(r"^(?:[A-Z0-9$€£¥#\"]|an?\s|the\s|my\s|our\s|two\b|three\b|number\b|size\b)", value)
    if said.parts and said.parts[0].kind not in ("thing",):
        return None
    if not definite and len(value.split()) > 4 and not re.search(r",| and ", value):
        return None
    if not clean(value) or re.match(r"(?:not|no)\b|\w+ing\s", value):
        return None
    if re.fullmatch(r"[a-z-]+", value) and _BODY.search(owner):
        return None
    if not definite and ((len(value.split()) == 1 and re.search(r"(?:y|ful|less|ous|ive|able|ible|ic|al|ant|ent)$", value)) or re.search(r"\w+ing\b", owner.split()[-1])):
        return None
    return thing(owner, value, verb=be)


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
    elif not _being(owner) and re.match(r"an?\s", first) and not _ABSTRACT.search(owner) and said.parts[0].kind == "thing":
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
        yield _age(age.group(), owner)
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
