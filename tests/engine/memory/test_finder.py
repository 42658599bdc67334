import pytest

from engine.memory.encoder import ENCODER_ID
from engine.memory.finder import Finder
from storage.messages import NewMessage
from storage.records import Role
from storage.store import Store

FACTS = ["Your dog's name is Biscuit.", "You live in Ghent.", "You are allergic to walnuts.",
         "你的猫叫汤圆。", "You work as a teacher."]  # fmt: skip


@pytest.fixture
def store():
    made = Store.temporary()
    for fact in FACTS:
        made.memories.add(fact)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("What is the name of my dog?", FACTS[0]),
        ("where do I live", FACTS[1]),
        ("Which allergies or allergic reactions do I have?", FACTS[2]),
        ("我的猫叫什么？", FACTS[3]),
        ("What is my job?", FACTS[4]),
        ("In which town is my house?", FACTS[1]),
    ],
)
def test_the_fitting_fact_comes_first(store, question, fact):
    assert Finder().memories(store, question, 3)[0].text == fact


@pytest.mark.parametrize("question", ["What is the capital of France?", "Hello, how are you?", ""])
def test_other_questions_bring_nothing(store, question):
    assert Finder().memories(store, question, 3) == ()


def test_the_limit_holds_and_disabled_facts_stay_out(store, monkeypatch):
    monkeypatch.setattr("engine.memory.finder.encoder_folder", lambda: None)
    finder = Finder()
    assert finder.memories(store, "dog walnuts live", 0) == ()
    assert len(finder.memories(store, "dog walnuts live", 2)) == 2
    dog = next(m for m in store.memories.list() if "dog" in m.text)
    store.memories.update(dog.id, enabled=False)
    assert finder.memories(store, "my dog", 3) == ()


def test_a_fact_is_found_by_its_meaning_alone(store):
    store.memories.add("You adopted a puppy last spring.")
    found = Finder().memories(store, "Which young animal joined the household?", 3)
    assert "You adopted a puppy last spring." in [memory.text for memory in found]


def test_without_the_encoder_words_alone_find(store, monkeypatch):
    monkeypatch.setattr("engine.memory.finder.encoder_folder", lambda: None)
    finder = Finder()
    assert finder.memories(store, "What is the name of my dog?", 3)[0].text == FACTS[0]
    assert finder.catch_up(store, 1.0)


def said(store, *texts):
    owner = store.conversations.create("chat")
    sides = (Role.USER, Role.ASSISTANT)
    store.messages.add_many(
        owner.id, [NewMessage(role=sides[n % 2], text=text) for n, text in enumerate(texts)]
    )
    return owner.id


@pytest.fixture
def talk(store):
    return said(
        store, "My boat is moored in Zeebrugge, berth 14.", "A lovely place for a boat.",
        "How do I bake bread?", "Mix flour, water, salt and yeast.",
    )  # fmt: skip


def test_past_turns_are_found_before_and_after_vectors_are_made(store, talk):
    finder = Finder()
    question = "Where is my boat moored?"
    assert finder.turns(store, question, 3)[0].text.startswith("My boat")
    while not finder.catch_up(store, 1.0):
        pass
    assert store.turns.without_vector(ENCODER_ID, 1) == ()
    assert finder.turns(store, question, 3)[0].text.startswith("My boat")
    assert finder.turns(store, "What goes into a loaf?", 3)


def test_the_conversation_at_hand_is_left_out(store, talk):
    assert Finder().turns(store, "Where is my boat moored?", 3, without=talk) == ()


@pytest.mark.parametrize("question", ["Hello!", "Who wrote Hamlet?", "What is 17 times 3?"])
def test_other_questions_bring_no_past_turn(store, talk, question):
    finder = Finder()
    finder.catch_up(store, 5.0)
    assert finder.turns(store, question, 3) == ()


def test_what_is_erased_or_comes_later_is_noticed(store, talk):
    finder = Finder()
    assert finder.turns(store, "Where is my boat moored?", 1)
    store.conversations.purge(talk)
    assert finder.turns(store, "Where is my boat moored?", 1) == ()
    said(store, "I sold my boat to Pieter.")
    assert finder.turns(store, "To whom did my boat go, was it sold?", 1)


def test_chinese_turns_are_found_without_the_encoder(store):
    said(store, "我的船停在泽布吕赫的十四号泊位。", "很好的地方。")
    assert Finder().turns(store, "我的船停在哪里？", 3)[0].text.startswith("我的船")


@pytest.mark.parametrize(
    "question", ["What sport is played at Wimbledon?", "How does a car engine work?"]
)
def test_a_word_in_common_is_not_enough_when_the_meaning_is_far_off(store, question):
    store.memories.add("You play the oboe.")
    assert Finder().memories(store, question, 5) == ()


def test_facts_that_are_much_further_off_than_the_nearest_are_left_out(store):
    for name in ("cat's name is Tom", "street's name is Long Row", "boss's name is Ann Fry"):
        store.memories.add(f"Your {name}.")
    found = Finder().memories(store, "What was the name of my cat?", 5)
    assert found[0].text == "Your cat's name is Tom."
    assert "Your street's name is Long Row." not in [memory.text for memory in found]


def test_a_chinese_fact_is_found_by_a_name_in_an_english_question(store):
    store.memories.add("你的船叫 Iris。")
    assert len(Finder().memories(store, "What is Iris?", 5)) == 1
