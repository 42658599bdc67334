"""One message in, candidate facts out, whatever the language of its sentences."""

from collections.abc import Iterator
from dataclasses import replace

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.chinese import chinese_candidates
from engine.tuning.extraction.english import english_candidates
from engine.tuning.extraction.sentences import is_chinese, own_sentences


def extract(text: str) -> Iterator[Candidate]:
    """Yields the facts that `text`, already redacted, states about its author, in order."""
    english: list[str] = []
    chinese: list[str] = []
    for sentence in own_sentences(text):
        (chinese if is_chinese(sentence) else english).append(sentence)
    yield from english_candidates(english)
    for candidate in chinese_candidates(chinese):
        yield replace(candidate, language="zh")
