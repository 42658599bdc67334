"""Cuts a message into the sentences that the user says in their own name."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`", re.DOTALL)
_QUOTED_LINE = re.compile(r"^\s*(?:>|\$ |>>> |\|)")
_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.)、])\s+")
_ABBREVIATION = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|Mt|Jr|Sr|vs|etc|e\.g|i\.e|a\.m|p\.m|No|approx|Ave|Rd|Capt|Lt|Sgt|"
    r"[A-Z])\.$"
)
_END = re.compile(r"[.!?]+[\"'”’)]*(?=\s|$)|[。！？；…]+[”’」』）]*|\n+")
_SPEECH = re.compile(r"[\"“「『]([^\"”」』]*)[\"”」』]")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]m|my|we|our|me)\b|我|咱", re.IGNORECASE)
_CJK = re.compile(r"[\u3400-\u9fff]")
_TASK = re.compile(
    r"^(?:please\s+|can you\s+|could you\s+|would you\s+|will you\s+|now\s+|and\s+|help me\s+)*"
    r"(?:translate|rewrite|rephrase|paraphrase|summari[sz]e|proofread|correct|edit|analy[sz]e|"
    r"classify|continue|complete|finish|improve|polish|reply to|respond to|answer this|convert|"
    r"format|fix|check|shorten|expand|explain (?:this|the following)|repeat after|role-?play|"
    r"pretend|imagine|act as|play the|you are|let['’]s (?:pretend|play|role)|suppose)\b",
    re.IGNORECASE,
)
_TASK_ZH = re.compile(
    r"^(?:请|麻烦|帮我|帮忙|请你|请帮我|能不能|可以)*(?:把|将)?(?:翻译|改写|润色|总结|概括|续写|"
    r"校对|修改|扮演|假装|假设|想象|你是一|你现在是|模仿|分析(?:这|以下)|下面(?:这|是)|以下)"
)
_WRITE_AS = re.compile(
    r"\b(?:write|compose|draft|create|make up|generate|invent)\b.*\b(?:story|poem|song|lyrics|"
    r"dialogue|scene|monologue|character|novel|script|diary entry|example sentences?|"
    r"first[- ]person|perspective)\b|写(?:一[个篇首段])?(?:故事|诗|小说|剧本|歌词|对话|独白)",
    re.IGNORECASE,
)

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

    After a request to work on a text ("Translate this:") the rest of the message is that text,
    not the user's own statement, and nothing more is yielded.
    """
    for line in _clean_lines(text):
        for sentence in _split(line):
            if _TASK.match(sentence) or _TASK_ZH.match(sentence) or _WRITE_AS.search(sentence):
                return
            if len(sentence) > _LONGEST or _quotes_somebody(sentence):
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
