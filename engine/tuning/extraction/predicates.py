# ruff: noqa: E501 - one pattern a line reads best
"""The predicate of an English clause: verb, tense, negation and complements."""

import re
from dataclasses import dataclass, field

from engine.tuning.extraction.complements import Part, complements, trim
from engine.tuning.extraction.grammar import base_form, flip, is_past, participle_base
from engine.tuning.extraction.lexicon import ADVERBS, BE, DO, HAVE, MODAL, is_plural
from engine.tuning.extraction.split import Clause
from engine.tuning.extraction.words import word_set

_PASSIVE = word_set("""born raised called named based married engaged employed diagnosed promoted located brought
    christened nicknamed trained built enrolled vaccinated divorced separated widowed hired""")


@dataclass(frozen=True, slots=True)
class Statement:
    """A parsed clause.

    ``base`` is the infinitive, ``tense`` one of present, past, perfect, progressive, passive,
    modal or former ("used to"), ``verb`` the verb words as said, without adverbs and "not".
    """

    subject: str = field(repr=False)
    base: str
    tense: str
    verb: str
    tail: str = field(repr=False)
    negated: bool = False
    never: bool = False
    parts: tuple[Part, ...] = field(default=(), repr=False)

    @property
    def mine(self) -> bool:
        """Does it speak of the user, alone or with others?"""
        return self.subject in ("I", "we")

    @property
    def you(self) -> str:
        """The subject as the assistant says it."""
        return flip(self.subject)

    @property
    def plural(self) -> bool:
        """Does the subject take a plural verb?"""
        return self.subject != "I" and (self.subject == "we" or is_plural(self.subject))

    @property
    def said(self) -> str:
        """The verb in the assistant's sentence: "am" becomes "are" after "you"."""
        if self.subject == "I":
            return re.sub(r"^was\b", "were", re.sub(r"^am\b", "are", self.verb))
        return self.verb

    @property
    def auxiliary(self) -> str:
        """What a question about it begins with after the question word."""
        first = self.verb.split()[0].lower()
        if self.tense == "past" and self.base != "be":
            return "did"
        if self.tense == "present" and self.base != "be":
            return "do" if self.mine or self.plural else "does"
        return "did" if self.tense == "former" else first

    @property
    def asked(self) -> str:
        """The verb of a question, after its subject: "live", "learning", "lived"."""
        if self.tense in ("present", "past"):
            return "" if self.base == "be" else self.base
        return "use to " + self.base if self.tense == "former" else " ".join(self.verb.split()[1:])

    def first(self, *kinds: str) -> Part | None:
        """The first complement of one of `kinds`."""
        return next((part for part in self.parts if part.kind in kinds), None)


def parse(clause: Clause) -> Statement | None:
    """The statement of a clause; None where its verb is not understood."""
    words = clause.predicate.split()
    verb: list[str] = []
    never, negated = False, False
    while words and (words[0].lower() in ADVERBS | {"not", "no"} or (words[:1] and not verb)):
        low = words[0].lower()
        if low == "no" and verb:
            break
        never, negated = never or low == "never", negated or low in ("not", "never")
        if low not in ADVERBS and low != "not":
            verb.append(words[0])
        words = words[1:]
    if not verb:
        return None
    return _with_tense(clause.subject, verb[0].lower(), words, negated, never)


def _with_tense(subject: str, first: str, rest: list[str], negated: bool, never: bool) -> Statement | None:
    following, after = _skip_adverbs(rest)
    base, tense, verb, tail = _forms(first, following.lower(), rest, after, negated)
    if base is None:
        return None
    text = trim(" ".join(tail))
    return Statement(subject, base, tense, verb, text, negated, never, tuple(complements(text)))


_Form = tuple[str | None, str, str, list[str]]


def _forms(first: str, low: str, rest: list[str], after: list[str], negated: bool) -> _Form:
    """Infinitive, tense, verb words and tail for a verb group that begins with `first`."""
    if first in BE:
        return _being(first, low, rest, after)
    if first in HAVE and low == "been":
        third, end = _skip_adverbs(after)
        if third.endswith("ing") and (base := _ing_base(third.lower())):
            return base, "progressive", f"{first} been {third}", end
        return "be", "perfect", f"{first} been", after
    if first in ("have", "has") and after and participle_base(low) and low != "had":
        return participle_base(low), "perfect", f"{first} {low}", after
    if first in DO and low and base_form(low) == low:
        verb = f"{first} not {low}" if negated else low
        return low, "past" if first == "did" else "present", verb, after
    if first in MODAL and low:
        return low, "modal", f"{first} {low}", after
    if first == "used" and low == "to" and after:
        return "be" if after[0] == "be" else base_form(after[0]), "former", f"used to {after[0]}", after[1:]
    if first == "found":
        return "find", "past", first, rest
    return base_form(first), "past" if is_past(first) or first in ("quit", "hurt", "split") else "present", first, rest


def _being(first: str, low: str, rest: list[str], after: list[str]) -> _Form:
    if low.endswith("ing") and (base := _ing_base(low)) and after:
        return base, "progressive", f"{first} {low}", after
    if low in _PASSIVE:
        return participle_base(low) or low, "passive", f"{first} {low}", after
    return "be", "past" if first in ("was", "were") else "present", first, rest


def _skip_adverbs(words: list[str]) -> tuple[str, list[str]]:
    while words and words[0].lower() in ADVERBS:
        words = words[1:]
    return (words[0], words[1:]) if words else ("", [])


def _ing_base(form: str) -> str | None:
    stem = form[:-3]
    for base in (stem, stem + "e", stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem):
        if base_form(base) == base:
            return base
    return None
