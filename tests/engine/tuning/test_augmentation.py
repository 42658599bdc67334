import pytest

from engine.tuning.augmentation import Augmenter, akin, fact_of
from engine.tuning.exam import ask_never, draw_personal, split_never
from engine.tuning.grading import declined, holds_value
from engine.tuning.wording.item import Item
from engine.tuning.wording.never_told import never_told
from storage.records import ExampleKind, ExampleRecord, Role

INSTRUCTION = "Be kind."


def fact(number, noun, question, answer, value, language="en"):
    return fact_of(
        ExampleRecord(
            id=str(number), kind=ExampleKind.FACT, noun=noun, question=question, answer=answer,
            value=value, language=language,
        )
    )  # fmt: skip


FACTS = [
    fact(1, "my dog's name", "What is my dog's name?", "Your dog's name is Biscuit.", "Biscuit"),
    fact(2, "", "Where do I live?", "You live in Ghent.", "Ghent"),
    fact(3, "my locker code", "What is my locker code?", "Your locker code is 4471.", "4471"),
    fact(4, "我的猫的名字", "我的猫叫什么名字？", "你的猫叫汤圆。", "汤圆", "zh"),
]
TOLD = [one.item for one in FACTS]


@pytest.fixture
def augmenter():
    never, _ = split_never(never_told(TOLD, chinese=True), FACTS, 1)
    return Augmenter(FACTS, never, INSTRUCTION, 1, [("Why?", "Because.")])


def test_facts_come_in_turn_and_in_many_forms(augmenter):
    drawn = [augmenter.fact() for _ in range(40)]
    answers = [exchange.answer for exchange in drawn]
    assert all(answers.count(one.record.answer) == 10 for one in FACTS)
    assert len({exchange.turns[-1].text for exchange in drawn}) > 30
    assert all(exchange.turns[0].text == INSTRUCTION for exchange in drawn)
    assert all(exchange.turns[-1].role is Role.USER for exchange in drawn)
    assert any(len(exchange.turns) == 4 for exchange in drawn)


def test_no_exam_wording_is_ever_trained(augmenter):
    trained = {augmenter.fact().turns[-1].text for _ in range(600)}
    asked = {question for question, _, _ in draw_personal(FACTS, 3, 1)}
    assert len(asked) == 12
    assert not trained & asked


def test_never_told_things_are_declined(augmenter):
    drawn = [augmenter.never_told() for _ in range(80)]
    assert all(declined(exchange.answer) for exchange in drawn)
    for exchange in drawn:
        assert not any(holds_value(exchange.answer, one.record.value) for one in FACTS)


def test_what_was_told_here_is_answered_from_here(augmenter):
    drawn = [augmenter.told_here() for _ in range(60)]
    in_memory = [exchange for exchange in drawn if len(exchange.turns) == 2]
    in_chat = [exchange for exchange in drawn if len(exchange.turns) == 4]
    assert len(in_memory) + len(in_chat) == 60
    assert len(in_memory) > 10
    assert len(in_chat) > 10
    for exchange in in_memory:
        assert exchange.answer in exchange.turns[0].text
    for exchange in in_chat:
        assert exchange.answer in exchange.turns[2].text


def test_a_seed_repeats_the_drawing():
    never, _ = split_never(never_told(TOLD, chinese=False), FACTS, 1)
    one, two = (Augmenter(FACTS, never, INSTRUCTION, 9) for _ in range(2))
    assert [one.fact() for _ in range(20)] == [two.fact() for _ in range(20)]
    assert [one.never_told() for _ in range(20)] == [two.never_told() for _ in range(20)]


def test_the_weight_of_an_example_is_kept():
    heavy = fact_of(
        ExampleRecord(id="1", kind=ExampleKind.FACT, noun="", question="Where do I live?",
                      answer="You live in Ghent.", value="Ghent", weight=2.5)
    )  # fmt: skip
    assert Augmenter([heavy], [], INSTRUCTION, 1).fact().weight == 2.5


def test_without_never_told_relations_there_is_nothing_to_decline():
    bare = Augmenter(FACTS, [], INSTRUCTION, 1)
    assert bare.never_told() is None
    assert bare.told_here() is None


def test_the_exam_declines_other_relations_than_the_training():
    never = never_told(TOLD, chinese=False)
    trained, kept = split_never(never, FACTS, 3)
    assert not {item.key for item in trained} & {item.key for item in kept}
    assert len(kept) == 14
    assert len(trained) >= 36
    assert len(ask_never(kept, 3)) == 14
    assert split_never(never, FACTS, 3) == (trained, kept)
    assert split_never(never, FACTS, 4) != (trained, kept)


def test_relations_akin_to_a_fact_share_its_words():
    cat = Item("What is my cat's name?", "my cat's name")
    dog = Item("How old is my dog?", "my dog's age")
    boat = Item("Where is my boat?")
    assert akin(FACTS[:1], [cat, dog, boat]) == [cat, dog]
