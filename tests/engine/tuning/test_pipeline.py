"""The whole loop on a tiny random model: order, events, stopping, resuming, keeping."""

from copy import copy

import pytest
import torch

from engine.contract import Learn, LearnProgress, LearnStarted
from engine.control import JobControl, JobStopped
from engine.decode.adapter import AdapterWeights
from engine.decode.reference import ReferenceDecoder
from engine.tuning import checkpoint
from engine.tuning.collect import collect
from engine.tuning.gate import Judgement
from engine.tuning.pipeline import LearningContext, run_learning
from engine.tuning.recipe import Recipe
from engine.tuning.trainer import Diverged
from storage.records import AdapterState, ExampleStatus, Role, Verdict

pytestmark = pytest.mark.usefixtures("short_replay")


@pytest.fixture
def told(store, say):
    """Two approved facts."""
    say("My dog's name is Biscuit. I live in Ghent.")
    collect(store)
    for example in store.examples.list():
        store.examples.update(example.id, status=ExampleStatus.APPROVED)
    return store


class Run:
    """One run of the loop and everything it told."""

    def __init__(self, model, store, **settings):
        self.events = []
        self.control = JobControl()
        self.during = None
        chosen = {**store.settings.all(), "preset": "quick", "steps": 4, "rank": 4, **settings}
        self.context = LearningContext(
            model=model, store=store, command=Learn(), settings=chosen, control=self.control,
            emit=self._note,
        )  # fmt: skip

    def _note(self, event):
        self.events.append(event)
        if self.during:
            self.during(event)

    def go(self):
        self.report = run_learning(self.context)
        return self.report

    @property
    def steps(self):
        return [e.step for e in self.events if isinstance(e, LearnProgress) and e.phase == "train"]


def passing(monkeypatch):
    """A random model recalls nothing, so the verdict is set from outside."""
    monkeypatch.setattr("engine.tuning.attempt.judge", lambda untuned, tuned: Judgement((), (), 1))


def test_without_approved_facts_there_is_nothing_to_learn(tiny_model, store):
    report = Run(tiny_model, store).go()
    assert report.verdict is Verdict.NOTHING_TO_LEARN
    assert report.adapter_id is None


def test_a_run_that_passes_is_switched_on(tiny_model, told, monkeypatch):
    passing(monkeypatch)
    run = Run(tiny_model, told)
    report = run.go()
    assert report.verdict is Verdict.ACTIVATED
    active = told.adapters.active()
    assert active.id == report.adapter_id
    assert active.model_id == tiny_model.record.id
    assert set(active.example_ids) == {e.id for e in told.examples.list()}
    assert active.report == report
    assert active.recipe["steps"] == 4
    assert report.tokens_trained > 0
    assert report.attempts[0].steps == 4
    assert report.tuned.leak_probes >= 4
    tiny_model.decoder.use_adapter(None, 0.0)


def test_a_run_that_fails_is_kept_as_rejected_and_changes_nothing(tiny_model, told):
    report = Run(tiny_model, told).go()
    assert report.verdict is Verdict.REJECTED
    assert "personal_not_better" in report.reasons
    assert report.adapter_id is None
    assert told.adapters.active() is None
    (kept,) = told.adapters.list()
    assert kept.state is AdapterState.REJECTED
    # Each attempt may be tried at less of its strength too, where general answers happen to suffer.
    first, second = dict.fromkeys(attempt.recipe["steps"] for attempt in report.attempts)
    assert second > first


def test_what_is_told_on_the_way(tiny_model, told, monkeypatch):
    passing(monkeypatch)
    run = Run(tiny_model, told)
    run.go()
    assert isinstance(run.events[0], LearnStarted)
    assert run.events[0].examples == 2
    progress = run.events[1:]
    assert next(p.phase for p in progress if p.phase != "train") == "collect"
    phases = list(dict.fromkeys(p.phase for p in progress))
    assert phases == ["collect", "prepare", "exam_before", "train", "exam_after"]
    fractions = [p.fraction for p in progress]
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1.0)
    assert run.steps == [1, 2, 3, 4]
    trained = [p for p in progress if p.phase == "train"]
    assert all(p.loss > 0 and p.smoothed_loss > 0 and p.tokens_per_s > 0 for p in trained)
    assert all(p.memory_bytes > 0 for p in progress)


def test_the_same_again_is_nothing_to_learn(tiny_model, told, monkeypatch):
    passing(monkeypatch)
    Run(tiny_model, told).go()
    assert Run(tiny_model, told).go().verdict is Verdict.NOTHING_TO_LEARN
    assert Run(tiny_model, told, steps=5).go().verdict is Verdict.ACTIVATED


def test_stop_and_discard_changes_nothing(tiny_model, told):
    run = Run(tiny_model, told, steps=50)

    def stop(event):
        if getattr(event, "step", 0) == 2:
            run.control.stop(keep=False)

    run.during = stop
    with pytest.raises(JobStopped):
        run.go()
    assert told.adapters.list() == ()
    assert told.vault.list("checkpoint") == ()


def test_stop_and_keep_examines_what_is_there(tiny_model, told, monkeypatch):
    passing(monkeypatch)
    run = Run(tiny_model, told, steps=50)

    def stop(event):
        if getattr(event, "step", 0) == 3:
            run.control.stop(keep=True)

    run.during = stop
    report = run.go()
    assert report.verdict is Verdict.ACTIVATED
    assert report.attempts[0].steps == 3
    assert told.adapters.active().id == report.adapter_id


def test_a_stop_before_training_keeps_nothing(tiny_model, told):
    run = Run(tiny_model, told)
    run.control.stop(keep=True)
    with pytest.raises(JobStopped):
        run.go()
    assert told.adapters.list() == ()


def test_a_shutdown_leaves_a_sealed_checkpoint_and_the_next_run_goes_on(
    tiny_model, told, monkeypatch
):
    passing(monkeypatch)
    first = Run(tiny_model, told, steps=6)

    def leave(event):
        if getattr(event, "step", 0) == 4:
            first.control.stop(keep=False, shutting_down=True)

    first.during = leave
    with pytest.raises(JobStopped):
        first.go()
    assert len(told.vault.list("checkpoint")) == 1
    second = Run(tiny_model, told, steps=6)
    assert second.go().verdict is Verdict.ACTIVATED
    assert second.steps == [5, 6]
    assert told.vault.list("checkpoint") == ()


def test_a_checkpoint_of_another_task_is_destroyed(tiny_model, told, monkeypatch):
    passing(monkeypatch)
    told.vault.seal("checkpoint", b"not a checkpoint at all")
    assert checkpoint.find(told, "another") is None
    assert told.vault.list("checkpoint") == ()
    assert Run(tiny_model, told).go().verdict is Verdict.ACTIVATED


def test_replies_are_served_between_steps(tiny_model, told, monkeypatch):
    passing(monkeypatch)
    run = Run(tiny_model, told)
    served = []
    monkeypatch.setattr(run.control, "_serve", lambda: served.append(len(run.steps)))
    run.go()
    assert {0, 1, 2, 3, 4} <= set(served)


def test_the_general_answers_are_computed_once_and_sealed(tiny_model, told, monkeypatch):
    passing(monkeypatch)
    Run(tiny_model, told).go()
    assert len(told.vault.list("replay")) == 1
    asked = []
    real = type(tiny_model.decoder).answers
    monkeypatch.setattr(
        type(tiny_model.decoder), "answers",
        lambda self, prompts, *rest: (
            asked.extend(map(tuple, prompts)) or real(self, prompts, *rest)
        ),
    )  # fmt: skip
    Run(tiny_model, told, steps=5).go()
    assert asked
    assert tuple(tiny_model.prompt_ids(_turns(told, "Why 3?"))) not in asked
    assert len(told.vault.list("replay")) == 1


def _turns(store, question):
    from engine.chat.prompt import build_turns
    from engine.chat.turns import ChatTurn
    from storage.records import Role

    instruction = str(store.settings.all()["instruction"])
    return build_turns(instruction, (), [ChatTurn(Role.USER, question)])


def test_a_training_that_falls_apart_is_tried_again_more_gently(tiny_model, told, monkeypatch):
    def fall_apart(*_arguments):
        raise Diverged

    monkeypatch.setattr("engine.tuning.trainer.Trainer.run", fall_apart)
    report = Run(tiny_model, told).go()
    rates = [attempt.recipe["learning_rate"] for attempt in report.attempts]
    assert rates[1] < rates[0]
    assert report.reasons == ("diverged",)
    assert report.verdict is Verdict.REJECTED
    assert told.adapters.list() == ()


def test_where_general_answers_suffer_a_weaker_adapter_is_tried(tiny_model, told, monkeypatch):
    judged = []

    def judge(untuned, tuned):
        judged.append(tuned)
        bad = ("general_worse",) if len(judged) == 1 else ()
        return Judgement(bad, (), 1.0)

    monkeypatch.setattr("engine.tuning.attempt.judge", judge)
    report = Run(tiny_model, told).go()
    assert report.verdict is Verdict.ACTIVATED
    assert [attempt.recipe["strength"] for attempt in report.attempts] == [1.0, 0.85]
    assert report.tokens_trained == report.attempts[0].tokens_trained
    assert told.adapters.active().recipe["strength"] == 0.85


def test_a_checkpoint_that_does_not_fit_is_no_obstacle(tiny_model, told, monkeypatch):
    passing(monkeypatch)
    left = checkpoint.Checkpoint(1, Recipe(steps=4, rank=4), {"parameters": []})
    monkeypatch.setattr(checkpoint, "find", lambda store, task: left)
    run = Run(tiny_model, told)
    assert run.go().verdict is Verdict.ACTIVATED
    assert run.steps == [1, 2, 3, 4]


def test_of_two_approved_answers_to_one_question_the_newer_is_learned(
    tiny_model, told, say, monkeypatch
):
    passing(monkeypatch)
    say("I moved to Bruges.")
    collect(told)
    for example in told.examples.list(status=ExampleStatus.PENDING):
        told.examples.update(example.id, status=ExampleStatus.APPROVED)
    Run(tiny_model, told).go()
    assert {e.value for e in told.examples.list()} == {"Biscuit", "Bruges"}
    assert len(told.adapters.active().example_ids) == 2


@pytest.fixture
def fallback_model(tiny_model):
    """The tiny model on the fallback decoder, which shares its modules with the training."""
    loaded = copy(tiny_model)
    loaded.decoder = ReferenceDecoder(loaded.reference(), 1024, tiny_model.stop_ids)
    return loaded


def test_the_fallback_learns_too_and_is_left_as_it_was(fallback_model, told, monkeypatch):
    passing(monkeypatch)
    ids = fallback_model.prompt_ids(_turns(told, "What is my dog's name?"))
    before = fallback_model.decoder.logits(ids)
    heard = []

    def listen(event):
        if isinstance(event, LearnProgress) and event.phase in ("train", "exam_after"):
            fallback_model.decoder.use_adapter(None, 0.0)
            heard.append(fallback_model.decoder.logits(ids))

    run = Run(fallback_model, told, steps=3)
    run.during = listen
    report = run.go()
    assert report.verdict is Verdict.ACTIVATED
    assert len(heard) > 3
    assert all(torch.equal(before, logits) for logits in heard)
    assert torch.equal(before, fallback_model.decoder.logits(ids))
    weights = AdapterWeights.from_bytes(told.adapters.load(report.adapter_id))
    fallback_model.decoder.use_adapter(weights, 1.0)
    assert not torch.equal(before, fallback_model.decoder.logits(ids))
    fallback_model.decoder.use_adapter(None, 0.0)


def test_an_adapter_that_a_reply_left_on_does_not_disturb_the_training(
    fallback_model, told, monkeypatch
):
    """Both passes of a seed must agree, whatever the decoder had on in between."""
    passing(monkeypatch)
    monkeypatch.setattr("random.SystemRandom.randrange", lambda self, stop: 7)
    first = Run(fallback_model, told, steps=3)
    report = first.go()
    weights = AdapterWeights.from_bytes(told.adapters.load(report.adapter_id))
    told.adapters.activate(None)
    second = Run(fallback_model, told, steps=3)
    second.during = lambda event: fallback_model.decoder.use_adapter(weights, 1.0)
    second.go()
    losses = [[e.loss for e in run.events if getattr(e, "loss", None)] for run in (first, second)]
    assert losses[0] == losses[1]


@pytest.mark.parametrize("forever", [True, False], ids=["erased", "forbidden"])
def test_what_is_forgotten_during_a_run_is_not_learned_after_all(
    tiny_model, told, monkeypatch, forever
):
    passing(monkeypatch)
    run = Run(tiny_model, told)
    forgotten = told.examples.list()[0].id

    def forget(event):
        if isinstance(event, LearnProgress) and event.phase == "exam_after":
            if forever:
                told.examples.delete(forgotten)
            else:
                told.examples.update(forgotten, status=ExampleStatus.NEVER)

    run.during = forget
    report = run.go()
    assert report.verdict is Verdict.REJECTED
    assert "withdrawn" in report.reasons
    assert report.adapter_id is None
    assert told.adapters.list() == ()
    assert told.vault.list("checkpoint") == ()


def test_the_audit_trail_says_what_was_learned_when(tiny_model, told, monkeypatch):
    passing(monkeypatch)
    Run(tiny_model, told).go()
    lines = {line.action: line.detail for line in told.audit.list()}
    assert lines["learned"] == "version 1, 2 examples"


# -- judged answers -------------------------------------------------------------------------------


def judged(store, say, count):
    """Approved opinions of so many rewritten answers."""
    for number in range(count):
        say(f"What do {number} leaves have?")
        answer = say("They have many colors.", Role.ASSISTANT)
        store.judgements.rewrite(answer.id, f"Colours {number}.")
    collect(store)
    for example in store.examples.list():
        store.examples.update(example.id, status=ExampleStatus.APPROVED)


def test_facts_and_judged_answers_are_learned_together(tiny_model, told, say, monkeypatch):
    passing(monkeypatch)
    judged(told, say, 5)
    report = Run(tiny_model, told).go()
    assert report.verdict is Verdict.ACTIVATED
    assert report.examples == 7
    assert report.tuned.style_questions == report.untuned.style_questions == 1
    assert len(told.adapters.active().example_ids) == 7


def test_judged_answers_alone_can_be_learned(tiny_model, store, say, monkeypatch):
    passing(monkeypatch)
    judged(store, say, 4)
    report = Run(tiny_model, store).go()
    assert report.verdict is Verdict.ACTIVATED
    assert report.tuned.personal_questions == 0
    assert report.attempts[0].recipe["facts"] == 0
    assert report.attempts[0].final_loss > 0


def test_without_facts_a_second_attempt_draws_none_either(tiny_model, store, say):
    judged(store, say, 4)
    report = Run(tiny_model, store).go()
    assert {attempt.recipe["facts"] for attempt in report.attempts} == {0}


def test_too_few_judged_answers_alone_are_nothing_to_learn(tiny_model, store, say):
    judged(store, say, 3)
    assert Run(tiny_model, store).go().verdict is Verdict.NOTHING_TO_LEARN


def test_a_change_of_mind_is_learned_anew(tiny_model, told, say, monkeypatch):
    passing(monkeypatch)
    judged(told, say, 4)
    Run(tiny_model, told).go()
    assert Run(tiny_model, told).go().verdict is Verdict.NOTHING_TO_LEARN
    answer = told.judgements.list()[0].answer
    told.messages.rate(answer.id, -1)
    collect(told)
    for example in told.examples.list(status=ExampleStatus.PENDING):
        told.examples.update(example.id, status=ExampleStatus.APPROVED)
    assert Run(tiny_model, told).go().verdict is Verdict.ACTIVATED
