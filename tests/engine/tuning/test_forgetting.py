"""Forgetting: what is erased, when adapters go off, and what is asked for proof."""

from collections.abc import Callable

import pytest
import torch

from engine.contract import EngineError, FailureKind, Forget, Forgotten, ReviewExample
from engine.control import JobControl
from engine.decode.adapter import AdapterWeights
from engine.library.forgetting import erase_for_good
from engine.library.inbox import review
from engine.model.loaded import LoadedModel
from engine.tuning.collect import collect
from engine.tuning.forgetting import ForgetContext, forget, questions_about
from engine.tuning.network.network import build_network
from storage.errors import NotFound
from storage.records import AdapterState, ExampleRecord, ExampleStatus, ReportCard
from storage.store import Store

Say = Callable[..., object]


def approved(store: Store) -> tuple[ExampleRecord, ...]:
    collect(store)
    for example in store.examples.list():
        review(store, ReviewExample(example_id=example.id, status=ExampleStatus.APPROVED))
    return store.examples.list(status=ExampleStatus.APPROVED)


def an_adapter(model: LoadedModel) -> bytes:
    blank = build_network(model, rank=2, alpha=4.0, seed=1).adapter()
    zeros = {name: torch.zeros_like(tensor) for name, tensor in blank.tensors.items()}
    return AdapterWeights(2, 4.0, zeros).to_bytes()


@pytest.fixture
def learned(store: Store, say: Say, tiny_model: LoadedModel) -> tuple[ExampleRecord, ...]:
    """Two facts of one chat, learned by an adapter that is on."""
    say("My dog's name is Biscuit.")
    say("My sister is called Ingrid.")
    examples = approved(store)
    adapter = store.adapters.add(
        data=an_adapter(tiny_model), model_id=tiny_model.record.id,
        example_ids=[example.id for example in examples],
    )  # fmt: skip
    store.adapters.activate(adapter.id)
    return examples


def run(
    store: Store, command: Forget, model: Callable[[], LoadedModel],
    learn: Callable[[], ReportCard] | None = None,
) -> Forgotten:  # fmt: skip
    def never() -> ReportCard:
        raise AssertionError

    return forget(
        ForgetContext(
            store=store, command=command, instruction="", control=JobControl(),
            emit=lambda _event: None, model=model, learn=learn or never,
        )
    )  # fmt: skip


def test_a_fact_goes_with_its_memory_and_every_adapter_that_learned_it(
    store: Store, learned: tuple[ExampleRecord, ...], tiny_model: LoadedModel
) -> None:
    dog = next(e for e in learned if e.value == "Biscuit")
    done = run(store, Forget(fact_id=dog.id), lambda: tiny_model)
    assert (done.examples_erased, done.memories_erased, done.messages_erased) == (1, 1, 0)
    assert done.adapters_retired == (store.adapters.list()[0].id,)
    assert store.adapters.active() is None
    assert done.questions == 3
    assert done.recall_before == done.recall_untuned == done.recall_after == 0.0
    assert done.told_in_chat
    assert [e.value for e in store.examples.list()] == ["Ingrid"]
    assert dog.source_message_id is not None
    assert store.messages.get(dog.source_message_id).consent is False
    assert collect(store) == 0


def test_adapters_are_off_before_any_model_is_asked(
    store: Store, learned: tuple[ExampleRecord, ...], tiny_model: LoadedModel
) -> None:
    seen = []

    def model() -> LoadedModel:
        seen.append(store.adapters.active())
        return tiny_model

    run(store, Forget(fact_id=learned[0].id), model)
    assert seen == [None]


def test_what_fails_later_takes_nothing_back(
    store: Store, learned: tuple[ExampleRecord, ...]
) -> None:
    def broken() -> LoadedModel:
        raise EngineError(FailureKind.OUT_OF_MEMORY, "No memory.")

    assert learned[0].conversation_id is not None
    done = run(store, Forget(conversation_id=learned[0].conversation_id), broken)
    assert (done.examples_erased, done.messages_erased) == (2, 2)
    assert done.recall_before is None
    assert store.adapters.list()[0].state is AdapterState.RETIRED
    assert store.conversations.count() == 0


def test_retraining_is_done_last_and_asked_as_well(
    store: Store, learned: tuple[ExampleRecord, ...], tiny_model: LoadedModel
) -> None:
    from storage.records import ExamFigures, Verdict

    def learn() -> ReportCard:
        fresh = store.adapters.add(data=an_adapter(tiny_model), model_id=tiny_model.record.id)
        store.adapters.activate(fresh.id)
        return ReportCard(verdict=Verdict.ACTIVATED, adapter_id=fresh.id, seconds=1.0,
                          tokens_trained=1, examples=1, untuned=ExamFigures(),
                          tuned=ExamFigures())  # fmt: skip

    done = run(store, Forget(fact_id=learned[0].id, retrain=True), lambda: tiny_model, learn)
    assert done.report is not None
    assert done.recall_after == 0.0
    assert store.adapters.active() is not None


def test_an_adapter_that_did_not_learn_it_stays_on(
    store: Store, say: Say, learned: tuple[ExampleRecord, ...], tiny_model: LoadedModel
) -> None:
    say("My car is a green Volvo.")
    fresh = next(e for e in approved(store) if e.id not in {one.id for one in learned})
    done = run(store, Forget(fact_id=fresh.id), lambda: tiny_model)
    assert done.adapters_retired == ()
    assert store.adapters.active() is not None
    assert done.recall_after == done.recall_before


def test_a_replaced_fact_is_found_by_its_chat(store: Store, tiny_model: LoadedModel) -> None:
    from storage.records import Role

    first = store.conversations.create("first", consent=True)
    store.messages.add(first.id, parent_id=None, role=Role.USER, text="I live in Lisbon.")
    old = approved(store)[0]
    adapter = store.adapters.add(
        data=an_adapter(tiny_model), model_id="m", example_ids=[old.id]
    )
    store.examples.delete(old.id)
    erased = erase_for_good(store, Forget(conversation_id=first.id))
    assert erased.retired == (adapter.id,)


def test_what_is_not_there_changes_nothing(
    store: Store, learned: tuple[ExampleRecord, ...]
) -> None:
    for command in (Forget(fact_id="x"), Forget(conversation_id="x")):
        with pytest.raises(NotFound):
            erase_for_good(store, command)
    assert len(store.examples.list()) == 2
    assert store.adapters.active() is not None


def test_questions_are_plain_and_in_wordings_of_the_exam(
    learned: tuple[ExampleRecord, ...],
) -> None:
    asked = questions_about(learned)
    assert len(asked) == 6
    assert {one.value for one in asked} == {"Biscuit", "Ingrid"}
    assert {e.question for e in learned} <= {one.question for one in asked}
    assert len({one.question for one in asked}) == 6
