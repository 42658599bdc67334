# ruff: noqa: E501 - one pattern a line reads best
"""Statements inside questions and requests: "Suggest a soup, I am allergic to leeks"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.tuning.extraction.finite import finite_verb, words_of
from engine.tuning.extraction.grammar import base_form
from engine.tuning.extraction.lexicon import NOT_NAMES
from engine.tuning.extraction.starts import COMMAND_START, QUESTION_START

_STARTS = r"(?:I|we|my|our|he|she|his|her|it|its|they|the|ours|mine)\b"
_CUT = re.compile(
    r"(?P<mark>\s*[;–—()]\s*|\s+--?\s+|:\s+|,\s*)(?:(?P<c>and|but|so|because|since|as|cos|cause|plus|given that|seeing that|now that|although|though|also|by the way)\s+)?|"
    rf"\s+(?P<d>because|since|cos|cause|given that|considering(?: that)?|seeing (?:that|as)|now that|although|though|as)\s+(?={_STARTS})|"
    r"\s+(?=(?:please|pls|plz)\b)|"
    r"\s+(?P<e>and|but|so)\s+(?=\S)",
    re.IGNORECASE,
)
_BARE = re.compile(r"^(?:and|but|so|also|because|since|as|please|plus|by the way)\s+", re.IGNORECASE)
_HYPOTHETICAL = re.compile(r"^(?:if|unless|whether|in case|suppose|supposing|imagine|say (?:I|my|that)|assuming|what if|even if|when|whenever|once)\b", re.IGNORECASE)
_TAG = re.compile(
    r"(?:^|,\s*)(?:right|correct|yes|no|true|or not|or|huh|eh|innit|is that (?:right|correct|true)|(?:is|are|was|were|do|does|did|have|has|am|can|will) not (?:I|it|he|she|they|we)|"
    r"(?:is|are|was|were|do|does|did|have|has|am|are) (?:I|it|he|she|they|we))\s*\?*$",
    re.IGNORECASE,
)
_EMBEDS = re.compile(
    r"\b(?:(?i:say|saying|mention|mentioning|add|adding|note|noting|explain|explaining|stress|point out|include|put in|write(?: down)?|state)|"
    r"(?i:tell|telling|remind|inform|let|letting|warn)\s+(?:him|her|them|me|everyone|everybody|people|the [\w ]{2,20}?|(?:my|our) [\w -]{2,20}?|[A-Z][\w.]+(?: [A-Z]\w+)?)(?:\s+know)?|"
    r"(?i:remember|do not forget|keep in mind|bear in mind|consider(?:ing)?|given|knowing|take into account|despite the fact|the fact))\s+"
    r"(?:(?:also|too|clearly|politely|briefly|there|somewhere)\s+|(?:\w+\s+){1,4}?(?=that\s))?(?:that\s+|the fact that\s+)?(?=(?:I|we|my|our)\b(?!\s+(?:should|could|would|might|may)\b))"
)
_EMBEDDING = re.compile(r"^(?:can|could|would|will|should|how (?:do|can|should) I|is it ok|shall)\b", re.IGNORECASE)
_EXERCISE = re.compile(r"^how\b.*\b(?:say|write|spell|pronounce|translate)\b|\bin (?:French|Spanish|German|Italian|Greek|English|Japanese|Chinese|Portuguese|Dutch|Polish|Swedish|Russian|Arabic|Latin)\b", re.IGNORECASE)
_WHAT_IS = re.compile(r"\b(?:if|whether|that|why|how|what|who|where|imagine|pretend|suppose)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a sentence: ``asks`` (question or command), ``tells``, ``supposes`` or ``goes on``."""

    kind: str
    text: str
    start: int


def asides(text: str, *, asked: bool) -> Iterator[str]:
    """Statements in `text`, a question (`asked`) or request without its end mark."""
    if asked and _TAG.search(text):
        return
    pieces = list(_pieces(text))
    if asked and pieces and pieces[-1].kind == "tells" and (len(pieces) == 1 or _all_tell(pieces)):
        pieces[-1] = _Piece("asks", pieces[-1].text, pieces[-1].start)
    yield from _embedded(text)
    for number, piece in enumerate(pieces):
        if piece.kind != "tells" or (number and pieces[number - 1].kind == "supposes"):
            continue
        end = next((later.start for later in pieces[number + 1 :] if later.kind != "goes on"), len(text))
        last = pieces[number + 1 :] and all(later.kind == "goes on" for later in pieces[number + 1 :])
        if asked and last:  # "My niece is six, ideas for a gift?": the fragment asks
            end = pieces[-1].start
        said = re.sub(r"[\s,;:–—()-]+$", "", text[piece.start : end])
        yield re.sub(r"\s+(?:and|but|so|because|since|as)$", "", said)


def _all_tell(pieces: list[_Piece]) -> bool:
    return all(piece.kind in ("tells", "goes on", "supposes") for piece in pieces)


def _embedded(text: str) -> Iterator[str]:
    """"Tell her that I am vegan": the clause after the verb of saying."""
    if _EXERCISE.search(text) or not (COMMAND_START.match(_bare(text)) or _EMBEDDING.match(text)):
        return
    for match in _EMBEDS.finditer(text):
        if re.search(r"\b(?:if|whether|would)\b", text[: match.start()]):
            return
        rest = text[match.end() :]
        stop = re.search(r"[,;]?\s+(?:and|but|so|then)\s+(?:please|ask|tell|thank|say|see|whether|if|also|that|could|can)\b|\s*[;?]|\s+(?:in the|to the) (?:email|letter|note|message|card)\b", rest)
        yield rest[: stop.start()] if stop else rest


def _bare(text: str) -> str:
    while (shorter := _BARE.sub("", text)) != text:
        text = shorter
    return text


def _pieces(text: str) -> Iterator[_Piece]:
    start, left = 0, text
    kind = _kind(text)
    for match in _CUT.finditer(text):
        rest = text[match.end() :]
        new = _kind(rest)
        if match["e"] and not _cuts(match["e"].lower(), kind, new, text[start : match.start()]):
            continue
        if not rest:
            break
        yield _Piece(kind, left, start)
        start, kind, left = match.end(), new, rest
    yield _Piece(kind, left, start)


def _cuts(word: str, kind: str, new: str, left: str) -> bool:
    """Does "and", "but" or "so" without a comma begin something of another kind?"""
    if kind in ("tells", "goes on"):
        return new == "asks"
    return new == "tells" and kind == "asks" and word != "so" and bool(COMMAND_START.match(left)) and not _WHAT_IS.search(left)


def _kind(text: str) -> str:
    text = _bare(text)
    if _HYPOTHETICAL.match(text):
        return "supposes"
    if QUESTION_START.match(text) or COMMAND_START.match(text):
        return "asks"
    words = words_of(text)
    if not words or finite_verb(words) is None:
        return "goes on"
    if re.match(_STARTS, text, re.IGNORECASE):
        return "tells"
    named = words[0][:1].isupper() and not NOT_NAMES.match(text) and base_form(words[0]) is None
    return "tells" if named else "goes on"
