# ruff: noqa: E501 - one pattern a line reads best
"""Names beside what they name, where it is no person or pet: "the gym I joined, Iron Harbour,"."""

import re
from collections.abc import Callable

from engine.tuning.extraction.build import Built, ask, name_of, thing
from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.grammar import flip
from engine.tuning.extraction.lexicon import BEINGS, NAME, NOT_NAMES, short_noun
from engine.tuning.extraction.occupations import is_occupation
from engine.tuning.extraction.words import MONTHS, OTHER_PEOPLE

_BRAND = r"(?P<v>[A-ZÀ-Þ][\w'’.-]*(?:\s+(?:(?:&|and|of|the|de|la|on|in|at|for)\s+){0,2}[A-Z0-9À-Þ][\w'’.-]*){0,4})"
_END = r"(?=,|$|[.;!?)]|\s+(?:and|but|so|for|is|are|was|has|have)\b)(?:,(?=\s+(?:is|are|was|has|have|needs?|wants?|[a-z]+s|which|that|in|on|at|to|and|this|next|last)\b))?"
_GO = (
    r"(?:joined|go to|attend|work (?:at|for)|use|belong to|bank with|(?:swim|train|study|shop|work out|teach|volunteer|drink|eat) (?:at|in|for)|"
    r"play (?:in|for|with|at)|sing (?:in|with|at)|dance (?:in|with|at)|listen to|follow|support|subscribe to|run|own|manage|(?:am|are) (?:a member of|in|at|with|part of))"
)
_WHEN = r"(?:\s+(?:most|the most|every \w+|now|regularly|recently|last \w+|these days|with my \w+))?"
_CALLABLE = (
    r"(?:band|choir|orchestra|boat|yacht|canoe|van|car|bike|house|cottage|farm|street|village|town|company|business|firm|start-?up|shop|store|"
    r"bakery|café|cafe|restaurant|pub|local|team|club|gym|school|university|college|podcast|blog|newsletter|channel|project|book club|"
    r"yoga studio|studio|church|parish|quartet|trio|duo|theatre group|running club|dance school|nursery|kindergarten|daycare|primary school|law firm)"
)
_EVENT = (
    r"(?:birthday|wedding|anniversary|exam|interview|appointment|surgery|operation|graduation|christening|viva|driving test|"
    r"recital|concert|due date|retirement|trip|holiday|cruise|flight|marathon|race|house ?warming|baby shower|hen do|stag do|scan|party)"
)
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"\b[Tt]he (?P<np>[\w-]+(?: [\w-]+)?) (?:that |which )?(?:I|we)(?: \w+ly|'ve| have| always| just| usually| often| mostly)* {_GO}{_WHEN},\s+{_BRAND}{_END}"), "mine"),
    (re.compile(rf"\b[Tt]he (?P<np>[\w-]+(?: [\w-]+)?) (?:that |which )?(?P<whose>(?:my|our) [\w-]+) (?:attends?|goe?s? to|works? (?:at|for)|joined),\s+{_BRAND}{_END}"), "mine"),
    (re.compile(rf"\b(?P<poss>[Mm]y|[Oo]ur) (?P<np>(?:[\w'-]+ ){{0,2}}?{_CALLABLE}),\s+(?!I\b){_BRAND}{_END}"), "mine"),
    (re.compile(rf"\b[Mm]y (?P<np>(?:full|middle|first|last|maiden|family|stage|pen|legal|real|birth) name|surname|nickname)(?: too| as well)?(?:,| as|:)\s+(?P<v>{NAME})(?=$|[,.;!?]|\s)"), "called"),
    (re.compile(rf"(?P<v>{NAME}) is (?:\w+ )*?(?:the|a|an) (?:[\w-]+ )*?(?P<np>[\w-]+) (?:that )?(?:(?:I have|we have)(?: ever)? (?:had|been to|gone to)|(?:I|we)(?: ever)? had|(?:I|we) (?:go to|see|use))\b"), "role"),
    (re.compile(rf"(?P<v>{NAME}),? (?:the (?:guy|man|woman|girl|boy|person|lady|colleague|kid|bloke|one) )?who (?P<what>(?:sits|works|lives) (?:right |just )?(?:next to|opposite|beside|above|below|across from|near|next door to|with|behind|in front of|under) (?:me|us)(?: at work| at school| in class| in the office| on the bus)?)"), "neighbour"),
    (re.compile(rf"\b[Tt]he (?:guy|man|woman|girl|boy|person|lady|colleague|kid|bloke|one) who (?P<what>(?:sits|works|lives) (?:right |just )?(?:next to|opposite|beside|above|below|across from|near|next door to|with|behind|in front of|under) (?:me|us)(?: at work| at school| in class| in the office)?),\s+(?P<v>{NAME})"), "neighbour"),
    (re.compile(rf"\b[Tt]he [\w-]+(?: [\w-]+)? where (?:I|we) (?:now |currently )?work,\s+{_BRAND}{_END}"), "employer"),
    (re.compile(rf"(?P<v>{NAME}) is (?:the|an?) (?:[\w-]+ )*?(?P<np>[\w-]+) (?:that )?(?P<whose>(?:my|our) [\w-]+) (?:has|have)(?: ever)? had\b"), "role"),
    (re.compile(rf"\b(?P<poss>[Mm]y|[Oo]ur) (?P<v>\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten)[- ](?P<unit>year|month|week)s?[- ]old (?P<np>(?:[a-z-]+ )?(?:{BEINGS}))\b"), "aged"),
    (re.compile(rf"\b(?:[Tt]he|[Mm]y|[Oo]ur) (?P<np>(?:kids'|boys'|girls'|children's|twins') (?:school|nursery|club|kindergarten)), {_BRAND}{_END}"), "household"),
    (re.compile(rf"\b(?P<poss>[Mm]y|[Oo]ur) (?P<np>(?:[a-z-]+ )?(?:{BEINGS})),? who is (?P<v>\d{{1,3}}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: and a half)?)(?P<unit>)(?=$|[,.;!?]| (?:and|but|so|years old)\b)"), "aged"),
    (re.compile(rf"\b[Tt]he (?P<np>landlord|landlady|new boss|boss|babysitter|nanny|cleaner|vet|dentist|midwife|baby|dog|cat|puppy|kitten), (?:an? (?=M[rs]s?\b|Dr\b))?(?P<v>{NAME})(?=,)"), "household"),
    (re.compile(rf"\b(?P<poss>[Mm]y|[Oo]ur) (?P<np>(?:[\w-]+(?:'s)? ){{0,2}}?{_EVENT}) (?P<prep>on|in|at) (?P<v>(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTHS})\b|(?:{MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?\b(?!:)|(?:{MONTHS})\b|Christmas (?:Day|Eve)|Boxing Day|the \d{{1,2}}(?:st|nd|rd|th))"), "dated"),
    (re.compile(rf"\b(?:[Mm]y|[Oo]ur) (?:(?:new|little|tiny) )?(?:place|flat|apartment|home|flatshare|studio flat) (?P<prep>in|near|outside) (?P<v>{NAME})"), "home"),
)
_WANTS_NO = re.compile(r"^(?:The|Maybe|Perhaps|What|Who|Which|Yesterday|Please|Thanks)\b")


def apposed(text: str) -> tuple[str, list[Candidate]]:
    """`text` without the names that stand beside things of the user's, and what they name."""
    found: list[Built] = []
    for pattern, kind in _PATTERNS:
        match = pattern.search(text)
        if match is None or (NOT_NAMES.match(match["v"]) and kind != "mine"):
            continue
        if kind == "mine" and (re.match(rf"(?:.*\s)?(?:{BEINGS})$", match["np"]) or re.match(r"(?:I|My|Our|What|How|Can|Any)\b", match["v"])):
            continue
        made = _MAKERS[kind](match)
        if made is None:
            continue
        found.append(made)
        if kind in ("mine", "called"):
            name = match.start("v")
            text = re.sub(r"[,:]\s*$|\s+as\s*$", "", text[:name].rstrip()) + text[match.end() :]
    return text, [made for made in found if made is not None]


def _mine(match: re.Match[str]) -> Built:
    whose = match.groupdict().get("whose")
    if whose:
        return name_of(f"{whose}{chr(39)}{'' if whose.endswith('s') else 's'} {match['np'].lower()}", match["v"])
    poss = (match.groupdict().get("poss") or "my").lower()
    return name_of(f"{poss} {match['np'].lower()}", match["v"])


def _called(match: re.Match[str]) -> Built:
    if match["np"] in ("full name", "real name", "legal name"):
        return ask("What is my name?", "Your name is {}.", match["v"], noun="my name")
    return thing(f"my {match['np']}", match["v"])


def _role(match: re.Match[str]) -> Built:
    role = match["np"].lower()
    whose = match.groupdict().get("whose")
    owner = f"{whose}'s" if whose else "my"
    return name_of(f"{owner} {role}", match["v"]) if role in OTHER_PEOPLE or is_occupation(role) else None


def _neighbour(match: re.Match[str]) -> Built:
    if _WANTS_NO.match(match["v"]):
        return None
    told = re.sub(r"\bme\b", "you", re.sub(r"\bus\b", "you", match["what"]))
    return ask(f"Who {match['what']}?", f"{{}} {told}.", match["v"])


def _employer(match: re.Match[str]) -> Built:
    return ask("Where do I work?", "You work at {}.", match["v"], noun="my workplace")


def _aged(match: re.Match[str]) -> Built:
    owner = f"{match['poss'].lower()} {short_noun(match['np'])}"
    you, unit = flip(owner), match["unit"] or "year"
    value = match["v"] if unit == "year" else f"{match['v']} {unit}s"
    return ask(f"How old is {owner}?", f"{you} is {{}}{' years' if unit == 'year' else ''} old.", value, noun=f"{owner}'s age")


def _household(match: re.Match[str]) -> Built:
    return name_of(f"my {match['np'].removeprefix('new ')}", match["v"])


def _dated(match: re.Match[str]) -> Built:
    """"For our wedding on the 19th of July": when it is, told beside something else."""
    owner = f"{match['poss'].lower()} {match['np']}"
    return ask(f"When is {owner}?", f"{flip(owner)} is {match['prep']} {{}}.", match["v"], noun=owner)


def _home(match: re.Match[str]) -> Built:
    return ask("Where do I live?", f"You live {match['prep']} {{}}.", match["v"], noun="the place where I live")


_MAKERS: dict[str, Callable[[re.Match[str]], Built]] = {
    "mine": _mine, "called": _called, "role": _role, "neighbour": _neighbour, "home": _home, "aged": _aged, "employer": _employer, "household": _household, "dated": _dated,
}  # fmt: skip
