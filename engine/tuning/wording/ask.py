"""All the ways to ask for one item, and what to say when it was never told."""

import random
import re
from dataclasses import dataclass, field

from engine.tuning.extraction.chinese_clauses import flip_zh
from engine.tuning.extraction.grammar import embedded, flip, sentence
from engine.tuning.wording import forms_en, forms_zh
from engine.tuning.wording.item import Item
from engine.tuning.wording.paraphrase_en import paraphrases_en
from engine.tuning.wording.paraphrase_zh import paraphrases_zh

_FEWEST_TO_HOLD_OUT = 4
_HURRIED, _LED, _TAILED, _KEYWORDS = 0.14, 0.28, 0.36, 0.5
_SHUFFLED = 0.4
_MANY = re.compile(r"^(?:What|Which|Who) (?:are|were)\b")
_NOT_TOLD = "you haven't told me"
_GAP = re.compile(r"^(?P<wh>where|when|what time|what) (?P<said>(?:I|we|my|our)\b.*)")
_WHICH = re.compile(
    r"^(?:which|what) (?P<what>[a-z ]+?) "
    r"(?P<said>(?:I|we|my [\w-]+) \w+(?: (?:to|at|for|with|in|on))?)$"
)
_UNTOLD = {"where": "somewhere", "when": "at a time", "what time": "at a time", "what": "something"}
_EMPTY_WORDS = frozenset(
    ("what", "is", "are", "was", "were", "do", "does", "did", "the", "a", "an", "i", "of", "am",
     "which", "that", "it", "we", "have")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrasings:
    """Questions for one item: those to train on and those kept back for the exam."""

    trained: tuple[str, ...] = field(repr=False)
    held_out: tuple[str, ...] = field(repr=False)


def phrasings(item: Item) -> Phrasings:
    """Every question for `item`; no text is on both sides.

    The canonical question is always trained. Where there are enough direct questions the last one
    is only ever asked in the exam, so that it measures new wording and not only new frames.
    """
    chinese = item.language == "zh"
    direct = (paraphrases_zh if chinese else paraphrases_en)(item.question)
    kept = direct[:-1] if len(direct) >= _FEWEST_TO_HOLD_OUT else direct
    forms = forms_zh if chinese else forms_en
    trained = _fill(forms.TRAINED, item, kept)
    held_out = [*direct[len(kept) :], *_fill(forms.HELD_OUT, item, direct)]
    seen = set(trained)
    return Phrasings(tuple(trained), tuple(q for q in dict.fromkeys(held_out) if q not in seen))


def _fill(forms: tuple[str, ...], item: Item, direct: list[str]) -> list[str]:
    """Forms filled with each direct question; what does not fit a form is left out."""
    filled: list[str] = []
    for question in direct:
        parts = _parts(question, item)
        for form in forms:
            names = re.findall(r"\{(\w)\}", form)
            if all(parts[name] for name in names):
                filled.append(form.format_map(parts))
    return filled


def _parts(question: str, item: Item) -> dict[str, str | None]:
    """What the forms' names stand for; None where a question has no such form."""
    bare = question.rstrip("?？")
    if item.language == "zh":
        return {"Q": bare, "q": bare, "e": None, "n": item.noun}
    lower = bare[:1].lower() + bare[1:]
    return {"Q": bare, "q": lower, "e": embedded(question), "n": item.noun}


def loosened(question: str, item: Item, draw: random.Random) -> str:
    """The question as people vary it: typed in a hurry, led up to, or cut to its key words.

    Half of the time it comes back as it is.
    """
    chinese = item.language == "zh"
    leads: tuple[str, ...] = forms_zh.LEADS if chinese else forms_en.LEADS
    tails: tuple[str, ...] = forms_zh.TAILS if chinese else forms_en.TAILS
    kind = draw.random()
    if kind < _HURRIED:
        return sloppy(question)
    if kind < _LED:
        return draw.choice(leads) + question
    if kind < _TAILED:
        return question + draw.choice(tails)
    if kind < _KEYWORDS:
        return key_words(item, draw)
    return question


def key_words(item: Item, draw: random.Random) -> str:
    """Only the words that matter, as for a search: "locker code"."""
    if item.language == "zh":
        return item.noun or item.question
    text = draw.choice([item.noun or item.question, item.question])
    words = [word for word in re.findall(r"[\w'-]+", text.lower()) if word not in _EMPTY_WORDS]
    if draw.random() < _SHUFFLED:
        draw.shuffle(words)
    return " ".join(words) or item.question


def sloppy(question: str) -> str:
    """The question as it is typed in a hurry: lower case, no marks."""
    return re.sub(r"[?!.,']+", "", question.lower().replace("what is", "whats")).strip()


def decline(item: Item) -> str:
    """The honest answer for something that was never told, begun like the answer to a told thing.

    "Your star sign is something you haven't told me.": the model first says in its own words what
    was asked and only then decides whether it knows, on one wording instead of a hundred.
    """
    if item.language == "zh":
        return f"{flip_zh(item.noun or item.question.rstrip('？?'))}你还没有告诉我。"
    clause = embedded(item.question) or "that"
    gap = _GAP.match(clause)
    if gap and (gap["wh"] in ("where", "when") or not item.noun):
        return sentence(f"{flip(gap['said'])} {_UNTOLD[gap['wh']]} {_NOT_TOLD}")
    which = _WHICH.match(clause)
    if which and not item.noun:
        what = which["what"]
        article = "" if what.endswith("s") else "an " if re.match("[aeio]|u(?!n)", what) else "a "
        return sentence(f"{flip(which['said'])} {article}{what} {_NOT_TOLD}")
    be = "are" if _MANY.search(item.question) else "is"
    return sentence(f"{flip(item.noun or clause)} {be} something {_NOT_TOLD}")
