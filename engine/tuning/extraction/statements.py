# ruff: noqa: E501 - one pattern a line reads best
"""Keeps English sentences that state something: no questions, commands, doubts or reports."""

import re

from engine.tuning.extraction.asides import asides
from engine.tuning.extraction.normalise import normalise
from engine.tuning.extraction.rewriting import fronted, with_subject
from engine.tuning.extraction.starts import COMMAND_START, QUESTION_START
from engine.tuning.redaction import PLACEHOLDER

_LEAD = re.compile(
    r"^(?:(?:by the way|btw|oh|ah|well|so|and|also|anyway|ok|okay|hi|hello|hey|yes|yeah|yep|no|nope|"
    r"actually|in fact|just so you know|fyi|for the record|for your information|to be clear|just so you know|just fyi|"
    r"sorry|thanks|great|sure|right|correction|update|good news|bad news|fun fact|note|"
    r"as you know|as i said|as i mentioned|like i said|honestly|basically|personally|"
    r"to be honest|speaking of (?:which|that)|good (?:morning|evening|afternoon)|plus|but|"
    r"one more thing|another thing|oh and|nice to meet you|you know|i mean|wait|hmm+|um+|uh+|"
    r"finally|reminder(?: for later| to self)?|note to self|for later|for reference|first|second|lastly|besides|otherwise|unfortunately|fortunately|luckily|sadly|"
    r"happily|guess what|for context|some context|a bit about me|about me|haha|lol|not really|"
    r"if (?:anyone|anybody|you|they|he|she|someone|people|it) (?:asks?|needs? to know|wonders?|wants? to know|helps|matters|(?:is|are) (?:wondering|interested|curious))|"
    r"in case (?:it|you|that|anyone|they) [\w ]{2,25}|before (?:you|I|we) [\w' ]{2,40}(?=[,:])|just so (?:you|everyone|they) (?:know|are aware)(?: before [\w ]{2,40}(?=,))?|"
    r"(?:also )?(?:worth|important) (?:knowing|mentioning|noting|to know)|one thing|heads[- ]up|small (?:detail|thing)|for (?:the|your) (?:order|booking|form|file|records?)|"
    r"that['’]s (?:right|true|great|nice|cool|awesome)|of course|these days|nowadays|currently|"
    r"at the moment|right now|in my (?:free|spare) time|on the side)(?:\s+there)?"
    r"(?:\s*[,:!.—–-]+\s*|\s+(?=(?:i|my|we|our|she|he|his|her|its|it|but|and|so|remember|note|also|just)\b)))+",
    re.IGNORECASE,
)
_WRAPPER = re.compile(
    r"^(?:(?:please\s+|do\s+|also\s+|can you\s+|could you\s+)*(?:remember|note|keep in mind|"
    r"bear in mind|don['’]t forget|do not forget|make a note|take note)"
    r"(?:\s+(?:that|this|for me|for later|somewhere|down|please))*[\s:,]+|"
    r"(?:i\s+(?:already\s+|just\s+)?(?:told you|mentioned|said)|i should (?:mention|add|say)|"
    r"i (?:keep|always|constantly) (?:forget(?:ting)?|misremember(?:ing)?)|i (?:just |have just )?(?:realised|realized|remembered)|i can never remember|"
    r"i (?:must|have to|need to|should) remember|do not let me forget|(?:it )?(?:may|might) (?:help|matter|be useful|be worth knowing)(?: to know)?|"
    r"(?:you )?(?:should|may want to|need to) know|i (?:also )?(?:ought|need|have) to (?:mention|add|say)|"
    r"i (?:want(?:ed)? to|should|must|need to|forgot to) (?:tell|mention to|let) you(?: know)?|"
    r"(?:you should|you might want to|just to let you|let me tell you|i['’]ll tell you|"
    r"i['’]d like you to|i want you to) (?:know|remember)?|did i (?:tell|mention to) you|"
    r"the thing is|the truth is|it turns out|turns out|it['’]s true that)(?:\s+that)?[\s:,]+)",
    re.IGNORECASE,
)
_REMEMBER = re.compile(r"\b(?:remember|note|keep in mind|bear in mind|forget)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:would(?! rather| prefer)|could|might|maybe|perhaps|possibly|probably|presumably|i guess|i think|i suppose|"
    r"i believe|i wish|i hope|if only|i assume|not sure|unsure|if i |was wondering|do not know|no idea|i wonder|supposedly|apparently|"
    r"allegedly|what if|as if|in theory|hypothetically|let us say|let['’]s say|unless|should|"
    r"(?<!\d )(?<!in )(?<!of )(?<!since )(?<!th )(?-i:may)|who knows|i dreamed|i dreamt|in my dream|kidding|joking|as though|pretend(?:ed|ing)?)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:he|she|they|it|people|everyone|someone|somebody|nobody|(?:my|our|the|a)\s+[\w'’-]+"
    r"(?:\s+[\w'’-]+)?|[A-Z]\w+)\s+(?:just\s+|always\s+|once\s+|also\s+)*(?:said|says|told|tells|"
    r"asked|asks|claims?|claimed|thinks?|thought|believes?|believed|wrote|writes|mentioned|"
    r"suggested|insists?|replied|answered|joked|goes like|reads|texted)\b"
    r"|\baccording to\b|\bquote\b",
)


SUPPOSED = re.compile(r"^(?:if|unless|suppose|supposing|imagine|what if|let us (?:say|assume)|pretend|assuming|say (?:I|my)|would|could (?:I|my))\b", re.IGNORECASE)


_QUOTES = re.compile(r"\b(?:says?|said|asks?|asked|writes?|wrote|goes|reads?|tells? me|replied|answered|texted)\s*[:,]\s.*$", re.IGNORECASE)


def said_in(sentence: str) -> tuple[str, list[str]]:
    """A sentence, repaired and without fillers, and the statements that it makes."""
    text = normalise(sentence).strip("\"“” ")
    asked = text.rstrip("\"'”’)").endswith("?")
    text, told = _unwrap(text.rstrip(".!?,;: "))
    if not text:
        return "", []
    text = with_subject(text)
    before, rest = fronted(text)
    reported = _QUOTES.search(text)
    text = text[: reported.start()].strip() if reported else text
    if before and (asked or _starts_wrong(rest)):
        return text, [before, *_beside(rest, asked=asked)]
    if asked or (not told and _starts_wrong(text)):
        return text, _beside(text, asked=asked)
    return text, [_PLEASE.sub("", text)]


def _beside(text: str, *, asked: bool) -> list[str]:
    """Statements in a question or request, fillers taken off."""
    bare = (_unwrap(statement)[0] for statement in asides(text, asked=asked))
    return [statement for statement in bare if statement]


_PLEASE = re.compile(r"(?<=\w)[,;]?\s+(?:so\s+)?(?:please|pls|plz)\s+\w.*$", re.IGNORECASE)


def is_plain(clause: str) -> bool:
    """Is a clause neither doubted, nor told by others, nor too long, nor redacted?"""
    if not 2 <= len(clause.split()) <= 32 or PLACEHOLDER.search(clause):
        return False
    return not (_DOUBT.search(clause) or _REPORT.search(clause))


def _unwrap(text: str) -> tuple[str, bool]:
    """Takes off fillers and "remember that"; True when the user asked to remember it."""
    told = False
    for _ in range(4):
        bare = _LEAD.sub("", text, count=1)
        wrapper = _WRAPPER.match(bare)
        if wrapper:
            told = told or bool(_REMEMBER.search(wrapper.group()))
            bare = bare[wrapper.end() :]
        if bare == text:
            break
        text = bare
    return text.strip(), told


def _starts_wrong(text: str) -> bool:
    return bool(QUESTION_START.match(text) or COMMAND_START.match(text))
