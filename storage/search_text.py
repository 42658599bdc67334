"""How text is cut into search words, for English and for scripts without spaces alike.

The index cuts at spaces and punctuation. Chinese, Japanese and Korean characters are therefore
written with spaces around each, so that each is a word and a run of them is found as a phrase:
one character finds, and so does any part of a longer run.

Removing a text from the index repeats exactly what was put in. Whoever changes `index_text` must
add a migration that rebuilds the search tables.
"""

import re
import unicodedata

_WIDE = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U000323af"
)
_WIDE_CHARACTER = re.compile(f"[{_WIDE}]")
_QUOTE_OR_NUL = re.compile('["\0]')
_WORD = re.compile(rf"[^\W_{_WIDE}]+|[{_WIDE}]+")


def index_text(text: str) -> str:
    """What the index is given for `text`."""
    return _WIDE_CHARACTER.sub(r" \g<0> ", unicodedata.normalize("NFKC", text))


def words(text: str) -> list[str]:
    """Words and runs of spaceless characters in `text`, normalized, in order."""
    return _WORD.findall(unicodedata.normalize("NFKC", text))


def all_of(query: str) -> str:
    """The FTS5 expression that wants every part of `query`; empty when it has no words.

    The last word may be unfinished, so a search finds while it is being typed.
    """
    wanted = [phrase for part in query.split() if (phrase := _phrase(part))]
    if wanted and not _WIDE_CHARACTER.fullmatch(words(query)[-1][-1]):
        wanted[-1] += " *"
    return " AND ".join(wanted)


def any_of(question: str) -> str:
    """The FTS5 expression that wants any word of `question`; empty when it has none.

    Runs of spaceless characters count by pairs, for a single character is in nearly every text.
    """
    wanted: dict[str, None] = {}
    for word in words(question):
        pieces = [word]
        if len(word) > 1 and _WIDE_CHARACTER.match(word):
            pieces = [word[at : at + 2] for at in range(len(word) - 1)]
        wanted.update(dict.fromkeys(_phrase(piece) for piece in pieces))
    return " OR ".join(wanted)


def _phrase(part: str) -> str:
    """`part` as one quoted phrase, in which FTS5 reads no syntax; empty without a word."""
    return '"' + _QUOTE_OR_NUL.sub(" ", index_text(part)) + '"' if words(part) else ""
