import pytest

from engine.memory.finder import Finder
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


def test_the_limit_holds_and_disabled_facts_stay_out(store):
    assert Finder().memories(store, "dog walnuts live", 0) == ()
    assert len(Finder().memories(store, "dog walnuts live", 2)) == 2
    dog = next(m for m in store.memories.list() if "dog" in m.text)
    store.memories.update(dog.id, enabled=False)
    assert Finder().memories(store, "my dog", 3) == ()
