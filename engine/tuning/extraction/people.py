# ruff: noqa: E501 - one rule a line reads best
"""Rules for names and numbers of people, pets and things that are the user's."""

import re

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.identity import is_occupation
from engine.tuning.extraction.rules import NAME, Rule, ask, clean, rule, thing
from engine.tuning.extraction.words import (
    COLOURS,
    CONDITIONS,
    INSTRUMENTS,
    PEOPLE,
    PETS,
    PLURAL_PEOPLE,
    SPORTS,
    VEHICLES,
    word_set,
)

_POSS = r"(?P<poss>my|our)"
_OWNED = r"(?P<np>[\w'-]+(?:\s+[\w'-]+){0,3}?)"
_KEPT = word_set("""older younger big little elder eldest youngest oldest twin best half step late ex first
    second third middle only new old adopted great maternal paternal foster""")
_KINDS = dict.fromkeys(
    ("puppy", "pup", "spaniel", "labrador", "poodle", "terrier", "beagle", "husky", "retriever",
     "dachshund", "corgi", "bulldog", "greyhound", "collie", "pug", "shepherd"), "dog",
) | {"kitten": "cat", "kitty": "cat", "bunny": "rabbit"}  # fmt: skip
_NUMBER = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen|no)"
_BREED_OK = PETS
_AFTER_NAME = re.compile(
    r"\s+(?:in|on|from|last|since|two|three|a|about|when|at)\s+(?:\d{4}|\w+\s+(?:years?|months?|weeks?|"
    r"days?)|year|month|week|summer|winter|spring|autumn|the\s+shelter|a\s+shelter)\b.*$"
)


def short_noun(phrase: str) -> str:
    """A person or pet as one would ask for it: "three-year-old daughter" gives "daughter"."""
    words = phrase.lower().split()
    last = _KINDS.get(words[-1], words[-1])
    if last not in PEOPLE | PETS:
        return phrase
    kept = [word for word in words[:-1] if word in _KEPT]
    return " ".join([*kept, last])


def is_being(phrase: str) -> bool:
    """Does a noun phrase name a person or an animal?"""
    last = phrase.lower().split()[-1] if phrase.strip() else ""
    return last in PEOPLE | PETS or last.removesuffix("s") in PETS or is_occupation(phrase)


def name_of(owner: str, value: str) -> Candidate | None:
    """The fact that somebody or something ("my sister") has a name."""
    value = _AFTER_NAME.sub("", value)
    plural = owner.split()[-1] in PLURAL_PEOPLE or (
        owner.split()[-1].endswith("s") and owner.split()[-1].removesuffix("s") in PETS
    )
    if plural:
        return ask(
            f"What are the names of {owner}?",
            f"The names of {_you(owner)} are {{}}.",
            value,
            noun=f"the names of {owner}",
        )
    return thing(f"{owner}'s name", value)


def _you(owner: str) -> str:
    return re.sub(r"^(?:my|our)\b", "your", owner)


def _owner(match: re.Match[str]) -> str:
    return f"{(match['poss'] or 'my').lower()} {short_noun(match['np'])}"


def _named(match: re.Match[str]) -> Candidate | None:
    return name_of(_owner(match), match["v"])


def _my_named(match: re.Match[str]) -> Candidate | None:
    return name_of("my " + short_noun(match["np"]), match["v"])


def _who(match: re.Match[str]) -> Candidate | None:
    """"My dentist is Dr. Halloran": a person's or pet's name without the word name."""
    if not is_being(match["np"]):
        return None
    owner = _owner(match)
    if owner.split()[-1] in PETS:
        return name_of(owner, match["v"])
    return ask(f"Who is {owner}?", f"{_you(owner)} is {{}}.", match["v"], noun=f"{owner}'s name")


def _who_swapped(match: re.Match[str]) -> Candidate | None:
    return _who(match)


def _how_many(match: re.Match[str]) -> Candidate | None:
    what = re.sub(r"\s+(?:and|named|called|in|at|with|who|from|on)\b.*$", "", match["np"]).strip()
    if not what.endswith("s") and what.split()[-1] not in PLURAL_PEOPLE:
        return None
    rest = f" {what}."
    who = match["who"]
    return ask(f"How many {what} do {who} have?", "You have {}" + rest, match["v"])


def _pet(match: re.Match[str]) -> Candidate | None:
    last = match["np"].lower().split()[-1]
    phrase = f"{match['a']} {match['np']}"
    if last in PETS:
        return ask("What pet do I have?", "You have {}.", phrase, noun="my pet", additive=True)
    if last in VEHICLES:
        return ask(f"What kind of {last} do I have?", "You have {}.", phrase) if " " in match[
            "np"
        ] else None
    if last in INSTRUMENTS:
        return ask("Which instrument do I own?", "You own {}.", phrase)
    return None


def _plays(match: re.Match[str]) -> Candidate | None:
    """Instruments and sports, which people ask for by these words."""
    value = re.sub(r"\s+(?:in|on|at|for|every|with|since|as|when)\s+.*$", "", match["v"])
    lasts = {part.split()[-1].lower() for part in re.split(r",|\band\b", value) if part.strip()}
    if lasts <= INSTRUMENTS:
        return ask("Which instrument do I play?", "You play {}.", value, noun="my instrument",
                   additive=True)
    if lasts <= SPORTS:
        return ask("Which sport do I play?", "You play {}.", value, noun="my sport", additive=True)
    return None


def _condition(match: re.Match[str]) -> Candidate | None:
    if match["v"].lower().split()[-1] not in CONDITIONS:
        return None
    return ask(
        "Which health condition do I have?", "You have {}.", match["v"],
        noun="my health condition", additive=True,
    )  # fmt: skip


def _looks(match: re.Match[str]) -> Candidate | None:
    what, value = match["what"].lower(), clean(match["v"])
    if not any(word in COLOURS or word in ("blonde", "blond", "hazel", "curly", "straight", "red")
               for word in value.lower().split()):
        return None
    return ask(f"What kind of {what} do I have?", f"You have {{}} {what}.", value)


def _colour(match: re.Match[str]) -> Candidate | None:
    if match["v"].lower().split()[-1] not in COLOURS:
        return None
    noun = f"{match['poss'].lower()} {match['np']}"
    be = match["be"].lower()
    return ask(f"What colour {be} {noun}?", f"{_you(noun)} {be} {{}}.", match["v"],
               noun=f"the colour of {noun}")


def _breed(match: re.Match[str]) -> Candidate | None:
    last = match["np"].lower().split()[-1]
    if last not in _BREED_OK:
        return None
    owner = _owner(match)
    return ask(f"What breed is {owner}?", f"{_you(owner)} is {{}}.", match["v"],
               noun=f"{owner}'s breed")


def _their_job(match: re.Match[str]) -> Candidate | None:
    if match["np"].lower().split()[-1] not in PEOPLE or not is_occupation(match["job"]):
        return None
    owner = _owner(match)
    return ask(f"What is {owner}'s job?", f"{_you(owner)} is {{}}.", match["v"],
               noun=f"{owner}'s job")


def _their_age(match: re.Match[str]) -> Candidate | None:
    if not is_being(match["np"]) and not re.search(r"years?|months?|weeks?", match["v"]):
        return None
    owner = f"{match['poss'].lower()} {short_noun(match['np'])}"
    value = match["v"] if not match["v"].isdigit() else f"{match['v']} years old"
    value = re.sub(r"\s+(?:years?\s+)?old$", "", value)
    unit = " old." if not value.isdigit() else " years old."
    return ask(f"How old is {owner}?", f"{_you(owner)} is {{}}{unit}", value, noun=f"{owner}'s age")


_GAVE = r"(?:named|call|called|christened|nicknamed)"

PEOPLE_RULES: tuple[Rule, ...] = (
    rule(rf"{_POSS}\s+{_OWNED}(?:'s|s')\s+(?:full\s+|first\s+)?name\s+(?:is|was)\s+(?P<v>.+)", _named),
    rule(rf"the\s+name\s+of\s+{_POSS}\s+{_OWNED}\s+is\s+(?P<v>.+)", _named),
    rule(rf"{_POSS}\s+{_OWNED}\s+(?:is|are|was)\s+(?:called|named)\s+(?P<v>.+)", _named),
    rule(rf"{_POSS}\s+{_OWNED}\s+goes\s+by\s+(?P<v>.+)", _named),
    rule(rf"(?:I|we)\s+{_GAVE}\s+{_POSS}\s+{_OWNED}\s+(?:[\"'])?(?P<v>(?-i:{NAME}))(?:[\"'])?(?:\s+after\s+.+)?", _named),
    rule(rf"(?:I|we)\s+(?:also\s+|recently\s+|just\s+)?(?:have|own|got|adopted|bought|rescued)\s+(?:an?|one|two|three)\s+{_OWNED}(?:,)?\s+(?:named|called|whose\s+name\s+is)\s+(?P<v>.+)", _my_named),
    rule(rf"(?:I|we)\s+(?:also\s+)?(?:have|own|got|adopted)\s+an?\s+{_OWNED},\s+(?P<v>(?-i:{NAME}))", _my_named),
    rule(rf"{_POSS}\s+{_OWNED}\s+(?:is|was)\s+(?P<v>(?-i:{NAME}))", _who),
    rule(rf"(?P<v>(?-i:{NAME}))\s+is\s+(?:the\s+name\s+of\s+)?{_POSS}\s+{_OWNED}", _who_swapped),
    rule(rf"(?P<who>I|we)\s+(?:also\s+)?have\s+(?P<v>{_NUMBER})\s+(?P<np>[\w' -]+)", _how_many),
    rule(r"I\s+(?:also\s+|still\s+|can\s+)*play\s+(?P<v>.+)", _plays),
    rule(r"(?:I|we)\s+(?:also\s+|recently\s+)?(?:have|own|adopted|rescued)\s+(?P<a>an?|one)\s+(?P<np>[\w'-]+(?:\s+[\w'-]+){0,3})", _pet),
    rule(r"I\s+(?:have|suffer\s+from|was\s+diagnosed\s+with|have\s+been\s+diagnosed\s+with|live\s+with)\s+(?P<v>[\w '-]+)", _condition),
    rule(r"I\s+have\s+(?P<v>[\w -]+?)\s+(?P<what>hair|eyes)(?:\s+and\s+.+)?", _looks),
    rule(r"(?P<poss>my|our)\s+(?P<np>[\w' -]+?)\s+(?P<be>is|are)\s+(?P<v>(?:(?:dark|light|bright|pale|deep)\s+)?[\w-]+)", _colour),
    rule(rf"{_POSS}\s+{_OWNED}\s+is\s+(?P<v>an?\s+[\w -]+)", _breed),
    rule(rf"{_POSS}\s+{_OWNED}\s+(?:is|works\s+as)\s+(?P<v>an?\s+(?P<job>[\w -]+?))(?:\s+(?:at|for)\s+.+)?", _their_job),
    rule(rf"{_POSS}\s+(?P<np>[\w' -]+?)\s+is\s+(?:about\s+|almost\s+|nearly\s+)?(?P<v>\d{{1,3}}|[\w.]+\s+(?:and\s+a\s+half\s+)?(?:years?|months?|weeks?)\s+old)", _their_age),
)  # fmt: skip
