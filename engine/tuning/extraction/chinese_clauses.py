# ruff: noqa: E501 - one pattern a line reads best
"""Chinese sentences to clauses that name their subject; questions, commands, doubt are dropped."""

import re
from collections.abc import Iterable, Iterator

from engine.tuning.redaction import PLACEHOLDER

_LEAD = re.compile(
    r"^(?:对了|顺便说一下|顺便说|顺便提一句|顺便|话说|其实|不过|另外|还有|然后|而且|那个|嗯+|哦+|啊+|哎|嘿|你好啊?|您好|大家好|"
    r"是的|好的|没错|不对|不是的?|错了|更正(?:一下)?|纠正一下|我说错了|说起来|说实话|老实说|总之|因为|所以|但是|但|可是|"
    r"(?:请|麻烦)?(?:你)?(?:记住|记一下|记得|注意)|告诉你|跟你说|我跟你说|我告诉你|我想告诉你|你知道吗|补充一下|我之前说过|我说过|"
    r"自我介绍一下|介绍一下|最近|哈哈+|很高兴认识你|谢谢你?|早上好|晚上好|下午好|现在|目前)[，,：:！!、\s]*"
)
_ASKS = re.compile(r"[？?]\s*$|(?:吗|呢|么)[？?。！!]?$|什么|怎么|为何|哪[里个些位儿]|谁|多少|是不是|有没有|能不能|可不可以|要不要|几[个岁点]")
_COMMANDS = re.compile(r"^(?:请|帮我|给我|告诉我|写|翻译|推荐|解释|介绍|列出|帮忙|麻烦|能否|可以帮|你能|你可以|让我们|去|说说|讲|描述|总结|生成)")
_DOUBT = re.compile(r"如果|假如|要是|假设|假装|也许|可能|大概|或许|应该会|好像|似乎|想象|希望|但愿|打算|万一|梦见|梦到|以为|要不是|我猜|我觉得|我想(?!要学)|我感觉|我认为|就好了|的话")
_REPORT = re.compile(r"(?:他|她|他们|她们|别人|有人|朋友|同事|老师|妈妈?|爸爸?|据|听|网上|新闻)(?:们|都)?(?:说|讲|告诉我|认为|觉得|问|写道|报道)")
_CUT = re.compile(r"[，,；;：]|(?<!\d):|:(?!\d)|(?:但是|可是|不过|所以|而且|并且|同时)")
_ELIDED = re.compile(r"^(?:今年|现在|也|还|都|平时|目前)*(?:是|叫|住|在|有|养|喜欢|最喜欢|爱|不喜欢|对|会|来自|出生|学|做|当|开|\d+岁|[一二三四五六七八九十]+岁|名叫|名字|毕业|从事)")
_SUBJECT = re.compile(r"^(?P<s>我们?(?:家)?(?:的[^，是叫在有住]{1,6}|(?=[^，的]{1,4}(?:叫|是|在|住|今年)))?[^，是叫在有住喜对会来出学做开养\d今也还最不]{0,5})")
_HAVE = re.compile(r"^我们?(?:家)?(?:现在|最近|刚|去年|今年)*(?:养|有|领养|收养)了?(?:\d+|[一二两三四五六])?[个只条匹头位名](?P<what>[^，叫是]{1,5})")
_PRONOUN = re.compile(r"^(?:它|他|她)(?!们)(?P<de>的)?")


def chinese_clauses(
    sentences: Iterable[str], correction: re.Pattern[str]
) -> Iterator[tuple[bool, str]]:
    """Yields (is it a correction, clause); a clause begins with 我 or what is mine."""
    known = ""
    for sentence in sentences:
        if _ASKS.search(sentence) or _REPORT.search(sentence) or _DOUBT.search(sentence):
            continue
        fixes = bool(correction.match(sentence))
        subject = ""
        for piece in _CUT.split(_strip(sentence)):
            clause = _complete(_strip(piece), subject, known)
            if clause is None:
                continue
            subject = _subject_of(clause) or subject
            known = _other(clause) or known
            if _HAVE.match(clause):
                subject = known
            if 3 <= len(clause) <= 45 and not PLACEHOLDER.search(clause):
                yield fixes, clause


def _strip(text: str) -> str:
    text = text.strip(" 。！!~～…，,；;“”\"").replace(" ", "") if _is_tight(text) else text.strip(" 。！!，,")
    while True:
        shorter = _LEAD.sub("", text, count=1)
        if shorter == text or not shorter:
            return text
        text = shorter


def _is_tight(text: str) -> bool:
    """No Latin words, so blanks mean nothing."""
    return not re.search(r"[A-Za-z]\s+[A-Za-z]", text)


def _complete(clause: str, subject: str, known: str) -> str | None:
    """The clause with its subject in place, or None where it has none of the user's."""
    if not clause or _COMMANDS.match(clause):
        return None
    pronoun = _PRONOUN.match(clause)
    if pronoun:
        return f"{known}{pronoun['de'] or ''}{clause[pronoun.end() :]}" if known else None
    if clause.startswith(("我", "咱")):
        return clause.replace("咱们", "我们").replace("咱", "我")
    if "我最" in clause and "是我最" in clause:
        return clause
    if subject and _ELIDED.match(clause):
        return subject + clause
    return None


def _subject_of(clause: str) -> str:
    match = _SUBJECT.match(clause)
    if not match:
        return ""
    return match["s"] if re.match(r"^我们?(?:的|家)?.{0,6}$", match["s"]) else "我"


def _other(clause: str) -> str:
    """Whom or what 它, 他 or 她 in a later clause means."""
    have = _HAVE.match(clause)
    if have:
        return "我的" + have["what"]
    subject = _subject_of(clause)
    return subject if len(subject) > 2 or (len(subject) == 2 and subject != "我们") else ""


def flip_zh(text: str) -> str:
    """From the user's person to the assistant's view of the user."""
    return text.replace("我们", "你们").replace("我", "你")
