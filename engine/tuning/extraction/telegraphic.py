# ruff: noqa: E501 - one form a line reads best
"""Statements without a verb: "Retired welder here, 68", "Shoe size: 44", "Born in Cork, living in Rome"."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.lexicon import NAME, NOT_NAMES
from engine.tuning.extraction.occupations import is_occupation
from engine.tuning.extraction.words import MONTHS

_LABELS: tuple[tuple[str, str], ...] = (
    (r"(?:my )?(?:full |first )?name", "my name is {}"),
    (r"(?:my )?age", "I am {} years old"),
    (r"(?:my )?(?:job|occupation|profession|work)", "my job is {}"),
    (r"(?:my )?(?:employer|workplace)", "I work at {}"),
    (r"(?:my )?(?:diet|dietary (?:needs|requirements))", "I am {}"),
    (r"(?:my )?(?:allerg(?:y|ies)|allergic to)", "I am allergic to {}"),
    (r"(?:my )?(?:hometown|home town|home|location|city|based in)", "I live in {}"),
    (r"(?:my )?(?:birthday|date of birth|dob|born)", "my birthday is on {}"),
    (r"(?:my )?(?P<k>(?:shoe|shirt|dress|ring|hat|glove|trouser|jacket|waist|collar) size|height|weight|blood type|star sign|nickname|nationality|postcode|locker code|gate code|hobby|hobbies|motto)", "my {k} is {}"),
    (r"(?:my |our )?(?P<k>favou?rite [a-z]+(?: [a-z]+)?)", "my {k} is {}"),
    (r"(?:my |our )(?P<k>[a-z]+(?:'s)?(?: [a-z]+){0,2})", "my {k} is {}"),
)
_LABELLED = tuple((re.compile(rf"^{label}\s*(?::|=|\s[-–—]\s)\s*(?P<v>[^:]{{1,60}})$", re.IGNORECASE), said) for label, said in _LABELS)
_WHOLE = r"(?:$|[,;.!]\s*|\s+[-–—]\s+)"
_HERE = re.compile(rf"^(?:an? )?(?P<v>[A-Za-z][\w' -]{{2,40}}?) (?:here|by trade|by profession)\b(?: (?:from|in) (?P<place>{NAME}))?{_WHOLE}(?P<rest>.*)$")
_IT_IS = re.compile(rf"^(?:it is|this is) (?P<v>{NAME})(?: (?:here|again|speaking))?(?: from (?P<place>{NAME}))?(?: here| again)?(?:$|[,;.!]\s*)(?P<rest>.*)$")
_AGED = re.compile(r"^(?:I am )?(?:an? )?(?P<age>\d{2})[- ]?(?:year[- ]old|yo|y/o)(?: (?:male|female|man|woman|guy|girl))?(?: (?P<v>[a-z][a-z -]+?))?(?: (?:here|from (?P<place>[A-Z]\w+(?: [A-Z]\w+)?)))*(?:$|[,;.!]\s*)(?P<rest>.*)$")
_THEN_AGE = re.compile(r"^(?P<age>\d{2})(?: years (?:old|young))?(?: last \w+| next \w+| this \w+| today)?(?=$|[,;.!])")
_BORN = re.compile(rf"^born (?P<more>(?:and (?:bred|raised) )?)in (?P<place>{NAME})(?:$|[,;.]\s*)(?P<rest>.*)$", re.IGNORECASE)
_GOING_ON = re.compile(r"^(?:and |but |now |currently |these days )*(?P<verb>living|based|working|studying|raised|married) (?P<v>(?:in|at|near|as|with|for|to) .+)$", re.IGNORECASE)
_NO_NAME = re.compile(rf"^(?:Anything|Nothing|Someone|Me|Everything|Things|Same|New|Right|Over|Up|Down|Out|In|Back|Not|Hot|Cold|{MONTHS})\b")
_BE = {"living": "live", "working": "work", "studying": "study", "based": "am based", "raised": "was raised", "married": "am married"}


def telegraphic(text: str) -> list[str]:
    """The clauses with verbs that `text` stands for; `text` alone where it is an ordinary sentence."""
    for form in (_labelled, _here, _it_is, _aged, _born, _going_on):
        if told := list(form(text)):
            return told
    return [text]


def _labelled(text: str) -> Iterator[str]:
    for pattern, said in _LABELLED:
        if match := pattern.match(text):
            if said.startswith("my name") and not re.fullmatch(NAME, match["v"]):
                return
            yield said.replace("{k}", match.groupdict().get("k") or "").replace("{}", match["v"])
            return


def _here(text: str) -> Iterator[str]:
    match = _HERE.match(text)
    if match is None:
        return
    if is_occupation(match["v"].lower()) and not re.match(r"(?:the|my|our|no|any|is|are|I)\b", match["v"]):
        yield f"I am a {match['v'][:1].lower()}{match['v'][1:]}"
    elif re.fullmatch(NAME, match["v"]) and not NOT_NAMES.match(match["v"]) and not _NO_NAME.match(match["v"]):
        yield f"my name is {match['v']}"
    else:
        return
    yield from _more(match)


def _it_is(text: str) -> Iterator[str]:
    match = _IT_IS.match(text)
    said = match and re.search(r"\b(?:here|again|speaking|from)\b", text[: match.end("place") if match["place"] else match.start("rest")])
    if match and said and not NOT_NAMES.match(match["v"]) and not _NO_NAME.match(match["v"]):
        yield f"my name is {match['v']}"
        yield from _more(match)


def _aged(text: str) -> Iterator[str]:
    match = _AGED.match(text)
    if match is None or (match["v"] and not is_occupation(match["v"])):
        return
    yield f"I am {match['age']} years old"
    if match["v"]:
        yield f"I am a {match['v']}"
    yield from _more(match)


def _born(text: str) -> Iterator[str]:
    if match := _BORN.match(text):
        yield f"I was born in {match['place']}"
        if match["more"]:
            yield f"I grew up in {match['place']}"
        yield from _rest(match["rest"])


def _going_on(text: str) -> Iterator[str]:
    if match := _GOING_ON.match(text):
        yield f"I {_BE[match['verb'].lower()]} {match['v']}"


def _more(match: re.Match[str]) -> Iterator[str]:
    if match["place"]:
        yield f"I am from {match['place']}"
    yield from _rest(match["rest"])


def _rest(rest: str) -> Iterator[str]:
    """What follows: an age, another verbless statement, or a sentence."""
    if age := _THEN_AGE.match(rest):
        yield f"I am {age['age']} years old"
        rest = rest[age.end() :].lstrip(" ,;.!")
    if rest:
        yield from telegraphic(rest)


