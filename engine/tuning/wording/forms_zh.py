"""Chinese frames around a question: ``{q}`` is the question without its mark, ``{n}`` the noun."""

TRAINED = (
    "{q}？",
    "{q}？",
    "{q}？",
    "你知道{q}吗？",
    "请告诉我{q}。",
    "你还记得{q}吗？",
    "我忘了{q}，你能告诉我吗？",
    "问一下，{q}？",
    "你好，{q}？",
    "能提醒我一下{q}吗？",
    "关于{n}，我跟你说过什么？",
    "告诉我{n}。",
)
HELD_OUT = (
    "帮我想想，{q}？",
    "我想知道{q}。",
    "我一时想不起来，{q}？",
    "我跟你讲过{q}吗？",
)
