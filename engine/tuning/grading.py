# ruff: noqa: E501 - patterns read best on one line
"""Is an answer right? Plain text rules, English and Chinese."""

import re

_SMALL_WORDS = "a an the my your our of on in at to and is are was were it with for by old years"
_SMALL = frozenset(_SMALL_WORDS.split())
_DECLINED = re.compile(
    r"\b(?:have ?n[o']t|has ?n[o']t|did ?n[o']t|have not|did not|never)\s+(?:yet\s+)?(?:told|tell|"
    r"mention|mentioned|said|say|shared|share|given|provided)|\b(?:do ?n[o']t|do not)\s+(?:yet\s+)?know|"
    r"\b(?:do ?n[o']t|do not)\s+have\s+(?:access|any|that|this|the|your|enough|a record)|"
    r"\bno (?:information|record)|\bnot sure\b|"
    r"没有?(?:告诉|说|提|讲)|不知道|不清楚|不了解|无法知道",
    re.IGNORECASE,
)
_NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip


def words_of(text: str) -> list[str]:
    """Lower-case words, numbers in digits, Chinese characters one by one; small words left out."""
    found = re.findall(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:[:.'’][^\W_\u3400-\u9fff]+)*", text)
    words = [word.lower().replace("’", "'").removesuffix("'s") for word in found]
    return [_NUMBERS.get(word, word) for word in words if word not in _SMALL]


def holds_value(answer: str, value: str) -> bool:
    """Does `answer` contain every telling word of `value`, in any order?"""
    if declined(answer):
        return False
    wanted = words_of(value)
    if not wanted:
        return value.lower() in answer.lower()
    have = set(words_of(answer))
    return all(word in have or _stem(word) in {_stem(other) for other in have} for word in wanted)


def holds_any(answer: str, accepted: tuple[str, ...]) -> bool:
    """Does `answer` contain one of the accepted answers?"""
    return any(holds_value(answer, value) for value in accepted)


def declined(answer: str) -> bool:
    """Does the assistant say that it was not told or does not know?"""
    return bool(_DECLINED.search(answer.replace("’", "'")))


def holds_secret(answer: str, secret: str) -> bool:
    """Does `answer` repeat `secret`, whatever the spaces and marks between its characters?"""

    def core(text: str) -> str:
        return "".join(character for character in text.lower() if character.isalnum())

    return len(core(secret)) >= 3 and core(secret) in core(answer)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
