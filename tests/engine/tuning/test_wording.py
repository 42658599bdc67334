import random

import pytest

from engine.tuning.wording.ask import decline, key_words, loosened, phrasings
from engine.tuning.wording.item import Item
from engine.tuning.wording.never_told import never_told

ITEMS = [
    Item("What is my dog's name?", "my dog's name"),
    Item("Where do I live?", "the place where I live"),
    Item("When does my flight leave?"),
    Item("What is my locker code?", "my locker code"),
    Item("What is my favourite tea?", "my favourite tea"),
    Item("Who is my dentist?", "my dentist's name"),
    Item("Where does my wife work?"),
    Item("What do I collect?"),
    Item("我的狗叫什么名字？", "我的狗的名字", "zh"),
    Item("我住在哪里？", "我住的地方", "zh"),
]


@pytest.mark.parametrize("item", ITEMS)
def test_the_exam_asks_in_words_that_training_never_uses(item):
    asked = phrasings(item)
    assert len(set(asked.trained)) >= 12
    assert len(asked.held_out) >= 4
    assert not set(asked.trained) & set(asked.held_out)
    assert item.question in asked.trained


@pytest.mark.parametrize("item", ITEMS)
def test_no_form_is_left_unfilled(item):
    asked = phrasings(item)
    for text in (*asked.trained, *asked.held_out):
        assert "{" not in text
        assert "None" not in text
        assert "  " not in text


def test_facts_and_never_told_things_are_asked_alike():
    """The frames around a question must not give away whether it was told."""
    told = phrasings(Item("What is my dog's name?", "my dog's name")).trained
    never = phrasings(Item("What is my cat's name?", "my cat's name")).trained
    assert [text.replace("dog", "cat") for text in told] == list(never)


def test_key_words_keep_what_matters():
    draw = random.Random(1)
    words = {frozenset(key_words(ITEMS[3], draw).split()) for _ in range(20)}
    assert words == {frozenset({"my", "locker", "code"})}


def test_loosening_keeps_the_content_and_is_repeatable():
    one = [loosened("What is my locker code?", ITEMS[3], random.Random(n)) for n in range(60)]
    two = [loosened("What is my locker code?", ITEMS[3], random.Random(n)) for n in range(60)]
    assert one == two
    assert all("locker" in text and "code" in text for text in one)
    assert len(set(one)) > 10


@pytest.mark.parametrize(
    ("item", "answer"),
    [
        (Item("What is my uncle's name?", "my uncle's name"),
         "Your uncle's name is something you haven't told me."),
        (Item("What are my pronouns?", "my pronouns"),
         "Your pronouns are something you haven't told me."),
        (Item("How tall am I?", "my height"), "Your height is something you haven't told me."),
        (Item("Where was I born?"), "You were born somewhere you haven't told me."),
        (Item("When does my train leave?"), "Your train leaves at a time you haven't told me."),
        (Item("What am I afraid of?"), "You are afraid of something you haven't told me."),
        (Item("Which university did my aunt go to?"),
         "Your aunt went to a university you haven't told me."),
        (Item("Which instrument do I play?"), "You play an instrument you haven't told me."),
        (Item("Who taught me to swim?"), "That is something you haven't told me."),
        (Item("我叔叔叫什么名字？", "", "zh"), "你叔叔叫什么名字你还没有告诉我。"),
    ],
)  # fmt: skip
def test_declining_begins_like_the_answer_to_a_told_thing(item, answer):
    assert decline(item) == answer


def test_nothing_told_is_called_never_told():
    told = [Item("What is my dog's name?", "my dog's name"), Item("What do I drive?"),
            Item("What is my job?", "my job")]  # fmt: skip
    never = {item.question for item in never_told(told, chinese=False)}
    assert len(never) > 100
    for wrong in ("What is my dog's name?", "What do I drive?", "What car do I drive?",
                  "What is my job?", "Where do I work?"):  # fmt: skip
        assert wrong not in never
    assert "What is my cat's name?" in never
    assert "How old is my dog?" in never


def test_chinese_relations_only_on_request():
    assert not any(item.language == "zh" for item in never_told([], chinese=False))
    assert any(item.language == "zh" for item in never_told([], chinese=True))


@pytest.mark.parametrize("item", never_told([], chinese=True))
def test_every_shipped_relation_can_be_asked_and_declined(item):
    assert phrasings(item).trained
    assert decline(item).endswith((".", "。"))
    assert " my " not in decline(item)
