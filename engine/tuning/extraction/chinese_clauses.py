# ruff: noqa: E501 - one pattern a line reads best
"""Chinese sentences to clauses that name their subject; questions, commands, doubt are dropped."""

import re
from collections.abc import Iterable, Iterator

from engine.tuning.extraction.chinese_build import flip_zh, owner_of
from engine.tuning.extraction.chinese_theirs import OWNER
from engine.tuning.extraction.chinese_words import KIN, MEASURE, NUMBER, PETS, TIME
from engine.tuning.redaction import PLACEHOLDER

__all__ = ["chinese_clauses", "flip_zh"]

_LEAD = re.compile(
    r"^(?:对了|顺便说一下|顺便说|顺便提一句|顺便|话说|其实|不过|另外|还有|然后|而且|那个|嗯+|哦+|啊+|哎|嘿|你好啊?|您好|大家好|"
    r"是的|好的|没错|不对|不是的?|错了|更正(?:一下)?|纠正一下|我说错了|说起来|说实话|老实说|总之|因为|所以|但是|但|可是|"
    r"(?:请|麻烦)?(?:你)?(?:帮我)?(?:记住|记一下|记得|注意)|告诉你|跟你说|我跟你说|我告诉你|我想告诉你|你知道吗|补充一下|我之前说过|我说过|"
    r"自我介绍一下|介绍一下|最近|哈哈+|很高兴认识你|谢谢你?|早上好|晚上好|下午好|现在|目前|备忘)[，,：:！!、\s]*"
)
_ASKS = re.compile(r"[？?]\s*$|(?:吗|呢|么)[？?。！!]?$|什么|怎么|为何|哪[里个些位儿]|谁|多少|是不是|有没有|能不能|可不可以|要不要|几[个岁点]|如何|是否|[^面碗]吧[。！!]?$")
_COMMANDS = re.compile(r"^(?:请|帮我|给我|告诉我|写|翻译|推荐|解释|介绍|列出|帮忙|麻烦|能否|可以帮|你能|你可以(?!叫)|让我们|说说|讲|描述|总结|生成)")
_DOUBT = re.compile(r"如果|假如|要是|假设|假装|也许|可能|大概|或许|应该|好像|似乎|想象|希望|但愿|打算|万一|梦见|梦到|以为|要不是|我猜|我觉得|我想(?!要学)|我感觉|感觉到|我认为|就好了|的话|计划|考虑|准备|我知道|我记得|不知道|不确定|明白|尝试|试试")
_REPORT = re.compile(r"(?:他|她|他们|她们|别人|有人|朋友|同事|老师|妈妈?|爸爸?|据|听|网上|新闻)(?:们|都)?(?:说|讲|告诉我|认为|觉得|问|写道|报道)")
_CUT = re.compile(r"[，,；;：]|(?<!\d):|:(?!\d)|(?:但是|可是|不过|所以|而且|并且|同时)|但(?=现在|我)")
_ELIDED = re.compile(
    rf"^(?:今年|现在|也|还|都|平时|目前|从来|从|很|只)*(?:是|叫|住|属|家在|在(?!看|找|想|等)|有|养|喜欢|最喜欢|爱|不喜欢|讨厌|对|会说|来自|出生|学的|当|开着|{NUMBER}岁|名叫|名字|毕业|从事|体重|身高|姓|不吃|不喝|不能吃|只喝|比我|{TIME})"
)
_POINTING = re.compile(r"[这那您你它她]|(?<![吉其])他|自己|一下|看看|随便|一直在|今天|昨天|明天|刚才|昨晚|今晚|前天|刚刚|上次|下次")
_OWNED = re.compile(OWNER)
_HAVE = re.compile(
    rf"^我们?(?:家)?(?:里)?(?:现在|最近|刚|去年|今年|还)*(?:养|有|领养|收养|买|捡)了?{NUMBER}?{MEASURE}(?P<what>[^，叫是]{{0,4}}?(?:{PETS}|{KIN}|车|船|店|房子))"
)
_LISTED = re.compile(r"喜欢[^，。]{1,8}(?:，(?!我|但|也|不|很|就|都)[\u4e00-\u9fff]{2,4}(?=，|$)){2,}")
_EACH = re.compile(r"一[只个条位]叫([^，。]{1,6})，(?:另)?一[只个条位]叫([^，。]{1,6})")
_TRAIT = re.compile(r"(?:身高|体重|血型|星座|生日|学号|工号|生肖|属相|专业|职业|爱好)$")
_PRONOUN = re.compile(r"^(?:它|他|她)(?!们)(?P<de>的)?")


def chinese_clauses(
    sentences: Iterable[str], correction: re.Pattern[str]
) -> Iterator[tuple[bool, str]]:
    """Yields (is it a correction, clause); a clause begins with 我 or what is mine."""
    known = ""
    for sentence in sentences:
        fixes = bool(correction.match(sentence))
        subject = ""
        for piece in _stated(sentence):
            clause = _complete(_strip(piece), subject, known)
            if clause is None:
                continue
            pointing = _POINTING.search(clause)
            subject = "" if pointing else _subject_of(clause)
            known = _other(clause) or known
            if 3 <= len(clause) <= 40 and not pointing and not PLACEHOLDER.search(clause):
                yield fixes, clause


def _stated(sentence: str) -> Iterator[str]:
    """Pieces between commas that state something; "我是素食者，能推荐一道菜吗？" keeps the first."""
    if _REPORT.search(sentence) or _DOUBT.search(sentence):
        return
    sentence = _EACH.sub(r"名字叫\1和\2", sentence)
    listed = _LISTED.sub(lambda m: m.group().replace("，", "、"), _strip(sentence))
    for piece in _CUT.split(listed):
        if piece and not _ASKS.search(piece):
            yield piece


def _strip(text: str) -> str:
    text = text.strip(" 。！!~～…，,；;“”\"")
    if not re.search(r"[A-Za-z]\s+[A-Za-z]", text):
        text = text.replace(" ", "")
    while True:
        shorter = _LEAD.sub("", text, count=1)
        if shorter == text or not shorter:
            return text.replace("“", "").replace("”", "")
        text = shorter


def _complete(clause: str, subject: str, known: str) -> str | None:
    """The clause with its subject in place, or None where it has none of the user's."""
    if not clause or _COMMANDS.match(clause):
        return None
    pronoun = _PRONOUN.match(clause)
    if pronoun:
        return f"{known}{pronoun['de'] or ''}{clause[pronoun.end() :]}" if known else None
    if clause.startswith(("我", "咱")):
        return clause.replace("咱们", "我们").replace("咱", "我")
    if re.search(r"是我最|是我们?的?[^，]{1,6}$|^(?:大家|朋友们?|同事们?|别人|家人|你可以).{0,4}[叫喊管]我", clause):
        return clause
    if re.match(r"家里", clause):
        return "我" + clause
    if subject and _ELIDED.match(clause):
        return subject + clause
    return None


def _subject_of(clause: str) -> str:
    match = _OWNED.match(clause)
    have = _HAVE.match(clause)
    if have:
        return owner_of("我的" + have["what"])
    if match and clause[match.end() :] and not re.match(r"我们?(?:家)?(?:住|在)", clause) and not _TRAIT.search(match["own"]):
        return owner_of(match["own"])
    return "我"


def _other(clause: str) -> str:
    """Whom or what 它, 他 or 她 in a later clause means."""
    subject = _subject_of(clause)
    return subject if subject != "我" else ""
