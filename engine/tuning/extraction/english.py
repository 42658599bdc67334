# ruff: noqa: E501 - patterns read best on one line
"""Candidate facts from an English clause: known relations first, then general grammar."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.clauses import clauses
from engine.tuning.extraction.generic import COPULA_RULES, verb_fact
from engine.tuning.extraction.identity import IDENTITY_RULES
from engine.tuning.extraction.people import PEOPLE_RULES, name_of, short_noun
from engine.tuning.extraction.rules import NAME, first_match
from engine.tuning.extraction.tastes import TASTE_RULES
from engine.tuning.extraction.words import PEOPLE, PETS
from storage.records import ExampleKind

_RULES = (*TASTE_RULES, *IDENTITY_RULES, *PEOPLE_RULES, *COPULA_RULES)
_BEINGS = "|".join(sorted(PEOPLE | PETS, key=len, reverse=True))
_APPOSED = re.compile(
    rf"\b(?P<poss>[Mm]y|[Oo]ur)\s+(?P<np>(?:[a-z-]+\s+){{0,2}}?(?:{_BEINGS})),?\s+"
    rf"(?P<name>(?!I\b|{'|'.join(('Dr', 'Mr'))}\s*$){NAME})(?P<comma>,?)"
)
_NAMING = re.compile(r"^(?:I|we)\s+(?:named|call|called|christened|nicknamed)\s", re.IGNORECASE)
_CORRECTION = re.compile(
    r"^(?:(?:oh|sorry|wait|no|nope|oops)[\s,.!-]+)*(?:actually|correction|i meant|i mean|to correct|"
    r"i was wrong|i made a mistake|my mistake|no,|not anymore|update)\b",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(r"(?:,|\s+and)\s+not\s+(?:in\s+|on\s+|at\s+)?[\w' -]+$", re.IGNORECASE)
_NO_LONGER = re.compile(
    r"^(?P<who>I|we|my\s+[\w ]+?|our\s+[\w ]+?)\s+(?:(?P<be>am|are|is)\s+)?(?:no longer|do(?:es)? not|"
    r"not)\s+(?P<rest>.+?)(?P<any>\s+(?:any ?more|any longer))?$",
    re.IGNORECASE,
)


def english_candidates(sentences: Iterable[str]) -> Iterator[Candidate]:
    """Yields candidates from a message's own English sentences, in order."""
    corrected = {sentence for sentence in sentences if _CORRECTION.match(sentence)}
    for sentence_group in _grouped(sentences, corrected):
        fixes, group = sentence_group
        for clause in clauses(iter(group)):
            for made in _from_clause(clause):
                yield replace(made, kind=ExampleKind.CORRECTION) if fixes else made


def _grouped(sentences: Iterable[str], corrected: set[str]) -> Iterator[tuple[bool, list[str]]]:
    """Runs of sentences of one kind, so that pronouns still find what they stand for."""
    run: list[str] = []
    fixes = False
    for sentence in sentences:
        now = sentence in corrected
        if run and now != fixes:
            yield fixes, run
            run = []
        fixes = now
        run.append(sentence)
    if run:
        yield fixes, run


def _from_clause(clause: str) -> Iterator[Candidate]:
    retracted = _retraction(clause)
    if retracted is not None:
        yield retracted
        return
    clause, named = _apposition(clause)
    if named is not None:
        yield named
    plain = _NOT_BUT.sub("", clause)
    made = first_match(_RULES, plain) or verb_fact(plain)
    if made is not None and _is_sound(made):
        yield made


def _apposition(clause: str) -> tuple[str, Candidate | None]:
    """"My sister Ana is a doctor" names the sister and goes on about her."""
    match = _APPOSED.search(clause)
    if match is None or (match.end() == len(clause) and match.start() == 0):
        return clause, None
    if _NAMING.match(clause):
        return clause, None
    owner = f"{match['poss'].lower()} {short_noun(match['np'])}"
    shorter = f"{clause[: match.start()]}{match['poss']} {match['np']}{clause[match.end() :]}"
    return shorter, name_of(owner, match["name"].rstrip(",. "))


def _retraction(clause: str) -> Candidate | None:
    """"I no longer work at Acme" takes back what an earlier statement taught."""
    match = _NO_LONGER.match(clause)
    if match is None or not (match["any"] or re.search(r"\bno longer\b", clause, re.IGNORECASE)):
        return None
    be = f"{match['be']} " if match["be"] else ""
    positive = f"{match['who']} {be}{match['rest']}"
    made = first_match(_RULES, positive) or verb_fact(positive)
    return replace(made, retracts=True) if made else None


def _is_sound(candidate: Candidate) -> bool:
    """Length limits: what a small model can hold and a person can check at a glance."""
    return (
        1 <= len(candidate.value) <= 120
        and len(candidate.value.split()) <= 14
        and len(candidate.question) <= 140
    )
