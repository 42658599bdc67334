"""Cuts a message into the sentences that the user says in their own name."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.tasks import brings_text

_FENCE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`", re.DOTALL)
_QUOTED_LINE = re.compile(r"^\s*(?:>|\$ |>>> |\|)")
_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.)、])\s+")
_ABBREVIATION = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|Mt|Jr|Sr|vs|etc|e\.g|i\.e|a\.m|p\.m|No|approx|Ave|Rd|Capt|Lt|Sgt|"
    r"[A-Z])\.$"
)
_END = re.compile(r"[.!?]+[\"'”’)]*(?=\s|$)|[。！？；…]+[”’」』）]*|\n+")
_SPEECH = re.compile(r"[\"“「『]([^\"”」』]*)[\"”」』]")
_LONG_SPEECH = re.compile(r"[\"“「『][^\"”」』]*[.!?][\"”」』]?\s[^\"”」』]*[\"”」』]")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]m|my|we|our|me)\b|我|咱", re.IGNORECASE)
_CJK = re.compile(r"[\u3400-\u9fff]")
_EXAMPLE = re.compile(r"^(?:for (?:example|instance)|e\.g\.)", re.IGNORECASE)

_LONGEST = 1000
"""Characters of a sentence that is still read: more, without any full stop, is no statement, and
to take it apart clause by clause would take quadratic time."""


def is_chinese(text: str) -> bool:
    """Is `text` mostly written in Chinese characters?"""
    marks = len(_CJK.findall(text))
    latin = len(re.findall(r"[A-Za-z]+", text))
    return marks > 0 and marks >= latin


def own_sentences(text: str) -> Iterator[str]:
    """Yields sentences of `text` with their end marks; code, quotes and task material are left out.

    After a request to work on a text ("Translate this:") or to make one up the rest of the
    message is that text, not the user's own statement, and nothing more is yielded. Other
    requests are sentences like any other: what is told beside them counts.
    """
    for line in _clean_lines(text):
        for sentence in _split(_LONG_SPEECH.sub("", line)):
            if brings_text(sentence):
                return
            if len(sentence) > _LONGEST or _quotes_somebody(sentence) or _EXAMPLE.match(sentence):
                continue
            yield sentence


def _clean_lines(text: str) -> Iterator[str]:
    for line in _FENCE.sub(" ", text).splitlines():
        if not _QUOTED_LINE.match(line) and line.strip():
            yield _BULLET.sub("", line).strip()


def _split(line: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(line):
        piece = line[start : match.end()]
        if match.group() == "." and _ABBREVIATION.search(piece) and match.end() < len(line):
            continue
        if piece.strip():
            yield piece.strip()
        start = match.end()
    if line[start:].strip():
        yield line[start:].strip()


def _quotes_somebody(sentence: str) -> bool:
    """Direct speech: a longer quotation, or one in the first person."""
    return any(
        _FIRST_PERSON.search(said) is not None or len(said.split()) > 6 or len(said) > 40
        for said in _SPEECH.findall(sentence)
    )
