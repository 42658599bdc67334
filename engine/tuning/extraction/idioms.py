"""Finds idioms in a clause: "bank with Monzo", "peanuts could kill me", "keep kosher"."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask
from engine.tuning.extraction.grammar import flip
from engine.tuning.extraction.idiom_tables import (
    ABOUT,
    ADDITIVE,
    CRAFTS,
    HARMS,
    MINE,
    POINTS_AT,
    PREFERENCES,
    SCARES,
    UPSETS,
    Idiom,
)
from engine.tuning.extraction.when import TRANSIENT, without_time
from storage.records import ExampleKind

_FILLER = re.compile(
    r"^(?:(?:also|just|still|actually|currently|now|really|both|do|have always|mostly|mainly|"
    r"often|normally|usually|generally|always)\s+)+(?=\w)"
)
_KEEPS_ADVERB = re.compile(r"^(?:always|usually|normally|generally) (?:order|get|have)\b")
_AFTER_CRAFT = re.compile(
    r"^(?:a lot|loads|every(?: \w+)+|in my (?:free|spare) time|for fun|to relax|to unwind|"
    r"as a hobby|most \w+|on (?:weekends|the side)|regularly|often|at weekends|)$"
)
_REST = re.compile(
    r"\s+(?:(?:and|but|so|because|since|as|for (?:my|the|a|years|ages)|when|whenever|though|if|"
    r"at the moment|these days|with (?:my|a) (?:friend|kids|family))\b(?! [A-Z])).*$"
)
_REACTS = (
    (HARMS, "What am I allergic to?", "You are allergic to {}.", "my allergy"),
    (UPSETS, "What can I not eat?", "You can not eat {}.", "the food I do not eat"),
    (SCARES, "What am I afraid of?", "You are afraid of {}.", "my fear"),
)


def own_idiom(predicate: str) -> Iterator[Built]:
    """The fact of a predicate after "I" or "we" that is an idiom; nothing for any other."""
    bare = predicate if _KEEPS_ADVERB.match(predicate) else _FILLER.sub("", predicate)
    if TRANSIENT.search(bare):
        return
    verb, _, rest = bare.partition(" ")
    if verb in CRAFTS and _AFTER_CRAFT.match(rest):
        yield ask("What is my hobby?", "Your hobby is {}.", CRAFTS[verb], additive=True)
        return
    for row in MINE:
        if found := row.pattern.match(bare):
            yield _filled(row, found)
            return


def _filled(row: Idiom, found: re.Match[str]) -> Built:
    """The candidate of a row; what its named groups caught stands in its texts."""
    value = without_time(_REST.sub("", found["v"]))
    groups = {name: text or "" for name, text in found.groupdict().items() if name != "v"}
    question, answer, noun = row.question, row.answer, row.noun
    for name, text in groups.items():
        question = question.replace(f"{{{name}}}", text)
        answer = answer.replace(f"{{{name}}}", flip(text))
        noun = noun.replace(f"{{{name}}}", text)
    if value.split()[:1] and value.split()[0].lower() in POINTS_AT:
        return None
    kind = ExampleKind.PREFERENCE if question in PREFERENCES else ExampleKind.FACT
    return ask(question, answer, value, noun=noun, kind=kind, additive=question in ADDITIVE)


def reaction(clause: str) -> Iterator[Built]:
    """"Peanuts could kill me", "My thesis is about moss": what stands in no predicate after "I"."""
    if clause.split()[0].lower() in POINTS_AT:
        return
    if about := ABOUT.match(clause):
        what = about["what"]
        yield ask(f"What is my {what} about?", f"Your {what} is about {{}}.", about["v"])
        return
    for pattern, question, answer, noun in _REACTS:
        found = pattern.match(clause)
        if found and len(found["v"].split()) <= 4:
            value = re.sub(r"^(?:eating|drinking|the smell of) ", "", found["v"])
            value = value if re.match(r"[A-Z]\w+ [A-Z]", value) else value[:1].lower() + value[1:]
            yield ask(question, answer, value, noun=noun, additive=True)
            return
