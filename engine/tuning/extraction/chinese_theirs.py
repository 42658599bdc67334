# ruff: noqa: E501 - one rule a line reads best
"""Rules for people, pets and things that are the user's in Chinese."""

import re

from engine.tuning.extraction.chinese_build import Built, clean, flip_zh, make, owner_of
from engine.tuning.extraction.chinese_me import Rule, rule
from engine.tuning.extraction.chinese_words import (
    IS_TIME,
    JOB,
    KIN,
    MEASURE,
    NUMBER,
    PETS,
    THINGS,
    TIME,
    TITLED,
)

_MODIFIED = r"[^，是叫在有住我你他她它这那的知道记得看听说想觉得认为正一直也都还不没就]{0,6}?"
OWNER = (
    rf"(?P<own>我们?(?:家)?(?:的)?(?:{_MODIFIED}(?:的)?)?(?:{KIN}|{PETS}|{THINGS})(?:的(?:{KIN}|{PETS}|{THINGS}))?"
    r"|我们?家?的[^，是叫在有住我你他她它这那的知道记得看听说想觉得认为]{1,7})"
)
_EVALUATION = re.compile(r"^(?:很|非常|太|挺|比较|最|不|真|个好|一个好|好|对的|错的|这样|那样|为了|因为|想|希望|由|被)|(?:的人|的时候|问题|极了)$")
_VAGUE = re.compile(r"(?:问题|想法|意思|建议|计划|目标|心情|感觉|感受|梦想|理想|性格|观点|看法|经验|理解|朋友们|生活|一天|身体|压力|任务|作业|论文|代码|文章|回答)$")


def _you(owner: str) -> str:
    return flip_zh(owner)


def named(owner: str, value: str) -> Built:
    """Somebody's or something's name."""
    if re.search(r"名字|英文名|小名|网名|笔名|昵称", owner):
        return make(f"{owner}是什么？", f"{_you(owner)}是{{}}。", value, noun=owner)
    return make(f"{owner}叫什么名字？", f"{_you(owner)}叫{{}}。", value, noun=f"{owner}的名字")


def _named(match: re.Match[str]) -> Built:
    return named(owner_of(match["own"]), match["v"])


def _new(match: re.Match[str]) -> Built:
    return named(owner_of("我的" + match["pet"]), match["v"])


def _given(match: re.Match[str]) -> Built:
    return named(owner_of("我的" + re.sub(r"^我们?(?:家)?的?", "", match["own"])), match["v"])


def _is(match: re.Match[str]) -> Built:
    """"我妈妈是老师": trade, kind, name or time."""
    owner, value = owner_of(match["own"]), match["v"]
    bare = re.sub(r"^我们?的?", "", owner)
    you, tail = _you(owner), re.sub(r"^(?:一?[只条个名位匹头种])", "", value)
    if _EVALUATION.search(value) or _VAGUE.search(bare):
        return None
    if IS_TIME.match(value):
        return make(f"{owner}是什么时候？", f"{you}是{{}}。", value, noun=owner if re.search(r"生日|纪念日|时间$", owner) else f"{owner}的时间")
    if re.search(rf"(?:{KIN})$", bare):
        return _person(owner, you, tail)
    if re.search(rf"(?:{PETS})$", bare):
        return make(f"{owner}是什么品种？", f"{you}是{{}}。", value, noun=f"{owner}的品种")
    if re.search(r"名字$", bare):
        return named(owner.removesuffix("的名字"), value)
    return make(f"{owner}是什么？", f"{you}是{{}}。", value, noun=owner)


def _person(owner: str, you: str, value: str) -> Built:
    value = re.sub(r"^(?:做|学|搞)", "", value) if value.endswith("的") else value
    if TITLED.fullmatch(value):
        return make(f"{owner}是谁？", f"{you}是{{}}。", value, noun=f"{owner}的名字")
    if JOB.search(value):
        return make(f"{owner}是做什么工作的？", f"{you}是{{}}。", value, noun=f"{owner}的职业")
    if re.fullmatch(r"[^，的]{2,6}人", value):
        return make(f"{owner}是哪里人？", f"{you}是{{}}。", value)
    if value.endswith("的"):
        return None
    return make(f"{owner}是谁？", f"{you}是{{}}。", value) if len(value) <= 4 and not re.search(r"[一个家]", value) else None


def _age(match: re.Match[str]) -> Built:
    owner = owner_of(match["own"])
    return make(f"{owner}多大了？", f"{_you(owner)}{{}}了。", match["v"], noun=f"{owner}的年龄")


def _place(match: re.Match[str]) -> Built:
    owner, live, verb = owner_of(match["own"]), match["live"] or "", match["verb"] or ""
    value = match["v"]
    if IS_TIME.match(value):
        return make(f"{owner}是什么时候？", f"{_you(owner)}在{{}}。", value, noun=f"{owner}的时间")
    if not live and not verb and not re.search(r"[省市县区镇村路街楼层号国上里边旁附近室店]$|^[\u4e00-\u9fff]{2,4}$", value):
        return None
    if re.match(r"(?:睡觉|做|看|找|想|等|玩|学习|写|说|忙|考虑|准备|进行)", value):
        return None
    return make(f"{owner}{live}在哪里{verb}？", f"{_you(owner)}{live}在{{}}{verb}。", value)


def _event(match: re.Match[str]) -> Built:
    owner, verb = owner_of(match["own"]), match["verb"]
    return make(f"{owner}什么时候{verb}？", f"{_you(owner)}{{}}{verb}。", match["v"])


def _surname(match: re.Match[str]) -> Built:
    owner = owner_of(match["own"])
    return make(f"{owner}姓什么？", f"{_you(owner)}姓{{}}。", match["v"])


def _swapped(match: re.Match[str]) -> Built:
    """"小王是我们的产品经理"."""
    owner = owner_of(match["own"])
    value = re.sub(rf"^我们?的?(?:{KIN})", "", match["v"]) or match["v"]
    return make(f"{owner}是谁？", f"{_you(owner)}是{{}}。", value, noun=f"{owner}的名字")


def _role(match: re.Match[str]) -> Built:
    """"我同事小王是我们组的产品经理"."""
    what = match["what"]
    return make(f"{what}是谁？", f"{_you(what)}是{{}}。", match["v"])


def _in_passing(match: re.Match[str]) -> Built:
    return named(owner_of(match["own"]), match["v"])


def _elder(match: re.Match[str]) -> Built:
    owner = owner_of(match["own"])
    return make(f"{owner}比我大几岁？", f"{_you(owner)}比你大{{}}。", match["v"])


def _taste(match: re.Match[str]) -> Built:
    owner = owner_of(match["own"])
    word = "不喜欢" if match["like"] in ("不喜欢", "讨厌") else "喜欢"
    value = match["v"]
    return make(f"{owner}{word}什么？", f"{_you(owner)}{word}{{}}。", value, additive=True) if clean(value) else None


def _allergic(match: re.Match[str]) -> Built:
    owner = owner_of(match["own"])
    return make(f"{owner}对什么过敏？", f"{_you(owner)}对{{}}过敏。", match["v"], additive=True)


_NAME = r"(?!姓|做|什么)(?P<v>[^，的是了]{1,12})"
_WHO = rf"(?P<own>我们?(?:家)?的?(?:{KIN}))"
THEIRS: tuple[Rule, ...] = (
    rule(rf"(?:我|我们|我家|家里)[^，]{{0,4}}?(?:养|有|领养|收养|买)了?{NUMBER}?{MEASURE}?[^，]{{0,4}}?(?P<pet>{PETS}|{KIN})(?:的?名字)?(?:叫做?|名叫){_NAME}", _new),
    rule(rf"{OWNER}(?:的?名字)?(?:叫做?|名叫|的名字是|名字是|的名字叫|名字叫){_NAME}", _named),
    rule(rf"我们?给(?:我们?)?(?P<own>[^，]{{1,8}}?)(?:取名|起名|取名字|起名字|取的名字)(?:叫|为|是)?{_NAME}", _given),
    rule(rf"我们?把(?P<own>[^，]{{1,8}}?)(?:命名为|叫做?|取名叫?){_NAME}", _given),
    rule(rf"{OWNER}姓(?P<v>[\u4e00-\u9fff]{{1,2}})", _surname),
    rule(rf"{OWNER}(?:今年|现在|已经|都|快|才|刚满|刚)*(?P<v>{NUMBER}(?:个月|岁)半?)大?", _age),
    rule(rf"{OWNER}比我大(?P<v>{NUMBER}岁)", _elder),
    rule(rf"{OWNER}(?:也|就|一直|现在|目前|都)*(?P<live>住)?在(?P<v>[^，]{{1,16}}?)(?P<verb>工作|上班|上学|读书|念书|当兵|生活|读研|留学|上大学|读大学)?", _place),
    rule(rf"{OWNER}(?:是|定在|在)?(?P<v>{TIME})(?P<verb>起飞|出发|开始|举行|到期|开门|关门|结束|到|开会|面试|考试|结婚|出生|毕业|退休|回国)的?", _event),
    rule(rf"我们?(?:的)?(?:{KIN})(?P<v>[\u4e00-\u9fffA-Za-z]{{2,4}}?)是(?P<what>我们?[^，是]{{0,6}}?的[^，是]{{2,8}})", _role),
    rule(rf"(?P<v>[\u4e00-\u9fffA-Za-z]{{2,6}})是(?P<own>我们?的?(?:{KIN}))", _swapped),
    rule(rf"{OWNER}(?:现在|也|就|还|一直)*是(?P<v>[^，]{{1,24}})", _is),
    rule(rf"{_WHO}(?:也|很|非常|最|特别)*(?P<like>喜欢|不喜欢|讨厌)(?P<v>[^，]{{1,14}})", _taste),
    rule(rf"{OWNER}对(?P<v>[^，]{{1,10}})过敏", _allergic),
)  # fmt: skip
