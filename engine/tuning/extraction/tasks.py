# ruff: noqa: E501 - one pattern a line reads best
"""Requests that bring a text along: what follows them is material or fiction, nobody's own words.

"Translate this: ..." and "Write a story in which I ..." do; "Translate for me how to say ..." and
"Check my train options: I live in ..." do not.
"""

import re

from engine.tuning.extraction.lexicon import BEINGS

_ASK = (
    r"^(?:(?:hi|hello|hey|ok|okay|so|now|and|then|please|pls|kindly|can you|could you|would you|will you|"
    r"i need you to|i want you to|i['’]d like you to|help me(?: to)?|just|also|quickly|first)[\s,!]+)*"
)
_FICTION = re.compile(
    _ASK + r"(?:role-?play|pretend|imagine|act as|play the|play a (?:game|role)|suppose|assume|continue (?:this|the|my|with)|"
    r"let['’]?s (?:pretend|play|role|imagine|say|suppose|assume)|lets (?:pretend|play|say)|what if|answer (?:as|like)|speak (?:as|like)|"
    r"you(?: are|['’]re) (?:now |going to be )?(?:an? (?!(?:\w+ )?(?:star|genius|lifesaver|angel|legend|hero|gem)\b)|the |called |from |playing |named |(?-i:[A-Z])))",
    re.IGNORECASE,
)
_WRITE = r"\b(?:write|compose|draft|create|make up|generate|invent|give|tell|prepare|produce)\b"
_PROSE = re.compile(
    rf"{_WRITE}.*\b(?:story|stories|dialogue|scene|monologue|character|novel|script|diary entry|fairy ?tale|back ?story|"
    r"example sentences?|first[- ]person|perspective|persona|an? (?:\w+ )?(?:profile|sketch|play))\b",
    re.IGNORECASE,
)
_VERSE = re.compile(rf"{_WRITE}.*\b(?:poem|song|lyrics|limerick|haiku|verse|rhyme|sonnet|ballad)\b", re.IGNORECASE)
_TOLD_AS = re.compile(
    r"\b(?:in which|where (?:I|we|my)\b|first[- ]person|perspective|point of view|as if|as though|as an? |narrat\w+|I am|I['’]m|"
    r"example|sample|fictional|made[- ]up|imaginary|fake|dummy)\b",
    re.IGNORECASE,
)
_FOR_OWN = re.compile(rf"\b(?:for|to|with)\s+(?:my|our)\s+(?:[\w'’-]+\s+){{0,3}}?(?:{BEINGS})\b", re.IGNORECASE)
_ABOUT_OWN = re.compile(r"\b(?:for|to|about)\s+(?:my|our)\s+\w", re.IGNORECASE)
_SOMEBODYS = re.compile(
    rf"(?i:{_ASK}(?:write|draft|compose|generate|create|make up|invent|prepare))\b(?:.*\bfrom (?!me\b|my\b|us\b|our\b)[A-Z]|"
    r"[^:]*\b(?:for|to|from|by|as|of) an? [^:]*:|.*\b(?:example|sample|fictional|made[- ]up|imaginary|fake|dummy|person|people|somebody|someone) )",
)
_TEXT = (
    r"(?:texts?|sentences?|paragraphs?|grammar|spelling|e-?mails?|letters?|messages?|essays?|story|stories|poems?|articles?|posts?|"
    r"passages?|abstracts?|drafts?|lyrics|transcripts?|reports?|words|statements?|quotes?|reviews?|speech|dialogue|conversation|code)"
)
_WORK_ON = re.compile(
    _ASK + r"(?P<hard>translate|rewrite|rephrase|reword|paraphrase|summari[sz]e|proofread|correct|edit|spell-?check|repeat after)\b|"
    + _ASK + r"(?:analy[sz]e|classify|complete|finish|improve|polish|reply to|respond to|answer|convert|format|fix|check|"
    r"shorten|expand|explain|simplify|extract|read|use the words?)\b",
    re.IGNORECASE,
)
_HANDED = re.compile(
    rf"\b(?:this(?! (?:year|week|weekend|month|morning|evening|afternoon|time|out|summer|winter|spring|autumn)\b)|these|the following|the above|below|my {_TEXT}|the {_TEXT}|in a sentence)\b|:\s*$",
    re.IGNORECASE,
)
_HERE = re.compile(
    rf"^(?:here(?:['’]?s| is| are) (?:the|my|an?|some|what) (?:\w+ )?{_TEXT}|this is (?:the|my|an?) (?:\w+ )?{_TEXT}|"
    rf"the following\b|below is\b|(?:the )?(?:original|input|{_TEXT}|quote)\s*:)",
    re.IGNORECASE,
)
_ZH = re.compile(
    r"^(?:请|麻烦|帮我|帮忙|请你|请帮我|能不能|可以)*(?:把|将)?(?:翻译|改写|润色|总结|概括|续写|"
    r"校对|修改|扮演|假装|假设|想象|你是一|你现在是|模仿|分析(?:这|以下)|下面(?:这|是)|以下)|"
    r"写(?:一[个篇首段])?(?:故事|诗|小说|剧本|歌词|对话|独白)"
)
_ZH_WRITE = re.compile(r"写(?:一[个篇首段])?(?:故事|诗|小说|剧本|歌词|对话|独白)")


def brings_text(sentence: str) -> bool:
    """Is what follows, within `sentence` and after it, a text to be worked on or made up?"""
    if _FICTION.match(sentence) or _HERE.match(sentence) or _SOMEBODYS.match(sentence):
        return True
    return _makes_up(sentence) or _works_on(sentence) or bool(_ZH.match(sentence) or _ZH_WRITE.search(sentence))


def _makes_up(sentence: str) -> bool:
    """Fiction, unless it is written for somebody of the user's."""
    told = _TOLD_AS.search(sentence) is not None
    if _PROSE.search(sentence):
        return told or not _FOR_OWN.search(sentence)
    return bool(_VERSE.search(sentence)) and (told or not _ABOUT_OWN.search(sentence))


def _works_on(sentence: str) -> bool:
    match = _WORK_ON.match(sentence)
    if match is None:
        return False
    if _HANDED.search(sentence, match.end()):
        return True
    _, colon, rest = sentence.partition(":")
    return bool(match["hard"] and colon) and not re.match(r"\s*how (?:do|can|would) ", rest, re.IGNORECASE)
