# ruff: noqa: E501 - one rule a line reads best
"""Candidate facts from Chinese sentences: subject carried over, then rules, then plain verbs."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from engine.tuning.extraction.candidate import Candidate
from engine.tuning.extraction.chinese_clauses import chinese_clauses, flip_zh
from storage.records import ExampleKind

Built = Candidate | None
_Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Built]]

_KIN = (
    "妈妈|爸爸|母亲|父亲|妈|爸|老婆|老公|妻子|丈夫|爱人|太太|先生|儿子|女儿|孩子|姐姐|妹妹|哥哥|弟弟|姐|妹|哥|弟|爷爷|奶奶|"
    "外公|外婆|姥姥|姥爷|叔叔|阿姨|舅舅|舅妈|姑姑|姨妈|表哥|表弟|表姐|表妹|堂哥|堂弟|堂姐|堂妹|侄子|侄女|外甥|外甥女|孙子|孙女|"
    "男朋友|女朋友|未婚妻|未婚夫|岳父|岳母|公公|婆婆|嫂子|姐夫|妹夫|闺蜜|室友|同桌|同事|老板|上司|领导|经理|导师|老师|班主任|"
    "医生|牙医|律师|教练|邻居|房东|朋友|好朋友|最好的朋友|发小|家教|保姆|理发师|双胞胎"
)
_PETS = "狗|猫|小狗|小猫|狗狗|猫咪|兔子|仓鼠|鹦鹉|乌龟|金鱼|鱼|鸟|马|猪|宠物|蜥蜴|蛇|龙猫|荷兰猪|刺猬|柯基|柴犬|泰迪|金毛|拉布拉多|布偶猫|英短|橘猫"
_JOB = re.compile(
    r"(?:师|员|医生|护士|工人|作家|画家|歌手|演员|警察|军人|农民|司机|厨师|教授|经理|总监|记者|编辑|律师|会计|学生|研究生|大学生|"
    r"博士生|翻译|公务员|老板|店主|设计|程序员|科学家|音乐家|摄影师|教练|导游|空姐|飞行员|法官|检察官|主播|博主|自由职业者|实习生|"
    r"退休|志愿者|销售|顾问|助理|秘书|保安|木匠|裁缝|牙医|兽医|药剂师|建筑师)$"
)
_TITLED = re.compile(r"(?!女|男|小学|中学|大学|语文|数学|英语|外科|内科)[\u4e00-\u9fff]{1,2}(?:医生|老师|教授|律师|教练|经理|师傅|总|姐|哥)")
_DATE = r"(?:\d{2,4}年)?(?:农历)?(?:\d{1,2}|[一二三四五六七八九十正腊]+)月(?:\d{1,2}|[初一二三四五六七八九十廿]+)?[日号]?|\d{4}年"
_TIME = re.compile(
    rf"^(?:在|是)?(?:(?:下|这|每)?(?:周|星期|礼拜)[一二三四五六日天]|每[天月年周]|(?:{_DATE})|\d{{1,2}}[:：点]|(?:早|晚|上午|下午|中午|凌晨|傍晚))"
)
_NUMBER = r"(?:\d+|[一二三四五六七八九十两百]+)"
_MEASURE = r"(?:个|只|条|匹|头|位|名|辆|台|本|把|间|套|架|艘|家|棵|盆)"
_OWNER = r"(?P<own>我们?的?[^，。是叫在有]{1,8}?)"
_BAD = re.compile(
    r"^(?:什么|哪|谁|这|那|它|他|她|你|您|一样|这样|那样|真的|对的|错的|好的|不|没|很|非常|太|挺|比较|最|因为|为了|想|要|可以|能)|(?:什么|怎么|为什么|哪里|哪个|多少)"
)
_TAIL = re.compile(r"(?:了|哦|呢|啊|呀|啦|嘛|的呢|哈|哈哈+|而已|罢了)$")


def _clean(value: str) -> str:
    value = value.strip(" ，。！、；：“”\"'《》（）()~～")
    value = _TAIL.sub("", value).strip()
    return "" if not value or _BAD.search(value) or len(value) > 40 else value


def _make(question: str, template: str, value: str, *, noun: str = "", additive: bool = False,
          kind: ExampleKind = ExampleKind.FACT) -> Built:
    value = flip_zh(_clean(value))
    if not value:
        return None
    return Candidate(question=question, template=template, value=value, noun=noun,
                     additive=additive, kind=kind, language="zh")


def _rule(pattern: str, build: Callable[[re.Match[str]], Built]) -> _Rule:
    return re.compile(rf"^(?:{pattern})$"), build


def _of(question: str, template: str, *, noun: str = "", additive: bool = False,
        kind: ExampleKind = ExampleKind.FACT) -> Callable[[re.Match[str]], Built]:
    """A rule that only fills ``v`` into a fixed question and answer."""
    return lambda m: _make(question, template, m["v"], noun=noun, additive=additive, kind=kind)


def _owner(text: str) -> str:
    """"我狗" and "我的狗" speak of the same: with 的, but for kin, who go without."""
    bare = re.sub(r"^(我们?)的?", "", text)
    who = "我们" if text.startswith("我们") else "我"
    return f"{who}{bare}" if re.fullmatch(_KIN, bare) else f"{who}的{bare}"


def _named(match: re.Match[str]) -> Built:
    owner = _owner(match["own"])
    return _make(f"{owner}叫什么名字？", f"{flip_zh(owner)}叫{{}}。", match["v"], noun=f"{owner}的名字")


def _new_pet(match: re.Match[str]) -> Built:
    owner = _owner("我的" + match["pet"])
    return _make(f"{owner}叫什么名字？", f"{flip_zh(owner)}叫{{}}。", match["v"], noun=f"{owner}的名字")


def _count(match: re.Match[str]) -> Built:
    measure = match["m"]
    return _make(f"我有几{measure}{match['what']}？", f"你有{{}}{measure}{match['what']}。", match["v"])


def _job(match: re.Match[str]) -> Built:
    if not _JOB.search(match["v"]) or len(match["v"]) > 12:
        return None
    return _make("我的职业是什么？", "你是{}。", match["v"], noun="我的职业")


def _their(match: re.Match[str]) -> Built:
    """"我妈妈是老师": somebody's or something's trade, kind or name."""
    owner, value = _owner(match["own"]), match["v"]
    bare = re.sub(r"^我们?的?", "", owner)
    you = flip_zh(owner)
    if _TIME.match(value):
        return _make(f"{owner}是什么时候？", f"{you}是{{}}。", value, noun=f"{owner}的时间")
    if re.fullmatch(_KIN, bare):
        if _TITLED.fullmatch(value):
            return _make(f"{owner}是谁？", f"{you}是{{}}。", value, noun=f"{owner}的名字")
        if _JOB.search(value):
            return _make(f"{owner}是做什么工作的？", f"{you}是{{}}。", value, noun=f"{owner}的职业")
        return _make(f"{owner}是谁？", f"{you}是{{}}。", value) if len(value) <= 6 else None
    if re.fullmatch(_PETS, bare):
        return _make(f"{owner}是什么品种？", f"{you}是{{}}。", value, noun=f"{owner}的品种")
    return _make(f"{owner}是什么？", f"{you}是{{}}。", value, noun=owner)


def _their_age(match: re.Match[str]) -> Built:
    owner = _owner(match["own"])
    return _make(f"{owner}多大了？", f"{flip_zh(owner)}{{}}了。", match["v"], noun=f"{owner}的年龄")


def _their_place(match: re.Match[str]) -> Built:
    owner, verb = _owner(match["own"]), match["verb"] or ""
    live = match["live"] or ""
    if not live and not verb:
        return _make(f"{owner}在哪里？", f"{flip_zh(owner)}在{{}}。", match["v"])
    return _make(f"{owner}{live}在哪里{verb}？", f"{flip_zh(owner)}{live}在{{}}{verb}。", match["v"])


def _their_event(match: re.Match[str]) -> Built:
    owner, verb = _owner(match["own"]), match["verb"]
    return _make(f"{owner}什么时候{verb}？", f"{flip_zh(owner)}{{}}{verb}。", match["v"])


def _favourite(match: re.Match[str]) -> Built:
    return _make(f"我最喜欢的{match['what']}是什么？", f"你最喜欢的{match['what']}是{{}}。", match["v"],
                 noun=f"我最喜欢的{match['what']}", kind=ExampleKind.PREFERENCE)


def _favourite_swapped(match: re.Match[str]) -> Built:
    return _favourite(match)


def _taste(match: re.Match[str]) -> Built:
    word, verb = match["like"], match["verb"] or ""
    word = {"不爱": "不喜欢", "讨厌": "不喜欢", "不太喜欢": "不喜欢", "很喜欢": "喜欢", "非常喜欢": "喜欢",
            "特别喜欢": "喜欢", "最爱": "喜欢", "爱": "喜欢", "挺喜欢": "喜欢", "也喜欢": "喜欢"}.get(word, word)
    return _make(f"我{word}{verb}什么？", f"你{word}{verb}{{}}。", match["v"],
                 additive=True, kind=ExampleKind.PREFERENCE)


def _verb(match: re.Match[str]) -> Built:
    """A plain verb with an object: "我收集邮票"."""
    who, adverb, verb = match["who"], match["adv"] or "", match["verb"]
    done = match["le"] or ""
    return _make(f"{who}{adverb}{verb}{done}什么？", f"{flip_zh(who)}{adverb}{verb}{done}{{}}。", match["v"])


_PREFERENCE = ExampleKind.PREFERENCE
_ADV = r"(?:现在|目前|一直|已经|平时|通常|最近|其实|刚|刚刚|都|也|还|就)*"
_VERBS = (
    "收集|收藏|弹|拉|吹|踢|打|玩|学习|学|教|写|画|养|种|经营|研究|负责|参加|加入|订阅|练习|练|穿|戴|用|开|骑|修|做|卖|买|租|读|看|听|信|"
    "抽|喝|吃|说|讲|考|报名|主修|专攻|设计|翻译|坐|乘|服用|患有|得过|经历过|去过|到过|学过|养过|当过|做过"
)

_RULES: tuple[_Rule, ...] = (
    _rule(r"我(?:的(?:名字|全名|姓名)(?:是|叫|就是)|叫做?|名叫|名字叫)(?P<v>[^的，]{1,12})", _of("我叫什么名字？", "你叫{}。", noun="我的名字")),
    _rule(r"(?:大家|别人|朋友们?|同事们?|你可以|他们)都?(?:叫|喊|管)我叫?(?P<v>[^的，]{1,12})", _of("大家叫我什么？", "大家叫你{}。", noun="我的昵称")),
    _rule(rf"我{_ADV}(?:今年)?(?P<v>{_NUMBER}岁)(?:半)?", _of("我今年多大了？", "你今年{}。", noun="我的年龄")),
    _rule(rf"我{_ADV}(?:住在|居住在|定居在|住|家在|家住|常住)(?P<v>[^，]{{1,20}}?)(?:这边|那边)?", _of("我住在哪里？", "你住在{}。", noun="我住的地方")),
    _rule(r"我们?(?:已经|刚|刚刚|最近|上个月|去年|今年|前年)*搬(?:家)?(?:到|去|来)了?(?P<v>[^，]{1,20})", _of("我住在哪里？", "你住在{}。", noun="我住的地方")),
    _rule(r"我(?:是|来自|老家在|老家是|的老家在|的老家是|的家乡是|的家乡在)(?P<v>[^，]{2,10}?)(?:人)?", lambda m: _make("我是哪里人？", "你是{}人。", m["v"], noun="我的家乡") if (m[0].endswith("人") and not _JOB.search(m[0])) or "老家" in m[0] or "来自" in m[0] or "家乡" in m[0] else None),
    _rule(rf"我(?:出生于|生于|是|出生在)?(?:在)?(?P<v>{_DATE})(?:出生的?|生的?)?", _of("我是什么时候出生的？", "你是{}出生的。", noun="我的出生日期")),
    _rule(r"我(?:出生在|出生于|是在)(?P<v>[^，\d]{2,12}?)(?:出生的?)?", _of("我是在哪里出生的？", "你是在{}出生的。", noun="我的出生地")),
    _rule(r"我是在(?P<v>[^，]{2,12})长大的", _of("我是在哪里长大的？", "你是在{}长大的。")),
    _rule(r"我的?生日(?:是|在)(?P<v>[^，]{2,14})", _of("我的生日是哪一天？", "你的生日是{}。", noun="我的生日")),
    _rule(rf"我{_ADV}(?:是|当|做)(?:一名|一个|一位|个|名)?(?P<v>[^，的]{{2,12}})", _job),
    _rule(r"我的(?:工作|职业)是(?:一名|一个|做)?(?P<v>[^，]{2,14})", _of("我的职业是什么？", "你的职业是{}。", noun="我的职业")),
    _rule(rf"我{_ADV}在(?P<v>[^，]{{2,20}})(?:工作|上班|任职|就职|做事)", _of("我在哪里工作？", "你在{}工作。", noun="我工作的地方")),
    _rule(rf"我{_ADV}在(?P<v>[^，]{{2,20}})(?:上学|读书|念书|上大学|读大学|读研|读博)", _of("我在哪里上学？", "你在{}上学。", noun="我的学校")),
    _rule(r"我(?:的专业是|学的是|读的是|主修)(?P<v>[^，]{2,14}?)(?:专业)?", _of("我学的是什么专业？", "你学的是{}专业。", noun="我的专业")),
    _rule(r"我毕业于(?P<v>[^，]{2,20})|我是(?P<w>[^，]{2,20})毕业的", lambda m: _make("我是哪个学校毕业的？", "你是{}毕业的。", m["v"] or m["w"])),
    _rule(r"我(?:会|能)(?:说|讲)(?P<v>[^，]{1,20})", _of("我会说什么语言？", "你会说{}。", additive=True)),
    _rule(rf"我(?:{_ADV})对(?P<v>[^，]{{1,14}})(?:严重|有点|有些)?过敏", _of("我对什么过敏？", "你对{}过敏。", noun="我的过敏源", additive=True)),
    _rule(r"我(?:最喜欢|最爱)的(?P<what>[^，是]{1,10})(?:是|就是|叫)(?P<v>[^，]{1,20})", _favourite),
    _rule(r"(?P<v>[^，我]{1,20})是我最(?:喜欢|爱)的(?P<what>[^，]{1,10})", _favourite_swapped),
    _rule(r"我(?P<like>不太喜欢|不喜欢|很喜欢|非常喜欢|特别喜欢|挺喜欢|也喜欢|喜欢|不爱|最爱|爱|讨厌)(?P<verb>吃|喝|看|听|玩|去|做|打|读)?(?P<v>[^，]{1,20})", _taste),
    _rule(r"我(?:从来|从|都|完全)*不(?P<verb>吃|喝|抽)(?P<v>[^，]{1,14})", lambda m: _make(f"我不{m['verb']}什么？", f"你不{m['verb']}{{}}。", m["v"], additive=True, kind=_PREFERENCE)),
    _rule(r"我(?:不能|不可以)(?P<verb>吃|喝)(?P<v>[^，]{1,14})", lambda m: _make(f"我不能{m['verb']}什么？", f"你不能{m['verb']}{{}}。", m["v"], additive=True)),
    _rule(rf"(?:我|我们|我家)(?:{_ADV})(?:养|有|领养|收养|买)了?{_NUMBER}?{_MEASURE}?[^，]{{0,4}}?(?P<pet>{_PETS}|{_KIN})(?:，)?(?:它|他|她)?(?:的?名字)?(?:叫做?|名叫|是)(?P<v>[^，]{{1,12}})", _new_pet),
    _rule(rf"我(?:一共)?有(?P<v>{_NUMBER})(?P<m>{_MEASURE})(?P<what>[^，]{{1,8}})", _count),
    _rule(rf"我(?:{_ADV})(?:开|骑)(?:的是)?(?:一辆|的)?(?P<v>[^，]{{2,16}}?)", lambda m: _make("我开什么车？", "你开{}。", m["v"], noun="我的车") if "开" in m[0][:4] and not re.search("会|店|公司|始|心|玩笑", m["v"]) else None),
    _rule(rf"{_OWNER}(?:的?名字)?(?:叫做?|名叫|的名字是|名字是)(?P<v>[^，]{{1,14}})", _named),
    _rule(r"我们?(?:给|把)(?P<own>[^，]{1,8}?)(?:取名|起名|取名字|起名字|命名)(?:叫|为)?(?P<v>[^，]{1,12})", lambda m: _make(f"{_owner('我的' + re.sub('^我们?的?', '', m['own']))}叫什么名字？", f"{flip_zh(_owner('我的' + re.sub('^我们?的?', '', m['own'])))}叫{{}}。", m["v"])),
    _rule(rf"{_OWNER}(?:今年|现在|已经)*(?P<v>{_NUMBER}(?:个月|岁)半?)大?", _their_age),
    _rule(rf"{_OWNER}(?P<live>住)?在(?P<v>[^，]{{1,16}}?)(?P<verb>工作|上班|上学|读书|念书|当兵|生活)?", _their_place),
    _rule(rf"{_OWNER}(?:是|在)?(?P<v>(?:(?:下|每)?(?:周|星期)[一二三四五六日天]|{_DATE}|每天)?(?:早上|晚上|上午|下午|凌晨|中午)?(?:{_NUMBER}点(?:半|{_NUMBER}分?|一刻)?|\d{{1,2}}[:：]\d\d)|(?:下|每)?(?:周|星期)[一二三四五六日天]|{_DATE})(?P<verb>起飞|出发|开始|举行|到期|开门|关门|结束|到|出发|开会|面试|考试)", _their_event),
    _rule(rf"{_OWNER}是(?:一[只条个名位匹头])?(?P<v>[^，]{{1,24}})", _their),
    _rule(rf"(?P<who>我们?)(?P<adv>每天|每周|每年|经常|常常|从小|小时候|正在|在|平时|周末|每个周末)?(?P<verb>{_VERBS})(?P<le>了|过)?(?P<v>[^，]{{2,20}})", _verb),
)  # fmt: skip

_RETRACTION = re.compile(r"^(?P<who>我们?)(?:已经)?(?:不再|不|没有?)(?P<rest>.+?)了$")
_CORRECTION = re.compile(r"^(?:不对|不是的?|错了|更正|其实|我说错了|纠正一下|应该是)")


def chinese_candidates(sentences: Iterable[str]) -> Iterator[Candidate]:
    """Yields candidates from a message's own Chinese sentences, in order."""
    for fixes, clause in chinese_clauses(sentences, _CORRECTION):
        taken_back = _RETRACTION.match(clause)
        if taken_back:
            made = _first(f"{taken_back['who']}{taken_back['rest']}")
            if made:
                yield replace(made, retracts=True)
            continue
        made = _first(clause)
        if made:
            yield replace(made, kind=ExampleKind.CORRECTION) if fixes else made


def _first(clause: str) -> Built:
    for pattern, build in _RULES:
        match = pattern.match(clause)
        if match:
            made = build(match)
            if made is not None:
                return made
    return None
