"""A stop at any moment of the loop: the store stays whole, what is on stays on, it can go on."""

import random

import pytest
import torch

from engine.chat.prompt import build_turns
from engine.chat.turns import ChatTurn
from engine.contract import Learn, LearnProgress
from engine.control import JobControl, JobStopped
from engine.tuning.collect import collect
from engine.tuning.gate import Judgement
from engine.tuning.pipeline import LearningContext, run_learning
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.records import AdapterState, ExampleStatus, Role, Verdict
from storage.setup import create_profile
from storage.store import Store

pytestmark = pytest.mark.usefixtures("short_replay", "_passing")

STEPS = 5
BEFORE = bytes(range(256))
"""The weights that were switched on before; never read by a model here."""


@pytest.fixture
def _passing(monkeypatch):
    """A random model recalls nothing, so the verdict is set from outside."""
    monkeypatch.setattr("engine.tuning.attempt.judge", lambda *figures: Judgement((), (), 1))


class Learner:
    """A profile on the disk with two approved facts and a version that is switched on."""

    def __init__(self, folder, model):
        self.model = model
        self.paths = ProfilePaths(folder / "profile")
        key_file = KeyFile(self.paths.key_file, cost=CHEAP_COST)
        store, self.key, _ = create_profile(self.paths, key_file, passphrase="a")
        store.settings.set("learning_consent", True)
        chat = store.conversations.create("told", consent=True)
        text = "My dog's name is Biscuit. I live in Ghent."
        store.messages.add(chat.id, parent_id=None, role=Role.USER, text=text)
        collect(store)
        for example in store.examples.list():
            store.examples.update(example.id, status=ExampleStatus.APPROVED)
        self.before = store.adapters.add(data=BEFORE, model_id="m", seed=1).id
        store.adapters.activate(self.before)
        self.examples = store.examples.list()
        store.close()

    def opened(self):
        return Store.open(self.paths, self.key)

    def run(self, at=None, **stop):
        """One run, stopped at the event of number `at`; its events and report (None: stopped)."""
        store, control, events = self.opened(), JobControl(), []

        def note(event):
            events.append(event)
            if len(events) - 1 == at:
                control.stop(**stop)

        chosen = {**store.settings.all(), "preset": "quick", "steps": STEPS, "rank": 4}
        context = LearningContext(model=self.model, store=store, command=Learn(), settings=chosen,
                                  control=control, emit=note)  # fmt: skip
        try:
            return events, run_learning(context)
        except JobStopped:
            return events, None
        finally:
            store.close()

    def untuned(self):
        """What the model answers with whatever the run left switched on in it."""
        turns = build_turns("", (), [ChatTurn(Role.USER, "What is my dog's name?")])
        return self.model.decoder.logits(self.model.prompt_ids(turns))


def steps(events):
    return [e.step for e in events if isinstance(e, LearnProgress) and e.phase == "train"]


STOPS = {
    "discard": {"keep": False}, "keep": {"keep": True},
    "shutdown": {"keep": False, "shutting_down": True},
}  # fmt: skip


@pytest.mark.parametrize("how", STOPS)
def test_a_stop_at_any_moment(tmp_path, tiny_model, how):
    whole = Learner(tmp_path / "whole", tiny_model)
    logits = whole.untuned()
    events, report = whole.run()
    assert report.verdict is Verdict.ACTIVATED
    draw = random.Random(how)
    first = next(place for place, e in enumerate(events) if steps([e]))
    moments = {0, first, len(events) - 2, *draw.sample(range(len(events)), 2)}
    for moment in sorted(moments):
        learner = Learner(tmp_path / f"{moment}", tiny_model)
        told, report = learner.run(moment, **STOPS[how])
        assert torch.equal(learner.untuned(), logits), moment
        left = after_a_stop(learner, report, moment)
        more, again = learner.run()
        assert_gone_on(learner, again, left, steps(told), steps(more))


def after_a_stop(learner, report, moment):
    """The store is whole and only a kept, passing run is on; returns the count of checkpoints."""
    store = learner.opened()
    assert store.check() == (), moment
    assert store.examples.list() == learner.examples
    assert store.adapters.load(learner.before) == BEFORE
    left = len(store.vault.list("checkpoint"))
    if report is None:
        assert store.adapters.active().id == learner.before, moment
        assert [one.state for one in store.adapters.list()] == [AdapterState.READY]
    else:
        assert report.verdict is Verdict.ACTIVATED
        assert store.adapters.active().id == report.adapter_id
        assert left == 0
    store.close()
    return left


def assert_gone_on(learner, report, left, done, more):
    """The next run ends, from the step that was kept or from the first."""
    store = learner.opened()
    assert store.check() == ()
    assert store.vault.list("checkpoint") == ()
    if report.verdict is Verdict.NOTHING_TO_LEARN:
        assert store.adapters.active().id != learner.before
    else:
        assert report.verdict is Verdict.ACTIVATED
        assert store.adapters.active().id == report.adapter_id
        assert more == list(range(done[-1] + 1 if left else 1, STEPS + 1))
    store.close()


def test_a_shutdown_in_the_exam_does_not_cost_the_training(tmp_path, tiny_model):
    events, _ = Learner(tmp_path / "whole", tiny_model).run()
    trained = [place for place, e in enumerate(events) if steps([e])][-1]
    learner = Learner(tmp_path / "left", tiny_model)
    told, report = learner.run(trained, **STOPS["shutdown"])
    assert report is None
    assert steps(told) == list(range(1, STEPS + 1))
    left = after_a_stop(learner, report, trained)
    assert left == 1
    more, again = learner.run()
    assert steps(more) == []
    assert again.verdict is Verdict.ACTIVATED
