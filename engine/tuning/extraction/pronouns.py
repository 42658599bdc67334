# ruff: noqa: E501 - one pattern a line reads best
"""Whom or what he, she, it, they and "the boat" mean: the person or thing spoken of before."""

import re
from dataclasses import replace

from engine.tuning.extraction.grammar import base_form, third_person
from engine.tuning.extraction.household import DEFINITE, FICTION, HOME
from engine.tuning.extraction.lexicon import BEINGS, NAME, is_plural, short_noun
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.split import Clause
from engine.tuning.extraction.words import PEOPLE, PETS, word_set

_POSSESSIVE = {"his": "he", "her": "she", "its": "it", "their": "they"}
_GETS = word_set("""have own adopt get buy rescue leave give meet inherit build keep find see marry visit call help
    live run start found join write bear raise be feed love like miss take pick""")
_HOUSEHOLD = word_set("kids kid dog dogs cat cats baby twins boys girls children puppy kitten horse")
_FEMALE = word_set("""mother mom mum mam sister daughter wife girlfriend fiancée aunt auntie niece grandmother grandma
    granny nana gran nan girl mummy mama sis granddaughter stepmother landlady godmother mare hen cow abuela oma nonna yiayia babcia tante tía lass
    boat narrowboat yacht sailboat ship canoe dinghy car van campervan motorbike""")
_MALE = word_set("""father dad brother son husband boyfriend fiancé uncle nephew grandfather grandpa granddad grandad boy daddy papa bro hubby
    grandson stepfather landlord godfather stallion rooster""")


_NAMED_THEM = re.compile(rf"^(?:(?:have|will|just|then) )*(?:called|named|call|christened|nicknamed) (?P<whom>her|him|it|them) (?P<v>{NAME})$", re.IGNORECASE)
_OBJECT = {"her": "she", "him": "he", "it": "it", "them": "they"}
_KIN = word_set("mum mom dad mam mama papa mummy daddy mommy grandma grandpa granny gran nan nana grandad granddad")
_A_KIND = re.compile(r"^(?:is|was)\s+(?:(?:\w+ly|just|such|a bit|really|quite)\s+)*an?\s+[^A-Z\d]*$")
_ANIMAL = re.compile(rf"\b(?:an?|the|your|old|new|young|my|our) ({'|'.join(sorted(PETS, key=len, reverse=True))})\b", re.IGNORECASE)
_OWNED = re.compile(
    rf"\b(my|our)\s+((?:[\w-]+\s+){{0,3}}?(?:{BEINGS})|(?:[a-z-]+\s+)?[a-z-]+)(?=$|'s\b|[,.!?;:]|\s+(?:is|are|was|has|in|at|on|to|for|with|from|and|too|who|because|so|by|of|about|or|but|when|that|which|[a-z]+s)\b)",
    re.IGNORECASE,
)


class Antecedents:
    """Remembers what was spoken of within one message."""

    def __init__(self) -> None:
        self._known: list[str] = []
        self._heard: list[str] = []
        self._kind = ""
        self._fiction = False

    def resolve(self, clause: Clause) -> Clause | None:
        """The clause with the user's own words for its subject; None where nobody is meant."""
        clause = _alone(clause)
        first, _, rest = clause.subject.partition(" ")
        low = first.lower()
        named = _NAMED_THEM.match(clause.predicate)
        if named and low in ("i", "we") and (owner := self._meant(_OBJECT[named["whom"].lower()])):
            return Clause(owner, f"is called {named['v']}")
        if low in ("i", "we"):
            return replace(clause, subject="I" if low == "i" else "we") if not rest else clause
        if low in ("my", "our"):
            return replace(clause, subject=f"{low} {rest}")
        if low in ("he", "she", "it", "they", "who", "which") and not rest:
            owner = self._meant(low)
            if low == "it" and _A_KIND.match(clause.predicate) and owner.split()[-1:] and owner.split()[-1] not in PETS:
                return None
            return replace(clause, subject=owner) if owner else None
        if low in _POSSESSIVE and rest:
            owner = self._meant(_POSSESSIVE[low])
            return replace(clause, subject=f"{owner}'s {rest}") if owner else None
        if low == "the" and rest:
            return self._definite(clause, rest)
        if low in ("ours", "mine") and not rest:
            return replace(clause, subject=f"{'our' if low == 'ours' else 'my'} {self._kind}") if self._kind else None
        if low in _KIN or (low.removesuffix("'s") in _KIN and rest):
            return replace(clause, subject=f"my {low} {rest}".strip())
        return clause if first[:1].isupper() else None

    def _definite(self, clause: Clause, noun: str) -> Clause | None:
        if re.search(r"\b(?:of|for|to|at|in|on) (?:my|our)\b", noun):
            return clause
        if re.search(r"\b(?:at home|at work|at my place|at our place)$", noun):
            return replace(clause, subject=f"my {noun}")
        for owner in self._known:
            if owner.split()[-1] == noun.lower().split()[-1]:
                return replace(clause, subject=owner)
        if noun.lower() in _HOUSEHOLD or self._at_home(clause, noun):
            return replace(clause, subject=f"my {noun}")
        return None

    def _at_home(self, clause: Clause, noun: str) -> bool:
        """Is "the rent" or "the shed code" the user's own? Only where something definite is said of it."""
        return bool(not self._fiction and HOME.match(noun) and DEFINITE.match(clause.predicate))

    def _meant(self, pronoun: str) -> str:
        for owner in [*self._known, *self._heard]:
            if _agrees(owner, pronoun):
                return owner
        return ""

    def note(self, text: str) -> None:
        """A person, pet or thing in the words of the user, "my sister"."""
        poss, _, noun = text.partition(" ")
        owner = f"{poss} {short_noun(noun)}" if poss in ("my", "our") and noun else f"my {short_noun(text)}"
        self._known = [owner, *(other for other in self._known if other != owner)][:6]

    def begin(self, text: str) -> None:
        """A new statement: what of the user's it mentions is meant where nothing else is.

        Beside a film or a book "the dog" is no dog of theirs.
        """
        self._fiction = self._fiction or bool(FICTION.search(text))
        heard = [f"{found[1].lower()} {short_noun(found[2])}" for found in _OWNED.finditer(text) if "avourite" not in found[2]]
        self._heard = self._heard if re.match(r"(?:he|she|it|they|his|her|its|their)\b", text, re.IGNORECASE) else heard

    def hear(self, text: str) -> None:
        """Takes note of whom and what of the user's a question or request speaks; the first counts most."""
        kind = _ANIMAL.search(text)
        self._kind = kind[1].lower() if kind else self._kind
        for found in reversed(list(_OWNED.finditer(text))):
            self.note(f"{found[1].lower()} {found[2]}")

    def learn(self, said: Statement) -> None:
        """Takes note of what a statement speaks of; the subject comes before objects."""
        for part in reversed(said.parts):
            if part.kind in ("time", "doing", "other"):
                continue
            for found in reversed(list(re.finditer(r"\b(my|our)\s+((?:[\w-]+\s+){0,2}?[\w-]+)$", part.value, re.IGNORECASE))):
                self.note(f"{found[1].lower()} {short_noun(found[2])}")
            new = re.match(r"^(?:an?|one|another|the|two|three)\s+((?:[\w-]+\s+){0,3}?[\w-]+)$", part.value, re.IGNORECASE)
            if new and part.kind == "thing" and said.base in _GETS and (said.mine or re.search(r"\bme\b", said.tail)):
                self.note("my " + new[1].split()[-1])
            if new and part.kind == "for" and said.mine:
                self.note("my " + new[1].split()[-1])
            gift = re.match(r"^(?:me|us)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}?([\w-]+)$", part.value)
            if gift:
                self.note("my " + gift[1])
        owner = re.match(r"^((?:my|our)\s+[^']+?)(?:'s?\s+.*)?$", said.subject)
        if owner:
            self.note(owner[1])


def _alone(clause: Clause) -> Clause:
    """"My wife and I" are we; of "my brother and his wife" the brother is the user's."""
    if re.search(r"\w and I$|^I and ", clause.subject):
        return replace(clause, subject="we")
    pair = re.match(r"^((?:my|our)\s+[\w' -]+?) and (?:his|her|their) [\w' -]+$", clause.subject, re.IGNORECASE)
    if pair is None:
        return clause
    verb, _, rest = clause.predicate.partition(" ")
    single = {"are": "is", "were": "was", "have": "has"}.get(verb.lower())
    if single is None:
        single = third_person(verb) if base_form(verb) == verb else verb
    return Clause(pair[1], f"{single} {rest}", clause.relative)


def _agrees(owner: str, pronoun: str) -> bool:
    last = owner.split()[-1].lower()
    if pronoun == "they":
        return is_plural(owner)
    if is_plural(owner):
        return pronoun in ("who", "which")
    if pronoun == "it" or pronoun == "which":
        return last not in PEOPLE
    if (pronoun == "he" and last in _FEMALE) or (pronoun == "she" and last in _MALE):
        return False
    return last in PEOPLE | PETS or (pronoun == "she" and last in _FEMALE)
