"""Relations: what their values must look like, and that the rules understand their sentences."""

import pytest

from engine.tuning.extraction.extract import extract
from engine.tuning.reading.relations import relations

VALUES = {
    "my name:": "Tilda", "my age:": "34", "my home:": "Delft", "my hometown:": "Uppsala",
    "my place of birth:": "Oslo", "my birthday:": "3 May", "my nationality:": "Norwegian",
    "my job:": "nurse", "my workplace:": "Siemens", "my studies:": "physics",
    "my language:": "Polish", "my allergy:": "nuts", "my diet:": "vegetarian",
    "my illness:": "diabetes", "my medicine:": "metformin", "my hobby:": "chess",
    "my instrument:": "cello", "my car:": "Skoda", "my like:": "jazz", "my dislike:": "coriander",
    "my dog:": "poodle", "my dog's name:": "Rex", "my dog's age:": "3", "my dog's job:": "guide",
    "my dog's home:": "Ghent", "my dog's birthday:": "3 May",
    "我的名字：": "林一", "我的年龄：": "34岁", "我的住处：": "青岛", "我的家乡：": "四川",
    "我的生日：": "5月3日", "我的职业：": "护士", "我的单位：": "阿里巴巴", "我的专业：": "物理",
    "我的过敏：": "花生", "我的病：": "糖尿病", "我的爱好：": "下棋", "我的喜欢：": "爵士乐",
    "我的不喜欢：": "香菜", "我的姐姐：": "医生", "我的姐姐的名字：": "王丽",
    "我的姐姐的年龄：": "34岁", "我的姐姐的职业：": "医生", "我的姐姐的住处：": "北京",
}  # fmt: skip
EVERY = relations(["dog"], chinese=False) + relations(["姐姐"], chinese=True)


@pytest.mark.parametrize("relation", EVERY, ids=lambda relation: relation.head)
def test_the_rules_read_every_relation(relation):
    value = VALUES[relation.head]
    assert relation.fits(value)
    read = [list(extract(sentence.replace("{}", value))) for sentence in relation.sentences]
    understood = [found[0] for found in read if len(found) == 1]
    assert understood
    assert value in understood[0].value


def test_a_message_without_owners_has_the_fixed_relations_alone():
    heads = [relation.head for relation in relations([], chinese=False)]
    assert len(heads) == len(set(heads))
    assert "my home:" in heads
    assert not any("'s" in head for head in heads)


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("my age:", "Leiden"), ("my birthday:", "the sea"), ("my name:", "weigh 71 kilos"),
        ("my dog:", "the dog outside"), ("my dog's name:", "dog"), ("我的年龄：", "大连"),
        ("我的生日：", "杭州"), ("我的姐姐：", "姐姐叫"),
    ],
)  # fmt: skip
def test_what_cannot_be_the_value_does_not_fit(head, value):
    (relation,) = [one for one in EVERY if one.head == head]
    assert not relation.fits(value)
