# ruff: noqa: E501 - one rule a line reads best
"""Rules for what the user says of themselves in Chinese: clauses that begin with 我."""

import re
from collections.abc import Callable

from engine.tuning.extraction.chinese_build import Built, make
from engine.tuning.extraction.chinese_words import (
    ADVERB,
    CLOCK,
    DATE,
    HABIT,
    JOB,
    MEASURE,
    NUMBER,
    PETS,
    TIME,
)
from storage.records import ExampleKind

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Built]]
_PREFERENCE = ExampleKind.PREFERENCE
_LIKES = {"不爱": "不喜欢", "讨厌": "不喜欢", "不太喜欢": "不喜欢", "不喜欢": "不喜欢", "受不了": "不喜欢", "恨": "不喜欢"}
_ILLNESS = r"(?:[\u4e00-\u9fff]{0,6}(?:病|炎|症|癌|哮喘|高血压|低血压|近视|抑郁|过敏性鼻炎|偏头痛|失眠|贫血|糖尿病))"
_DOING = (
    "去|做|打|练|跑|游|学|上|参加|骑|爬|看|听|教|起床|睡觉|锻炼|健身|跳|写|画|弹|吃|喝|给|陪|和|跟|开|值|加班|散步|跑步|游泳|冥想|遛"
)
_KEPT = "收集|收藏|弹|拉|吹|踢|打|教|养|种|经营|研究|负责|订阅|练习|练|主修|专攻|服用|患有|信|戴|抽|玩"


def rule(pattern: str, build: Callable[[re.Match[str]], Built]) -> Rule:
    """A rule over a whole clause."""
    return re.compile(rf"^(?:{pattern})$"), build


def of(question: str, template: str, *, noun: str = "", additive: bool = False,
       kind: ExampleKind = ExampleKind.FACT) -> Callable[[re.Match[str]], Built]:
    """A rule that only fills ``v`` into a fixed question and answer."""
    return lambda m: make(question, template, m["v"], noun=noun, additive=additive, kind=kind)


def _job(match: re.Match[str]) -> Built:
    if not JOB.search(match["v"]) or re.search(r"^(?:在|以前|曾|不|想|要)|是", match["v"]):
        return None
    return make("我的职业是什么？", "你是{}。", match["v"], noun="我的职业")


def _hometown(match: re.Match[str]) -> Built:
    value = match["v"]
    if JOB.search(value + "人") or re.search(r"[一个的]", value):
        return None
    return make("我是哪里人？", "你是{}人。", value, noun="我的家乡")


def _count(match: re.Match[str]) -> Built:
    measure, what = match["m"], match["what"]
    if re.search(r"问题|想法|建议|疑问|事|请求|朋友说|要|想|问|办法|机会", what):
        return None
    return make(f"我有几{measure}{what}？", f"你有{{}}{measure}{what}。", match["v"])


def _taste(match: re.Match[str]) -> Built:
    word, verb = match["like"], match["verb"] or ""
    word = _LIKES.get(word, "喜欢")
    return make(f"我{word}{verb}什么？", f"你{word}{verb}{{}}。", match["v"], additive=True, kind=_PREFERENCE)


def _never(match: re.Match[str]) -> Built:
    can = match["can"] or ""
    verb = match["verb"]
    return make(f"我不{can}{verb}什么？", f"你不{can}{verb}{{}}。", match["v"], additive=True, kind=_PREFERENCE)


def _verb(match: re.Match[str]) -> Built:
    verb = match["verb"]
    if re.match(r"[了过的到着得一]", match["v"]) and not re.match(rf"了?{NUMBER}{MEASURE}", match["v"]):
        return None
    return make(f"我{verb}什么？", f"你{verb}{{}}。", match["v"])


def _when(match: re.Match[str]) -> Built:
    """"我每周三去游泳": asks when."""
    doing = match["doing"]
    if len(doing) > 14 or re.search(r"[这那他她它你]|了$|^(?:是|有)", doing):
        return None
    return make(f"我什么时候{doing}？", f"你{{}}{doing}。", match["v"])


def _vehicle(match: re.Match[str]) -> Built:
    if re.search(r"会|店|公司|始|心|玩笑|学|车去|车上|发", match["v"][:3]):
        return None
    return make("我开什么车？", "你开{}。", match["v"], noun="我的车")


ME: tuple[Rule, ...] = (
    rule(rf"我{ADVERB}(?:的(?:名字|全名|姓名|大名)(?:是|叫|就是)|叫做?|名叫|名字叫)(?P<v>[^的，《]{{1,12}})", of("我叫什么名字？", "你叫{}。", noun="我的名字")),
    rule(r"我姓(?P<v>[\u4e00-\u9fff]{1,2})", of("我姓什么？", "你姓{}。", noun="我的姓")),
    rule(r"(?:大家|别人|朋友们?|同事们?|你可以|他们|家人|家里人|同学们?)?都?(?:可以)?(?:叫|喊|管)我(?:叫|做)?(?P<v>[^的，]{1,8})", of("大家叫我什么？", "大家叫你{}。", noun="我的昵称")),
    rule(rf"我{ADVERB}(?P<v>{NUMBER}岁)半?", of("我今年多大了？", "你今年{}。", noun="我的年龄")),
    rule(rf"我们?{ADVERB}(?:家)?{ADVERB}(?:住在|居住在|定居在|定居|住|家在|家住在|家住|常住)(?P<v>[^，]{{1,20}}?)(?:这边|那边|生活)?", of("我住在哪里？", "你住在{}。", noun="我住的地方")),
    rule(r"我们?(?:家)?(?:已经|刚刚|刚|最近|上个月|上周|去年|今年|前年)*搬(?:家)?(?:到|去|来)了?(?P<v>[^，]{1,20}?)(?:住|生活|工作)?了?", of("我住在哪里？", "你住在{}。", noun="我住的地方")),
    rule(rf"我{ADVERB}(?:来自|老家在|老家是|的老家在|的老家是|的家乡是|的家乡在)(?P<v>[^，]{{2,10}}?)(?:人|的)?", of("我是哪里人？", "你是{}人。", noun="我的家乡")),
    rule(r"我是(?:土生土长的|地道的)?(?P<v>[^，的]{2,6})人", _hometown),
    rule(rf"我(?:出生于|生于|是|出生在)?(?:在)?(?P<v>{DATE})(?:出生的?|生的?)", of("我是什么时候出生的？", "你是{}出生的。", noun="我的出生日期")),
    rule(r"我(?:出生在|出生于)(?P<v>[^，\d]{2,12})|我是?在(?P<w>[^，\d]{2,12})出生的?", lambda m: make("我是在哪里出生的？", "你是在{}出生的。", m["v"] or m["w"], noun="我的出生地")),
    rule(rf"我(?:{ADVERB})在(?P<v>[^，]{{2,12}})长大的?", of("我是在哪里长大的？", "你是在{}长大的。")),
    rule(r"我的?生日(?:是|在)(?P<v>[^，]{2,14})", of("我的生日是哪一天？", "你的生日是{}。", noun="我的生日")),
    rule(rf"我{ADVERB}(?:当|做)?(?:一名|一个|一位|个|名)?(?P<v>[^，的了过]{{2,12}})", _job),
    rule(r"我是(?P<v>(?:做|搞|从事|干)[^，]{2,12}?)的", of("我是做什么工作的？", "你是{}的。", noun="我的职业")),
    rule(r"我的(?:工作|职业)是(?:一名|一个|做)?(?P<v>[^，]{2,14})", of("我的职业是什么？", "你的职业是{}。", noun="我的职业")),
    rule(rf"我{ADVERB}在(?P<v>[^，]{{2,20}}?)(?:工作|上班|任职|就职|做事|实习)", of("我在哪里工作？", "你在{}工作。", noun="我工作的地方")),
    rule(rf"我{ADVERB}在(?P<v>[^，]{{2,20}}?)(?:当|做)(?:一名|一个)?(?P<job>[^，的]{{2,10}})", lambda m: make("我的职业是什么？", f"你在{m['v']}当{{}}。", m["job"], noun="我的职业") if JOB.search(m["job"]) else None),
    rule(rf"我{ADVERB}在(?P<v>[^，]{{2,20}}?)(?:上学|读书|念书|上大学|读大学|读研|读博|留学)", of("我在哪里上学？", "你在{}上学。", noun="我的学校")),
    rule(rf"我{ADVERB}在(?P<p>[^，]{{2,14}}?(?:大学|学院|学校))(?:读|学|念)(?P<v>[^，]{{2,12}})", lambda m: make("我学的是什么专业？", f"你在{m['p']}读{{}}。", m["v"], noun="我的专业")),
    rule(r"我(?:的专业是|是学|学的是|读的是|主修)(?P<v>[^，]{2,14}?)(?:专业)?的?", of("我学的是什么专业？", "你学的是{}专业。", noun="我的专业")),
    rule(r"我毕业于(?P<v>[^，]{2,20})|我是?(?:从)?(?P<w>[^，]{2,20})毕业的?", lambda m: make("我是哪个学校毕业的？", "你是{}毕业的。", m["v"] or m["w"])),
    rule(r"我(?:会|能)(?:说|讲)(?P<v>[^，]{1,20})|我(?:会|能)?(?:说|讲)(?P<w>[^，]{1,6}(?:语|文|话)[^，]{0,12})", lambda m: make("我会说什么语言？", "你会说{}。", m["v"] or m["w"], additive=True)),
    rule(rf"我(?:{ADVERB})对(?P<v>[^，]{{1,14}}?)(?:严重|有点|有些|会)?过敏", of("我对什么过敏？", "你对{}过敏。", noun="我的过敏源", additive=True)),
    rule(rf"我{ADVERB}(?:有|患有|得了|患了|查出)(?P<v>{_ILLNESS})", of("我有什么病？", "你有{}。", noun="我的健康状况", additive=True)),
    rule(r"我的?身高(?:是|有)?(?P<v>[^，]{2,10})|我(?:有)?(?P<w>一米[^，高]{1,4})高?", lambda m: make("我的身高是多少？", "你的身高是{}。", m["v"] or m["w"], noun="我的身高")),
    rule(r"我的?体重(?:是|有)?(?P<v>[^，]{2,10})", of("我的体重是多少？", "你的体重是{}。", noun="我的体重")),
    rule(rf"我(?:的鞋)?穿?(?:的鞋)?(?:是)?(?P<v>(?:{NUMBER})码)的?鞋?", of("我穿多大码的鞋？", "你穿{}的鞋。", noun="我的鞋码")),
    rule(r"我是(?P<v>左撇子|右撇子)", of("我的惯用手是哪只手？", "你是{}。", noun="我的惯用手")),
    rule(r"我(?:是|吃)(?P<v>素食主义者|素食者|全素|纯素|素)(?:的)?", of("我的饮食习惯是什么？", "你是{}。", noun="我的饮食习惯")),
    rule(r"我(?P<v>单身|离婚|结婚|已婚|未婚|订婚)(?:了|的)?|我是(?P<w>单身|已婚|未婚|离异)的?", lambda m: make("我的婚姻状况是什么？", "你{}。", m["v"] or m["w"], noun="我的婚姻状况")),
    rule(rf"我们?(?:跟|和|与)?我?(?:老公|老婆|丈夫|妻子|先生|太太)?(?:已经)?结婚(?:已经|快)?(?P<v>{NUMBER}(?:多)?年)了?", of("我结婚多久了？", "你结婚{}了。")),
    rule(r"我(?:最喜欢|最爱|最喜爱)的(?P<what>[^，是就]{1,10})(?:是|就是|叫)(?P<v>[^，]{1,20})|(?P<w>[^，我]{1,20})是我最(?:喜欢|爱)的(?P<x>[^，]{1,10})", lambda m: make(f"我最喜欢的{m['what'] or m['x']}是什么？", f"你最喜欢的{m['what'] or m['x']}是{{}}。", m["v"] or m["w"], noun=f"我最喜欢的{m['what'] or m['x']}", kind=_PREFERENCE)),
    rule(r"我喜欢的(?P<what>[^，是]{1,8})是(?P<v>[^，]{1,20})", lambda m: make(f"我喜欢的{m['what']}是什么？", f"你喜欢的{m['what']}是{{}}。", m["v"], noun=f"我喜欢的{m['what']}", kind=_PREFERENCE)),
    rule(rf"我家(?:里)?有(?P<v>{NUMBER})口人", of("我家有几口人？", "你家有{}口人。")),
    rule(r"我属(?P<v>[鼠牛虎兔龙蛇马羊猴鸡狗猪])", of("我属什么？", "你属{}。", noun="我的属相")),
    rule(r"我最喜欢的(?:就是|是)(?P<v>[^，]{1,20})", of("我最喜欢什么？", "你最喜欢的是{}。", kind=_PREFERENCE)),
    rule(rf"我(?:{ADVERB})(?:最|很|非常|特别|挺|超|比较|也|真的|超级)*(?P<like>不太喜欢|不喜欢|喜欢|不爱|爱|讨厌|热爱|喜爱|受不了)(?P<verb>吃|喝|看|听|玩|去|打|读)?(?P<v>[^，]{{1,24}})", _taste),
    rule(r"我(?:从来|从|都|完全|平时|现在)*不(?P<can>能|可以)?(?P<verb>吃|喝|抽)(?P<v>[^，]{1,14})", _never),
    rule(r"我(?:平时|一般|通常)?(?:只|每天|常|经常)(?P<verb>喝|吃)(?P<v>[^，]{1,12})", lambda m: make(f"我平时{m['verb']}什么？", f"你平时{m['verb']}{{}}。", m["v"], kind=_PREFERENCE)),
    rule(rf"我{ADVERB}(?:在|正在)(?:自学|学习|学)(?P<v>[^，]{{1,12}})", of("我在学什么？", "你在学{}。")),
    rule(rf"我{ADVERB}(?:在|正在)写(?P<v>一[本部篇][^，]{{2,20}})", of("我在写什么？", "你在写{}。")),
    rule(rf"我(?:们)?(?:家)?{ADVERB}(?:养|领养|收养)了?(?P<v>{NUMBER}){MEASURE}(?P<what>[^，]{{0,3}}?(?:{PETS}))", lambda m: make("我养了什么宠物？", "你养了{}。", f"{m[0][m.start('v'):]}", noun="我的宠物", additive=True) if m["v"] in "一1" else make(f"我养了几只{m['what']}？", f"你养了{{}}只{m['what']}。", m["v"])),
    rule(rf"我们?(?:家)?(?:一共)?有(?P<v>{NUMBER})(?P<m>{MEASURE})(?P<what>[^，]{{1,6}})", _count),
    rule(rf"我(?:{ADVERB})(?:的车是|开(?:的是|的)?)(?P<v>[^，]{{2,16}})", _vehicle),
    rule(rf"我(?:约了|预约了|定了|订了)(?P<v>{TIME})(?:去)?(?P<doing>[^，]{{2,12}})", _when),
    rule(rf"我(?:一般|通常|平时)?(?P<t>(?:每个?)?周末)(?:都|会|常|经常|常常|一般|通常|总是)*(?P<v>(?:{_DOING})[^，]{{1,12}})", lambda m: make(f"我{m['t']}做什么？", f"你{m['t']}{{}}。", m["v"].removeprefix("去"))),
    rule(rf"我{ADVERB}(?P<v>(?:{HABIT}|{DATE})的?(?:{CLOCK})?){ADVERB}(?:都)?(?:要|会)?(?P<doing>(?:{_DOING})[^，]{{0,12}})", _when),
    rule(rf"我{ADVERB}(?:坐|乘|骑|开)(?P<v>[^，]{{2,6}})上(?P<x>班|学)", lambda m: make(f"我怎么上{m['x']}？", f"你{m[0][m.start('v') - 1]}{{}}上{m['x']}。", m["v"])),
    rule(rf"我{ADVERB}(?P<verb>{_KEPT})(?P<v>[^，]{{1,14}})", _verb),
)  # fmt: skip
