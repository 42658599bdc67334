import time

import pytest
import torch

from engine.control import JobControl, JobStopped
from engine.tuning.augmentation import Augmenter, fact_of
from engine.tuning.network.batch import TokenExample, pack
from engine.tuning.network.network import build_network
from engine.tuning.recipe import Recipe
from engine.tuning.replay import ReplayBank, text_passages, with_odds
from engine.tuning.trainer import Diverged, Trainer
from engine.tuning.wording.item import Item
from storage.records import ExampleKind, ExampleRecord

INSTRUCTION = "Be kind."
RECIPE = Recipe(steps=8, rank=4, alpha=8.0, facts=2, never=1, told=1, replay=2, learning_rate=5e-3)


def fact():
    record = ExampleRecord(
        id="1", kind=ExampleKind.FACT, noun="my dog's name", question="What is my dog's name?",
        answer="Your dog's name is Biscuit.", value="Biscuit",
    )  # fmt: skip
    return fact_of(record)


def trainer(model, recipe=RECIPE):
    network = build_network(model, rank=recipe.rank, alpha=recipe.alpha, seed=recipe.seed)
    replayed = with_odds(network, text_passages(model)[:3], lambda: None)
    never = [Item("What is my uncle's name?", "my uncle's name")]
    augmenter = Augmenter([fact()], never, INSTRUCTION, recipe.seed, [("Hi", "Hello")])
    return Trainer(network, model, augmenter, ReplayBank(replayed, replayed, 1), recipe), network


def run(made, control=None, **more):
    reports = []
    made.run(control or JobControl(), reports.append, lambda: None, **more)
    return reports


@pytest.mark.parametrize("optimizer", ["adamw", "sgd"])
def test_the_loss_falls(tiny_model, optimizer):
    rate = 5e-3 if optimizer == "adamw" else 0.1
    recipe = Recipe(**{**RECIPE.as_dict(), "steps": 20, "optimizer": optimizer,
                       "learning_rate": rate})  # fmt: skip
    reports = run(trainer(tiny_model, recipe)[0])
    assert [report.step for report in reports] == list(range(1, 21))
    first, last = reports[0].loss, sum(report.loss for report in reports[-5:]) / 5
    assert last < first - 0.1
    assert reports[-1].seconds_left == 0
    assert reports[-1].tokens_per_s > 0


def test_a_seed_repeats_a_run(tiny_model):
    losses = [[report.loss for report in run(trainer(tiny_model)[0])] for _ in range(2)]
    assert losses[0] == losses[1]


def test_training_changes_nothing_but_the_adapter(tiny_model):
    made, network = trainer(tiny_model)
    batch = pack([TokenExample((1, 2, 3, 4, 5), 2)])
    with torch.no_grad():
        before = network.log_odds(batch, tuned=False)
    run(made)
    with torch.no_grad():
        assert torch.equal(before, network.log_odds(batch, tuned=False))
        assert not torch.equal(before, network.log_odds(batch, tuned=True))


def test_a_run_goes_on_from_a_snapshot(tiny_model):
    whole = run(trainer(tiny_model)[0])
    made, _ = trainer(tiny_model)
    control = JobControl()
    kept = {}

    def stop_half_way(report):
        if report.step == 4:
            kept.update(made.snapshot())
            control.stop()

    with pytest.raises(JobStopped):
        made.run(control, stop_half_way, lambda: None)
    again, _ = trainer(tiny_model)
    again.restore(kept)
    reports = run(again)
    assert [report.step for report in reports] == [5, 6, 7, 8]
    assert again.state.tokens > kept["tokens"]
    assert len(again.state.losses) == len(whole)


def test_the_step_size_falls_to_nothing(tiny_model):
    made, _ = trainer(tiny_model)
    run(made)
    last = made._optimizer.param_groups[0]["lr"]
    assert last == pytest.approx(RECIPE.learning_rate / RECIPE.steps)


def test_the_deadline_shortens_a_run(tiny_model):
    recipe = Recipe(**{**RECIPE.as_dict(), "steps": 500})
    reports = run(trainer(tiny_model, recipe)[0], deadline=time.monotonic())
    assert len(reports) == 5


def test_a_loss_that_is_no_number_ends_the_run(tiny_model):
    made, network = trainer(tiny_model)
    network.parameters()[0].data.fill_(float("nan"))
    with pytest.raises(Diverged):
        run(made)
    assert made.state.step == 0
