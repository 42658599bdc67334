# ruff: noqa: E501 - one form a line reads best
"""Clefts said plainly: "Leeds is where I live", "the team I support is Ayr", "Ida cuts my hair"."""

import re

from engine.tuning.extraction.lexicon import NAME, NOT_NAMES

_WHO = r"(?P<who>I|we|my [\w-]+|our [\w-]+)"
_V = r"(?P<v>[\w'’][\w'’ .&-]*?)"
_IS = r"(?:is|are|was)"

_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), plain)
    for pattern, plain in (
        (rf"^{_V} {_IS} where {_WHO} (?P<verb>(?:grew up|was born|were born|live|work|study|met [\w ]+|went to [\w ]+|got [\w]+|lives|works|studies|come from|comes from)\b)(?: now| these days)?$", r"\g<who> \g<verb> in \g<v>"),
        (rf"^where {_WHO} (?P<verb>live|work|study|grew up|was born) is (?:called )?{_V}$", r"\g<who> \g<verb> in \g<v>"),
        (rf"^{_V} {_IS} what {_WHO} (?P<verb>drive|play|study|collect|teach|speak|drives|plays|studies|collects|teaches)(?: now| these days)?$", r"\g<who> \g<verb> \g<v>"),
        (rf"^what {_WHO} (?P<verb>drive|play|study|collect|teach|speak) is {_V}$", r"\g<who> \g<verb> \g<v>"),
        (rf"^what (?:I|we) do for (?:a living|work|money) is {_V}$", r"my job is \g<v>"),
        (rf"^the (?:place|town|city|village|country|area|street|suburb|neighbourhood|district) (?:that |which |where )?{_WHO} (?P<verb>live|lives|grew up|was born|come|comes)(?: now)? (?P<prep>in|on|from) is (?:called )?{_V}$", r"\g<who> \g<verb> \g<prep> \g<v>"),
        (rf"^the (?:place|town|city|village|country|area) where {_WHO} (?P<verb>live|lives|grew up|was born) is (?:called )?{_V}$", r"\g<who> \g<verb> in \g<v>"),
        (rf"^the (?:company|firm|place|shop|hospital|school|office|bank|charity|restaurant) (?:that |which )?{_WHO} (?P<verb>work|works) (?P<prep>for|at) is (?:called )?{_V}$", r"\g<who> \g<verb> \g<prep> \g<v>"),
        (rf"^the (?:instrument|sport|team|club|car|language|subject|thing|things|only thing|bike|paper|newspaper|only sport) (?:that |which )?{_WHO} (?P<verb>play|plays|support|drive|drives|speak|study|studies|teach|teaches|collect|ride|rides|supports|am learning|read|hate most|hate|can not stand|can not eat|am allergic to|am scared of|am afraid of) {_IS} {_V}$", r"\g<who> \g<verb> \g<v>"),
        (rf"^home (?:for me |for us |these days )?is {_V}(?: for me| for us| these days)?$", r"I live in \g<v>"),
        (rf"^{_V} is (?:what I call home|my home(?: now| town| city)?|home(?: for me| for us| now| these days))$", r"I live in \g<v>"),
        (rf"^{_V} is (?:what we (?:called|named|call)|the name of) (?P<np>(?:my|our) [\w' -]+)$", r"\g<np> is called \g<v>"),
        (r"^(?:I|we) (?:make|earn) (?:my|our|a) (?:living|crust|bread|money) as (?P<v>.+)$", r"I work as \g<v>"),
        (r"^(?:I|we) (?:am|are) employed as (?P<v>.+)$", r"I work as \g<v>"),
        (r"^by (?:day|trade|profession) I am (?P<v>an? .+)$", r"I am \g<v>"),
        (rf"^(?:most people|everyone|everybody|people|friends|my friends|the kids|colleagues|my family) (?:know|knows|call|calls) me (?:as |by )?(?P<v>{NAME})$", r"my nickname is \g<v>"),
        (rf"^I answer to (?P<v>{NAME})$", r"my nickname is \g<v>"),
        (r"^(?P<d>(?:mon|tues|wednes|thurs|fri|satur|sun)days) (?:are|is) (?:always )?for (?P<v>.+)$", r"I do \g<v> on \g<d>"),
        (r"^I spend my (?P<d>(?:mon|tues|wednes|thurs|fri|satur|sun)days) (?P<prep>at|in|with|on) (?P<v>.+)$", r"I go to \g<v> on \g<d>"),
        (r"^my feet are (?:a )?size (?P<v>[\d.]+)$", r"my shoe size is \g<v>"),
        (r"^(?:I|we) (?:celebrate|have) my birthday on (?P<v>.+)$", r"my birthday is on \g<v>"),
        (r"^I turn (?P<v>\d+|\w+) on (?P<d>.*\d.*)$", r"my birthday is on \g<d>"),
        (rf"^(?:I|we) (?:work out|train|lift|exercise) at (?P<v>{NAME})(?= |$).*$", r"my gym is \g<v>"),
        (rf"^(?:I|we) (?:shop|do (?:my|our|the) (?:shopping|groceries)|buy (?:my|our) groceries) at (?P<v>{NAME})(?= |$).*$", r"my supermarket is \g<v>"),
        (r"^(?:I am|we are) (?:an? )?(?P<v>tea|coffee|wine|beer|whisky|cocoa|gin) drinker$", r"I drink \g<v>"),
    )
)  # fmt: skip
_ROLES = tuple(
    (re.compile(rf"^(?P<v>{NAME}) {does}(?=$|[,.]| (?:for|in|at|on|every|and|since|so)\b).*$"), role)
    for does, role in (
        (r"(?:cuts|does|styles|colours|trims) my hair", "hairdresser"),
        (r"(?:looks after|checks|fixes|cleans) my teeth", "dentist"),
        (r"(?:does|files|handles|looks after|prepares) (?:my|our) (?:taxes|books|accounts|tax return)", "accountant"),
        (r"(?:fixes|repairs|services|looks after) (?:my|our) (?:car|van|cars)", "mechanic"),
        (r"(?:walks) (?:my|our) dogs?", "dog walker"),
        (r"(?:looks after|minds|watches|babysits) (?:my|our|the) (?:kids|children|twins|baby|son|daughter)", "babysitter"),
        (r"(?:coaches|trains) (?:me|us)", "coach"),
        (r"cleans (?:for (?:me|us)|(?:my|our) (?:house|flat|place))", "cleaner"),
        (r"(?:looks after|does|tends) (?:my|our) garden", "gardener"),
        (r"(?:is|lives) next door(?: to (?:me|us))?", "neighbour"),
        (r"is who I report to", "boss"),
    )
)  # fmt: skip
_TEACHES = re.compile(rf"^(?P<v>{NAME}) teaches (?:me|us)(?: (?P<what>[a-z]+|[A-Z][a-z]+))?(?=$|[,.]| (?:on|every|at|and)\b).*$")
_RENTS = re.compile(rf"^(?:I|we) rent (?:(?:my|our|an?|the) [\w ]+? )?from (?:an? (?:man|woman|lady|guy|couple) (?:called|named) )?(?P<v>{NAME})$", re.IGNORECASE)


def plainly(text: str) -> str:
    """`text` with its subject first, where it is one of these forms; else as it is."""
    for pattern, plain in _FORMS:
        if (match := pattern.match(text)) and _says(match["v"]):
            return match.expand(plain)
    return _role(text)


def _says(value: str) -> bool:
    return not re.match(r"(?:this|that|it|there|here|which|what|he|she|they|you)\b", value, re.IGNORECASE)


def _role(text: str) -> str:
    """Who does something for the user: "Ida cuts my hair" names the hairdresser."""
    for pattern, role in _ROLES:
        if (match := pattern.match(text)) and not NOT_NAMES.match(match["v"]):
            return f"my {role}'s name is {match['v']}"
    taught = _TEACHES.match(text)
    if taught and not NOT_NAMES.match(taught["v"]):
        return f"my {taught['what'] or ''} teacher's name is {taught['v']}".replace("  ", " ")
    rented = _RENTS.match(text)
    if rented and rented["v"][:1].isupper():
        return f"my landlord's name is {rented['v']}"
    return text
