# ruff: noqa: E501 - one fact a line reads best
"""What somebody has just begun: hobbies and instruments taken up, clubs joined, lessons started."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.build import Built, ask
from engine.tuning.extraction.grammar import flip
from engine.tuning.extraction.predicates import Statement
from engine.tuning.extraction.when import without_time
from engine.tuning.extraction.words import INSTRUMENTS, SPORTS, word_set

HOBBIES = word_set(
    """running jogging swimming climbing bouldering knitting baking painting drawing cycling fencing boxing dancing rowing sailing
    surfing gardening sewing crocheting crochet birdwatching birding fishing hiking skating skiing archery yoga pilates pottery judo
    karate aikido taekwondo photography woodworking woodwork calligraphy origami embroidery beekeeping astronomy kayaking canoeing
    snowboarding skateboarding parkour weightlifting powerlifting meditation meditating volunteering singing salsa tango ballet zumba
    crossfit spinning journaling homebrewing quilting weaving whittling geocaching foraging chess bridge bouldering diving freediving
    horse-riding riding improv genealogy stargazing brewing candle-making sourdough kickboxing paddleboarding orienteering"""
)
_TRYING = re.compile(r"^(?:an?|the|my|our|some|this|that|it|trouble|bed|debt|shape|work|town|position|line|college|university|uni)\b", re.IGNORECASE)
_NOT_JOINED = re.compile(r"\b(?:meeting|call|chat|zoom|queue|conversation|line|waitlist|server|channel|them|him|her|you|session|webinar|in)\b", re.IGNORECASE)
_GROUP = re.compile(r"\b(?P<g>choir|club|gym|team|band|orchestra|society|group|league|association|union|party|class|course|committee|church|ensemble|troupe|network)\b", re.IGNORECASE)
_LESSON = re.compile(r"^(?P<v>(?:[a-z-]+ ){1,2}?)(?:classes|lessons|a class|a course)\b")


def begun(said: Statement) -> Iterator[Built]:
    """Facts of "join", "take up", "get into", "start", for the user and others."""
    if said.negated or said.tense not in ("past", "perfect", "progressive"):
        return
    tail = _without_time(said.tail)
    if said.base == "join":
        yield _joined(said, tail)
    elif said.base in ("take", "pick") and (taken := re.match(r"(?:up )(?P<v>.+)$", tail)):
        yield _hobby(said, taken["v"])
    elif said.base == "get" and (into := re.match(r"(?:really |back |seriously )?into (?P<v>.+)$", tail)):
        yield None if _TRYING.match(into["v"]) or into["v"][:1].isupper() else _hobby(said, into["v"])
    elif said.base in ("start", "begin") and said.tense != "progressive":
        yield _started(said, tail)
    elif said.base == "sign" and (up := re.match(r"up (?:for|to) (?P<v>.+)$", tail)) and _GROUP.search(up["v"]):
        yield _hobby(said, re.sub(r"^an?\s+", "", up["v"]))


def _without_time(tail: str) -> str:
    return re.split(r"\s+(?:because|but|and (?:have|am|need|want|now|my|I)|so|with (?:my|a friend)|to|when)\s", without_time(tail))[0].strip()


def _who(said: Statement) -> tuple[str, str, str]:
    """Subject, its possessive in a question and in an answer: "I", "my" and "your"."""
    if said.mine:
        return said.subject, "my", "your"
    return said.subject, f"{said.subject}'s", f"{flip(said.subject)}'s"


def _hobby(said: Statement, value: str) -> Built:
    value = re.sub(r"^(?:playing|learning|doing|practising|practicing) ", "", value)
    who, whose, yours = _who(said)
    words = set(re.findall(r"[a-z-]+", value.lower()))
    do, s = ("do", "") if said.mine or said.plural else ("does", "s")
    if words & INSTRUMENTS:
        return ask(f"Which instrument {do} {who} play?", f"{said.you} play{s} {{}}.", value, additive=said.mine)
    return ask(f"What is {whose} new hobby?", f"{yours} new hobby is {{}}.", value, noun=f"{whose} new hobby")


def _started(said: Statement, tail: str) -> Built:
    lesson = _LESSON.match(tail)
    value = re.sub(r"^(?:playing|learning|doing|practising|practicing|going to|taking) ", "", tail)
    words = re.findall(r"[a-z-]+", value.lower())
    if lesson or (words and words[0] in HOBBIES | SPORTS and len(words) <= 4) or set(words) & INSTRUMENTS:
        return _hobby(said, tail if lesson else value)
    job = re.match(r"(?:an?|my) (?:new )?(?:job|position|role) (?:at|with|for) (?P<v>[A-Z].*)$", tail)
    if job and said.mine:
        return ask("Where do I work?", "You work at {}.", job["v"], noun="my workplace")
    return None


def _joined(said: Statement, tail: str) -> Built:
    group = _GROUP.search(tail)
    if (_NOT_JOINED.search(tail) and not group) or (group is None and not re.match(r"(?:the )?[A-Z]", tail)) or re.match(r"(?:this|that|it)\b", tail):
        return None
    who = said.subject
    what = group["g"].lower() if group else ""
    return ask(f"{'Which ' + what if what else 'What'} did {who} join?", f"{said.you} joined {{}}.", tail)
