# ruff: noqa: E501 - one pattern a line reads best
"""Names said in passing: "my brother Ansel", "Tom, our designer,", "a parrot called Captain"."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.apposition import apposed
from engine.tuning.extraction.build import Built, name_of
from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.lexicon import BEINGS, NAME, NOT_NAMES, POSSESSION, short_noun
from engine.tuning.extraction.words import FAMILY, PEOPLE, PETS

_POSS = r"(?P<poss>\b[Mm]y|\b[Oo]ur)"
_NP = r"(?P<np>(?:[\w'-]+\s+){0,3}?"
_NAMES = rf"(?P<v>{NAME}(?:,\s+{NAME})*(?:,?\s+and\s+(?!I\b){NAME})?)"
_CALLED = r"(?:,?\s+(?:who|which)\s+(?:is|are))?,?\s+(?:called|named|by the name of|whose names? (?:is|are))\s+"
_LOOSE = r"(?P<v>\"?[\w'.-]+(?:\s+[A-Z][\w'.-]*){0,4}\"?(?:(?:,\s+[\w'.-]+)*,?\s+and\s+(?!an?\b|the\b|I\b|we\b|my\b)[\w'.-]+(?=$|[,.;]))?)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b(?:an?|one|\w+)\s+{_NP}[\w-]+){_CALLED}{_LOOSE}",
        rf"{_POSS}\s+{_NP}(?:{BEINGS})),\s+an?\s+[^,]+?\s+(?:called|named)\s+(?P<v>{NAME})(?P<c>,?)",
        rf"{_POSS}\s+{_NP}(?:{BEINGS})s?)(?:\s+(?:from|at|in|on|of)\s+(?:[\w']+\s?){{1,3}})?,\s+(?:an?\s+(?=(?:Dr|Mr|Mrs|Ms)\b))?{_NAMES}(?=,|$|\s+(?:is|are|was|has|and I)\b)(?P<c>,?)",
        rf"{_POSS}\s+{_NP}(?:{BEINGS})s?)\s+{_NAMES}(?!'s\b)(?P<c>,?)",
    )
)
_REVERSED = re.compile(rf"(?P<v>{NAME}),\s+{_POSS}\s+{_NP}(?:{BEINGS})),?(?=\s|$)")
_COUNTED = re.compile(
    rf"\b(?:have|had|got)\s+(?P<n>\w+)\s+{_NP}(?:{BEINGS})s?),?\s+(?:called\s+|named\s+)?(?P<v>(?!and\b|who\b|with\b|in\b|at\b|called\b|named\b|aged\b|from\b|that\b|but\b|so\b|which\b|now\b|both\b)[\w'-]+(?:,\s+[\w'-]+)*,?\s+and\s+[\w'-]+)(?=$|,?\s+(?:and|but|so)\s+(?:they|we|I|both|the)\b|,\s+(?:who|they|both|and)\b)"
)
_LOW = re.compile(rf"\b(?:my|our)\s+{_NP}(?:{'|'.join(sorted(FAMILY, key=len, reverse=True))}))\s+(?P<v>(?!is\b|and\b|who\b|also\b|only\b|just\b|still\b|now\b|never\b|always\b|usually\b)[a-z]{{3,12}})(?=\s+(?:is \d|lives|works|turned \d))")
_HAVE_ONE = re.compile(rf"\b(?:have|got)\s+(?:an?|one)\s+{_NP}(?:{BEINGS})),\s+(?P<v>{NAME})(?=,|$)")
_IN_GROUP = r"(?:sing|play|dance|row|work|study|train|volunteer|swim|run|am|are|live|teach|act|compete|fence|sail)(?: [\w-]+){0,3} (?:in|at|for|with|on)|(?:have started|started|began|am) going to|go to|going to|belong to|subscribe to|signed up (?:for|to|at|with)|have joined|joined"
_HAS = re.compile(rf"\b(?:I|we)\s+(?:\w+ly\s+|also\s+|just\s+|once\s+)?(?:{POSSESSION}|{_IN_GROUP}(?=\s+an?\b))\b", re.IGNORECASE)
_NAMING = re.compile(r"\b(?:named?|call(?:ed)?|christened|nicknamed)\s+$", re.IGNORECASE)
_PHONING = re.compile(
    r"\b(?:to|should|must|will|can|could|might|would|gotta|and|then|please|'ll|me)\s+call\s+$", re.IGNORECASE
)


def named(text: str) -> tuple[str, list[Candidate]]:
    """`text` without names in passing, and the facts that they state."""
    found: list[Built] = []
    text = _counted(text, found)
    text = _called(text, found)
    text = _typed_low(text, found)
    for form in _FORMS[1:]:
        for match in reversed(list(form.finditer(text))):
            before = text[: match.start()]
            naming = _NAMING.search(before) and not _PHONING.search(before)
            if naming or NOT_NAMES.match(match["v"]):
                continue
            name, owns = match["v"].removesuffix("'s"), match["v"].endswith("'s")
            found.append(name_of(f"{match['poss'].lower()} {short_noun(match['np'])}", name))
            held = f"{match['poss']} {match['np']}{chr(39) + 's' if owns else ''}"
            text = f"{text[: match.start()]}{held} {text[match.end() :].lstrip()}"
    text = _reversed(text, found)
    text, beside = apposed(text)
    found += beside
    return re.sub(r"\s+", " ", text).strip(), [made for made in found if made is not None]


def _called(text: str, found: list[Built]) -> str:
    """"a retriever called Biscuit" after "I have"."""
    has = _HAS.search(text)
    if not has:
        return text
    for match in reversed(list(_FORMS[0].finditer(text, has.start()))):
        np = match["np"]
        bare = re.sub(r"^(?:I|we|have|own|adopted|got|bought|an?|am|writing|run)\s+", "", np)
        bare = re.split(r"\b(?:an?|and)\s+", bare)[-1]
        if not bare or bare.lower() in ("is", "are", "be", "it"):
            continue
        found.append(name_of(f"my {short_noun(bare)}", match["v"].strip('"')))
        text = text[: match.start()] + text[match.start() : match.end()].split(np)[0] + np + text[match.end() :]
    return text


def _typed_low(text: str, found: list[Built]) -> str:
    """"my nephew jonas is 3" and "I have a brother, Mark, ..."."""
    for form in (_LOW, _HAVE_ONE):
        match = form.search(text)
        if match and not NOT_NAMES.match(match["v"]):
            found.append(name_of(f"my {short_noun(match['np'])}", match["v"]))
            text = f"{text[: match.end('np')]} {text[match.end() :].lstrip(' ,')}"
    return text


def _counted(text: str, found: list[Built]) -> str:
    """"two kids, Mia and Jonas"."""
    match = _COUNTED.search(text)
    if match is None:
        return text
    found.append(name_of(f"my {short_noun(match['np'])}", match["v"]))
    return f"{text[: match.end('np')]}{text[match.end() :]}"


def _reversed(text: str, found: list[Built]) -> str:
    match = _REVERSED.search(text)
    if match is None or NOT_NAMES.match(match["v"]) or match["np"] in ("friend", "boy", "girl", "buddy"):
        return text
    found.append(name_of(f"{match['poss'].lower()} {short_noun(match['np'])}", match["v"]))
    return f"{text[: match.start()]}{match['poss'].lower()} {match['np']} {text[match.end() :].lstrip()}"


def beings_in(phrase: str) -> Iterator[str]:
    """The words of a phrase that name a person or an animal."""
    yield from (word for word in re.findall(r"[\w-]+", phrase.lower()) if word in PEOPLE | PETS)
