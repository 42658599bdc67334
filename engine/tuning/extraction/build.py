# ruff: noqa: E501 - one pattern a line reads best
"""Builds candidates: cleans values, turns owners into questions and answers."""

import re

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.complements import trim
from engine.tuning.extraction.grammar import flip, sentence
from engine.tuning.extraction.lexicon import is_plural
from engine.tuning.extraction.words import PLURAL_PEOPLE
from storage.records import ExampleKind

Built = Candidate | None
_EDGE = re.compile(
    r"^(?:actually|now|still|currently|really|just|simply|also|about|around|only|probably|definitely|"
    r"by far|of course|always|usually|mostly|mainly|officially|set to)\s+",
    re.IGNORECASE,
)
_BAD_VALUE = re.compile(
    r"^(?:the same|it|that|this|them|him|her|something|anything|nothing|everything|one|some|what|"
    r"you|yours?|mine|so|not|here|there|better|worse|fine|good|great|ok|okay|bad|done|ready|me|"
    r"the best|the worst|amazing|awesome|nice|cool|hard(?! of hearing)|easy|a lot|lots|stuff|things|us|those|these|"
    r"like|such|too|very|all|both|either|neither|a bit|a little|people|ones?|myself|to|more|much|"
    r"many|how|why|if|when|where|who|each other|someone|somebody|anyone|everyone|a few|his|their|my own|"
    r"doing|being|no|none|every|other|(?:many|new|different|several|some|other|fun) things)\b(?!\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s+(?:and|but|so)\s+(?:its|it|he|she|his|her|they|we|I|my|our|the|is|are|has|now|so|keeps|loves|was)\b.*$|"
    r"\s+(?:after|in|on|from|last|since|two|three|a|about|when|at|for|because)\s+.*$", re.IGNORECASE
)


_NEXT_CLAUSE = re.compile(
    r",?\s+(?:and|but|so|because|since|though|although|if|while|when|which|that)\s+"
    r"(?:I|we|you|he|she|it|they|there|this|that|no|yes|please)\b.*$"
)
_POINTS = re.compile(r"\b(?:it|its|this|these|those|them|him|he|she|they|you|your)\b", re.IGNORECASE)
_SECRET = re.compile(r"\b(?:passwords?|passcode|passphrase|pin(?: code| number)?|cvv|seed phrase|api key)\b", re.IGNORECASE)


def clean(value: str) -> str:
    """A value without the fillers and marks around it; empty when it says nothing."""
    value = _NEXT_CLAUSE.sub("", trim(value)).strip(" :;\"“”'")
    value = re.sub(r",?\s+(?:and\s+)?not\s+(?:in\s+|on\s+|at\s+)?[\w' -]+$", "", value)
    while (shorter := _EDGE.sub("", value).strip(" ,")) != value:
        value = shorter
    value = trim(value)
    if re.search(r"[\[\]{}<>]", value) or value.count("(") != value.count(")") or _BAD_VALUE.match(value) or not re.search(r"\w", value):
        return ""
    return value if len(value.split()) <= 12 and len(value) <= 90 else ""


def ask(question: str, template: str, value: str, *, noun: str = "",
        kind: ExampleKind = ExampleKind.FACT, additive: bool = False) -> Built:
    """A fact with a question and an answer template of its own."""
    value = flip(clean(value))
    question, template = re.sub(r"\s+", " ", question), re.sub(r"\s+", " ", template)
    if not value or len(question) > 110 or _SECRET.search(question) or _POINTS.search(question):
        return None
    question = re.sub(r"\s+\?$", "?", question)
    template = sentence(re.sub(r"\s+([.,])", r"\1", template))
    if template.endswith("..") or (value.endswith(".") and template.endswith("{}.")):
        template = template[:-1]
    return Candidate(noun=noun, question=question, template=template, value=value,
                     kind=kind, additive=additive)  # fmt: skip


def lowered(noun: str) -> str:
    """A noun phrase as it stands inside a sentence."""
    return noun[:1].lower() + noun[1:] if re.match(r"(?:My|Our|The)\b", noun) else noun


def thing(noun: str, value: str, *, verb: str = "is", kind: ExampleKind = ExampleKind.FACT) -> Built:
    """A fact about a noun phrase: "my star sign" is "Libra"."""
    noun = lowered(noun)
    return ask(f"What {verb} {noun}?", f"{flip(noun)} {verb} {{}}", value, noun=noun, kind=kind)


def of(owner: str, what: str) -> str:
    """Whose what: "my dog's name", but "the name of our team at work"."""
    if re.search(r"\s(?:at|in|on|of|for|from|with|to|by|and)\s", owner):
        return f"the {what} of {owner}"
    return f"{owner}' {what}" if owner.endswith("s") and is_plural(owner) else f"{owner}'s {what}"


def name_of(owner: str, value: str) -> Built:
    """The name of somebody or something: `owner` is "my sister" or "our team at work"."""
    owner = re.sub(r"\b(?:two|three|four|five|six|seven|\d+)\s+", "", lowered(owner))
    value = _AFTER_NAME.sub("", clean(value)).strip(' "')
    if not value or len(value.split()) > 8:
        return None
    if is_plural(owner) and not re.search(r",| and |&", value) and owner.split()[-1].lower() not in PLURAL_PEOPLE:
        return ask(f"What are {owner} called?", f"{flip(owner)} are called {{}}.", value)
    if is_plural(owner):
        return ask(f"What are the names of {owner}?", f"The names of {flip(owner)} are {{}}.", value,
                   noun=f"the names of {owner}")  # fmt: skip
    noun = of(owner, "name")
    return ask(f"What is {noun}?", f"{flip(noun)} is {{}}.", value, noun=noun)
