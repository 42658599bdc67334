# ruff: noqa: E501 - patterns read best on one line
"""English sentences to plain first-person clauses; everything that states no fact is dropped."""

import re
from collections.abc import Iterator

from engine.tuning.extraction.grammar import expand
from engine.tuning.extraction.words import PETS
from engine.tuning.redaction import PLACEHOLDER

_QUESTION_START = re.compile(
    r"^(?:what|who|whom|whose|where|when|why|how|which|is|are|am|was|were|do|does|did|can|could|"
    r"would|will|shall|should|may|might|have|has|had|is n't|any|anyone)\b",
    re.IGNORECASE,
)
_COMMAND_START = re.compile(
    r"^(?:please|tell|give|show|write|make|find|list|suggest|recommend|explain|describe|help|"
    r"create|generate|translate|summari[sz]e|convert|calculate|compare|compose|draft|recite|"
    r"let|let['’]s|do not|stop|try|use|add|remove|delete|change|open|check|look|think|repeat|"
    r"answer|ask|send|set|read|say|book|order|play|remind|imagine|pretend|suppose|assume|"
    r"consider|keep|forget|ignore|come|go|wait|guess|define|solve|name|pick|choose|plan|buy|"
    r"thanks|thank you|welcome|wish|consider|act)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:(?:by the way|btw|oh|ah|well|so|and|also|anyway|ok|okay|hi|hello|hey|yes|yeah|yep|no|nope|"
    r"actually|in fact|just so you know|fyi|for the record|for your information|to be clear|"
    r"sorry|thanks|great|sure|right|correction|update|good news|bad news|fun fact|note|"
    r"as you know|as i said|as i mentioned|like i said|honestly|basically|personally|"
    r"to be honest|speaking of (?:which|that)|good (?:morning|evening|afternoon)|plus|but|"
    r"one more thing|another thing|oh and|nice to meet you|you know|i mean|wait|hmm+|um+|uh+|"
    r"finally|first|second|lastly|besides|otherwise|unfortunately|fortunately|luckily|sadly|"
    r"happily|guess what|for context|some context|a bit about me|about me|haha|lol|not really|"
    r"that['’]s (?:right|true|great|nice|cool|awesome)|of course|these days|nowadays|currently|"
    r"at the moment|right now|in my (?:free|spare) time|on the side)(?:\s+there)?"
    r"(?:\s*[,:!.—–-]+\s*|\s+(?=(?:i|i['’]m|my|we|our|i['’]ve|we['’]re)\b)))+",
    re.IGNORECASE,
)
_WRAPPER = re.compile(
    r"^(?:(?:please\s+|do\s+|also\s+|can you\s+|could you\s+)*(?:remember|note|keep in mind|"
    r"bear in mind|don['’]t forget|do not forget|make a note|take note)"
    r"(?:\s+(?:that|this|for me|for later))*[\s:,]+|"
    r"(?:i\s+(?:already\s+|just\s+)?(?:told you|mentioned|said)|i should (?:mention|add|say)|"
    r"i (?:want(?:ed)? to|should|must|need to|forgot to) (?:tell|mention to|let) you(?: know)?|"
    r"(?:you should|you might want to|just to let you|let me tell you|i['’]ll tell you|"
    r"i['’]d like you to|i want you to) (?:know|remember)?|did i (?:tell|mention to) you|"
    r"the thing is|the truth is|it turns out|turns out|it['’]s true that)(?:\s+that)?[\s:,]+)",
    re.IGNORECASE,
)
_REMEMBER = re.compile(r"\b(?:remember|note|keep in mind|bear in mind|forget)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(?:would|could|might|maybe|perhaps|possibly|probably|presumably|i guess|i think|i suppose|"
    r"i believe|i wish|i hope|if only|i assume|not sure|unsure|i wonder|supposedly|apparently|"
    r"allegedly|what if|as if|in theory|hypothetically|let us say|let['’]s say|unless|should|"
    r"(?-i:may)|who knows|i dreamed|i dreamt|in my dream|kidding|joking|as though|pretend(?:ed|ing)?)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:he|she|they|it|people|everyone|someone|somebody|nobody|(?:my|our|the|a)\s+[\w'’-]+"
    r"(?:\s+[\w'’-]+)?|[A-Z]\w+)\s+(?:just\s+|always\s+|once\s+|also\s+)*(?:said|says|told|tells|"
    r"asked|asks|claims?|claimed|thinks?|thought|believes?|believed|wrote|writes|mentioned|"
    r"suggested|insists?|replied|answered|joked|goes like|reads|texted)\b"
    r"|\baccording to\b|\bquote\b",
)
_CONDITION = re.compile(
    r"^(?:if|when|whenever|while|unless|although|though|because|since|once|until|before|after|"
    r"as|given|in case|even if|suppose|imagine)\b",
    re.IGNORECASE,
)
_SUBJECT = (
    r"(?:I|i|we|my|our|he|she|it|they|his|her|its|their|who|which|there|this|that)(?=\b|['’])"
)
_CUT = re.compile(
    rf"\s*[;—–]\s*|\s+-\s+|\s*\((?=[^)]*\))|\)\s*|,?\s+but\s+|,?\s+(?:so|yet)\s+(?={_SUBJECT})|"
    rf",\s*(?:and\s+|plus\s+)?(?={_SUBJECT})|\s+and\s+(?={_SUBJECT}\s)|"
    r"\s+and\s+(?=(?:also\s+)?(?:work|live|have|am|was|drive|own|study|teach|speak|collect|love|"
    r"hate|prefer|moved|grew|named|called|graduated|works|lives|has|is|was|teaches|"
    r"studies|drives|loves|plays)\s+(?!and\b))|,?\s+(?=(?:because|although|though|even though|since|while|"
    r"whereas|unless|if|when|whenever|until)\s)",
)  # fmt: skip
_TAIL = re.compile(
    r"(?:,?\s+(?:by the way|btw|though|too|as well|you know|actually|haha+|lol|now|these days|"
    r"right now|at the moment|currently|at present|after all|of course|for what it['’]s worth|"
    r"just so you know|fyi|as you know|please|ok|okay|already|by now|instead|anyway|thanks|"
    r"thank you|in case you (?:need|wondered|were wondering)[\w ]*))+$|\s*[:;]-?[)(DP]+$",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]+")
_PRONOUN = {"he": "", "she": "", "it": "", "who": "", "which": "", "his": "'s", "her": "'s",
            "its": "'s", "their": "'s", "they": ""}  # fmt: skip
_POSSESSED = re.compile(
    r"\b(?:my|our)\s+(?:[\w-]+\s+){0,2}?[\w-]+(?=\s+(?:is|are|was|has|named|called|[A-Z])|['’]s\s|$)"
)
_HAVE = re.compile(
    r"^(?:I|we)\s+(?:also\s+|recently\s+|just\s+)*(?:have|own|adopted|got|bought|rescued)\s+"
    r"(?:a|an|one)\s+((?:[\w-]+\s+){0,3}?(?:" + "|".join(sorted(PETS)) + r"|sister|brother|son|"
    r"daughter|wife|husband|boyfriend|girlfriend|cousin|roommate|car|boat|house|motorcycle|bike))\b",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\b(?:he|she|it|his|her|its|they|their|who|which)\b", re.IGNORECASE)


def clauses(sentences: Iterator[str]) -> Iterator[str]:
    """Yields clauses with a subject of their own, contractions written in full, no end mark.

    A pronoun is replaced by the person, pet or thing of the user's that the clause before it spoke
    of; where nothing fits, the clause is dropped.
    """
    known = ""
    for sentence in sentences:
        for clause in _statements(sentence):
            resolved = _resolve(clause, known)
            known = _antecedent(resolved or "") or ("" if resolved is None else known)
            if resolved:
                yield resolved


def _statements(sentence: str) -> Iterator[str]:
    """Clauses of one sentence that are neither question, command, doubt nor report."""
    text = _EMOJI.sub(" ", sentence).strip().strip("\"“”").strip()
    asked = text.rstrip("\"'”’)").endswith("?")
    text = text.rstrip(".!?,;: ").replace("’", "'")
    text, told = _unwrap(text)
    if asked or not text or (not told and _starts_wrong(text)):
        return
    doubted = False
    for place, clause in enumerate(_CUT.split(expand(text))):
        piece = _TAIL.sub("", _LEAD.sub("", clause.strip())).strip(" ,.")
        if _CONDITION.match(piece):
            doubted = doubted or (place == 0 and bool(re.match(r"if|suppose|imag", piece, re.I)))
            continue
        if not doubted and _is_plain(piece):
            yield piece


def _unwrap(text: str) -> tuple[str, bool]:
    """Takes off fillers and "remember that"; True when the user asked to remember it."""
    told = False
    for _ in range(3):
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
    return bool(_QUESTION_START.match(text) or _COMMAND_START.match(text))


def _is_plain(clause: str) -> bool:
    words = clause.split()
    if not 3 <= len(words) <= 28 or PLACEHOLDER.search(clause) or re.search(r"[\[\]{}<>|]", clause):
        return False
    if _DOUBT.search(clause) or _REPORT.search(clause):
        return False
    return not (_starts_wrong(clause) and not re.match(r"who|which", clause, re.IGNORECASE))


def _resolve(clause: str, known: str) -> str | None:
    """The clause with its leading pronoun replaced, or None when nobody is meant."""
    first, _, rest = clause.partition(" ")
    low = first.lower()
    if low in ("this", "that", "there", "you", "your", "these", "those"):
        return None
    if low not in _PRONOUN:
        return None if re.match(r"(?:you|your)\b", clause, re.IGNORECASE) else clause
    if not known or (low in ("they", "their") and not known.endswith("s")):
        return None
    return f"{known}{_PRONOUN[low]} {rest}"


def _antecedent(clause: str) -> str:
    """Whom or what a pronoun in the next clause most likely means: "my dog"."""
    have = _HAVE.match(clause)
    if have:
        words = have[1].split()
        return "my " + words[-1]
    match = _POSSESSED.search(clause)
    return match.group() if match else ""
