"""How hard a passphrase is to guess: a rough estimate that errs on the low side."""

import math
import re
from enum import IntEnum
from itertools import pairwise

MIN_LENGTH = 8
_SEQUENCES = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_COMMON = frozenset({"password", "passphrase", "letmein", "welcome", "iloveyou", "admin", "secret"})


class Strength(IntEnum):
    """Steps of the hint; ``TOO_SHORT`` is refused, all others are the user's choice."""

    TOO_SHORT = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


def _alphabet(text: str) -> int:
    """Size of the smallest alphabet that `text` is drawn from."""
    size = 0
    size += 26 if re.search(r"[a-z]", text) else 0
    size += 26 if re.search(r"[A-Z]", text) else 0
    size += 10 if re.search(r"[0-9]", text) else 0
    size += 30 if re.search(r"[!-/:-@\[-`{-~ ]", text) else 0
    return size + (2000 if re.search(r"[^\x00-\x7f]", text) else 0)


def _predictable(first: str, second: str) -> bool:
    """True when `second` follows from `first`: repeated, or next on a keyboard or in a row."""
    if first == second:
        return True
    pair = first + second
    return any(pair in row or pair in row[::-1] for row in _SEQUENCES)


def guess_bits(text: str) -> float:
    """Estimated bits of guessing work. Repeats, rows of keys and common words count little."""
    lowered = text.lower()
    if not text:
        return 0.0
    surprises = 1 + sum(
        0.2 if _predictable(first, second) else 1.0
        for first, second in pairwise(lowered)
    )
    surprises = min(surprises, 2.5 * len(set(lowered)))
    for word in _COMMON:
        if word in lowered:
            surprises -= len(word) - 1
    words = re.split(r"[\s\-_.]+", text.strip())
    bits = max(surprises, 1.0) * math.log2(max(_alphabet(text), 2))
    if len(words) >= 3 and all(word.isascii() and word.isalpha() for word in words):
        return min(bits, 11.0 * len({word.lower() for word in words}))
    return bits


def strength(text: str) -> Strength:
    """The hint for `text`."""
    if len(text) < MIN_LENGTH:
        return Strength.TOO_SHORT
    bits = guess_bits(text)
    if bits < 40:
        return Strength.WEAK
    return Strength.FAIR if bits < 60 else Strength.STRONG
