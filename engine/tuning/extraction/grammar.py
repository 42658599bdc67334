"""Small English grammar: persons, verb forms, and questions turned into clauses."""

import re

from engine.tuning.extraction.words import IRREGULAR_PAST, PARTICIPLES, STOP_VERBS, VERBS

_FLIPS = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?|[^A-Za-z]+")
_CONTRACTIONS = (
    (r"\b(I)['’]m\b", r"\1 am"),
    (r"\b(we|you|they)['’]re\b", r"\1 are"),
    (r"\b(I|we|you|they)['’]ve\b", r"\1 have"),
    (r"\b(I|we|you|he|she|it|they)['’]ll\b", r"\1 will"),
    (r"\b(he|she|it|that|there|who|name|favou?rite|birthday)['’]s (?=been\b|got\b)", r"\1 has "),
    (r"\b(he|she|it|that|there|who|here|name|birthday|age|job)['’]s\b", r"\1 is"),
    (r"\bcan['’]t\b", "can not"),
    (r"\bwon['’]t\b", "will not"),
    (r"\b(is|are|was|were|do|does|did|have|has|had)n['’]t\b", r"\1 not"),
    (r"\bcannot\b", "can not"),
    (r"\b(have|has) got\b", r"\1"),
    (r"\bI['’]ve got\b", "I have"),
)
_QUESTION = re.compile(
    r"^(?P<wh>(?:what|which|where|when|who|whose|why|how)\b.*?)\s+"
    r"(?P<aux>is|are|am|was|were|do|does|did|have|has|will|can)\s+(?P<rest>.+?)\?*$",
    re.IGNORECASE,
)
_THIRD = {"has": "have", "does": "do", "goes": "go", "is": "be"}


def expand(text: str) -> str:
    """Writes contractions in full, as far as they have one reading ("I'm" is "I am")."""
    for pattern, full in _CONTRACTIONS:
        text = re.sub(pattern, full, text, flags=re.IGNORECASE)
    return text


def flip(text: str) -> str:
    """From the user's person to the assistant's view of the user: "I am" becomes "you are"."""
    out: list[str] = []
    subject = ""
    for token in _WORD.findall(text):
        low = token.lower()
        if low in _FLIPS:
            new = _FLIPS[low]
            subject = low if low in ("i", "we") else ""
        elif low in ("am", "was") and subject == "i":
            new, subject = {"am": "are", "was": "were"}[low], ""
        else:
            new = token
            subject = subject if not low.strip() or low.endswith("ly") else ""
        out.append(new)
    return "".join(out)


def sentence(text: str) -> str:
    """`text` with a capital first letter and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def base_form(verb: str) -> str | None:
    """The infinitive of a known verb form, or None: "lives", "lived" and "live" give "live"."""
    low = verb.lower()
    if low in _THIRD:
        return _THIRD[low]
    known = VERBS | STOP_VERBS
    if low in known:
        return low
    if low in IRREGULAR_PAST:
        return IRREGULAR_PAST[low]
    for base in _stems(low):
        if base in known:
            return base
    return None


def _stems(form: str) -> list[str]:
    """Infinitives that a regular third person or past form may come from."""
    stems: list[str] = []
    if form.endswith("ies") or form.endswith("ied"):
        stems.append(form[:-3] + "y")
    if form.endswith("es"):
        stems.append(form[:-2])
    if form.endswith("s") and not form.endswith("ss"):
        stems.append(form[:-1])
    if form.endswith("ed"):
        stems += [form[:-2], form[:-1]]
        if len(form) > 4 and form[-3] == form[-4]:
            stems.append(form[:-3])
    return stems


def is_past(verb: str) -> bool:
    """Is this verb form a simple past ("named", "went")? Forms like "read" count as present."""
    low = verb.lower()
    if low in IRREGULAR_PAST:
        return IRREGULAR_PAST[low] != low
    return low.endswith("ed") and low not in VERBS


def participle_base(form: str) -> str | None:
    """The infinitive of a past participle."""
    return PARTICIPLES.get(form.lower()) or (base_form(form) if is_past(form) else None)


def third_person(verb: str) -> str:
    """The present form after he, she or it: "live" gives "lives"."""
    irregular = {"be": "is", "have": "has", "do": "does", "go": "goes"}
    if verb in irregular:
        return irregular[verb]
    if re.search(r"(?:s|x|z|ch|sh)$", verb):
        return verb + "es"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + "s"


def past_form(verb: str) -> str:
    """The simple past of a verb: "name" gives "named"."""
    if verb == "go":  # not in the table of verbs that tell a lasting fact
        return "went"
    for past, base in IRREGULAR_PAST.items():
        if base == verb and past.strip() == past:
            return past
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb):
        return verb + verb[-1] + "ed"
    return verb + "ed"


def embedded(question: str) -> str | None:
    """A direct question as a clause: "Where do I live?" gives "where I live"; None if unsure."""
    match = _QUESTION.match(question.strip())
    if match is None:
        return None
    wh, aux, rest = match["wh"], match["aux"].lower(), match["rest"]
    wh = wh[:1].lower() + wh[1:]
    if aux in ("do", "does", "did"):
        return _without_do(wh, aux, rest)
    parts = re.match(r"^(I|we|you)\b\s*(.*)$", rest, re.IGNORECASE)
    if parts:
        return f"{wh} {parts[1]} {aux} {parts[2]}".strip()
    if aux in ("is", "are", "was", "were"):
        return _without_be(wh, aux, rest)
    return None


def _without_be(wh: str, aux: str, rest: str) -> str | None:
    """Puts "be" behind its subject where the subject surely is the whole rest."""
    if rest.startswith("it that "):
        return f"{wh} it {aux} {rest[3:]}"
    if re.search(r"\b(?:called|named|like|allergic|born|made|based|located|from)\b", rest):
        tail = re.match(r"^(.*?)\s+((?:called|named|like|allergic|born|made|based|located|from)"
                        r"\b.*)$", rest)
        return f"{wh} {tail[1]} {aux} {tail[2]}" if tail else None
    return f"{wh} {rest} {aux}"


def _without_do(wh: str, aux: str, rest: str) -> str | None:
    """Undoes do-support: the verb takes the person and tense that the auxiliary had."""
    match = re.match(r"^(I|we|you)\s+(\w+)(.*)$", rest, re.IGNORECASE)
    subject = match[1] if match else ""
    if match is None:
        words = rest.split()
        places = [i for i, word in enumerate(words) if i > 1 and word.lower() in VERBS]
        if not places or words[0].lower() not in ("my", "our", "your", "the"):
            return None
        subject = " ".join(words[: places[0]])
        verb, tail = words[places[0]], " ".join(["", *words[places[0] + 1 :]])
    else:
        verb, tail = match[2], match[3]
    if base_form(verb) != verb.lower():
        return None
    form = {"do": verb, "does": third_person(verb), "did": past_form(verb)}[aux]
    return f"{wh} {subject} {form}{tail}"
