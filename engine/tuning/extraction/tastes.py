# ruff: noqa: E501 - one rule a line reads best
"""Rules for what the user likes, dislikes, avoids and cannot eat."""

import re

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.rules import Rule, ask, clean, rule, thing
from storage.records import ExampleKind

_LOVE = r"(?:(?:also|really|absolutely|just|especially|mostly|truly|still|always|particularly)\s+)*"
_PREFERENCE = ExampleKind.PREFERENCE
_CUT = re.compile(
    r"\s+(?:(?:as\s+well|too|a\s+lot|so\s+much|very\s+much|more\s+than\s+anything|as\s+a\s+hobby|"
    r"on\s+(?:weekends|the\s+weekend)|in\s+my\s+(?:free|spare)\s+time|when|because|since|if|especially|"
    r"for\s+(?:fun|a\s+living)|these\s+days)\b.*)$",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:it|them|him|her|this|these|those|you|I|we|here|there)\b", re.IGNORECASE)
_EMPTY = re.compile(
    r"^(?:to\s+(?:be|know|see|hear|say|think|thank|ask|talk|chat|do\s+(?:that|it|so))\b|how\b|when\b|"
    r"what\b|that\b|this\b|it\b|your?\b|my\s+(?:job|life|work|family|wife|husband|kids)$|him\b|her\b|"
    r"them\b|talking\b|hearing\b|being\b|having\b|them\b|keeping\b|helping\b|doing\b|seeing\b|meeting\b|these\b|those\b|all\s+of|the\s+idea|"
    r"the\s+way|the\s+fact|an?\s+(?:good|bad|little|bit|lot)\b|everything|anything|nothing|too\b)",
    re.IGNORECASE,
)


def _taste(value: str, question: str, template: str) -> Candidate | None:
    """A like or dislike; likes add up, so several can be held at once."""
    value = _CUT.sub("", clean(value))
    if not value or _EMPTY.match(value) or _VAGUE.search(value):
        return None
    return ask(question, template, value, kind=_PREFERENCE, additive=True)


def _favourite(match: re.Match[str]) -> Candidate | None:
    word = match["fav"].lower()
    what = re.sub(r"\s+(?:ever|of\s+all(?:\s+time)?|in\s+the\s+world)$", "", match["what"])
    be = "are" if (match["be"] or "is").lower() == "are" else "is"
    value = re.sub(r"^(?:probably|definitely|by far|of course)\s+", "", match["v"])
    return thing(f"my {word} {what}", value, verb=be, kind=_PREFERENCE)


def _favourite_to(match: re.Match[str]) -> Candidate | None:
    word, what = match["fav"].lower(), match["what"]
    return thing(f"my {word} {what}", match["v"], kind=_PREFERENCE)


def _like(match: re.Match[str]) -> Candidate | None:
    value = re.sub(r"^to\s+", "", match["v"]) if match["v"].startswith("to ") else match["v"]
    if match["v"].startswith("to "):
        return _taste(value, "What do I like to do?", "You like to {}.")
    if re.match(r"[a-z]+ing\b", value) and not re.match(r"(?:string|spring|king|ring)", value):
        return _taste(value, "What do I like doing?", "You like {}.")
    return _taste(value, "What do I like?", "You like {}.")


def _dislike(match: re.Match[str]) -> Candidate | None:
    value = match["v"]
    if value.startswith("to "):
        return _taste(value[3:], "What do I not like to do?", "You do not like to {}.")
    return _taste(value, "What do I dislike?", "You dislike {}.")


def _allergic(match: re.Match[str]) -> Candidate | None:
    return ask(
        "What am I allergic to?", "You are allergic to {}.", match["v"],
        noun="my allergy", additive=True,
    )  # fmt: skip


def _avoids(match: re.Match[str]) -> Candidate | None:
    verb = match["verb"].lower()
    return ask(f"What do I not {verb}?", f"You do not {verb} {{}}.", _CUT.sub("", match["v"]),
               kind=_PREFERENCE, additive=True)


def _prefers(match: re.Match[str]) -> Candidate | None:
    better, worse = clean(match["v"]), clean(match["w"])
    if not better or not worse:
        return None
    return ask(f"Do I prefer {better} or {worse}?", f"You prefer {{}} to {worse}.", better,
               kind=_PREFERENCE)


_FAV = r"(?P<fav>favou?rite)"

TASTE_RULES: tuple[Rule, ...] = (
    rule(rf"(?:my|our)\s+(?:all[- ]time\s+)?{_FAV}\s+(?P<what>(?:(?!is\b|are\b|was\b)[\w'/-]+\s*?)(?:\s+(?!is\b|are\b|was\b)[\w'/-]+){{0,6}}?)\s+(?P<be>is|are|was|has to be|would be)\s+(?P<v>.+)", _favourite),
    rule(rf"(?P<v>.+?)\s+(?:is|are)\s+(?:my|our)\s+(?:all[- ]time\s+|absolute\s+)?{_FAV}\s+(?P<what>[\w' /-]+?)", _favourite_to),
    rule(r"I\s+am\s+(?:also\s+|severely\s+|very\s+|highly\s+|slightly\s+|mildly\s+)*allergic\s+to\s+(?P<v>.+)", _allergic),
    rule(r"I\s+have\s+an?\s+(?:severe\s+|mild\s+|serious\s+|bad\s+)?allergy\s+to\s+(?P<v>.+)", _allergic),
    rule(r"I\s+have\s+an?\s+(?:severe\s+|mild\s+|serious\s+|bad\s+)?(?P<v>[\w-]+)\s+allergy", _allergic),
    rule(r"I\s+prefer\s+(?P<v>[\w' -]+?)\s+(?:to|over|rather\s+than|instead\s+of)\s+(?P<w>[\w' -]+)", _prefers),
    rule(rf"I\s+{_LOVE}(?:like|love|enjoy|adore)\s+(?P<v>.+)", _like),
    rule(rf"I\s+am\s+{_LOVE}(?:an?\s+)?(?:(?:big|huge|massive|great|die-hard|avid)\s+)?fan\s+of\s+(?P<v>.+)", _like),
    rule(rf"I\s+do\s+not\s+{_LOVE}(?:like|enjoy|care\s+for)\s+(?P<v>.+)", _dislike),
    rule(rf"I\s+{_LOVE}(?:hate|dislike|detest|loathe|despise|can\s+not\s+stand|am\s+not\s+a\s+fan\s+of)\s+(?P<v>.+)", _dislike),
    rule(r"I\s+(?:can\s+not|do\s+not|never)\s+(?P<verb>eat|drink|smoke|drive|watch)\s+(?P<v>[\w ,'-]+?)(?:\s+any\s?more)?", _avoids),
)  # fmt: skip
