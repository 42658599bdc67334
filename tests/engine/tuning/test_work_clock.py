"""A laptop that sleeps in the middle of learning: the time limit counts work alone."""

import time

import pytest

from engine.control import JobControl
from engine.tuning.augmentation import Augmenter
from engine.tuning.network.network import build_network
from engine.tuning.recipe import Recipe
from engine.tuning.replay import ReplayBank, text_passages, with_odds
from engine.tuning.trainer import Trainer
from engine.tuning.work_clock import WorkClock, awake_s


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def test_ordinary_time_counts():
    clock = Clock()
    work = WorkClock(clock)
    assert work() == 0
    for _ in range(10):
        clock.now += 7
        work()
    assert work() == pytest.approx(70)


@pytest.mark.parametrize("hours", [1, 24])
def test_a_night_counts_as_one_look(hours):
    clock = Clock()
    work = WorkClock(clock)
    clock.now += 3600 * hours
    assert work() <= 60


def test_slow_work_is_learned_to_be_usual():
    clock = Clock()
    work = WorkClock(clock)
    for _ in range(5):
        clock.now += 150
        work()
    assert work() == pytest.approx(60 + 4 * 150)


def test_a_clock_set_back_takes_nothing_back():
    clock = Clock()
    work = WorkClock(clock)
    clock.now += 20
    assert work() == 20
    clock.now -= 500
    assert work() == 20
    clock.now += 5
    assert work() == 25


def test_the_real_clock_goes_on_and_ignores_the_wall(monkeypatch):
    before = awake_s()
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert awake_s() >= before


class Network:
    """Counts a second of the clock for each step that it computes."""

    count = 1

    def __init__(self, hands, clock):
        self._hands, self._clock = hands, clock

    def gradients(self, step):
        self._clock.now += 1
        return self._hands.gradients(step)


def steps_made(model, clock, sleep, limit):
    """Steps of a run of at most `limit` seconds that calls `sleep(step)` after each."""
    recipe = Recipe(steps=30, rank=2, alpha=4.0, facts=0, never=0, told=0, replay=1)
    network = build_network(model, rank=2, alpha=4.0, seed=0)
    kept = with_odds(network, text_passages(model)[:1], lambda: None)
    trainer = Trainer(network, model, Augmenter([], [], "", 0), ReplayBank(kept, kept, 0), recipe)
    trainer._hands = Network(trainer._hands, clock)
    work = WorkClock(clock)
    told = []
    trainer.run(JobControl(), lambda report: (told.append(report), sleep(report.step)),
                lambda: None, work() + limit, work)  # fmt: skip
    return len(told)


def test_a_run_in_time_makes_all_its_steps(tiny_model):
    assert steps_made(tiny_model, Clock(), lambda _step: None, 40) == 30


def test_too_little_time_shortens_a_run(tiny_model):
    assert steps_made(tiny_model, Clock(), lambda _step: None, 20) == 20


def test_sleep_does_not_end_a_run(tiny_model):
    clock = Clock()

    def sleep(step):
        clock.now += 8 * 3600 if step == 7 else 0

    assert steps_made(tiny_model, clock, sleep, 100) == 30


def test_a_clock_set_back_does_not_prolong_a_run(tiny_model):
    clock = Clock()

    def set_back(step):
        clock.now -= 8 * 3600 if step == 7 else 0

    assert steps_made(tiny_model, clock, set_back, 20) == 20
