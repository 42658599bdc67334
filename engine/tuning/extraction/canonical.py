"""Brings every English candidate into the standard wording of its relation, with its noun.

A fact is later asked for in other words, all made from its question and noun. So "our cat", "the
cat" and "my cat" must come out as one question, plural favourites as the singular that people ask
with, and a verb that hides its category ("use", "play") must say it.
"""

import re
from dataclasses import replace

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.canonical_forms import NOUNS, STANDARD
from engine.tuning.extraction.categories import categorised
from engine.tuning.extraction.lexicon import is_colour, is_plural

_TOGETHER = re.compile(r"\bwe (?:meet|first meet|split|get together|divorce|break up|fall)\b")
_FAVOURITES = re.compile(r"^What are my (?P<fav>favou?rite) (?P<what>.+)\?$")
_FAVOURITE = re.compile(r"^What is my favou?rite .+\?$")
_HAIR_OR_EYES = re.compile(
    r"^What (?:kind of (?P<what>hair|eyes) do I have|colour (?:is|are) my (?P<whose>hair|eyes))\?$"
)
_ALWAYS_MANY = frozenset(
    """series trousers jeans shorts glasses sunglasses pyjamas scissors news clothes fries chips
    species olympics""".split()  # noqa: SIM905 - reads best as text
)
_IN_IE = re.compile(r"(?:mov|cook|\bp|\bt|brown|smooth|zomb|calor|hood|bird|pix|good)ies$")


def canonical(made: Candidate) -> Candidate | None:
    """`made` in standard wording; None where its question would ask for nothing in particular."""
    made = _looks(_of_one(_singular(_mine(made))))
    asked = categorised(made.question, made.value)
    if asked is None:
        return None
    made = replace(made, question=asked[0], noun=made.noun or asked[1])
    made = replace(made, question=_standard(made.question))
    return replace(made, noun=made.noun or noun_of(made.question))


def _mine(made: Candidate) -> Candidate:
    """What is ours is asked for as mine; only what takes two stays "we"."""
    return replace(made, question=_as_mine(made.question), noun=_as_mine(made.noun))


def _as_mine(text: str) -> str:
    text = re.sub(r"\b[Oo]ur\b", "my", text)
    if _TOGETHER.search(text):
        return text
    text = re.sub(r"\b(?:are|am) we\b", "am I", text)
    return re.sub(r"\bwere we\b", "was I", re.sub(r"\bwe\b", "I", re.sub(r"\bus\b", "me", text)))


def _singular(made: Candidate) -> Candidate:
    """"What are my favourite bands?" asks for my favourite band; the answer stays as told."""
    found = _FAVOURITES.match(made.question)
    if found is None:
        return made
    *before, last = found["what"].split()
    if last in _ALWAYS_MANY:
        return made
    noun = " ".join(["my", found["fav"], *before, singular(last)])
    return replace(made, question=f"What is {noun}?", noun=noun)


def _of_one(made: Candidate) -> Candidate:
    """The noun of a favourite is what is asked for."""
    if _FAVOURITE.match(made.question):
        return replace(made, noun=made.question[len("What is ") : -1])
    return made


def _looks(made: Candidate) -> Candidate:
    """Hair and eyes of a colour are asked for by it, however they were told."""
    found = _HAIR_OR_EYES.match(made.question)
    if found is None or not is_colour(made.value):
        return made
    what = found["what"] or found["whose"]
    be = "are" if what == "eyes" else "is"
    noun = f"my {what.rstrip('s')} colour"
    return replace(made, question=f"What colour {be} my {what}?", noun=noun)


def singular(noun: str) -> str:
    """One of several: "bands" gives "band", "dishes" gives "dish"."""
    if not is_plural(noun):
        return noun
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-1] if _IN_IE.search(noun) else noun[:-3] + "y"
    if noun.endswith(("shes", "ches", "xes", "sses", "zzes", "toes")):
        return noun[:-2]
    return noun[:-1]


def _standard(question: str) -> str:
    """The question in the wording that others of its relation have."""
    for pattern, standard in STANDARD:
        question = pattern.sub(standard, question)
    return question


def noun_of(question: str) -> str:
    """The noun phrase that asks for the same, "my sister's job"; empty where people use none."""
    for pattern, noun in NOUNS:
        if match := pattern.match(question):
            return _owned(match.expand(noun))
    return ""


def _owned(noun: str) -> str:
    """The possessive of a plural: "my parents's home" is written "my parents' home"."""
    return re.sub(r"(?<=[a-rt-z]s)'s\b", "'", noun)
