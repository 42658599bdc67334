# ruff: noqa: E501 - one pattern a line reads best
"""Finds the finite verb of an English clause, and with it where its subject ends."""

import re

from engine.tuning.extraction.grammar import base_form, is_past
from engine.tuning.extraction.lexicon import (
    ADVERBS,
    AUX,
    BE,
    BREAKERS,
    DETERMINERS,
    PREPOSITIONS,
    is_plural,
)
from engine.tuning.extraction.words import PEOPLE, PETS, word_set

_PERSONAL = frozenset(
    ["i", "we", "you", "he", "she", "it", "they", "there", "this", "that", "these", "those", "who", "which", "everyone", "everybody", "people", "nobody", "someone"]
)

_NOT_FINITE = word_set("called named based born made known aged dressed located like")
_LONGEST_SUBJECT = 9
_NO_START = PREPOSITIONS | BREAKERS | word_set("not no to please very so too")


def finite_verb(words: list[str]) -> int | None:
    """The place of the finite verb in `words`, which begin with a subject; None for no clause."""
    if len(words) < 2:
        return None
    first = words[0].lower()
    if first in _PERSONAL and not (first in DETERMINERS and len(words) > 2 and words[1].isalpha()
                                   and not _starts_predicate(words, 1, plural=True)):  # fmt: skip
        return _after_pronoun(words)
    if first in _NO_START or first in AUX:
        return None
    owned = first in DETERMINERS or first == "my"
    named = words[0][:1].isupper()
    for place in range(2 if owned else 1, min(len(words), _LONGEST_SUBJECT)):
        word = words[place].lower()
        if word in BREAKERS and word != "and":
            return None
        if word in AUX:
            return place
        if (owned or named) and _is_lexical(words, place):
            return _before_adverbs(words, place)
        if not owned and not named and place >= 3:
            return None
    return None


def _before_adverbs(words: list[str], place: int) -> int:
    while place > 1 and words[place - 1].lower() in ADVERBS:
        place -= 1
    return place


def _after_pronoun(words: list[str]) -> int | None:
    plural = words[0].lower() in ("i", "we", "you", "they", "people", "who")
    if _starts_predicate(words, 1, plural=plural, either=words[0] == "who"):
        return 1
    return 1 if words[0] in ("I", "he", "she", "we", "they", "it", "everyone", "everybody", "nobody", "somebody", "someone") and _looks_finite(words, plural=plural) else None


def _looks_finite(words: list[str], *, plural: bool) -> bool:
    """A verb that is on no list, after a pronoun that is a subject only ("she suggested")."""
    place = 1
    while place < len(words) - 1 and words[place].lower() in ADVERBS:
        place += 1
    word = words[place]
    if not re.fullmatch(r"[a-z]{3,}", word) or word in PREPOSITIONS | BREAKERS | DETERMINERS | _NOT_FINITE or word.endswith(("ing", "ly")):
        return False
    return word.endswith("ed") or (word.endswith("s") and not word.endswith("ss")) != plural


def starts_predicate(words: list[str], subject: str) -> bool:
    """May `words` go on about `subject` without naming it again ("and fixes bicycles")?"""
    if len(words) < 2:
        return False
    plural = subject.lower() in ("i", "we", "they", "you") or is_plural(subject)
    return _starts_predicate(words, 0, plural=plural)


def _starts_predicate(words: list[str], place: int, *, plural: bool, either: bool = False) -> bool:
    while place < len(words) and (words[place].lower() in ADVERBS or words[place] == "not"):
        place += 1
    if place >= len(words):
        return False
    word = words[place].lower()
    if word in AUX:
        return True
    base = base_form(word)
    if base is None:
        return False
    if is_past(word) or either:
        return True
    return (word == base) if plural else (word != base)


def _is_lexical(words: list[str], place: int) -> bool:
    """Is the word there a finite verb that agrees with the noun phrase before it?"""
    word = words[place].lower()
    before = words[place - 1].lower()
    base = base_form(word)
    if base is None or word in _NOT_FINITE or before in DETERMINERS | PREPOSITIONS or before == "and":
        return False
    after = words[place + 1].lower() if place + 1 < len(words) else ""
    if after in BE or before.endswith("'s"):
        return False
    if is_past(word):
        return not _aux_follows(words, place)
    subject = " ".join(words[:place])
    if is_plural(subject):
        return word == base and word not in ADVERBS and word not in PREPOSITIONS
    return word != base and (bool(after) or (place == 2 and words[0].lower() in ("the", "my", "our") and before not in PETS | PEOPLE))


def _aux_follows(words: list[str], place: int) -> bool:
    for word in words[place + 1 : place + 4]:
        if word.lower() in BREAKERS or word.lower() in PREPOSITIONS:
            return False
        if word.lower() in BE:
            return True
    return False


def words_of(text: str) -> list[str]:
    """Words up to the first comma or other break."""
    return re.split(r"[,;:()]", text, maxsplit=1)[0].split()
