"""A leader and a helper train as one process does; whoever fails is told of in one sentence."""

import socket
import threading

import pytest
import torch

from engine.contract import EngineError, FailureKind
from engine.control import JobControl, JobStopped
from engine.tuning.augmentation import Augmenter, fact_of
from engine.tuning.crew.helper import Helper
from engine.tuning.crew.leader import CrewHands
from engine.tuning.crew.ranks import Ranks
from engine.tuning.crew.wire import LostError, Wire
from engine.tuning.network.network import build_network
from engine.tuning.recipe import Recipe
from engine.tuning.replay import ReplayBank, text_passages, with_odds
from engine.tuning.share import Alone
from engine.tuning.trainer import Trainer
from engine.tuning.wording.item import Item
from storage.records import ExampleKind, ExampleRecord

RECIPE = Recipe(steps=4, rank=4, alpha=8.0, facts=3, never=1, told=1, replay=2, learning_rate=5e-3)
PARTS = {"rank": RECIPE.rank, "alpha": RECIPE.alpha, "seed": 9, "upper": 1.0}


@pytest.fixture
def pair(tiny_model, tmp_path):
    """The leader's wire and a helper at work in a thread, over the same weights."""
    links = socket.socketpair()
    made = Helper(Wire(links[1]), Ranks(1, 2), tmp_path)
    made._model = tiny_model
    ended = []

    def work():
        try:
            ended.append(made.work())
        except LostError:
            ended.append("lost")

    worker = threading.Thread(target=work)
    worker.start()
    leader = Wire(links[0])
    leader.send("network", PARTS)
    yield leader, ended
    leader.close()
    worker.join()
    links[1].close()


def trainer(model, make_hands):
    network = build_network(model, rank=RECIPE.rank, alpha=RECIPE.alpha, seed=1)
    replayed = with_odds(network, text_passages(model)[:4], lambda: None)
    fact = fact_of(ExampleRecord(
        id="1", kind=ExampleKind.FACT, noun="my dog's name", question="What is my dog's name?",
        answer="Your dog's name is Biscuit.", value="Biscuit",
    ))  # fmt: skip
    never = [Item("What is my uncle's name?", "my uncle's name")]
    augmenter = Augmenter([fact], never, "Be kind.", 1, [("Hi", "Hello")])
    bank = ReplayBank(replayed, replayed, 1)
    return Trainer(network, model, augmenter, bank, RECIPE, make_hands(network)), network


def trained(model, make_hands):
    """All parameters after a run, and the losses of its steps."""
    made, network = trainer(model, make_hands)
    threads = torch.get_num_threads()
    losses = []
    made.run(JobControl(), lambda report: losses.append(report.loss), lambda: None)
    torch.set_num_threads(threads)
    return torch.cat([p.detach().flatten() for p in network.parameters()]), losses


def test_two_train_as_one_does(tiny_model, pair):
    leader, _ = pair
    start = torch.cat([p.detach().flatten() for p in trainer(tiny_model, Alone)[1].parameters()])
    alone, losses = trained(tiny_model, Alone)
    together, shared = trained(tiny_model, lambda network: CrewHands([leader], network))
    assert shared == pytest.approx(losses, rel=0.02)
    moved = (alone - start).norm()
    assert moved > 0.1
    assert (together - alone).norm() < 0.1 * moved


def test_a_stop_leaves_the_helper_ready_for_what_comes_next(tiny_model, pair):
    leader, _ = pair
    made, _ = trainer(tiny_model, lambda network: CrewHands([leader], network))
    threads, control = torch.get_num_threads(), JobControl()
    with pytest.raises(JobStopped):
        made.run(control, lambda report: control.stop(), lambda: None)
    assert made.state.step == 1
    leader.send("network", PARTS)
    made.run(JobControl(), lambda report: None, lambda: None)
    torch.set_num_threads(threads)
    assert made.state.step == RECIPE.steps


def test_the_helper_leaves_with_the_leaders_code(pair):
    leader, ended = pair
    leader.send("end", {"code": 1})
    leader.drain(5)
    assert ended in ([], [1])


def test_a_leader_that_is_gone_ends_the_helper(pair):
    leader, ended = pair
    leader._link.shutdown(socket.SHUT_RDWR)
    leader.drain(5)
    assert ended in ([], ["lost"])


def test_a_helper_that_is_gone_is_one_sentence(tiny_model):
    mine, other = socket.socketpair()
    with mine, other:
        hands = []

        def make(network):
            hands.append(CrewHands([Wire(mine)], network))
            return hands[0]

        made, _ = trainer(tiny_model, make)
        other.close()
        with pytest.raises(EngineError) as failure:
            made.run(JobControl(), lambda report: None, lambda: None)
    assert "start it again" in failure.value.detail
    assert made.state.step == 0


def test_a_helper_that_fails_says_why(tiny_model):
    mine, other = socket.socketpair()
    with mine, other:
        Wire(other).send("failed", {"kind": "out_of_memory", "detail": "Not enough memory."})
        reader = threading.Thread(target=lambda: Wire(other).drain(60))
        reader.start()
        made, _ = trainer(tiny_model, lambda network: CrewHands([Wire(mine)], network))
        with pytest.raises(EngineError) as failure:
            made.run(JobControl(), lambda report: None, lambda: None)
        mine.shutdown(socket.SHUT_RDWR)
        reader.join()
    assert failure.value.kind is FailureKind.OUT_OF_MEMORY
    assert failure.value.detail == "Not enough memory."
