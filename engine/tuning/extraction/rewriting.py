# ruff: noqa: E501 - one pattern a line reads best
"""Turns fronted and inverted phrases into plain clauses: "As a nurse, I ..." says "I am a nurse"."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.grammar import base_form
from engine.tuning.extraction.lexicon import ADVERBS, AUX, PREPOSITIONS

_NEXT = r"(?=(?:I|we|my|our|me|what|which|how|where|when|is|are|can|could|do|does|any|should|the|it)\b)"
_FRONTED = (
    (re.compile(r"^(?:speaking\s+)?as (?:someone|somebody|a person) (?:who (?:is|has|lives|works|[a-z]+s)|with)\b.*", re.IGNORECASE), "someone"),
    (re.compile(rf"^(?:speaking\s+)?as (?P<v>an? (?:[\w'-]+\s+){{0,6}}?[\w'-]+)(?:,\s*|\s+{_NEXT}|$)", re.IGNORECASE), "I am {}"),
    (re.compile(rf"^being (?P<v>(?!here|able|honest|so|too|such)[^,]+?)(?:,\s*|\s+{_NEXT}|$)", re.IGNORECASE), "I am {}"),
    (re.compile(rf"^(?P<w>living|working|studying|teaching) (?P<v>(?:in|at|on|as|near|for) [^,]+?)(?:,\s*|\s+{_NEXT}|$)", re.IGNORECASE), "I {w} {}"),
    (re.compile(rf"^with (?P<v>my [^,]+? allergy|(?:an?|my) [a-z]+ (?:allergy|intolerance))(?:,\s*|\s+{_NEXT}|$)", re.IGNORECASE), "I have {}"),
)
_SOMEONE = re.compile(
    rf"^(?:speaking\s+)?as (?:someone|somebody|a person) (?:who (?P<verb>[a-z]+)|(?P<with>with)) (?P<v>[^,]+?)(?:,\s*|\s+{_NEXT}|$)",
    re.IGNORECASE,
)
_INVERTED = (
    (re.compile(r"^it (?:is|will be) ((?:my|our) (?:[\w'-]+\s+){0,2}(?:birthday|anniversary|wedding|exam|interview|appointment|deadline|graduation))\s+((?:on|at|in|next|this)\b.+)$", re.IGNORECASE), r"\1 is \2"),
    (re.compile(r"^((?:my|our) (?:[\w'-]+\s+){0,2}(?:birthday|anniversary)) is coming up(?: soon)?,?\s+(?:it is |on )?((?:the )?\d.+|(?:on|in) .+|[A-Z][a-z]+ \d+.*)$", re.IGNORECASE), r"\1 is \2"),
    (re.compile(r"^there is ((?:an?|my|our) [\w' -]+?) (called|named) (.+) (?:in|at|on) (?:my|our) .*$", re.IGNORECASE), r"I have \1 \2 \3"),
    (re.compile(r"^the (?P<n>(?:number )?[A-Z]?\d+[A-Z]?) is the (?P<k>bus|tram|train|line|ferry) (?P<i>(?:I|we) (?:\w+ )?(?:take|catch|get))(?P<to> to \w+)?", re.IGNORECASE), r"\g<i> the \g<n> \g<k>\g<to>"),
    (re.compile(r"^I (?:\w+ )?set my alarm (?:for|to|at) (?P<t>\d.*)$", re.IGNORECASE), r"my alarm goes off at \g<t>"),
    (re.compile(r"^the (?P<n>[\w .-]+?) (?:bus|tram|train|line) is the one (?P<i>(?:I|we) (?:\w+ )?(?:take|catch|get))(?P<to> to \w+)?", re.IGNORECASE), r"\g<i> the \g<n> bus\g<to>"),
    (re.compile(r"^((?:my|our|he|she|it|ours|mine|the)\b.*?\b(?:is|are)\b.*?) and (called|named) (?=[A-Z])", re.IGNORECASE), r"\1 and is \2 "),
    (re.compile(r"^I (?:have |just |have just )?got (?:an?|my) (?:[\w-]+ )?tattoo, ((?:an?|my|the) .+?)(?: on my .*)?$", re.IGNORECASE), r"I have a tattoo of \1"),
    (re.compile(r"^(?P<d>(?:my|our) [\w' -]+?), (?=(?:is|are|has|was|lives|works)\b)", re.IGNORECASE), r"\g<d> "),
)
_EVER = r"(?:\s+(?:ever|of all(?: time)?|in the (?:whole )?world|by far|bar none|hands down))?"
_FAVOURITE = re.compile(
    rf"^(?P<before>.+?),\s+(?:(?:which|who|it) (?:is|has to be) )?(?:my|our) (?:absolute |all[- ]time )?(?P<f>favou?rite)(?P<what>(?:\s+(?!so\b|and\b|but\b|because\b|since\b|ever\b|of\b|by\b)[a-z-]+){{1,3}}?){_EVER}(?=$|[,.;!?]|\s+(?:so|and|but|because|since|for|when|with)\b)",
    re.IGNORECASE,
)
_LOVED = re.compile(
    r"^(?P<before>.+?),\s+the (?P<what>[a-z-]+(?: [a-z-]+)?) (?:that )?(?:I|we) (?:love|like|enjoy) (?:the )?(?:best|most|above all)\b",
    re.IGNORECASE,
)
_SUBJECTLESS = re.compile(r"^(?:just |recently |finally |only just )?(?:got|moved|started|joined|turned|bought|adopted|passed|broke|retired|married)\b(?= (?:my|our|to|up|into|an?|the|\d)\b)", re.IGNORECASE)
_INNER = re.compile(r"^(?P<who>(?:my|our) [\w'-]+(?: [\w'-]+){0,2}), who (?P<tells>[^,]+), (?P<rest>.+)$", re.IGNORECASE)
_STOP = PREPOSITIONS - {"of"} | AUX | ADVERBS | {"some", "and", "but", "or", "that", "want", "me", "us", "you", "to", "more"}


def plain_clauses(text: str) -> Iterator[str]:
    """`text` as clauses that begin with their subject, what was fronted first."""
    text = re.sub(r"^all (?:I|we) (?:want|need|crave|fancy)(?: right now| now| today)? (?:is|are) ", "I want ", text, flags=re.IGNORECASE)
    first, rest = fronted(text)
    if first:
        yield first
    later = []
    for match, template in ((_FAVOURITE.match(rest), "{f}"), (_LOVED.match(rest), "favourite")):
        if match and (named := _last_phrase(match["before"])):
            word = match["f"].lower() if template == "{f}" else template
            later.append(f"my {word} {match['what'].strip()} is {named}")
            rest = match["before"]
    for pattern, plain in _INVERTED:
        rest = pattern.sub(plain, rest)
    inner = _INNER.match(rest)
    if inner:
        yield f"{inner['who']} {inner['tells']}"
        rest = f"{inner['who']} {inner['rest']}"
    if rest:
        yield rest
    yield from later


def fronted(text: str) -> tuple[str, str]:
    """What stands before the clause, as a clause about the user, and the rest."""
    someone = _SOMEONE.match(text)
    if someone:
        verb = someone["verb"] or "has"
        verb = {"is": "am", "has": "have"}.get(verb.lower(), base_form(verb) or verb)
        return f"I {verb} {someone['v']}", text[someone.end() :].strip()
    for pattern, template in _FRONTED[1:]:
        match = pattern.match(text)
        if match:
            doing = base_form(match.groupdict().get("w", "")[:-3]) or "" if "w" in match.groupdict() else ""
            doing = doing or {"living": "live", "working": "work"}.get(match.groupdict().get("w", "").lower(), "")
            return template.replace("{w}", doing).replace("{}", match["v"]), text[match.end() :].strip()
    return "", text


_MADE = re.compile(r"^the (?P<np>[\w-]+(?: [\w-]+)?) (?:that )?(?:I|we) (?:am|are|have been) (?:writing|building|making|working on|restoring|directing|developing|designing|running|starting)(?: now| at the moment)? (?=(?:is|will be) (?:called|named)\b)", re.IGNORECASE)


def with_subject(text: str) -> str:
    """"Just moved to ..." and "Allergic to ..." with the subject that was left out."""
    text = _SUBJECTLESS.sub(r"I \g<0>", text)
    return re.sub(r"^(?:also )?(?=(?:allergic to|intolerant to|married to|fluent in|originally from) )", "I am ", text, flags=re.IGNORECASE)


_SPOKEN_OF = (
    (re.compile(r"^the (first [\w]+(?: \w+)?) (?:that )?(?:I|we)(?: have)? (?:ever )?[a-z]+(?: to| at| in)? (?=(?:is|was) )", re.IGNORECASE), r"my \1 "),
    (re.compile(r"^the ([\w-]+(?: [\w-]+)?) (?:that )?(?:I|we) (?:like|love|enjoy) (?:the )?(?:best|most|above all) (?=is\b)", re.IGNORECASE), r"my favourite \1 "),
    (re.compile(r"^the (eldest|oldest|youngest|middle one) of (?:my|our) [a-z]+(?: (?:kids|children|girls|boys))? (?=(?:is|was|has|lives|works|goes)\b)", re.IGNORECASE), r"my \1 "),
    (re.compile(r"^the (book|novel|series|show) (?:that )?(?:I|we) am (?:reading|watching)(?: now| at the moment| right now)? (?=is\b)", re.IGNORECASE), r"my current \1 "),
    (re.compile(r"^(?=(?:rent|council tax|pay ?day|bin day|bedtime|parking permit|tuition) (?:is|are|goes|comes)\b)", re.IGNORECASE), "my "),
)


def simpler(text: str) -> str:
    """"The novel I am writing is called ..." as "my novel is called ..."."""
    text = _MADE.sub(lambda match: f"my {match['np']} ", text)
    for pattern, plain in _SPOKEN_OF:
        text = pattern.sub(plain, text)
    return re.sub(r"^my ([A-Z][a-z]+)(?= (?:[a-z]+ )?(?:is|are|goes|comes)\b)", lambda found: f"my {found[1].lower()}", text)


def _last_phrase(text: str) -> str:
    """The noun phrase that `text` ends with: "rereading The Old Mill" gives "The Old Mill"."""
    words = text.split()
    place = len(words)
    while place and not _stops(words, place - 1):
        place -= 1
    phrase = " ".join(words[place:])
    if re.search(r"^(?:it|this|that|them|him|her|one|my|our)\b", phrase, re.IGNORECASE):
        return ""
    return phrase if 0 < len(words) - place <= 6 else ""


def _stops(words: list[str], place: int) -> bool:
    """Does the phrase begin after the word there?"""
    word = words[place]
    if word[:1].isupper() and word != "I":
        return False
    if word == "I" or word.lower() in _STOP or word.endswith(","):
        return True
    if place + 1 < len(words) and word in ("the", "a", "an"):
        return not words[place + 1][:1].isupper()
    base = base_form(word)
    if place == 1 and words[0].lower() in ("nothing", "i", "we", "he", "she", "it", "that", "this"):
        return True
    if word.endswith("ing") and (place == 0 or words[place - 1].lower() in AUX | ADVERBS):
        return True
    verb = base is not None and place <= 2 and (place == 0 or words[place - 1].lower() in AUX | ADVERBS | {"i", "we", "to"})
    return verb or (word.endswith("ing") and place <= 2 and any(base_form(stem) for stem in (word[:-3], word[:-3] + "e", word[:-4])))
