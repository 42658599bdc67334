"""What the model is shown before a message: the task and examples, the same for every message.

Being the same, the decoder computes it once and keeps it for the messages that follow.
"""

from engine.chat.turns import ChatTurn
from storage.records import Role

NOTHING = {False: "none", True: "无"}
"""The answer that there is no fact, by whether the message is Chinese."""

_TASK = {
    False: (
        "You take notes of what users tell about themselves. For each fact write one line, "
        "my <what>: <value>, with the value copied from the message. "
        "If the user tells nothing lasting about themselves, write none."
    ),
    True: (
        "你负责记录用户讲到的自己的情况。每个事实写一行：我的<什么>：<内容>，内容必须照抄原文。"
        "如果用户没有讲到自己的长期情况，只写：无"
    ),
}
_SHOWN: dict[bool, tuple[tuple[str, str], ...]] = {
    False: (
        ("I'm Tilda, a baker from Uppsala.", "my name: Tilda\nmy job: baker\nmy hometown: Uppsala"),
        ("Which train should I take to be at the office by nine?", "none"),
        (
            "Our beagle Momo ate the soap my brother Edwin had left there!",
            "my beagle's name: Momo\nmy brother's name: Edwin",
        ),
        ("I'm tired today and my back hurts.", "none"),
        ("These days home is a houseboat in Delft, so no oven for us.", "my home: Delft"),
        ("Write me a short poem about the sea.", "none"),
        (
            "Nuts are off the table for me, they send me to hospital.",
            "my allergy: Nuts",
        ),
        ("My violin goes back to the luthier, a Storioni copy by the way.",
         "my violin: Storioni copy"),
    ),
    True: (
        ("我叫林一，在青岛当面包师。", "我的名字：林一\n我的职业：面包师\n我的住处：青岛"),
        ("明天九点前到公司该坐哪趟车？", "无"),
        ("我家的小狗毛毛把弟弟大伟的肥皂吃了！", "我的小狗的名字：毛毛\n我的弟弟的名字：大伟"),
        ("我今天好累，背也疼。", "无"),
        ("给我写一首关于大海的小诗。", "无"),
        ("坚果我一口都不能碰，吃了就得进医院。", "我的过敏：坚果"),
    ),
}  # fmt: skip


def turns(message: str, *, chinese: bool) -> list[ChatTurn]:
    """The whole prompt for `message`."""
    shown = [ChatTurn(Role.SYSTEM, _TASK[chinese])]
    for said, noted in _SHOWN[chinese]:
        shown += [ChatTurn(Role.USER, said), ChatTurn(Role.ASSISTANT, noted)]
    return [*shown, ChatTurn(Role.USER, message)]
