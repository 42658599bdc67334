# ruff: noqa: E501 - one rule a line reads best
"""Rules for who the user is: name, age, birth, home, work, study, languages, standing."""

import re

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.rules import NAME, Rule, ask, clean, rule, thing
from engine.tuning.extraction.words import MONTHS, NATIONALITIES, OCCUPATIONS, word_set

_ADVERB = r"(?:(?:also|actually|currently|still|now|just|recently|really|mostly|mainly|always)\s+)*"
_AM = rf"I\s+(?:am|was)\s+{_ADVERB}"
_DATE = (
    rf"(?:(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{MONTHS})|(?:{MONTHS})\s+"
    r"(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?)(?:,?\s+(?:of\s+|in\s+)?\d{4})?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
)
_STOP = r"(?:\s+(?:with|since|for|near|together|alone|because|until|till|after|when|from where)\b.*)?"
_JOB_ENDING = re.compile(
    r"(?:ist|ician|ologist|grapher|keeper|smith|wright|maker|dealer|eer|ancer|ger|cher|lder|nter|"
    r"mer|yer|per|ler|ker|ver|rser|tor|man|woman|rian|master)$"
)
_NOT_JOB = word_set("""father mother sister brother daughter lover believer beginner member owner winner fan
    runner swimmer reader thinker listener learner loner sleeper drinker smoker eater never
    ever either newcomer insider outsider player foodie person cover other human visitor
    teenager survivor donor hater collector gamer traveler traveller stranger number woman man
    gentleman morning cancer power hiker biker walker early-riser homeowner""")


def is_occupation(phrase: str) -> bool:
    """Is a noun phrase without article a trade or profession ("paediatric nurse")?"""
    words = re.split(r"\s+(?:at|in|for|from|by|who|with|and|on|of)\s+", phrase.lower())[0].split()
    if not words:
        return False
    last = words[-1]
    if last in OCCUPATIONS:
        return True
    return bool(_JOB_ENDING.search(last)) and last not in _NOT_JOB and len(words) <= 4


def _name(match: re.Match[str]) -> Candidate | None:
    return thing("my name", match["v"])


def _call_me(match: re.Match[str]) -> Candidate | None:
    return ask("What do people call me?", "People call you {}.", match["v"], noun="my nickname")


def _bare_name(match: re.Match[str]) -> Candidate | None:
    value = match["v"]
    if value.lower() in NATIONALITIES or is_occupation(value) or value.isupper():
        return None
    return thing("my name", value)


def _age(match: re.Match[str]) -> Candidate | None:
    age = match["v"]
    return ask("How old am I?", "You are {} years old.", age, noun="my age")


def _born_when(match: re.Match[str]) -> Candidate | None:
    how = match["how"].lower()
    return ask("When was I born?", f"You were born {how} {{}}.", match["v"], noun="my date of birth")


def _birthday(match: re.Match[str]) -> Candidate | None:
    on = f"{match['on'].lower()} " if match["on"] else ""
    return ask("When is my birthday?", f"Your birthday is {on}{{}}.", match["v"], noun="my birthday")


def _born_where(match: re.Match[str]) -> Candidate | None:
    return ask("Where was I born?", "You were born in {}.", match["v"], noun="my place of birth")


def _home(match: re.Match[str]) -> Candidate | None:
    how = match["how"].lower()
    return ask(
        "Where do I live?", f"You live {how} {{}}.", match["v"], noun="the place where I live"
    )


def _moved(match: re.Match[str]) -> Candidate | None:
    return ask(
        "Where do I live?", "You live in {}.", match["v"], noun="the place where I live"
    )


def _raised(match: re.Match[str]) -> Candidate | None:
    how = match["how"].lower()
    return ask("Where did I grow up?", f"You grew up {how} {{}}.", match["v"])


def _origin(match: re.Match[str]) -> Candidate | None:
    return ask("Where am I from?", "You are from {}.", match["v"], noun="where I come from")


def _job(match: re.Match[str]) -> Candidate | None:
    return ask("What is my job?", "You work as {}.", match["v"], noun="my job")


def _am_a_job(match: re.Match[str]) -> Candidate | None:
    if not is_occupation(match["job"]):
        return None
    phrase = re.split(r"\s+(?=(?:at|for|from|in|living|working|based)\s)", match["v"])[0]
    return ask("What is my job?", "You are {}.", phrase, noun="my job")


def _workplace(match: re.Match[str]) -> Candidate | None:
    how = match["how"].lower()
    return ask("Where do I work?", f"You work {how} {{}}.", match["v"], noun="my workplace")


def _study(match: re.Match[str]) -> Candidate | None:
    return ask("What do I study?", "You study {}.", match["v"], noun="my field of study")


def _major(match: re.Match[str]) -> Candidate | None:
    grade = re.search(r"\b(?:school|college|university|grad\w*|phd|master|bachelor|full-time|year|"
                      r"exchange|good|straight|honou?r)\b", match["v"], re.IGNORECASE)
    return None if grade else _study(match)


def _school(match: re.Match[str]) -> Candidate | None:
    return ask("Where do I study?", "You study at {}.", match["v"], noun="my university")


def _graduated(match: re.Match[str]) -> Candidate | None:
    return ask("Where did I graduate?", "You graduated from {}.", match["v"])


def _languages(match: re.Match[str]) -> Candidate | None:
    value = re.sub(r"\s+(?:fluently|well|at home|natively)$", "", match["v"])
    return ask("Which languages do I speak?", "You speak {}.", value, additive=True)


def _nationality(match: re.Match[str]) -> Candidate | None:
    if match["v"].split("-")[0].split()[-1].lower() not in NATIONALITIES:
        return None
    return ask("What is my nationality?", "You are {}.", match["v"], noun="my nationality")


_STANDING = {
    "single": "marital status", "divorced": "marital status", "widowed": "marital status",
    "engaged": "marital status", "married": "marital status", "separated": "marital status",
    "vegetarian": "diet", "vegan": "diet", "pescatarian": "diet", "a vegetarian": "diet",
    "a vegan": "diet", "a pescatarian": "diet", "left-handed": "dominant hand",
    "right-handed": "dominant hand", "left handed": "dominant hand",
    "ambidextrous": "dominant hand",
}  # fmt: skip


def _standing(match: re.Match[str]) -> Candidate | None:
    noun = _STANDING[match["v"].lower()]
    return ask(f"What is my {noun}?", "You are {}.", match["v"].lower(), noun=f"my {noun}")


def _size(match: re.Match[str]) -> Candidate | None:
    tall = match["what"].lower() == "tall"
    question = "How tall am I?" if tall else "How much do I weigh?"
    template = "You are {} tall." if tall else "You weigh {}."
    return ask(question, template, match["v"], noun="my height" if tall else "my weight")


_MEASURE = r"[\d.,']+(?:\s*(?:cm|m|kg|lbs?|pounds|kilos?|stone|metres|meters|feet|foot|ft|inches))?[\w\s.'\"]*?"

IDENTITY_RULES: tuple[Rule, ...] = (
    rule(r"my\s+(?:full\s+|first\s+|real\s+)?name\s+is\s+(?P<v>[\w'. -]{2,40})", _name),
    rule(rf"(?:I\s+am|I\s+was)\s+(?:called|named)\s+(?P<v>(?-i:{NAME}))", _name),
    rule(rf"(?:everyone|everybody|people|my friends|friends|they|all my friends)\s+calls?\s+me\s+(?P<v>(?-i:{NAME}))", _call_me),
    rule(rf"(?:you can\s+)?(?:just\s+)?call\s+me\s+(?P<v>(?-i:{NAME}))", _call_me),
    rule(rf"I\s+go\s+by\s+(?:the name\s+)?(?P<v>(?-i:{NAME}))", _call_me),
    rule(r"my\s+nickname\s+is\s+(?P<v>.+)", _call_me),
    rule(r"I\s+am\s+(?P<v>(?-i:[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?))", _bare_name),
    rule(rf"{_AM}(?P<v>\d{{1,3}})(?:\s+years?(?:\s+old|\s+of\s+age)?)?", _age),
    rule(r"I\s+(?:just\s+|recently\s+)?turned\s+(?P<v>\d{1,3})(?:\s+years?\s+old)?(?:\s+(?:last|this|on|in|yesterday|today|recently)\b.*)?", _age),
    rule(r"I\s+am\s+an?\s+(?P<v>\d{1,3})[- ]years?[- ]old\b.*", _age),
    rule(r"I\s+am\s+(?:an?\s+)(?P<v>[\w ]+?)\s+(?:major|student)(?:\s+(?:at|in)\s+.+)?", _major),
    rule(rf"I\s+was\s+born\s+(?P<how>on|in)\s+(?P<v>{_DATE}|(?:{MONTHS})(?:\s+\d{{4}})?|\d{{4}})", _born_when),
    rule(rf"I\s+was\s+born\s+(?P<how>on|in)\s+(?P<v>{_DATE}|(?:{MONTHS})(?:\s+\d{{4}})?|\d{{4}})\s+in\s+.+", _born_when),
    rule(r"I\s+was\s+born\s+(?:and raised\s+)?in\s+(?P<v>[^,]+?(?:,\s*[A-Z][\w ]+)?)(?:\s+in\s+\d{4})?", _born_where),
    rule(r"my\s+birthday\s+(?:is|falls)\s+(?P<on>on\s+|in\s+)?(?P<v>.+)", lambda m: _birthday_of(m)),
    rule(rf"I\s+{_ADVERB}(?:live|reside)\s+(?P<how>in|at|on|near|outside)\s+(?P<v>.+?){_STOP}", _home),
    rule(rf"I\s+am\s+{_ADVERB}(?:based|living|located|residing)\s+(?P<how>in|at|on|near|outside)\s+(?P<v>.+?){_STOP}", _home),
    rule(rf"(?:I|we)\s+(?:have\s+)?{_ADVERB}(?:moved|relocated)(?:\s+(?:away|back|over|house))?(?:\s+from\s+[\w ]+?)?\s+to\s+(?P<v>.+?)(?:\s+(?:with|since|for|last|this|in\s+(?:\d{{4}}|(?:{MONTHS}))|from|a\s+(?:year|month|week|while)|two|three|because|when)\b.*)?", _moved),
    rule(rf"(?:I\s+grew\s+up|I\s+was\s+(?:raised|brought up))\s+(?P<how>in|on|near|outside)\s+(?P<v>.+?){_STOP}", _raised),
    rule(r"(?:I\s+am|I\s+come|I\s+am\s+originally|I\s+originally\s+come)\s+(?:originally\s+)?from\s+(?P<v>.+?)(?:\s+originally)?", _origin),
    rule(rf"I\s+(?:{_ADVERB})(?:work|am\s+(?:working|employed))(?:\s+(?:part|full)[ -]time)?\s+as\s+(?P<v>(?:an?|the)\s+.+?)(?:\s+(?:at|for|since)\s+.+)?", _job),
    rule(r"my\s+(?:current\s+)?(?:job|profession|occupation|career)\s+is\s+(?:being\s+)?(?P<v>(?:an?|the)\s+.+)", _job),
    rule(rf"(?:I\s+am|I\s+have\s+been|I\s+work\s+as)\s+{_ADVERB}(?P<v>(?:an?|the)\s+(?P<job>[\w ,'-]+?))(?:\s+(?:by\s+(?:trade|profession|training)|for\s+\w+\s+years|and\s+.+))?", _am_a_job),
    rule(rf"I\s+{_ADVERB}(?:work|am\s+employed|am\s+working)\s+(?P<how>at|for)\s+(?P<v>.+?)(?:\s+(?:as|since)\s+.+)?", _workplace),
    rule(rf"I\s+{_ADVERB}work\s+(?P<how>in)\s+(?P<v>(?:an?|the|our|my)\s+.+?)", _workplace),
    rule(rf"I\s+{_ADVERB}work\s+in\s+(?P<v>[a-z][\w &-]+)", lambda m: ask("What field do I work in?", "You work in {}.", m["v"], noun="the field I work in")),
    rule(rf"I\s+(?:{_ADVERB}(?:study|am\s+studying|studied|major\s+in|am\s+majoring\s+in|majored\s+in))\s+(?P<v>(?!for\b|at\b|in\b|hard\b|abroad\b|every\b|with\b)[\w ,&'-]+?)(?:\s+(?:at|in)\s+.+)?", _study),
    rule(rf"I\s+{_ADVERB}(?:go\s+to|study\s+at|attend)\s+(?P<v>(?-i:(?:the\s+)?(?:University|College|[A-Z][\w.]+))(?:\s+[\w.]+)*)", _school),
    rule(r"I\s+graduated\s+from\s+(?P<v>.+?)(?:\s+(?:in\s+\d{4}|with|last)\b.*)?", _graduated),
    rule(rf"I\s+{_ADVERB}(?:can\s+)?speak\s+(?P<v>(?:fluent\s+|some\s+|a little\s+)?(?-i:[A-Z])[\w ,]+)", _languages),
    rule(r"my\s+(?:native|first|mother)\s+(?:language|tongue)\s+is\s+(?P<v>.+)", lambda m: thing("my native language", m["v"])),
    rule(rf"{_AM}(?P<v>[\w-]+)(?:\s+by\s+birth|\s+citizen)?", _nationality),
    rule(rf"{_AM}(?P<v>{'|'.join(sorted(_STANDING, key=len, reverse=True))})(?:\s+(?:now|and\s+.+))?", _standing),
    rule(rf"I\s+am\s+(?:about\s+)?(?P<v>{_MEASURE})\s+(?P<what>tall)", _size),
    rule(rf"I\s+(?P<what>weigh)\s+(?:about\s+)?(?P<v>{_MEASURE})", _size),
)  # fmt: skip


def _birthday_of(match: re.Match[str]) -> Candidate | None:
    value = clean(match["v"])
    if not re.search(rf"\d|{MONTHS}|christmas|halloween|new year|valentine", value, re.IGNORECASE):
        return None
    return _birthday(match)
