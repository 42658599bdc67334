# ruff: noqa: E501 - one pattern a line reads best
"""What is said of things that are the user's: dates, colours, places, companies, plain values."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask, clean, of, thing
from engine.tuning.extraction.grammar import flip
from engine.tuning.extraction.lexicon import is_colour, is_plural
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import ABSOLUTE, time_at_start
from engine.tuning.extraction.words import PEOPLE, PETS

_AGE = re.compile(r"^(?:about\s+|almost\s+|nearly\s+|only\s+)?(?P<v>\d{1,3}|[a-z-]+)(?P<u>\s+(?:and a half\s+)?(?:years?|months?|weeks?|days?))?(?P<o>\s+old|\s+of age)?$", re.IGNORECASE)
_AGE_FIRST = re.compile(r"^[\w -]+? (?:years?|months?|weeks?) old(?= and\b)")
_NUMBER_WORD = re.compile(r"^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?|\d{1,3})$", re.IGNORECASE)
EVALUATION = re.compile(
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
PLACE = re.compile(r"^(?:in|at|on|under|behind|inside|near|next to|beside|above|below|opposite|across from|between|by|around the corner from|outside)\s+\w", re.IGNORECASE)
NOT_PLACE = re.compile(r"^(?:in (?:progress|trouble|charge|love|danger|need|bed|fact|pain|good|bad|a (?:bad|good)|\w+ (?:mood|shape|condition))|on (?:fire|time|hold|sale|vacation|holiday|strike|my mind|the way|point|track|my (?:way|nerves))|at (?:risk|war|home|work|it|least|all|stake|odds)|under (?:pressure|control|construction|attack|way)|by (?:far|accident)|in the (?:way|mood))\b", re.IGNORECASE)
ABSTRACT = re.compile(
    r"\b(?:problem|question|issue|point|goal|idea|plan|day|night|morning|evening|week|weekend|mood|life|essay|text|^(?:(?:my|our) )?code|script|function|"
    r"assignment|homework|task|answer|opinion|advice|concern|worry|fear|hope|dream|wish|guess|theory|favou?r|mistake|fault|turn|"
    r"understanding|experience|feeling|impression|intention|aim|purpose|request|biggest|main|way|advantage|time|trip|thought|head|heart|"
    r"mind|luck|choice|priority|focus|budget|result|thesis statement|draft|query|email|message|only|first|last|next)$",
    re.IGNORECASE,
)


def age_of(first: str, owner: str) -> Built:
    """How old somebody is, from a number said of them."""
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


_ANY_VALUE = re.compile(r"(?:my|our)\s+(?:\w+\s+)?(?:hobb(?:y|ies)|interests?|field|subject|speciality|specialty|motto|catchphrase|mantra|(?:big |biggest |lifelong )?(?:dream|ambition)|life goal)$")
"""What may have any value at all, also an adjective or "to sail round the world"."""


def _provider(owner: str, be: str, value: str) -> Built:
    """"My insurance is with Larkfield": the company, not a companion."""
    company = re.match(r"with (?P<v>(?:the )?[A-Z].*)$", value)
    if company is None or not _CONTRACT.search(owner):
        return None
    return ask(f"Who {be} {owner} with?", f"{flip(owner)} {be} with {{}}.", company["v"], noun=f"{owner} provider")


def thing_is(said: Statement, owner: str, be: str) -> Iterator[Built]:
    """What "my X is ..." says of a thing."""
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
        yield age_of(value, kin_age["o"])
    elif re.fullmatch(r"my (?:current )?(?:job|profession|occupation)", owner):
        yield ask("What is my job?", "You work as {}.", re.sub(r"^being\s+", "", value), noun="my job") if re.match(r"(?:being )?an?\s", value) else None
    elif time and (ABSOLUTE.search(time) or re.search(r"\d[:.]\d\d|\d\s*[ap]m|every|noon", time)):
        yield _timed(owner, be, value, birthday)
    elif is_colour(value) and not re.search(r"\bcolou?rs$", owner):
        noun = re.sub(r"'s colou?r$|(?<=\w) colou?r$", "", owner)
        yield _coloured(noun, be, value)
    elif patterned := _PATTERNED.match(value):
        yield _coloured(owner, be, value) if is_colour(patterned["c"]) else None
    elif (kept := _KEPT.match(value)) or PLACE.match(value) or (re.match(r"from [A-Z]", value) and _ORIGIN.search(owner)):
        yield _located(said, owner, be, kept)
    elif not EVALUATION.match(value) and not EVALUATION.match(re.split(r",|\s(?:and|yet|but|or)\s", value)[0]) and (re.fullmatch(r"[\w-]*\d[\w-]*", value) or not ABSTRACT.search(owner)):
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
    if not PLACE.match(said.tail):
        return ask(f"Where {be} {owner} from?", f"{you} {be} from {{}}.", said.tail[5:])
    if NOT_PLACE.match(said.tail) or ABSTRACT.search(owner):
        return None
    return placed(said, owner, be)


def placed(said: Statement, owner: str, be: str) -> Built:
    """Where somebody or something is."""
    places = [part.text for part in said.parts if part.kind == "place"]
    value = " ".join(places) if places else said.tail
    return ask(f"Where {be} {owner}?", f"{flip(owner)} {be} {{}}.", value)


_BODY = re.compile(r"\b(?:arms?|legs?|backs?|head|knees?|foot|feet|hands?|ankles?|wrists?|necks?|shoulders?|throat|stomach|belly|tooth|teeth|eyes?|ears?|nose|skin|hips?|hair|voice|fingers?|toes?)$")


_SCENERY = re.compile(r"\b(?:street|road|room|bedroom|kitchen|bathroom|house|flat|apartment|home|garden|yard|desk|bed|inbox|office|car|van|commute|head|brain|hair|life|week|day|laptop|phone|fridge|village|town|city|back|school|class|neighbourhood|building|stomach|wardrobe|job|work)$")
_A_KIND = re.compile(r"\b(?:bungalow|cottage|terrace[d]?|studio|penthouse|loft|houseboat|maisonette|duplex|semi|semi-detached|townhouse|farmhouse|hatchback|estate|saloon|convertible|hybrid|diesel|suv|coupe|pickup|manual|automatic|listed building|boarding school|comprehensive|grammar school|bob|afro|mohawk|mullet|pixie cut)\b", re.IGNORECASE)


def _likens(owner: str, value: str) -> bool:
    """"My street is a swimming pool", "it is our anniversary": an image or a pronoun's own sense."""
    if re.match(r"(?:my|our)\b", value):
        return value.lower().split()[-1] not in PEOPLE | PETS
    plain = re.match(r"(?:an?|the) ", value) and not re.search(r"[A-Z\d]", value)
    return bool(plain and _SCENERY.search(owner) and not _A_KIND.search(value))


def _plain_thing(said: Statement, owner: str, be: str) -> Built:
    value = said.tail if len(said.tail.split()) <= 8 else (said.parts[0].text if said.parts else "")
    definite = re.match(r"^(?:[A-Z0-9$€£¥#\"]|an?\s|the\s|my\s|our\s|two\b|three\b|number\b|size\b)", value)
    if said.parts and said.parts[0].kind not in ("thing",):
        return None
    if not definite and len(value.split()) > 4 and not re.search(r",| and ", value):
        return None
    if not clean(value) or re.match(r"(?:not|no)\b|\w+ing\s", value) or _likens(owner, value):
        return None
    if re.fullmatch(r"[a-z-]+", value) and _BODY.search(owner):
        return None
    if not definite and ((len(value.split()) == 1 and re.search(r"(?:y|ful|less|ous|ive|able|ible|ic|al|ant|ent)$", value)) or re.search(r"\w+ing\b", owner.split()[-1])):
        return None
    return thing(owner, value, verb=be)
