# ruff: noqa: E501 - one pattern a line reads best
"""Expressions of time at the start of a piece of text: dates, clock times, habits, spans."""

import re

from engine.tuning.extraction.words import MONTHS, WEEKDAYS

_NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|few|a few|a couple of)"
_DAY = rf"(?:(?:{WEEKDAYS})(?:,?\s+the\s+\d{{1,2}}(?:st|nd|rd|th)?)?)"
_DATE = (
    rf"(?:(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{MONTHS})\b\.?|(?:{MONTHS})\b\.?\s+(?:the\s+)?"
    r"\d{1,2}(?:st|nd|rd|th)?\b)(?:,?\s+(?:of\s+|in\s+)?\d{4}\b)?|\d{1,4}[-/]\d{1,2}(?:[-/]\d{1,4})?\b|"
    r"\d{1,2}\.\d{1,2}\.(?:\d{2,4})?"
)
_EXACT = (
    r"\d{1,2}(?:[:.]\d\d)?\s*(?:a\.?m\.?|p\.?m\.?|o'clock)(?!\w)|\d{1,2}[:.]\d\d\b|noon\b|midnight\b|dawn\b|"
    r"night\b|half past \w+|(?:a )?quarter (?:past|to) \w+"
)
_HOUR = rf"(?:{_EXACT}|(?:\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?!\s+(?!every|each|on\b|in the|daily|most|or so|sharp)[a-z]))"
_CLOCK = rf"(?:{_EXACT})"
_PART = r"(?:mornings?|evenings?|afternoons?|nights?)"
_UNIT = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|weekdays?|months?|years?|decades?)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
ABSOLUTE = re.compile(
    rf"{_DATE}|\b(?:{MONTHS})\b(?!\s*[a-z])|\b(?:1[89]|20)\d\d\b|\b{_DAY}\b|\b\d{{1,2}}(?:st|nd|rd|th)\b|"
    r"\b(?:christmas|easter|new year|halloween|thanksgiving)\b",
    re.IGNORECASE,
)
_FORMS = (
    rf"(?:on\s+)?(?:every|each)\s+(?:single\s+|other\s+|second\s+)?(?:{_DAY}|{_PART}|{_UNIT}|{_SEASON}|(?:{MONTHS})\b)"
    rf"(?:\s+(?:{_PART}))?",
    rf"(?:once|twice|{_NUMBER}\s+times|several times)\s+(?:an?|every|per|each)\s+{_UNIT}",
    rf"(?:on|by|until|till|before|after|from|since|around)\s+(?:{_DATE}|{_DAY}(?:\s+{_PART})?|(?:{MONTHS})\b(?:\s+\d{{4}})?|the\s+"
    r"\d{1,2}(?:st|nd|rd|th)\b|\d{4}\b|Christmas\b(?:\s+(?:Day|Eve))?|Easter\b|(?:weekends|weekdays|weeknights)\b)",
    rf"(?:at|around|about|by|from|before|after|until)\s+(?:about\s+)?{_HOUR}(?:\s+(?:sharp|in the morning|in the evening|in the afternoon|at night))?",
    rf"(?:in|during)\s+(?:the\s+)?(?:(?:early|late|mid)[ -])?(?:{_PART}|{_SEASON}\b(?:\s+of)?(?:\s+\d{{4}})?|(?:{MONTHS})\b(?:\s+\d{{4}})?|\d{{4}}s?\b|childhood\b|the past\b)",
    rf"(?:last|next|this)\s+(?:{_DAY}|{_UNIT}|{_SEASON}|(?:{MONTHS})\b|{_PART})(?:\s+{_PART})?",
    rf"(?:for|over|in|within)\s+(?:the\s+(?:last|past)\s+)?(?:about\s+|almost\s+|over\s+|nearly\s+|more than\s+)?{_NUMBER}\s+(?:\w+\s+)?{_UNIT}(?:\s+now)?",
    r"for (?:ages|a long time|a while|many years|years|decades)",
    rf"(?:about\s+)?{_NUMBER}\s+(?:long\s+)?(?:{_UNIT}|time)\s+ago|(?:a (?:long time|while|few years)|years|ages) ago",
    rf"{_DATE}",
    rf"{_DAY}(?:\s+{_PART})?",
    rf"(?:at\s+)?{_CLOCK}",
    r"(?:today|tonight|tomorrow|yesterday|this morning|this afternoon|this evening|now|right now|these days|nowadays|lately|recently|"
    r"daily|weekly|monthly|yearly|on weekends|on weekdays|all the time|all day|as a (?:child|kid|teenager|student)|"
    r"since (?:childhood|university|school|then)|at the weekend|at night|at weekends|at the moment|before work|after work|"
    r"before bed|after school|at christmas|at easter)\b",
)
_TIME = re.compile(r"(?:" + "|".join(rf"(?:{form})" for form in _FORMS) + r")(?=$|[\s,.])", re.IGNORECASE)
TRANSIENT = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening|week|weekend|time)|just now|"
    r"right now|a moment ago|at the moment|earlier|lately|the other day|last (?:night|week|weekend)|again|"
    r"next (?:week|weekend)|soon|yet|in the moment)\b",
    re.IGNORECASE,
)
HABIT = re.compile(
    r"\b(?:every|each|once|twice|times|daily|weekly|monthly|weekends|weekdays|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day (?:nights|mornings|evenings|afternoons)|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:an?|the|my|our|number)\s+$", re.IGNORECASE)
SPAN = re.compile(r"^(?:for|over)\s", re.IGNORECASE)


def time_at_start(text: str) -> str:
    """The longest run of time expressions that `text` begins with; empty without any."""
    taken = ""
    while True:
        rest = text[len(taken) :]
        lead = re.match(r"(?:,?\s+|)(?:and\s+)?" if taken else "", rest)
        match = _TIME.match(rest, lead.end() if lead else 0)
        if match is None or not match.group().strip():
            return taken
        taken = text[: len(taken) + match.end()]


def without_time(text: str) -> str:
    """`text` up to the first expression of time after its beginning."""
    if time_at_start(text):
        return text
    for place in (match.end() for match in re.finditer(r"\s", text)):
        if time_at_start(text[place:]) and not _ARTICLE.search(text[:place]):
            return text[:place].strip()
    return text
