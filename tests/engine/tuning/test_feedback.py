"""Opinions of answers: encoded, dealt, learned on both networks, examined on what was held back."""

import pytest
import torch

from engine.control import JobControl
from engine.tuning.augmentation import Augmenter
from engine.tuning.feedback import (
    FeedbackBank,
    Opinion,
    answer_sums,
    encode_opinions,
    preferred,
    split,
)
from engine.tuning.network.batch import TokenExample
from engine.tuning.network.network import build_network
from engine.tuning.network.peft import PeftNetwork
from engine.tuning.recipe import Recipe
from engine.tuning.replay import ReplayBank
from engine.tuning.trainer import Trainer
from storage.records import ExampleKind, ExampleRecord
from tests.support.tiny_model import tiny_llama

KINDS = {"r": ExampleKind.REWRITTEN, "l": ExampleKind.LIKED, "d": ExampleKind.DISLIKED}
ALONE = Recipe(steps=40, rank=4, alpha=8.0, facts=0, never=0, told=0, replay=0, replay_weight=0.0,
               learning_rate=2e-2)  # fmt: skip


def record(kind, number=0, weight=1.0):
    return ExampleRecord(
        id=str(number), kind=KINDS[kind], noun="", question=f"How are {number} cats?",
        answer=f"Fine {number}.", value="", source_text=f"All {number} are well.", weight=weight,
    )  # fmt: skip


def opinions(model, kinds):
    return encode_opinions(model, [record(kind, n) for n, kind in enumerate(kinds)], "Be kind.")


def tokens(*ids, start=2):
    return TokenExample(ids, start)


def network_of(model):
    return build_network(model, rank=4, alpha=8.0, seed=1)


def learned(model, made):
    network = network_of(model)
    bank = FeedbackBank.prepared(network, made, lambda: None).started(1)
    trainer = Trainer(network, model, Augmenter([], [], "", 1), ReplayBank([], [], 1), ALONE,
                      feedback=bank)  # fmt: skip
    reports = []
    trainer.run(JobControl(), reports.append, lambda: None)
    return network, reports


def test_a_pair_holds_both_answers_and_a_thumb_one(tiny_model):
    pair, liked, disliked = opinions(tiny_model, "rld")
    assert pair.good.ids[: pair.good.answer_start] == pair.bad.ids[: pair.bad.answer_start]
    assert pair.good.ids != pair.bad.ids
    assert (liked.bad, disliked.good) == (None, None)


def test_long_answers_are_cut_and_long_questions_left_out(tiny_model):
    long = ExampleRecord(id="1", kind=ExampleKind.LIKED, noun="", question="Why?",
                         answer="word " * 400, value="")  # fmt: skip
    (cut,) = encode_opinions(tiny_model, [long], "")
    assert cut.good.answer_tokens == 96
    asked = ExampleRecord(id="2", kind=ExampleKind.LIKED, noun="", question="word " * 400,
                          answer="Yes.", value="")  # fmt: skip
    assert encode_opinions(tiny_model, [asked], "") == []


def test_every_fourth_of_a_kind_is_held_back_and_stays_so():
    told = [record("r", n) for n in range(9)] + [record("l", 20), record("d", 21)]
    trained, held = split(told)
    assert [one.id for one in held] == ["3", "7"]
    assert len(trained) == len(told) - 2
    later, still = split([*told, record("r", 30)])
    assert still == held
    assert set(trained) <= set(later)


def test_sums_do_not_depend_on_the_order(tiny_model):
    network = network_of(tiny_model)
    made = [one for opinion in opinions(tiny_model, "rrl") for one in opinion.examples]
    with torch.no_grad():
        ahead = answer_sums(network, made, tuned=False)
        back = answer_sums(network, made[::-1], tuned=False)
    assert torch.allclose(ahead, back.flip(0), atol=0.3)
    assert (ahead < 0).all()


def test_a_pair_is_learned(tiny_model):
    made = opinions(tiny_model, "rr")
    network, reports = learned(tiny_model, made)
    assert reports[-1].loss < reports[0].loss - 0.1
    assert reports[-1].tokens_per_s > 0
    assert preferred(network, made, tuned=True) == (2, 2.0)


def test_thumbs_move_answers_their_own_way(tiny_model):
    made = opinions(tiny_model, "ld")
    network, _ = learned(tiny_model, made)
    assert preferred(network, made, tuned=False) == (1, 0.5)
    assert preferred(network, made, tuned=True) == (1, 1.0)
    with torch.no_grad():
        before = answer_sums(network, [made[0].good, made[1].bad], tuned=False)
        after = answer_sums(network, [made[0].good, made[1].bad], tuned=True)
    assert after[0] > before[0]
    assert after[1] < before[1]


def gradients(network, weight):
    made = [Opinion(tokens(1, 2, 3, 4, 5), tokens(1, 2, 6, 7), weight)]
    bank = FeedbackBank.prepared(network, made, lambda: None)
    for parameter in network.parameters():
        parameter.grad = None
    told = bank.backward(network)
    found = [p.grad.flatten() for p in network.parameters() if p.grad is not None]
    return told, torch.cat(found)


def test_the_weight_of_an_opinion_scales_its_gradient(tiny_model):
    network = network_of(tiny_model)
    once, pull = gradients(network, 1.0)
    twice, stronger = gradients(network, 2.0)
    assert twice.loss == pytest.approx(2 * once.loss, rel=1e-3)
    assert (stronger - 2 * pull).norm() < 0.02 * stronger.norm()


def test_the_peft_network_learns_the_same_way():
    model = tiny_llama()
    network = PeftNetwork(model, rank=4, alpha=8.0, seed=1)
    made = [Opinion(tokens(1, 2, 3, 4, 5), tokens(1, 2, 6, 7)), Opinion(tokens(1, 2, 8, 9)),
            Opinion(None, tokens(1, 3, 8, 9))]  # fmt: skip
    bank = FeedbackBank.prepared(network, made, lambda: None)
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-2)
    losses = []
    for _ in range(45):
        losses.append(bank.backward(network).loss)
        optimizer.step()
        optimizer.zero_grad()
    assert sum(losses[-6:]) < sum(losses[:6])
    assert preferred(network, made, tuned=True) == (2, 2.0)


def test_each_opinion_comes_once_before_any_comes_again(tiny_model):
    made = opinions(tiny_model, "rrrr")
    bank = FeedbackBank.prepared(network_of(tiny_model), made, lambda: None).started(3)
    drawn = [known.opinion for _ in range(2) for known in bank._draw()]
    assert {id(one) for one in drawn} == {id(one) for one in made}


def test_the_untuned_model_is_asked_in_steps_that_can_be_stopped(tiny_model):
    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        FeedbackBank.prepared(network_of(tiny_model), opinions(tiny_model, "r"), stop)
