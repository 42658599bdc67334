"""What a fact may be about, and the plain sentences that say it.

The model names the relation and copies the value. The plain sentence made of both is then read by
the rules (`engine.tuning.extraction`): they make the question, the answer and the noun, clean the
value and refuse what says nothing. So a fact is asked in the same words whoever found it, and both
ways of finding merge, correct and take back one another.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ENGLISH: dict[str, tuple[str, ...]] = {
    "name": ("My name is {}.",),
    "age": ("I am {} years old.",),
    "home": ("I live in {}.",),
    "hometown": ("I am from {}.",),
    "place of birth": ("I was born in {}.",),
    "birthday": ("My birthday is {}.",),
    "nationality": ("I am {}.",),
    "job": ("I work as {}.", "I work as a {}.", "My job is {}."),
    "workplace": ("I work at {}.",),
    "studies": ("I study {}.",),
    "language": ("I speak {}.",),
    "allergy": ("I am allergic to {}.",),
    "diet": ("I am {}.", "My diet is {}."),
    "illness": ("I have {}.",),
    "medicine": ("I take {}.",),
    "hobby": ("My hobby is {}.",),
    "instrument": ("I play the {}.", "I play {}."),
    "car": ("I drive {}.", "I drive a {}."),
    "like": ("I like {}.",),
    "dislike": ("I dislike {}.",),
}
_ENGLISH_OWNED: dict[str, tuple[str, ...]] = {
    "": ("My {owner} is {}.", "My {owner} is a {}."),
    "'s name": ("My {owner}'s name is {}.",),
    "'s age": ("My {owner} is {} years old.",),
    "'s job": ("My {owner} works as {}.", "My {owner} works as a {}."),
    "'s home": ("My {owner} lives in {}.",),
    "'s birthday": ("My {owner}'s birthday is {}.",),
}
_CHINESE: dict[str, tuple[str, ...]] = {
    "名字": ("我叫{}。",),
    "年龄": ("我今年{}。", "我今年{}岁。"),
    "住处": ("我住在{}。",),
    "家乡": ("我来自{}。",),
    "生日": ("我的生日是{}。",),
    "职业": ("我的职业是{}。",),
    "单位": ("我在{}工作。",),
    "专业": ("我的专业是{}。",),
    "过敏": ("我对{}过敏。",),
    "病": ("我有{}。",),
    "爱好": ("我的爱好是{}。",),
    "喜欢": ("我喜欢{}。",),
    "不喜欢": ("我不喜欢{}。",),
}
_CHINESE_OWNED: dict[str, tuple[str, ...]] = {
    "": ("我的{owner}是{}。",),
    "的名字": ("我的{owner}叫{}。",),
    "的年龄": ("我的{owner}今年{}。", "我的{owner}今年{}岁。"),
    "的职业": ("我的{owner}是{}。",),
    "的住处": ("我的{owner}住在{}。",),
}


_NUMBER = (
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|a hundred)\b"
)
_DATE = (
    r"\d|\b(?:jan|feb|march|april|may|june|july|aug|sept|oct|nov|dec|first|second|third|\w+th)|"
    r"christmas|easter|new year"
)
_SHAPES = (
    (re.compile(r"\bname:$"), re.compile(r"^[^a-z]")),
    (re.compile(r"\bage:$"), re.compile(_NUMBER, re.IGNORECASE)),
    (re.compile(r"\bbirthday:$"), re.compile(_DATE, re.IGNORECASE)),
    (re.compile(r"年龄：$"), re.compile(r"[\d一二三四五六七八九十]")),
    (re.compile(r"生日：$"), re.compile(r"[\d一二三四五六七八九十腊正]+[月日号]|节")),
)
"""How a value must look, by what it is the value of; whatever else is said, that is no name."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing that may be told.

    ``head`` is the beginning of the model's line, up to its colon; ``gap`` what stands between the
    colon and the value; ``sentences`` are the plain sentences, ``{}`` in the value's place, of
    which the first that the rules understand counts; ``owner`` whose it is, where not the user's.
    """

    head: str
    gap: str
    sentences: tuple[str, ...]
    owner: str = ""

    def fits(self, value: str) -> bool:
        """Can `value` be its value at all? An age has a number, and nothing is its own value."""
        if (self.owner and self.owner.lower() in value.lower()) or value in self.head:
            return False
        return all(look.search(value) for what, look in _SHAPES if what.search(self.head))


def relations(owners: Iterable[str], *, chinese: bool) -> list[Relation]:
    """The fixed relations, and those of every one of `owners`, words of the user's message."""
    known, owned = (_CHINESE, _CHINESE_OWNED) if chinese else (_ENGLISH, _ENGLISH_OWNED)
    mine, colon, gap = ("我的", "：", "") if chinese else ("my ", ":", " ")
    found = [Relation(f"{mine}{what}{colon}", gap, told) for what, told in known.items()]
    for owner in sorted(set(owners) - known.keys()):
        for suffix, sentences in owned.items():
            told = tuple(sentence.replace("{owner}", owner) for sentence in sentences)
            found.append(Relation(f"{mine}{owner}{suffix}{colon}", gap, told, owner))
    return found
