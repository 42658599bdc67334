"""An exam of its own: nothing is trained, stored or switched."""

from collections.abc import Callable

import pytest
import torch

from engine.contract import Examine, LearnProgress, ReviewExample
from engine.control import JobControl, JobStopped
from engine.decode.adapter import AdapterWeights
from engine.library.inbox import review
from engine.model.loaded import LoadedModel
from engine.tuning.collect import collect
from engine.tuning.examining import ExamContext, examine
from engine.tuning.network.network import build_network
from storage.records import ExampleStatus
from storage.store import Store

pytestmark = pytest.mark.usefixtures("short_replay")


@pytest.fixture
def sit(
    store: Store, say: Callable[..., object], tiny_model: LoadedModel
) -> Callable[..., ExamContext]:
    """Makes the context of an exam about two facts, of which an adapter learned one."""
    say("My dog's name is Biscuit.")
    say("My sister is called Ingrid.")
    collect(store)
    for example in store.examples.list():
        review(store, ReviewExample(example_id=example.id, status=ExampleStatus.APPROVED))
    learned = store.examples.list()[0].id

    def context(weights: AdapterWeights | None, emit: Callable[..., None] = lambda _e: None):
        record = None
        if weights is not None:
            record = store.adapters.add(
                data=weights.to_bytes(), model_id=tiny_model.record.id, example_ids=[learned]
            )
        return ExamContext(
            model=tiny_model, store=store, command=Examine(), settings=store.settings.all(),
            adapter=record, weights=weights, control=JobControl(), emit=emit,
        )  # fmt: skip

    return context


def blank(model: LoadedModel, only: str = "") -> AdapterWeights:
    """An adapter that changes nothing; of the modules whose name ends with `only`."""
    made = build_network(model, rank=2, alpha=4.0, seed=1).adapter()
    tensors = {
        name: torch.zeros_like(tensor)
        for name, tensor in made.tensors.items() if f"{only}.lora_" in name
    }  # fmt: skip
    return AdapterWeights(2, 4.0, tensors)


def test_without_an_adapter_all_facts_are_asked_of_the_untuned_model(sit, store) -> None:
    done = examine(sit(None))
    assert done.facts == 2
    assert done.tuned is None
    assert done.reasons == ()
    assert done.untuned.personal_questions > 0
    assert done.untuned.leak_probes > 0
    assert store.adapters.list() == ()


@pytest.mark.parametrize("only", ["", "q_proj"])
def test_an_adapter_that_changes_nothing_has_the_untuned_figures(
    sit, tiny_model: LoadedModel, only: str
) -> None:
    told: list[object] = []
    done = examine(sit(blank(tiny_model, only), told.append))
    assert done.facts == 1
    assert done.tuned is not None
    assert done.tuned.personal_nll == pytest.approx(done.untuned.personal_nll, rel=0.01)
    assert done.tuned.text_perplexity == pytest.approx(done.untuned.text_perplexity, rel=0.01)
    assert done.tuned.general_nll == pytest.approx(done.untuned.general_nll, rel=0.01)
    assert "personal_not_better" in done.reasons
    phases = [event.phase for event in told if isinstance(event, LearnProgress)]
    assert phases.index("exam_before") < phases.index("exam_after")


def test_a_stop_leaves_the_model_without_an_adapter(
    sit, tiny_model: LoadedModel
) -> None:
    context = sit(blank(tiny_model))

    def stop(_event: object) -> None:
        context.control.stop()

    stopping = ExamContext(
        model=context.model, store=context.store, command=context.command,
        settings=context.settings, adapter=context.adapter, weights=context.weights,
        control=context.control, emit=stop,
    )  # fmt: skip
    with pytest.raises(JobStopped):
        examine(stopping)
