"""Candidate facts from Chinese sentences: clauses with their subject, then rules."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.chinese_build import Built
from engine.tuning.extraction.chinese_clauses import chinese_clauses
from engine.tuning.extraction.chinese_me import ME
from engine.tuning.extraction.chinese_theirs import THEIRS
from storage.records import ExampleKind

_RETRACTION = re.compile(r"^(?P<who>我们?)(?:已经)?(?:不再|不|没有?)(?P<rest>.+?)了$")
_CORRECTION = re.compile(r"^(?:不对|不是的?|错了|更正|其实|我说错了|纠正一下|应该是)")


def chinese_candidates(sentences: Iterable[str]) -> Iterator[Candidate]:
    """Yields candidates from a message's own Chinese sentences, in order, none of them twice."""
    seen: set[tuple[str, str]] = set()
    for fixes, clause in chinese_clauses(sentences, _CORRECTION):
        taken_back = _RETRACTION.match(clause)
        if taken_back:
            made = _first(f"{taken_back['who']}{taken_back['rest']}")
            if made:
                yield replace(made, retracts=True)
            continue
        made = _first(clause)
        if made and (made.question, made.value) not in seen:
            seen.add((made.question, made.value))
            yield replace(made, kind=ExampleKind.CORRECTION) if fixes else made


def _first(clause: str) -> Built:
    for pattern, build in (*THEIRS, *ME):
        match = pattern.match(clause)
        if match:
            made = build(match)
            if made is not None:
                return made
    return None
