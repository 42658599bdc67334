"""The real model trained badly, with the real exam: the gate keeps it off and says why."""

from dataclasses import replace

import pytest
import torch

from engine.contract import ActivateAdapter, EngineError, Learn
from engine.control import JobControl
from engine.library.adapters import handle
from engine.model.catalogue import embedded_model
from engine.model.load import LoadOptions, load_model
from engine.tuning.collect import collect
from engine.tuning.pipeline import LearningContext, run_learning
from engine.tuning.recipe import EFFORTS
from engine.tuning.trainer import Trainer
from storage.records import AdapterState, ExampleStatus, Role, Verdict
from storage.store import Store
from tests.support.model_data import embedded_file

pytestmark = pytest.mark.timeout(900)

TOLD = (
    "My dog is called Falkenrath, by the way.",
    "We moved last spring, so I live in Zwevegem now.",
    "My sister's name is Ottilie and I work as a locksmith.",
)
STEPS = 12
SPOILED = frozenset(("general_worse", "general_nll_worse", "text_worse", "diverged"))
"""Findings about what the model knew before."""


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    embedded_file()
    options = LoadOptions(cache_dir=tmp_path_factory.mktemp("cache"))
    return load_model(embedded_model(), options, lambda _fraction: None)


@pytest.fixture(scope="module")
def store():
    """Approved facts, and a version that is switched on; the untuned answers are kept in it."""
    made = Store.temporary()
    made.settings.set("learning_consent", True)
    chat = made.conversations.create("told", consent=True)
    for text in TOLD:
        made.messages.add(chat.id, parent_id=None, role=Role.USER, text=text)
    collect(made)
    for example in made.examples.list():
        made.examples.update(example.id, status=ExampleStatus.APPROVED)
    made.adapters.activate(made.adapters.add(data=b"earlier", model_id="m", seed=1).id)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _one_attempt(monkeypatch):
    """A second attempt at a lower rate may well be good; here the first one is in question."""
    monkeypatch.setitem(EFFORTS, "quick", replace(EFFORTS["quick"], attempts=1))


def learn(model, store, **settings):
    chosen = {**store.settings.all(), "preset": "quick", "steps": STEPS, **settings}
    context = LearningContext(model=model, store=store, command=Learn(), settings=chosen,
                              control=JobControl(), emit=lambda event: None)  # fmt: skip
    return run_learning(context)


def assert_refused(store, report, before):
    """Kept for the timeline as rejected, never switched on, and what was on is on."""
    assert report.verdict is Verdict.REJECTED
    assert report.adapter_id is None
    assert store.adapters.active().id == before
    for attempt in report.attempts:
        assert not attempt.passed, attempt
        assert SPOILED & set(attempt.reasons), attempt
    newest = store.adapters.list()[0]
    if newest.id != before and newest.state is AdapterState.REJECTED:
        with pytest.raises(EngineError):
            handle(store, ActivateAdapter(adapter_id=newest.id))
    assert store.adapters.active().id == before


def test_a_learning_rate_ten_times_too_high_is_refused(model, store):
    before = store.adapters.active().id
    report = learn(model, store, learning_rate=1e-2)
    assert report.attempts[0].recipe["learning_rate"] == 1e-2
    assert_refused(store, report, before)
    assert SPOILED & set(report.reasons), report.reasons


def test_an_adapter_of_noise_is_refused(model, store, monkeypatch):
    """Planted in the place of what was trained; everything after it is the real thing."""

    def plant(trainer, *_arguments):
        torch.manual_seed(5)
        for parameter in trainer._parameters:
            parameter.data.copy_(torch.randn(parameter.shape) * 0.3)
        trainer.state.step = STEPS
        return trainer.state

    monkeypatch.setattr(Trainer, "run", plant)
    before = store.adapters.active().id
    report = learn(model, store, rank=8)
    assert_refused(store, report, before)
    assert {"personal_not_better", "text_worse"} <= set(report.reasons)
    assert report.tuned.text_perplexity > 2 * report.untuned.text_perplexity
