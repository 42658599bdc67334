"""Builds Chinese candidates: clean values, owners with or without 的."""

import re

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.chinese_words import KIN
from storage.records import ExampleKind

Built = Candidate | None
_BAD = re.compile(
    r"^(?:什么|哪|谁|这|那|它|他|她|你|您|一样|真的|对的|错的|好的|不|没|很|非常|太|挺|比较|最|因为|为了|"
    r"想|要|可以|能|会(?!计)|如何|怎么|一些|某|一个人|一下|在看|去|到|得|着|的|们|里面|其中)|(?:什么|怎么|为什么|哪里|哪个|多少|如何|一下)"
)
_TAIL = re.compile(r"(?:了|哦|呢|啊|呀|啦|嘛|的呢|哈+|而已|罢了|吧)$")


def clean(value: str) -> str:
    """A value without marks and particles around it; empty when it says nothing."""
    value = value.strip(" ，。！、；：“”\"'（）()~～「」『』")
    value = _TAIL.sub("", value).strip()
    if value.count("《") != value.count("》") or re.search(r"[\[\]，。！？]", value):
        return ""
    return "" if not value or _BAD.search(value) or len(value) > 30 else value


def flip_zh(text: str) -> str:
    """From the user's person to the assistant's view of the user."""
    return text.replace("我们", "你们").replace("我", "你")


def make(question: str, template: str, value: str, *, noun: str = "", additive: bool = False,
         kind: ExampleKind = ExampleKind.FACT) -> Built:
    """A Chinese fact; None where the value says nothing."""
    value = flip_zh(clean(value))
    if not value:
        return None
    return Candidate(question=question, template=template, value=value, noun=noun,
                     additive=additive, kind=kind, language="zh")  # fmt: skip


def owner_of(text: str) -> str:
    """"我狗" and "我的狗" speak of the same: with 的, but for kin and 公司, who go without."""
    who = "我们" if text.startswith("我们") else "我"
    bare = re.sub(r"^我们?(?:家)?(?:里)?的?", "", text)
    plain = re.match(rf"(?:{KIN})(?:的|$)|(?:家|公司|单位|团队|部门|学校|老家)$", bare)
    if not bare:
        return text
    return f"{who}{bare}" if plain else f"{who}的{bare}"
