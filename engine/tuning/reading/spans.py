"""Which parts of a sentence may be copied: whole words, no marks around them, never across a stop.

A span that is offered here stands in the sentence exactly as it is, to the last character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MOST_WORDS, _MOST_CHARACTERS = 8, 60
_MOST_SIGNS = 16
_MOST_OWNER_WORDS, _MOST_OWNER_SIGNS = 3, 5
_MARKS = ".,;:!?\"'“”‘’()…—–-*_~"
_STOPS = re.compile(r"[;:!?()\"“”…—–]")
_CLOSED = re.compile(r"[\[\]{}<>`|]")
_SIGN = re.compile(r"[A-Za-z0-9À-ɏ][A-Za-z0-9À-ɏ.:%-]*|[\u3400-\u9fff]")
_BETWEEN = re.compile(r"[ ·]?")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_PARTICLES = (
    "a an the and or but so of in on at to for from with by as if is are was were be been am that "
    "this which who whose when where i i'm i've you he she it it's we they my our your his her "
    "its their me us not n't because since while than then too very just also"
)
_VERBS = (
    "have has had do does did don't can can't could will would should may might must get got go "
    "going goes went come came make made take took like love hate want need think know say said "
    "live lives lived work works worked study play born called named moved turn turned please "
    "help what how why there here now today yesterday tomorrow really some any all no yes ok "
    "i'd i'll he's she's that's there's what's let's hi hello thanks"
)
_EDGE = frozenset(_PARTICLES.split())
_NOT_OWNER = _EDGE | frozenset(_VERBS.split())
_BEFORE_OWNER = re.compile(r"\b(?:my|our|an?|the)\s+$", re.IGNORECASE)
_BEFORE_CHINESE_OWNER = frozenset("我们咱家的只个位条辆")
_NO_OWNER_SIGN = frozenset(
    "我你您他她它的是在有和了吗呢吧啊叫住不很也都就还要想会能吃去来给说做对跟与"
)


@dataclass(frozen=True, slots=True)
class Spans:
    """The spans of some sentences.

    ``longest`` has for every place where a span may begin the longest one; ``all`` every span,
    each the beginning of one of the longest.
    """

    longest: frozenset[str] = field(repr=False)
    all: frozenset[str] = field(repr=False)


def values(sentences: list[str], *, chinese: bool) -> Spans:
    """What may be the value of a fact."""
    longest, every = set(), set()
    for sentence in sentences:
        runs = _sign_runs(sentence) if chinese else _word_runs(sentence)
        for run in runs:
            for first in range(len(run)):
                found = list(_from(sentence, run, first, chinese=chinese))
                every.update(found)
                longest.update(found[-1:])
    return Spans(frozenset(longest), frozenset(every))


def owners(sentences: list[str], *, chinese: bool) -> frozenset[str]:
    """What may be spoken of as the user's: up to three words after an article or a possessive.

    None of them is a particle or a common verb.
    """
    return frozenset(
        owner
        for sentence in sentences
        for owner in (_chinese_owners if chinese else _english_owners)(sentence)
    )


def _from(sentence: str, run: list[tuple[int, int]], first: int, *, chinese: bool) -> Iterator[str]:
    """The spans that begin with place `first` of `run`, shortest first."""
    start = run[first][0]
    most = _MOST_SIGNS if chinese else _MOST_WORDS
    if not chinese and sentence[start : run[first][1]].lower() in _EDGE - {"a", "an", "the"}:
        return
    for begin, end in run[first : first + most]:
        if end - start > _MOST_CHARACTERS:
            return
        if chinese or sentence[begin:end].lower() not in _EDGE:
            yield sentence[start:end]


def _word_runs(sentence: str) -> Iterator[list[tuple[int, int]]]:
    """Places of words, cut where a stop or a bracket stands between them."""
    run: list[tuple[int, int]] = []
    for match in re.finditer(r"\S+", sentence):
        text = match.group()
        bare = text.strip(_MARKS)
        start = match.start() + len(text) - len(text.lstrip(_MARKS))
        if _CLOSED.search(text) or not bare:
            yield run
            run = []
            continue
        if _STOPS.search(sentence[match.start() : start]):
            yield run
            run = []
        run.append((start, start + len(bare)))
        if _STOPS.search(sentence[start + len(bare) : match.end()]):
            yield run
            run = []
    yield run


def _sign_runs(sentence: str) -> Iterator[list[tuple[int, int]]]:
    """Places of Chinese characters, and of Latin words and numbers as wholes."""
    run: list[tuple[int, int]] = []
    closed = 0
    for match in _SIGN.finditer(sentence):
        closed += _depth(sentence[run[-1][1] if run else 0 : match.start()])
        between = sentence[run[-1][1] : match.start()] if run else ""
        if not _BETWEEN.fullmatch(between):
            yield run
            run = []
        if closed <= 0:
            end = match.start() + len(match.group().rstrip(".:-"))
            run.append((match.start(), end))
    yield run


def _depth(text: str) -> int:
    """How many square brackets `text` opens and does not close."""
    return text.count("[") - text.count("]")


def _english_owners(sentence: str) -> Iterator[str]:
    words = list(_WORD.finditer(sentence))
    for first in range(len(words)):
        if not _BEFORE_OWNER.search(sentence, 0, words[first].start()):
            continue
        for last in range(first, min(first + _MOST_OWNER_WORDS, len(words))):
            text = sentence[words[first].start() : words[last].end()]
            parts = [word.group().lower().replace("’", "'") for word in words[first : last + 1]]
            if " ".join(text.split()) != " ".join(w.group() for w in words[first : last + 1]):
                break
            if any(part in _NOT_OWNER for part in parts):
                break
            yield re.sub(r"['’]s$", "", text)


def _chinese_owners(sentence: str) -> Iterator[str]:
    for run in re.findall(r"[\u3400-\u9fff]+", sentence):
        for first in range(1, len(run)):
            if run[first - 1] not in _BEFORE_CHINESE_OWNER:
                continue
            for last in range(first + 1, min(first + _MOST_OWNER_SIGNS, len(run)) + 1):
                if run[last - 1] in _NO_OWNER_SIGN:
                    break
                yield run[first:last]
