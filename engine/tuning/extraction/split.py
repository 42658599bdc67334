# ruff: noqa: E501 - one pattern a line reads best
"""Cuts an English sentence into clauses; a subject that is left out is put back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.tuning.extraction.finite import finite_verb, starts_predicate, words_of
from engine.tuning.extraction.grammar import base_form, is_past
from engine.tuning.extraction.lexicon import ADVERBS
from engine.tuning.extraction.when import time_at_start

_SUBORDINATORS = (
    "because|although|though|even though|since|while|whereas|unless|if|when|whenever|until|till|"
    "where|so that|as|after|before|as soon as|as long as|even if|in case|once|cause|given that"
)
_BOUNDARY = re.compile(
    rf"\s*[;—–()]\s*|\s+--?\s+|:\s+|,(?!\d\d\d\b)\s*(?:(?P<c>and|but|so|yet|or|plus|{_SUBORDINATORS}|who|which)\b\s*)?|"
    rf"\s+(?P<d>and|but|so|yet|plus|{_SUBORDINATORS}|who|which|that|whose)\s+",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^(?:{_SUBORDINATORS})\s+(?!\d)", re.IGNORECASE)
_LIST_REST = re.compile(
    r"^(?:[^,;()]{1,40},\s*){0,6}(?:and|or|&)\s+[^,;()]{1,60}$|^[^,;()]{1,40}(?:,\s*[^,;()]{1,40}){0,5},?\s+"
    r"(?:and|or|&)\s+[^,;()]{1,60}$"
)
_PLACE_REST = re.compile(r"^[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*)?(?=$|[,;.)]|\s+(?:and|but|with|since|for)\b)")
_MAIN, _RELATIVE, _DROPPED = "main", "relative", "dropped"


@dataclass(frozen=True, slots=True)
class Clause:
    """Subject and predicate in the user's words. ``relative`` clauses begin with who or which."""

    subject: str = field(repr=False)
    predicate: str = field(repr=False)
    relative: bool = False


def split(text: str) -> list[Clause]:
    """The main and relative clauses of one sentence in order; fragments and conditions go."""
    text = text.strip(" ,.")
    leading = _LEADING.match(text)
    if leading and (words := words_of(text[leading.end() :])) and finite_verb(words) is not None:
        if re.match(r"if|unless|in case", leading.group(), re.IGNORECASE):
            return []
        _, comma, rest = text.partition(",")
        return split(rest) if comma else []
    return list(_clauses(text))


def _fronted(text: str) -> str:
    """A time that stands before the subject ("On Wednesdays I teach")."""
    time = time_at_start(text)
    rest = text[len(time) :].lstrip(" ,")
    return time if time and rest and finite_verb(words_of(rest)) is not None else ""


def _clauses(text: str) -> Iterator[Clause]:
    subject = ""
    for kind, piece in _pieces(text):
        piece = piece.strip(" ,.")
        if kind == _DROPPED or not piece:
            continue
        front = _fronted(piece)
        piece = f"{piece[len(front) :].lstrip(' ,')} {front}".strip()
        words = piece.split()
        if kind == _RELATIVE:
            yield Clause(words[0].lower(), " ".join(words[1:]), relative=True)
            continue
        while len(words) > 2 and words[0].lower() in ADVERBS | {"and", "but", "so", "then"}:
            if subject and starts_predicate(words, subject):
                break
            words = words[1:]
        place = finite_verb(words)
        if place is not None:
            subject = " ".join(words[:place])
            yield Clause(subject, " ".join(words[place:]))
        elif subject and starts_predicate(words, subject):
            yield Clause(subject, " ".join(words))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Pieces of the sentence, each with what it is."""
    kind, start, subject = _MAIN, 0, _subject(text)
    for match in _BOUNDARY.finditer(text):
        if match.start() < start:
            continue
        word = (match["c"] or match["d"] or "").lower()
        rest = text[match.end() :]
        new = _kind_after(match.group().strip(), word, text[start : match.start()], rest, subject, kind)
        if new is None:
            continue
        yield kind, text[start : match.start()]
        start = match.end()
        if word in ("who", "which"):
            start = match.start("c") if match["c"] else match.start("d")
        kind = new
        if kind == _MAIN:
            subject = _subject(rest) or subject
    yield kind, text[start:]


def _subject(text: str) -> str:
    text = text[len(_fronted(text)) :].lstrip(" ,")
    words = words_of(text)
    place = finite_verb(words)
    return " ".join(words[:place]) if place is not None else ""


def _kind_after(mark: str, word: str, left: str, rest: str, subject: str, kind: str) -> str | None:
    """What begins after a boundary; None where it is no boundary."""
    rest = rest[len(_fronted(rest)) :].lstrip(" ,")
    words = words_of(rest)
    full = finite_verb(words) is not None
    bare = bool(subject) and starts_predicate(words, subject)
    if word in ("who", "which"):
        return _RELATIVE if bare or starts_predicate(words, "it") or starts_predicate(words, "they") else _DROPPED
    if word == "that" and re.search(r"\b(?:like|love|enjoy|prefer|hate)\s+[\w -]+$", left) and len(words) <= 8:
        return None
    if word in ("that", "whose"):
        return _DROPPED if not left.lower().endswith((" so", "all")) and len(words) > 1 else None
    if word in ("and", "or", "plus", "but", "so", "yet", ""):
        return _coordinated(mark, word, left, rest, full, bare, kind)
    if word in ("since", "until", "till", "after", "before", "as", "while", "once", "when"):
        if word == "as" and re.search(r"\b(?:such|work\w*|same|known|well|employed|serve\w*)$", left):
            return None
        return _DROPPED if full or re.match(r"[a-z]+ing\b", rest) else None
    return _DROPPED


def _coordinated(mark: str, word: str, left: str, rest: str, full: bool, bare: bool, kind: str) -> str | None:
    has_verb = finite_verb(words_of(left)) is not None or kind != _MAIN or _predicative(left)
    if full and has_verb and not _names_only(left):
        return _MAIN
    if bare and not full and _infinitive_chain(left, words_of(rest)):
        return None
    if bare and has_verb and (word in ("and", "but", "") or mark.startswith(",")) and _is_verbal(rest, word):
        return _MAIN
    if mark[:1] in ";—–()-:":
        return _DROPPED if kind == _MAIN and not full else _MAIN
    if word in ("but", "so", "yet"):
        return _DROPPED
    if not word:
        return None if kind == _DROPPED or _goes_on(left, rest) else _DROPPED
    return None


def _infinitive_chain(left: str, words: list[str]) -> bool:
    """"I like to travel, read and go out": the later verbs hang on "to" as well."""
    hangs = re.search(r"\b(?:would|could|can|will|should|must)\b|\b(?:like|likes|love|loves|hate|want|enjoy|prefer|plan|hope|try|learning|need|used|going) to [a-z]+", left)
    return bool(hangs) and base_form(words[0]) == words[0].lower()


def _predicative(left: str) -> bool:
    """A piece that goes on from an earlier subject ("still swims in the sea")."""
    words = left.split()
    return bool(words) and (starts_predicate(words, "I") or starts_predicate(words, "it"))


def _names_only(left: str) -> bool:
    """"My wife and I": the left side is a noun phrase, not a clause."""
    return finite_verb(left.split()) is None and not _predicative(left) and len(left.split()) < 4


def _is_verbal(rest: str, word: str) -> bool:
    """A verb, not a noun that ends a list ("music and dance")."""
    words = words_of(rest)
    if not word and words[0].lower() not in ADVERBS and not is_past(words[0]) and not re.search(r"(?:s|ed)$|^(?:am|is|are|was|have|has)$", words[0]):
        return False
    return len(words) > 1 and words[1].lower() not in ("and", "or")


def _goes_on(left: str, rest: str) -> bool:
    """Does the comma join list items, or a town and its country?"""
    if _LIST_REST.match(rest) and finite_verb(words_of(rest)) is None:
        return True
    last = left.split()[-1] if left.split() else ""
    if re.search(r"\b(?:an?|the|my|our|very)\s+[a-z]+$", left) and re.match(r"[a-z]+ [a-z]+", rest):
        return True
    if re.match(r"^(?:\d{4}\b|the\s+\d{1,2}(?:st|nd|rd|th))", rest) and re.search(r"\d|day$", last):
        return True
    return bool(last[:1].isupper() and _PLACE_REST.match(rest) and re.search(r"\b(?:in|at|from|to|near|of|outside)\s+(?:[A-Z][\w.-]*\s?){1,3}$", left))
