# ruff: noqa: E501 - one pattern a line reads best
"""Candidate facts from English sentences: statements, clauses, grammar, then facts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.tuning.extraction.build import Built, ask
from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.canonical import canonical
from engine.tuning.extraction.clefts import plainly
from engine.tuning.extraction.facts_any import anything
from engine.tuning.extraction.facts_begun import begun
from engine.tuning.extraction.facts_diet import set_phrases
from engine.tuning.extraction.facts_doing import VERBS, habit
from engine.tuning.extraction.facts_have import has, more_looks
from engine.tuning.extraction.facts_kin import kin
from engine.tuning.extraction.facts_me import me
from engine.tuning.extraction.facts_sizes import size_like, takes_with
from engine.tuning.extraction.facts_taste import rather, taste
from engine.tuning.extraction.facts_theirs import theirs
from engine.tuning.extraction.idioms import own_idiom, reaction
from engine.tuning.extraction.lexicon import NAME, NOT_NAMES
from engine.tuning.extraction.naming import named
from engine.tuning.extraction.predicates import Statement, parse
from engine.tuning.extraction.pronouns import Antecedents
from engine.tuning.extraction.rewriting import plain_clauses, simpler
from engine.tuning.extraction.split import Clause, split
from engine.tuning.extraction.starts import QUESTION_START
from engine.tuning.extraction.statements import SUPPOSED, is_plain, said_in
from engine.tuning.extraction.telegraphic import telegraphic
from engine.tuning.extraction.words import word_set
from storage.records import ExampleKind

_CORRECTION = re.compile(
    r"^(?:(?:oh|sorry|wait|nope|oops)[\s,.!-]+)*(?:no[,.!]|actually|correction|i meant|i mean|to correct|"
    r"i was wrong|i made a mistake|my mistake|not anymore|update)",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(r"\bno-longer\b|\b(?:do|does|am|is|are)\s+not\b(?=.*\b(?:any ?more|any longer)\b)")
_CALL_ME = re.compile(
    rf"(?:^|\b(?i:can|just|please|everyone|everybody|people|friends|they|all|at work|at school|at home)\s+)(?i:calls?)\s+me\s+(?P<v>{NAME}|[a-z]{{2,12}}$)(?!\s+(?:if|when|on|at|at|back|later))"
)

_GREETED = re.compile(r"^(?:hi|hello|hey)\b[\s,!.]*(?:I am|I'm|i'm|im)\s+(?P<v>[a-z]{2,12})(?=$|[,.;!]|\s+(?:and|from)\b)")
_STATES = word_set("tired sad happy back here new sorry bored lost stuck confused ill sick fine good ready hungry busy not so just looking trying a an the in at from")
_NAME_PLACE = re.compile(r"\b(?:and|but)\s+(?:now\s+)?(?:(?:I am|we are)\s+)?(?:now\s+)?in\s+(?P<v>[A-Z][\w ]+?)(?=$|[,.;]|\s+(?:and|but|with)\b)")


_YES_OR_NO = re.compile(r"^(?:is|are|was|were|do|does|did|has|have|had) (?:my|our)\b", re.IGNORECASE)


def english_candidates(sentences: Iterable[str]) -> Iterator[Candidate]:
    """Yields candidates from a message's own English sentences, in order, none of them twice."""
    known = Antecedents()
    seen: set[tuple[str, str]] = set()
    for sentence in sentences:
        fixes = bool(_CORRECTION.match(sentence))
        for found in _sentence(sentence, known):
            made = canonical(found)
            if made is None:
                continue
            key = (made.question.lower(), made.value.lower())
            if key in seen:
                continue
            seen.add(key)
            yield replace(made, kind=ExampleKind.CORRECTION) if fixes else made


def _sentence(sentence: str, known: Antecedents) -> Iterator[Candidate]:
    greeted = _GREETED.match(sentence)
    if greeted and greeted["v"] not in _STATES:
        yield from _sound(ask("What is my name?", "Your name is {}.", greeted["v"], noun="my name"))
    whole, statements = said_in(sentence)
    if not whole or SUPPOSED.match(whole):
        return
    asks = statements != [whole]
    if asks:
        bare, passing = named(whole)
        if not _YES_OR_NO.match(whole):
            yield from _in_passing(bare, passing, known)
        known.hear(bare)
        call = _CALL_ME.search(whole)
        if call and not NOT_NAMES.match(call["v"]):
            yield from _sound(ask("What do people call me?", "People call you {}.", call["v"], noun="my nickname"))
    for text in statements if not asks else [*_verbless(whole), *statements]:
        for told in telegraphic(text):
            yield from _statement(told, known)


def _verbless(question: str) -> list[str]:
    """What stands before a question without a verb: "Retired welder here, which gloves ...?"."""
    told = telegraphic(question)
    return [] if told == [question] else [one for one in told if not QUESTION_START.match(one)]


def _statement(text: str, known: Antecedents) -> Iterator[Candidate]:
    call = _CALL_ME.search(text)
    if call:
        yield from _sound(ask("What do people call me?", "People call you {}.", call["v"], noun="my nickname"))
    text, passing = named(plainly(simpler(text)))
    yield from _in_passing(text, passing, known)
    yield from _sound(rather(text))
    known.begin(text)
    for plain in plain_clauses(text):
        yield from _clauses(plain, known)


def _in_passing(text: str, passing: list[Candidate], known: Antecedents) -> Iterator[Candidate]:
    """Names that stand beside whom or what they name."""
    for made in passing:
        if is_plain(text) or not re.search(r"\b(?:if|imagine|pretend)\b", text):
            owner = re.match(r"^(?:the names? of )?(my|our) (.+?)(?:'s? name)?$", made.noun)
            if owner:
                known.note(f"{owner[1]} {owner[2]}")
            yield made


def _clauses(text: str, known: Antecedents) -> Iterator[Candidate]:
    lived = re.search(r"\bused to live\b", text)
    now = _NAME_PLACE.search(text) if lived else None
    if now:
        yield from _sound(ask("Where do I live?", "You live in {}.", now["v"], noun="the place where I live"))
    for clause in split(text):
        reacts = list(reaction(f"{clause.subject} {clause.predicate}"))
        if reacts:
            yield from (made for built in reacts for made in _sound(built))
            continue
        resolved = known.resolve(clause)
        if resolved is None or not is_plain(f"{resolved.subject} {resolved.predicate}"):
            continue
        yield from _clause(resolved, known)


def _begun(said: Statement) -> list[Built]:
    return [made for made in begun(said) if made is not None]


def _kin(said: Statement) -> list[Built]:
    return [made for made in kin(said) if made is not None]


def _clause(clause: Clause, known: Antecedents) -> Iterator[Candidate]:
    taken = _NO_LONGER.search(f" {clause.predicate}")
    if taken:
        yield from _retraction(clause)
        return
    said = parse(clause)
    if said is None:
        return
    idioms = [made for made in own_idiom(clause.predicate) if made] if said.mine else []
    for made in idioms or _facts(said):
        yield from _sound(made)
    known.learn(said)


def _facts(said: Statement) -> Iterator[Built]:
    """Facts of one parsed statement."""
    if not said.mine:
        yield from () if _together(said) else _begun(said) or _kin(said) or theirs(said)
        return
    phrases = [made for made in set_phrases(said) if made is not None]
    if phrases:
        yield from phrases
        return
    if said.tense in ("passive", "progressive") or said.base == "be":
        yield from me(said)
        return
    yield from has(said)
    yield from more_looks(said)
    served = [made for made in takes_with(said) if made] if said.base in ("have", "like") else []
    if served:
        yield from served
        return
    yield from _of_verb(said)


def _of_verb(said: Statement) -> Iterator[Built]:
    """Facts of what the user likes, takes or does."""
    liked = list(taste(said))
    yield from liked
    if liked or said.base in ("have", "own"):
        return
    sized = [made for made in size_like(said) if made is not None]
    if sized:
        yield from sized
        return
    special = VERBS.get(said.base)
    if special is not None and not (said.base in ("get", "take") and _begun(said)):
        yield from special(said)
        return
    found = _begun(said) or list(anything(said))
    yield from found if any(found) else habit(said)


def _together(said: Statement) -> bool:
    """"My wife and I are ...": the user among others."""
    return bool(re.search(r"\band I$|^I and\b", said.subject)) and said.tense != "progressive"


def _retraction(clause: Clause) -> Iterator[Candidate]:
    """"I no longer work at Acme" takes back what an earlier statement taught."""
    positive = re.sub(r"\b(?:no-longer|do not|does not|not|any ?more|any longer)\b", " ", clause.predicate)
    said = parse(replace(clause, predicate=" ".join(positive.split())))
    if said is not None:
        for made in _facts(said):
            for sound in _sound(made):
                yield replace(sound, retracts=True)


def _sound(made: Built) -> Iterator[Candidate]:
    if made is not None and 1 <= len(made.value) <= 90:
        yield made
