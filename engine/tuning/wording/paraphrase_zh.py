"""Other Chinese questions for the same thing."""

import re

_PLAIN: dict[str, tuple[str, ...]] = {
    "我叫什么名字？": ("我的名字是什么？", "我是谁？", "我叫什么？"),
    "我住在哪里？": ("我住在哪个城市？", "我住哪儿？", "我家在哪里？", "我现在在哪儿住？"),
    "我的职业是什么？": ("我是做什么工作的？", "我做什么工作？", "我是干什么的？"),
    "我在哪里工作？": ("我在哪儿上班？", "我的单位是哪里？", "我上班的地方在哪里？"),
    "我今年多大了？": ("我几岁了？", "我的年龄是多少？", "我多大？"),
    "我的生日是哪一天？": ("我什么时候过生日？", "我的生日是什么时候？", "我的生日是几月几号？"),
    "我对什么过敏？": ("我有什么过敏？", "什么东西会让我过敏？", "我不能碰什么，因为会过敏？"),
    "我是哪里人？": ("我的家乡在哪里？", "我来自哪里？", "我老家是哪里的？"),
    "我开什么车？": ("我的车是什么车？", "我开的是什么车？"),
    "我喜欢什么？": ("我有什么爱好？", "我的爱好是什么？"),
}
_SHAPES = (
    (r"(?P<o>.+)叫什么名字？", ("{o}的名字是什么？", "{o}叫什么？", "{o}是叫什么来着？")),
    (r"(?P<o>.+)是做什么工作的？", ("{o}的职业是什么？", "{o}做什么工作？")),
    (r"(?P<o>.+)什么时候(?P<v>.+)？", ("{o}几点{v}？", "{o}是什么时候{v}？")),
    (r"(?P<o>.+)在哪里(?P<v>.*)？", ("{o}在哪儿{v}？", "{o}在什么地方{v}？")),
    (r"我最喜欢的(?P<o>.+)是什么？", ("我最爱的{o}是什么？", "我最喜欢哪个{o}？")),
    (r"(?P<o>.+)是什么？", ("{o}是啥？", "{o}是哪个？")),
    (r"(?P<o>.+)多大了？", ("{o}几岁了？", "{o}的年龄是多少？")),
)


def paraphrases_zh(question: str) -> list[str]:
    """The given question first, then others that ask for the same."""
    found = [question, *_PLAIN.get(question, ())]
    for pattern, frames in _SHAPES:
        match = re.fullmatch(pattern, question)
        if match:
            found += [frame.format(**match.groupdict()) for frame in frames]
            break
    return list(dict.fromkeys(found))
