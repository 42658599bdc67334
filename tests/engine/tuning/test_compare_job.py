"""Two versions answer the same questions; nothing is stored or switched."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from engine.compare_job import CompareJob, draw_questions
from engine.contract import (
    ComparedAnswers,
    CompareVersions,
    EngineError,
    FailureKind,
    ReviewExample,
)
from engine.control import JobControl, JobStopped
from engine.decode.adapter import AdapterWeights
from engine.library.inbox import review
from engine.model.loaded import LoadedModel
from engine.model_keeper import ModelKeeper
from engine.tuning.collect import collect
from engine.tuning.network.network import build_network
from storage.records import ExampleStatus
from storage.store import Store

QUESTIONS = ("What is my dog called?", "What do bees make?")


@pytest.fixture
def loud(store: Store, tiny_model: LoadedModel) -> str:
    """The id of an adapter that changes every answer."""
    draw = torch.Generator().manual_seed(3)
    made = build_network(tiny_model, rank=2, alpha=16.0, seed=1).adapter()
    tensors = {name: torch.randn(t.shape, generator=draw).bfloat16()
               for name, t in made.tensors.items()}  # fmt: skip
    weights = AdapterWeights(2, 16.0, tensors)
    return store.adapters.add(data=weights.to_bytes(), model_id=tiny_model.record.id).id


@pytest.fixture
def compare(store: Store, tiny_model: LoadedModel) -> Callable[..., Any]:
    def run(control: JobControl | None = None, told: list[Any] | None = None, **how: Any) -> Any:
        keeper = ModelKeeper(SimpleNamespace())  # type: ignore[arg-type]
        keeper._loaded, keeper.pinned = tiny_model, True
        job = CompareJob(
            CompareVersions(**how), store=store, keeper=keeper, control=control or JobControl(),
            emit=(told if told is not None else []).append, loading=lambda _done: None,
        )  # fmt: skip
        return job.run()

    return run


def test_both_answer_each_question_and_a_loud_adapter_otherwise(compare, store, loud) -> None:
    told: list[ComparedAnswers] = []
    done = compare(told=told, second=loud, questions=QUESTIONS)
    assert (done.first_id, done.second_id, done.questions) == (None, loud, 2)
    assert [(one.number, one.count, one.question) for one in told] == [
        (0, 2, QUESTIONS[0]), (1, 2, QUESTIONS[1]),
    ]  # fmt: skip
    assert done.alike == sum(one.first == one.second for one in told) < 2
    assert store.conversations.list() == ()
    assert store.adapters.active() is None


def test_the_same_again_says_the_same_and_sides_can_be_turned(compare, loud) -> None:
    one: list[ComparedAnswers] = []
    two: list[ComparedAnswers] = []
    compare(told=one, first="off", second=loud, questions=QUESTIONS)
    compare(told=two, first=loud, second="off", questions=QUESTIONS)
    assert [(a.first, a.second) for a in one] == [(a.second, a.first) for a in two]


@pytest.mark.parametrize(
    "how", [{"second": "off"}, {"count": 0}, {"questions": (" ",)}, {"questions": ("a",) * 51}]
)
def test_what_cannot_be_compared_is_refused(compare, how) -> None:
    with pytest.raises(EngineError) as caught:
        compare(**({"questions": QUESTIONS} | how if "count" not in how else how))
    assert caught.value.kind is FailureKind.BAD_INPUT


def test_the_active_one_without_any_is_the_untuned_one(compare) -> None:
    with pytest.raises(EngineError, match="same version"):
        compare(questions=QUESTIONS)


def test_a_stop_ends_it_between_two_answers(compare, loud) -> None:
    control, told = JobControl(), []
    control.stop()
    with pytest.raises(JobStopped):
        compare(control, told, second=loud, questions=QUESTIONS)
    assert told == []


def test_drawn_questions_are_of_what_was_taught_and_general(store, say) -> None:
    assert len(draw_questions(store, 4)) == 4
    say("My dog's name is Biscuit.")
    collect(store)
    (example,) = store.examples.list()
    review(store, ReviewExample(example_id=example.id, status=ExampleStatus.APPROVED))
    drawn = draw_questions(store, 4)
    assert example.question in drawn
    assert len(set(drawn)) == 4
