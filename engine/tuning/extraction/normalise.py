# ruff: noqa: E501 - one pattern a line reads best
"""Typing repaired before parsing: missing apostrophes, contractions, short forms, small "i"."""

import re

_EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]+")
_REPAIRS = tuple(
    (re.compile(pattern, re.IGNORECASE), full)
    for pattern, full in (
        (r"(?<![\w.])i(?![\w.])", "I"),
        (r"\bi['’]?m\b", "I am"),
        (r"\bi['’]?ve\b", "I have"),
        (r"\bi'll\b", "I will"),
        (r"\bi'd (?=rather|like|love|prefer)", "I would "),
        (r"\bi'd\b", "I had"),
        (r"\b(we|you|they)['’]re\b", r"\1 are"),
        (r"\btheyre\b", "they are"),
        (r"\b(we|you|they)['’]?ve\b", r"\1 have"),
        (r"\b(we|you|he|she|it|they)'ll\b", r"\1 will"),
        (r"\b(hes|shes)\b", lambda m: m[1][:-1] + " is"),
        (r"\bits (?=an?\b|the\b|called\b|named\b|not\b|in\b|on\b|at\b)", "it is "),
        (r"\b(he|she|it|that|there|who)'s (?=been\b|got\b)", r"\1 has "),
        (r"\b(he|she|it|that|there|who|here|name|birthday|age|job|colou?r)'s\b", r"\1 is"),
        (r"(?<=\w)'s (?=been\b|got (?!to\b|into\b|worse\b|better\b|lost\b)[a-z])", " has "),
        (r"(?<=\w)(?<!master)(?<!bachelor)'s (?=(?:called|named|an?|the|not|from|in|at|on|under|behind|next|inside|near|coming|turning|allergic|\d+|studying|getting|doing|learning|teaching|retiring|moving|working|living|starting|expecting|vegan|vegetarian|due|dyed|painted|pregnant|with|always|just|also|really|obsessed|scared|afraid|into|mad about|diabetic|coeliac|celiac)\b)", " is "),
        (r"\bcan['’]?t\b|\bcannot\b", "can not"),
        (r"\bwon['’]?t\b", "will not"),
        (r"\b(is|are|was|were|do|does|did|has|have|had|would|could|should)n['’]?t\b", r"\1 not"),
        (r"\b(have|has) got\b(?! to\b| into\b)", r"\1"),
        (r"\bno longer\b|\bnot any ?more\b", "no-longer"),
        (r"\b(my|our) (birthday|anniversary|name|job|rent|address|wifi)s (?=on\b|is\b|the\b|an?\b|\d|[A-Z])", r"\1 \2 is "),
        (r"\b(and|but|so|,) its (?=(?:really|so|very|too)?\s*(?:slow|fast|old|new|broken|on|in|at|a|an|the|my|\d|not|due|called)\b)", r"\1 it is "),
        (r"\bn (?=(?:she|he|it|i|we|they|my|our|im|shes|hes)\b)", "and "),
        (r"\b(my|our) (son|daughter|dad|mum|mom|brother|sister|dog|cat|nephew|niece|baby|wife|husband|boy|girl)s (?=\d{1,2}(?:$| and\b| so\b| but\b|,| years?\b| now\b))", r"\1 \2 is "),
        (r"\b(my|our) (son|daughter|dad|mum|mom|brother|sister|dog|cat|nephew|niece|wife|husband|boyfriend|girlfriend)s (?=(?:allergic|called|named|turning|vegan|vegetarian|obsessed|scared|studying|starting|getting|a|an)\b)", r"\1 \2 is "),
        (r"\b(what|who|where|how|when)s\b", r"\1 is"),
        (r"\b(?:gf)['’]?(s?)\b", lambda m: "girlfriend" + ("'s" if m[1] else "")),
        (r"\b(?:bf)['’]?(s?)\b", lambda m: "boyfriend" + ("'s" if m[1] else "")),
        (r"\bb-?day\b", "birthday"),
        (r"\bfave?\b(?= \w)", "favourite"),
        (r"\bappt\b", "appointment"),
        (r"\b(my|our) (\w+[a-rt-z])s (name|birthday|age|job|breed|number)\b", r"\1 \2's \3"),
        (r"\b(called|named|name is) ([\w-]+) (?=(?:she|he|it|they|hes|shes|theyre|its)\b)", r"\1 \2, "),
        (r"\b(my|our) (\w+) name (?=is\b)(?<!full name )(?<!first name )(?<!last name )"
         r"(?<!middle name )(?<!maiden name )(?<!user name )", r"\1 \2's name "),
    )
)  # fmt: skip


def normalise(text: str) -> str:
    """`text` with contractions in full, as far as they have one reading, and single blanks."""
    text = _EMOJI.sub(" ", text).replace("’", "'").replace("`", "'")
    for pattern, full in _REPAIRS:
        text = pattern.sub(full, text)
    return re.sub(r"[ \t]+", " ", text).strip()
