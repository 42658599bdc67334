# ruff: noqa: E501 - one rule a line reads best
"""What English rules share: their type, value cleaning and sentence building."""

import re
from collections.abc import Callable, Iterable

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.grammar import flip, sentence
from storage.records import ExampleKind

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Candidate | None]]

NAME = r"(?:(?:Dr|Mr|Mrs|Ms|Prof|Sir|Professor|Doctor|Aunt|Uncle)\.?\s+)?[A-Z][\w'.-]*(?:\s+(?:(?:de|van|von|da|di|del|la|bin|al|of|the)\s+){0,2}[A-Z][\w'.-]*){0,3}"
_EDGE = re.compile(
    r"^(?:actually|now|still|currently|really|called|named|just|simply|also|about|around)\s+|"
    r"\s+(?:now|either|currently|actually|though|too|these days|at the moment|right now|as well|today|"
    r"anymore|any more|already)$",
    re.IGNORECASE,
)
_BAD_VALUE = re.compile(
    r"^(?:or|and|but|the same|it|that|this|them|him|her|something|anything|nothing|everything|one|some|what|"
    r"you|yours?|mine|so|not|here|there|better|worse|fine|good|great|ok|okay|bad|done|ready|me|"
    r"the best|the worst|amazing|awesome|nice|cool|hard|easy|a lot|lots|stuff|things|us|"
    r"like|such|too|very|all|both|either|neither|a bit|a little|people|ones?)\b(?!\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)


def rule(pattern: str, build: Callable[[re.Match[str]], Candidate | None]) -> Rule:
    """A rule over a whole clause. Case counts where a part of `pattern` says ``(?-i:...)``."""
    return re.compile(rf"^(?:{pattern})$", re.IGNORECASE), build


def first_match(rules: Iterable[Rule], clause: str) -> Candidate | None:
    """What the first matching rule makes of `clause`."""
    for pattern, build in rules:
        match = pattern.match(clause)
        if match:
            made = build(match)
            if made is not None:
                return made
    return None


def clean(value: str) -> str:
    """A value without the fillers and marks around it; empty when it says nothing."""
    value = value.strip(" ,.!;:\"“”'")
    while True:
        shorter = _EDGE.sub("", value).strip(" ,")
        if shorter == value:
            break
        value = shorter
    return "" if _BAD_VALUE.match(value) or not re.search(r"\w", value) else value


def thing(
    noun: str,
    value: str,
    *,
    question: str = "",
    verb: str = "is",
    kind: ExampleKind = ExampleKind.FACT,
) -> Candidate | None:
    """A fact about a noun phrase in the user's person: "my dog's name" is "Biscuit"."""
    value = flip(clean(value))
    if not value:
        return None
    noun = noun.strip()
    noun = noun[:1].lower() + noun[1:]
    return Candidate(
        noun=noun,
        question=question or f"What {verb} {noun}?",
        template=sentence(f"{flip(noun)} {verb} {{}}"),
        value=value,
        kind=kind,
    )


def ask(
    question: str,
    template: str,
    value: str,
    *,
    noun: str = "",
    kind: ExampleKind = ExampleKind.FACT,
    additive: bool = False,
) -> Candidate | None:
    """A fact with a question and an answer template of its own."""
    value = flip(clean(value))
    if not value:
        return None
    return Candidate(
        noun=noun, question=question, template=template, value=value, kind=kind, additive=additive
    )
