# ruff: noqa: E501 - one pattern a line reads best
"""Questions from the grammar of a statement itself, for verbs without a rule of their own."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask, clean, lowered
from engine.tuning.extraction.complements import Part, is_habit
from engine.tuning.extraction.grammar import flip
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import ABSOLUTE, TRANSIENT
from engine.tuning.extraction.words import STOP_VERBS, word_set

_LASTING = word_set("""collect own run teach train coach breed raise keep build restore repair fix design develop
    manage lead head found cofound play sing use wear take practise practice perform produce write
    volunteer commute wake sleep work study own rent share support follow grow knit sew paint draw
    bake brew sail fish hunt dive climb ski surf row swim cycle hike conduct edit translate publish
    host organise organize chair research specialise specialize attend belong subscribe serve
    weave carve forage camp juggle tutor mentor supervise ride drive walk store park hang lie
    start end begin open close depart leave arrive expire finish turn cost contain produce make sell
    deliver import export retire quit marry break fracture sprain tear lose win meet propose divorce
    inherit invest donate enlist suffer drink eat smoke hold operate install maintain oversee handle
    direct coordinate administer cook dance foster babysit sculpt compose arrange photograph
    earn pay owe weigh measure stand sit stay spend celebrate visit travel bark snore run
    need launch renew get buy bring fly move switch join support commission rehearse stream tweet
    code program mix dj busk moderate nurse tend farm milk plant harvest prune ferment roast tune
    chair vote pray worship fast meditate immigrate emigrate graduate enrol enroll register
    fence wrestle box bowl shoot skate jog inject digest tolerate possess lecture preach
    graze hibernate purr chew bite shed hate love like prefer adore enjoy speak repair""")
_ALWAYS_LASTING_PAST = word_set("break fracture sprain tear lose win marry found cofound write publish quit retire divorce propose inherit meet start join graduate study hurt")
_WEAK = word_set("do get make need bring take keep use buy stay spend leave visit travel fly eat cook see start finish begin end name hold pay support switch move turn")
_VAGUE_OBJECT = re.compile(
    r"^(?:(?:a|an|the|my|some|any|our)\s+)?(?:lot|bit|few|couple|mistake|question|problem|issue|thing|things|time|way|job|"
    r"point|idea|look|break|chance|care|advantage|part|place|place in|note|notes|photo|picture|pictures|shower|nap|bath|message|"
    r"email|sense|sure|fun|money|friends|day|life|mind|best|help|advice|same|word|words|text|code|function|file|"
    r"script|table|error|app|website|list|report|essay|paragraph|sentence|answer|example)\b(?!\s+(?:of|for|called|at|in|store|market)\b.*[A-Z])",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(r"^(?:some|good|more|better|great|several|many|my own|enough|action|pride|care|responsibility|progress|it|time|things)\b", re.IGNORECASE)
_BAD = re.compile(r"\b(?:you|your|yours|it|this|that|these|those|them|him|her|something|anything|everything|each other|what|how|why|one|there)\b", re.IGNORECASE)


def anything(said: Statement) -> Iterator[Built]:
    """Facts of a lexical verb; nothing where no sound question can be built."""
    if not _may_ask(said):
        return
    main = said.first("thing", "with", "for", "from", "to", "about", "by", "as", "like")
    thing = main if main and main.kind == "thing" else None
    place, time = said.first("place"), said.first("time")
    dated = (time is not None and bool(ABSOLUTE.search(time.text))) or (time is not None and is_habit(time))
    home = said.base == "buy" and thing is not None and re.search(r"\b(?:house|flat|cottage|apartment|farm|cabin|bungalow|studio)$", thing.value) and place is not None
    if said.tense == "past" and not dated and not home and said.base not in _ALWAYS_LASTING_PAST:
        return
    known = thing is None or re.match(r"(?:my|our|the|your)\s", thing.value, re.IGNORECASE)
    if thing is not None and not (known and (place or dated)) and _tells(said, thing):
        yield _about(said, thing, ())
    if thing is not None and known and (place or dated) and said.base in ("lose", "break", "hurt", "tear", "sprain", "fracture"):
        yield _about(said, thing, ())
    before = (thing,) if thing is not None else ()
    if place and (thing is None or said.tense == "past" or known) and _is_place(place) and (thing is None or known or said.base in ("buy", "marry", "meet", "break")):
        yield _about(said, place, before)
    extra = next((part for part in said.parts if part.preposition == "on" and said.base in ("write", "publish") and thing), None)
    if extra and thing and known:
        yield ask(f"What {said.auxiliary} I write {thing.value} on?", f"You wrote {flip(thing.value)} on {{}}.", extra.value)
    if time and dated and not (thing and _VAGUE_OBJECT.match(thing.value)) and (said.tense == "past" or is_habit(time) or not said.mine or said.base in _PLANNED):
        yield _when(said, time)
    means = said.first("means")
    if means:
        yield _about(said, means, ())
    elif thing is None and place is None and main is not None and main.kind in ("with", "for", "from", "about", "like", "as", "to") and not dated and said.base in ("suffer", "train", "specialise", "belong", "care", "retire", "subscribe", "volunteer", "commute"):
        yield _about(said, main, ())


_PLANNED = word_set("start leave fly depart graduate retire finish begin marry")


_BODY = re.compile(r"\b(?:arm|leg|ankle|wrist|foot|hand|finger|toe|rib|ribs|collarbone|hip|knee|elbow|shoulder|nose|jaw|neck|back|thumb|heel|pelvis|tooth|teeth|ligament|acl|tendon|cartilage|muscle|hearing|sight|sense|father|mother|dad|mum|job|kilos?|kg|pounds|virginity|faith|championship|title)\b", re.IGNORECASE)


def _may_ask(said: Statement) -> bool:
    if said.base in ("break", "tear", "lose") and not _BODY.search(said.tail):
        return False
    if said.negated or said.base not in _LASTING or said.base in STOP_VERBS or not said.parts:
        return False
    if said.tense in ("modal", "passive", "former") or (said.tense == "progressive" and said.mine):
        return False
    return not (TRANSIENT.search(said.tail) or _BAD.search(said.tail) or len(said.tail.split()) > 16)


def _tells(said: Statement, thing: Part) -> bool:
    if _VAGUE_OBJECT.match(thing.value) or (re.match(r"[a-z]+ing(?:$| (?:to|an?|the|my|at|in|on)\b)", thing.value) and said.base not in ("teach", "practise", "practice", "hate", "love", "enjoy")):
        return False
    if said.base in ("start", "begin", "finish", "end") and said.first("time"):
        return False
    if (said.base in ("meet", "see") and said.tense != "past") or re.match(r"(?:a lot|lots|many|different|all|most) ", thing.value):
        return False
    if said.base in _WEAK and said.tense != "present":
        return False
    if said.tense == "past" and said.base not in _ALWAYS_LASTING_PAST:
        return False
    if said.base in ("need", "get", "spend", "see", "bring", "buy", "pay", "join", "visit", "fly", "turn"):
        return False
    if said.mine and (said.base in ("make", "maintain", "hold") or _ABSTRACT.match(thing.value)):
        return False
    return not (said.base in ("make", "eat", "cook", "write", "use", "take", "hold", "start", "finish", "leave") and not re.search(r"\b(?:train|bus|tram|ferry|metro|tube|subway)\b", thing.value) and re.match(r"(?:some|the|another|these)\b", thing.value))


def _is_place(place: Part) -> bool:
    return not re.match(r"[\d.]+$|(?:watercolours?|oils?|acrylics?|pastels?|pencil|ink|charcoal|gouache|clay|wood)$|(?:(?:an?|the) (?:\w+ )?(?:accident|crash|fall|fight|fire|storm|rush)|fact|general|order|particular|case|mind|need|love|trouble|touch|danger|pain|bed|front|terms|addition|least|all|first|last|once|my own|my (?:free|spare) time|a (?:hurry|row|way|while|lot)|(?:the )?(?:end|beginning|moment|time|same|middle))\b", place.value) and place.preposition in ("in", "at", "on", "near", "outside", "under", "behind", "beside", "inside", "between", "above", "next")


def _about(said: Statement, part: Part, before: tuple[Part, ...]) -> Built:
    """Asks for one complement; others that the question needs stand in it."""
    wh = {"place": "Where", "means": "How", "time": "When"}.get(part.kind, "What")
    lead = part.preposition + " " if part.preposition else ""
    trailing = part.preposition if wh == "What" else ""
    kept = " ".join(other.text for other in before)
    who = lowered(said.subject)
    question = f"{wh} {said.auxiliary} {who} {said.asked} {_particles(said)} {kept} {trailing}"
    template = f"{said.you} {said.said} {_particles(said)} {flip(kept)} {lead}{{}}."
    if not clean(part.value):
        return None
    return ask(f"{question.strip()}?", template, part.value)


def _particles(said: Statement) -> str:
    return " ".join(part.value for part in said.parts if part.kind == "other" and part.value in ("up", "out", "off", "down", "online"))


def _when(said: Statement, time: Part) -> Built:
    """Asks when; everything else said stands in the question."""
    rest = [part for part in said.parts if part is not time and part.kind in ("thing", "place", "to", "for", "with", "means")]
    kept = " ".join(part.text for part in rest[:2])
    lead = time.preposition + " " if time.preposition else ""
    often = re.match(r"(?:once|twice|daily|weekly|every (?:day|week|month|year|night|morning|evening)\b|\w+ times)", time.value)
    wh = "How often" if often and "at " not in time.text else "When"
    who = lowered(said.subject)
    return ask(f"{wh} {said.auxiliary} {who} {said.asked} {_particles(said)} {kept}?",
               f"{said.you} {said.said} {_particles(said)} {flip(kept)} {lead}{{}}.", time.value)
