"""One message in, candidate facts out, whatever the language of its sentences."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.chinese import chinese_candidates
from engine.tuning.extraction.english import english_candidates
from engine.tuning.extraction.sentences import is_chinese, own_sentences

_JOINER = "\u200d"


def extract(text: str) -> Iterator[Candidate]:
    """Yields the facts that `text`, already redacted, states about its author, in order."""
    english: list[str] = []
    chinese: list[str] = []
    for sentence in own_sentences(_visible(text)):
        (chinese if is_chinese(sentence) else english).append(sentence)
    yield from filter(_says_something, english_candidates(english))
    for candidate in filter(_says_something, chinese_candidates(chinese)):
        yield replace(candidate, language="zh")


def _visible(text: str) -> str:
    """`text` without Unicode's invisible Cf characters; the joiner inside of an emoji stays."""
    if text.isascii():
        return text
    return "".join(c for c in text if c == _JOINER or unicodedata.category(c) != "Cf")


def _says_something(candidate: Candidate) -> bool:
    """A value of marks alone is none."""
    return any(character.isalnum() for character in candidate.value)
