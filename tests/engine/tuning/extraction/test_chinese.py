import pytest

from engine.tuning.extraction.extract import extract
from storage.records import ExampleKind

FACTS = [
    ("我的猫叫汤圆", {"我的猫叫什么名字？": "汤圆"}),
    ("我住在青岛", {"我住在哪里？": "青岛"}),
    ("我是厨师", {"我的职业是什么？": "厨师"}),
    ("我对海鲜过敏", {"我对什么过敏？": "海鲜"}),
    ("你好，我叫周敏，今年35岁，住在南京，是一名律师。",
     {"我叫什么名字？": "周敏", "我今年多大了？": "35岁", "我住在哪里？": "南京",
      "我的职业是什么？": "律师"}),
    ("我妈妈是会计，我弟弟在医院工作。",
     {"我妈妈是做什么工作的？": "会计", "我弟弟在哪里工作？": "医院"}),
    ("我最喜欢的水果是荔枝。", {"我最喜欢的水果是什么？": "荔枝"}),
    ("我的火车周三下午3:20出发", {"我的火车什么时候出发？": "周三下午3:20"}),
    ("我的牙医是何医生。", {"我牙医是谁？": "何医生"}),
    ("我搬到了厦门。", {"我住在哪里？": "厦门"}),
    ("我是湖南人。", {"我是哪里人？": "湖南"}),
    ("我会说法语和德语。", {"我会说什么语言？": "法语和德语"}),
    ("我养了一只兔子，叫雪球。", {"我养了什么宠物？": "一只兔子", "我的兔子叫什么名字？": "雪球"}),
]  # fmt: skip


def found(text: str) -> dict[str, str]:
    return {made.question: made.value for made in extract(text) if not made.retracts}


@pytest.mark.parametrize(("text", "expected"), FACTS)
def test_facts(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    ["我住在哪里？", "如果我住在北京就好了。", "请告诉我我的名字。", "他说我是天才。", "你是谁？",
     "也许我的猫叫汤圆。", "翻译：我住在青岛。", "我今天很累。", "我想我是个好人。", "写一首诗"],
)  # fmt: skip
def test_nothing_is_learned_from(text):
    assert found(text) == {}


@pytest.mark.parametrize("text", [text for text, _ in FACTS])
def test_answers_hold_the_value_and_speak_to_the_user(text):
    for made in extract(text):
        assert made.language == "zh"
        assert made.value in made.answer
        assert "我" not in made.answer


def test_a_correction_and_a_taking_back():
    (fixed,) = extract("其实我的猫叫元宵。")
    assert fixed.kind is ExampleKind.CORRECTION
    (back,) = extract("我不再住在青岛了。")
    assert back.retracts
