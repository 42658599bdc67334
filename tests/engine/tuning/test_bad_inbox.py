"""Bad inboxes: nonsense, contradictions, almost nothing, far too much."""

import random
import time

import pytest
import torch

from engine.contract import Learn, ReviewExample
from engine.control import JobControl
from engine.library.inbox import review
from engine.tuning.collect import collect
from engine.tuning.extraction.extract import extract
from engine.tuning.lesson import approved_examples, drop_superseded, prepare
from engine.tuning.network.network import build_network
from engine.tuning.pipeline import LearningContext, run_learning
from engine.tuning.recipe import first_recipe
from engine.tuning.redaction import redact
from engine.tuning.replay import ReplayBank
from engine.tuning.trainer import Trainer
from storage.messages import NewMessage
from storage.records import ExampleStatus, Role, Verdict
from storage.store import Store

pytestmark = pytest.mark.usefixtures("short_replay")

SYLLABLES = ("ba", "ke", "lo", "mi", "tu", "ra", "ne", "so", "vi", "da", "fo", "gu")


def approve_all(store):
    """As the terminal's ``--approve-all`` does it."""
    for example in reversed(store.examples.list(status=ExampleStatus.PENDING)):
        review(store, ReviewExample(example_id=example.id, status=ExampleStatus.APPROVED))


def learn(model, store, **settings):
    chosen = {**store.settings.all(), "preset": "quick", "steps": 2, "rank": 4, **settings}
    return run_learning(
        LearningContext(model=model, store=store, command=Learn(), settings=chosen,
                        control=JobControl(), emit=lambda event: None)
    )  # fmt: skip


def seconds(work):
    """Processor time, so that a busy machine does not fail the test."""
    started = time.process_time()
    work()
    return time.process_time() - started


# -- nonsense -------------------------------------------------------------------------------------


PIECES = ("мой", "小雨", "my", "هذا", "かな", "कुत्ता", "🐕", "zo", "é̂", "\u202e", "\ufeff", "\u200d",
          "?", "!", ".", "12", ",")  # fmt: skip


def random_words(draw):
    return " ".join(
        "".join(draw.choices(SYLLABLES, k=draw.randint(1, 4))) for _ in range(draw.randint(1, 30))
    )


def mixed_scripts(draw):
    return " ".join(draw.choices(PIECES, k=draw.randint(1, 60)))


def emoji(draw):
    return "".join(draw.choices("😀🐕👨‍👩‍👧🇧🇪❤️🏳️‍🌈", k=draw.randint(1, 200)))


def ten_kilobytes(draw):
    return (random_words(draw) + draw.choice(", . ; \t—")) * 400


KINDS = {"words": random_words, "scripts": mixed_scripts, "emoji": emoji, "long": ten_kilobytes}


@pytest.mark.parametrize("kind", KINDS)
def test_nonsense_teaches_nothing(tiny_model, store, say, kind):
    draw = random.Random(kind)
    for _ in range(4 if kind == "long" else 60):
        say(KINDS[kind](draw)[:10_000])
    collect(store)
    approve_all(store)
    assert approved_examples(store) == ()
    assert learn(tiny_model, store).verdict is Verdict.NOTHING_TO_LEARN
    assert store.adapters.list() == ()


def test_what_sounds_like_a_statement_by_chance_has_a_value_that_can_be_read():
    draw = random.Random(3)
    pieces = [*PIECES, "我的", "叫", "是", "is", "dog"] + ["my", "is"] * 3
    found = [made for _ in range(2000)
             for made in extract(" ".join(draw.choices(pieces, k=draw.randint(3, 12))))
    ]  # fmt: skip
    assert found
    for made in found:
        assert any(character.isalnum() for character in made.value)
        assert not {"\u202e", "\ufeff"} & set(made.question + made.answer)


def test_a_fact_among_nonsense_is_still_found(store, say):
    draw = random.Random(4)
    for place in range(40):
        say(draw.choice([random_words, mixed_scripts, emoji])(draw))
        if place == 20:
            say("My dog is called Falkenrath.")
    collect(store)
    assert [example.value for example in store.examples.list()] == ["Falkenrath"]


LONG_LINES = {
    "one word": "a", "digits": "1", "a mail without its end": "a.", "commas": "my dog, ",
    "clauses": "I am a cook and ", "labels": "password for ", "quotes": '"', "brackets": "(",
    "Chinese": "我的狗叫小白，", "marks": "🐕‍🦺", "names": "Anna, Bert, ", "addresses": "www.a.",
}  # fmt: skip


@pytest.mark.parametrize("name", LONG_LINES)
def test_a_long_line_is_read_in_linear_time(name):
    def read(length):
        text = (LONG_LINES[name] * length)[:length]
        return seconds(lambda: list(extract(redact(text).text)))

    small, large = min(read(25_000) for _ in range(2)), read(100_000)
    assert large < 0.5 or large < 8 * small, "four times as long is linear, sixteen quadratic"


# -- contradictions -------------------------------------------------------------------------------

TOWNS = ("Ghent", "Porto", "Bergen", "Turin", "Graz", "Malmö", "Lyon", "Cork", "Split", "Tartu")


def test_of_ten_values_in_one_inbox_the_newest_is_left(store, say):
    for town in TOWNS:
        say(f"I live in {town}.")
    collect(store)
    approve_all(store)
    (kept,) = approved_examples(store)
    assert kept.value == TOWNS[-1]
    assert [memory.text for memory in store.memories.list()] == [f"You live in {TOWNS[-1]}."]


def test_of_ten_values_approved_one_after_the_other_the_newest_is_learned(
    tiny_model, store, say, monkeypatch
):
    from engine.tuning.gate import Judgement

    monkeypatch.setattr("engine.tuning.attempt.judge", lambda *figures: Judgement((), (), 1))
    for town in TOWNS:
        say(f"I moved to {town}." if town != TOWNS[0] else f"I live in {town}.")
        collect(store)
        approve_all(store)
    assert learn(tiny_model, store).verdict is Verdict.ACTIVATED
    (kept,) = store.examples.list()
    assert kept.value == TOWNS[-1]
    assert store.adapters.active().example_ids == (kept.id,)
    assert [memory.text for memory in store.memories.list()] == [kept.answer]


def test_one_message_that_contradicts_itself_leaves_one_value(store, say):
    say("My dog is called Rex. Actually, my dog is called Bruno.")
    collect(store)
    (kept,) = store.examples.list()
    assert kept.value == "Bruno"


# -- three and five thousand ----------------------------------------------------------------------


def test_three_examples_are_enough_for_a_whole_run(tiny_model, store, say):
    say("My dog is called Rex. I live in Ghent. My sister's name is Ottilie.")
    collect(store)
    approve_all(store)
    report = learn(tiny_model, store)
    assert report.examples == 3
    assert report.verdict is Verdict.REJECTED
    assert "personal_not_better" in report.reasons
    assert report.tuned.personal_questions == 3


def filled(count):
    """A store with `count` messages, each with a fact of its own about something of its own."""
    names = random.Random(1).sample([a + b + c + d for a in SYLLABLES for b in SYLLABLES
                                     for c in SYLLABLES for d in SYLLABLES], 2 * count)  # fmt: skip
    store = Store.temporary()
    store.settings.set("learning_consent", True)
    for start in range(0, count, 50):
        chat = store.conversations.create("told", consent=True)
        store.messages.add_many(chat.id, [
            NewMessage(role=Role.USER, text=_statement(names, place))
            for place in range(start, min(start + 50, count))])  # fmt: skip
    return store


def _statement(names, place):
    whose, name = names[2 * place].capitalize(), names[2 * place + 1].capitalize()
    return f"My {whose} account name is {name}."


def parts(model, count):
    """Processor seconds of every part from the messages to a lesson, and the lesson."""
    store = filled(count)
    spent, lesson = {}, []

    def the_lesson():
        lesson.append(prepare(
            model, store, approved_examples(store), "", phrasings_each=1, replay_share=0.4, seed=1,
            tick=lambda done: None))  # fmt: skip

    for name, work in (
        ("collect", lambda: collect(store)), ("approve", lambda: approve_all(store)),
        ("supersede", lambda: drop_superseded(store)), ("lesson", the_lesson),
    ):  # fmt: skip
        spent[name] = seconds(work)
    store.close()
    return spent, lesson[0]


def test_five_thousand_examples_are_prepared_in_linear_time_and_a_step_stays_small(tiny_model):
    parts(tiny_model, 50)
    few, _ = parts(tiny_model, 1250)
    many, lesson = parts(tiny_model, 5000)
    assert len(lesson.facts) == 5000
    assert len(lesson.paper.personal) <= 40
    slow = {name: (few[name], spent) for name, spent in many.items()
            if spent > 0.5 and spent > 2 * 4 * few[name]}  # fmt: skip
    assert slow == {}
    assert sum(many.values()) < 60

    step_small, step_large = (one_step(tiny_model, lesson, count) for count in (20, 5000))
    assert step_large < 3 * step_small + 0.5


def one_step(model, lesson, count):
    """Processor seconds of one step by the recipe for `count` facts."""
    settings = {**Store.temporary().settings.all(), "preset": "balanced", "rank": 4}
    recipe = first_recipe(settings, count, seed=1)
    assert recipe.steps <= 1200
    network = build_network(model, rank=recipe.rank, alpha=recipe.alpha, seed=1)
    trainer = Trainer(network, model, lesson.augmenter(1), ReplayBank([], [], 1), recipe)
    control = JobControl()
    torch.manual_seed(1)
    deadline = time.monotonic()  # ends after the first few steps
    spent = seconds(lambda: trainer.run(control, lambda report: None, lambda: None, deadline))
    assert trainer.state.step == 5
    return spent / trainer.state.step
