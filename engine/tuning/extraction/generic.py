# ruff: noqa: E501 - one rule a line reads best
"""Statements that fit no known relation: a question is built from their own grammar.

What cannot be asked for in a sound English sentence is left alone.
"""

import re
from dataclasses import replace

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.chunks import Chunk, chunk
from engine.tuning.extraction.grammar import base_form, flip, is_past, participle_base
from engine.tuning.extraction.people import is_being, short_noun
from engine.tuning.extraction.rules import NAME, Rule, ask, clean, rule, thing
from engine.tuning.extraction.words import (
    ADJECTIVES_WITH,
    LASTING_ING,
    NATIONALITIES,
    PLURAL_PEOPLE,
    STOP_VERBS,
    TRANSIENT_ING,
    VAGUE_VERBS,
)

_TRANSIENT = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening|week|weekend)|"
    r"just now|right now|a moment ago|at the moment|earlier|lately|the other day|last night)\b",
    re.IGNORECASE,
)
_EVALUATION = re.compile(
    r"^(?:(?:so|very|really|too|quite|pretty|such|kind of|a bit|a little|just|also|not|all|always|"
    r"extremely|the (?:most|best|worst)|an? (?:good|great|bad|nice|big|real|lot|little|bit|mess|"
    r"nightmare|joke|pleasure|problem|challenge|blast|dream|lovely|wonderful|terrible|fantastic))\b|"
    r"(?:\w+ing|\w+ed|good|great|bad|nice|fine|ok|okay|happy|sad|broken|full|empty|ready|done|right|"
    r"wrong|sure|true|important|hard|easy|difficult|funny|sick|ill|old|new|late|early|busy|"
    r"amazing|awesome|perfect|terrible|horrible|beautiful|crazy|lovely|sweet|cute|smart|fun|"
    r"supportive|proud|worried|afraid|healthy|strong|weak|long|short|slow|fast|expensive|"
    r"cheap|similar|different|open|closed|mine|yours|gone|dead|alive|tall|kind|mad|angry|upset|"
    r"because|that|to)\b|\w+ly\s+\w+ing\b)",
    re.IGNORECASE,
)
_TIME_VALUE = re.compile(
    r"^(?:(?:at|on|in|from|every|around|about)\s+)?(?:(?:next|every|each)\s+)?(?:\d{1,2}[:.]\d\d|\d{1,2}\s*"
    r"(?:am|pm|a\.m|p\.m|o'clock)|noon|midnight|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|"
    r"saturdays?|sundays?|(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december))\b",
    re.IGNORECASE,
)
_PLACE_VALUE = re.compile(
    r"^(?:in|at|on|under|behind|inside|near|next to|beside|above|below|opposite|across from|"
    r"between|around the corner from|outside)\s+\w",
    re.IGNORECASE,
)
_ADVERBS = re.compile(
    r"^(?:also|usually|always|often|sometimes|really|just|recently|currently|still|normally|"
    r"generally|mostly|mainly|actually|finally|once|both|all|already|typically|occasionally|"
    r"regularly|rarely|secretly|originally|proudly|happily|only|even|now|then)\s+",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?P<subject>I|we|(?P<poss>my|our)\s+(?P<np>[\w'-]+(?:\s+(?:of\s+)?[\w'-]+){0,4}?))\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)


# -- "my X is Y" ----------------------------------------------------------------------------------


def _copula(match: re.Match[str]) -> Candidate | None:
    noun, be, value = match["noun"], match["be"].lower(), match["v"]
    if _TRANSIENT.search(value) or re.search(r"\b(?:I|we|you)\b", value):
        return None
    if _TIME_VALUE.match(value):
        return _timed(noun, be, value)
    if _PLACE_VALUE.match(value):
        return _placed(noun, be, value)
    if _EVALUATION.match(value) or not _is_definite(noun, value):
        return None
    if be in ("was", "were"):
        return thing(noun, value, verb=be)
    return thing(noun, value, verb=be)


def _is_definite(noun: str, value: str) -> bool:
    """A thing with a value that names it; beings and bare adjectives need a rule of their own."""
    if is_being(re.sub(r"^(?:my|our)\s+", "", noun, flags=re.IGNORECASE)):
        return False
    named = re.match(r"^(?:[A-Z0-9$€£¥#]|an?\s|the\s|my\s|our\s|two\b|three\b|four\b|five\b)", value)
    return bool(named) or len(value.split()) <= 4


def _split_time(value: str) -> tuple[str, str]:
    lead = re.match(r"^((?:at|on|in|from|every|around|about)\s+)?(.*)$", value, re.IGNORECASE)
    return ((lead[1] or "").lower(), lead[2]) if lead else ("", value)


def _you(noun: str) -> str:
    return flip(noun[:1].lower() + noun[1:])


def _timed(noun: str, be: str, value: str) -> Candidate | None:
    preposition, when = _split_time(value)
    lower = noun[:1].lower() + noun[1:]
    return ask(f"When {be} {lower}?", f"{_you(noun)} {be} {preposition}{{}}.", when, noun=lower)


def _placed(noun: str, be: str, value: str) -> Candidate | None:
    lower = noun[:1].lower() + noun[1:]
    return ask(f"Where {be} {lower}?", f"{_you(noun)} {be} {{}}.", value)


def _swapped(match: re.Match[str]) -> Candidate | None:
    """"Lantern is our project": the named thing stands first."""
    noun = match["noun"]
    if is_being(re.sub(r"^(?:my|our)\s+", "", noun, flags=re.IGNORECASE)):
        return None
    return thing(noun, match["v"])


def _adjective(match: re.Match[str]) -> Candidate | None:
    adjective, value = match["adj"].lower(), match["v"]
    be = "were" if match["be"].lower() == "was" else "are"
    if len(value.split()) > _LONGEST_VALUE or _ENTANGLED.search(value):
        return None
    asks = "was" if be == "were" else "am"
    wh = "Who" if adjective in ("married to", "engaged to", "in love with", "related to") else "What"
    question = f"{wh} {asks} I {adjective}?"
    return ask(question, f"You {be} {adjective} {{}}.", value, additive=wh == "What")


def _being_at(match: re.Match[str]) -> Candidate | None:
    """"I am learning Japanese": what is going on for longer than the moment."""
    verb = match["verb"].lower()
    if verb in ("learning", "studying") and match["v"].lower() in NATIONALITIES | _LANGUAGES:
        return ask("Which language am I learning?", "You are learning {}.", match["v"])
    if verb == "turning" or verb in TRANSIENT_ING - LASTING_ING or _TRANSIENT.search(match["v"]):
        return None
    first = chunk(match["v"])
    if not first:
        return None
    if first[0].kind == "doing":
        return ask(f"What am I {verb} to do?", f"You are {verb} to {{}}.", first[0].value)
    preposition = f" {first[0].preposition}" if first[0].preposition else ""
    question = f"What am I {verb}{preposition}?"
    return ask(question, f"You are {verb}{preposition} {{}}.", _joined(first[0], first[1:]))


def _used_to(match: re.Match[str]) -> Candidate | None:
    if len(match["v"].split()) < 2 or re.search(r"\ball the time|a lot|\blike to\b", match["v"]):
        return None
    return ask("What did I use to do?", "You used to {}.", match["v"])


COPULA_RULES: tuple[Rule, ...] = (
    rule(rf"I\s+(?P<be>am|was)\s+(?:also\s+|really\s+|very\s+|so\s+|quite\s+|pretty\s+|deathly\s+)*(?P<adj>{ADJECTIVES_WITH})\s+(?P<v>.+)", _adjective),
    rule(r"I\s+am\s+(?:also\s+|currently\s+|still\s+)*(?P<verb>[a-z]+ing)\s+(?P<v>.+)", _being_at),
    rule(r"I\s+used\s+to\s+(?P<v>.+)", _used_to),
    rule(r"(?P<noun>(?:my|our)\s+(?:(?!is\b|are\b|was\b|were\b)[\w'/&-]+\s*?)(?:\s+(?!is\b|are\b|was\b|were\b|who\b|that\b|I\b)[\w'/&-]+){0,6}?)\s+(?P<be>is|are|was|were)\s+(?P<v>.+)", _copula),
    rule(rf"(?P<v>(?-i:{NAME}))\s+is\s+(?P<noun>(?:my|our)\s+[\w' -]+)", _swapped),
    rule(r"(?P<noun>the\s+[\w'-]+(?:\s+[\w'-]+){0,2}?\s+(?:of|for|to|at|in|on)\s+(?:my|our)\s+[\w' -]+?)\s+(?P<be>is|are|was|were)\s+(?P<v>.+)", _copula),
)  # fmt: skip


# -- "I do X" -------------------------------------------------------------------------------------


def verb_fact(clause: str) -> Candidate | None:
    """A fact from subject, verb and complements; None where no sound question can be built."""
    for match in _subjects(clause):
        made = _from_parts(match["subject"], match["np"], match["rest"])
        if made:
            return made
    return None


def _subjects(clause: str) -> list[re.Match[str]]:
    """Every way to cut the clause after its subject, shortest subject first."""
    found: list[re.Match[str]] = []
    for words in range(1, 6):
        head = " ".join(clause.split()[: words + 1])
        match = _SUBJECT.match(clause)
        if words == 1 and match and match["subject"].lower() in ("i", "we"):
            return [match]
        cut = re.match(
            rf"^(?P<subject>(?P<poss>my|our)\s+(?P<np>[\w'-]+(?:\s+[\w'-]+){{{words - 1}}}))\s+(?P<rest>\S.*)$",
            clause,
            re.IGNORECASE,
        )
        if cut and head:
            found.append(cut)
    return found


def _from_parts(subject: str, noun: str | None, rest: str) -> Candidate | None:
    while _ADVERBS.match(rest):
        rest = _ADVERBS.sub("", rest, count=1)
    verb, _, tail = rest.partition(" ")
    if verb.lower() == "can" and tail.partition(" ")[2]:
        able, _, tail = tail.partition(" ")
        known = base_form(able) == able.lower() and able.lower() not in STOP_VERBS | VAGUE_VERBS
        return _question(subject, "can", able.lower(), able.lower(), tail) if known else None
    perfect = verb.lower() in ("have", "has") and tail and participle_base(tail.split()[0])
    if perfect:
        verb, _, tail = tail.partition(" ")
        base = participle_base(verb)
        if base is None or base in _NO_OBJECT or base in VAGUE_VERBS | STOP_VERBS or base == "be":
            return None
        return _question(subject, "have" if noun is None else "has", verb, verb, tail)
    base = base_form(verb)
    if base is None or base == "be" or (noun is not None and not _agrees(noun, verb)):
        return None
    if base in STOP_VERBS or _TRANSIENT.search(tail):
        return None
    aux = "did" if is_past(verb) else "do" if noun is None or _is_plural(noun) else "does"
    return _question(subject, aux, base, verb, tail)


def _is_plural(noun: str) -> bool:
    last = noun.lower().split()[-1]
    return last in PLURAL_PEOPLE or (last.endswith("s") and is_being(last[:-1]))


def _agrees(noun: str, verb: str) -> bool:
    """Third person or past after a singular noun; otherwise the word is no verb here."""
    if is_past(verb):
        return not noun.lower().endswith(("ed", "'s"))
    third = verb.lower().endswith("s") or verb.lower() == "has"
    return (not third) if _is_plural(noun) else third


def _question(subject: str, aux: str, base: str, verb: str, tail: str) -> Candidate | None:
    """Asks for the first complement; later ones stay in the question to keep it distinct."""
    parts = chunk(tail)
    if not parts or _ENTANGLED.search(tail) or (aux == "can" and subject.lower() != "i"):
        return None
    parts = _most_telling(parts)
    first, rest = parts[0], parts[1:]
    who = _asked(subject)
    if base in VAGUE_VERBS and (first.kind != "place" if base in _MOVING else not rest):
        return None
    if subject.lower() in ("i", "we") and base in _TASTES:
        return None
    if base in _NO_OBJECT or re.match(_INDIRECT, first.text, re.IGNORECASE):
        return None
    question = _wh(first, aux, who, base)
    if question is None:
        return None
    keeps = base in VAGUE_VERBS or aux == "did"
    kept = " ".join(part.text for part in rest if keeps and part.kind in ("place", "time"))
    said = f"{aux} {verb}" if aux in ("have", "has", "can") else verb.lower()
    before = "".join(f" {part.text}" for part in first.before)
    lead = f"{first.preposition} " if first.preposition else ""
    trailing = "".join(f" {part.text}" for part in rest)
    if len(first.value.split()) > _LONGEST_VALUE:
        return None
    template = f"{_you(subject)} {said}{flip(before)} {lead}{{}}{flip(trailing)}."
    return ask(f"{question}{before} {kept}".strip() + "?", template, first.value)


_LONGEST_VALUE = 8
_LANGUAGES = frozenset(
    ("arabic", "hebrew", "hindi", "latin", "mandarin", "cantonese", "esperanto", "swahili", "urdu",
     "bengali", "tamil", "persian", "farsi", "gaelic", "catalan", "basque", "sign language")
)  # fmt: skip
_MOVING = ("go", "come", "get")
_NO_OBJECT = ("have", "do", "become", "quit", "move", "left", "lie", "lay")
_TASTES = ("like", "love", "enjoy", "hate", "dislike", "prefer", "adore", "detest")
_ENTANGLED = re.compile(
    r"\b(?:what|that|how|why|you|your|I|we|it|however|which|who|sometimes|this|these|those)\b|"
    r"^(?:and|or|is|are|was|were|be|not)\b",
    re.IGNORECASE,
)
_INDIRECT = r"(?:me|him|her|us|them|myself|ourselves|most of|some of|all of|lots|a lot)\b"


def _most_telling(parts: list[Chunk]) -> list[Chunk]:
    """The complement to ask for goes first; two times become one.

    In "met my wife in Kyoto" the place is news and the wife is known, so the place is asked for.
    """
    first, rest = parts[0], parts[1:]
    if first.kind == "time" and rest and rest[0].kind == "time":
        joined = replace(first, text=f"{first.text} {rest[0].text}", value=f"{first.value} {rest[0].text}")
        return [joined, *rest[1:]]
    known = first.kind == "thing" and re.match(r"(?:my|our|the)\b", first.text, re.IGNORECASE)
    if known and rest and rest[0].kind in ("place", "time", "often"):
        return [replace(rest[0], before=(first,)), *rest[1:]]
    return parts


def _wh(first: Chunk, aux: str, who: str, base: str) -> str | None:
    """The question up to the verb for what `first` is."""
    if first.kind == "place":
        return f"Where {aux} {who} {base}"
    if first.kind == "time":
        return f"When {aux} {who} {base}"
    if first.kind == "often":
        return f"How often {aux} {who} {base}"
    if first.kind == "means":
        return f"How {aux} {who} {base}"
    if first.kind == "doing":
        return f"What {aux} {who} {base} to do" if base in ("want", "plan", "hope", "need", "intend") else None
    if first.kind == "thing":
        what = "Who" if is_being(re.split(r"\s+(?:and|,)", first.value)[0]) else "What"
        return f"{what} {aux} {who} {base}" + (f" {first.preposition}" if first.preposition else "")
    return None


def _asked(subject: str) -> str:
    if subject.lower() in ("i", "we"):
        return "I" if subject.lower() == "i" else "we"
    poss, _, noun = subject.partition(" ")
    return f"{poss.lower()} {short_noun(noun)}"


def _joined(first: Chunk, rest: list[Chunk]) -> str:
    return " ".join([clean(first.value), *(part.text for part in rest if part.kind == "thing")])
