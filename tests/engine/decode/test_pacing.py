from collections import namedtuple

import pytest
import torch

from engine.decode import pacing
from engine.decode.pacing import ThreadPacer


class _Machine:
    """A clock and a meter of other processes' time that the test moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, cores: int, threads: int) -> None:
        self.now, self.others = 100.0, 50.0
        self.set_to = [threads]
        monkeypatch.setattr(pacing.time, "perf_counter", lambda: self.now)
        monkeypatch.setattr(pacing, "_others_seconds", lambda: self.others)
        monkeypatch.setattr(pacing.psutil, "cpu_count", lambda logical: cores)
        monkeypatch.setattr(torch, "set_num_threads", self.set_to.append)
        monkeypatch.setattr(torch, "get_num_threads", lambda: self.set_to[-1])

    def pass_time(self, seconds: float, busy: float) -> None:
        self.now += seconds
        self.others += seconds * busy


def test_threads_follow_the_free_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = _Machine(monkeypatch, cores=4, threads=3)
    pacer = ThreadPacer(3)
    for busy, expected in ((0.0, 3), (1.1, 3), (2.0, 2), (3.9, 1), (4.0, 1), (0.2, 3)):
        machine.pass_time(0.3, busy)
        pacer.adjust()
        assert pacer.threads == expected
    assert machine.set_to == [3, 2, 1, 3]


def test_short_and_stale_spans_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = _Machine(monkeypatch, cores=2, threads=2)
    pacer = ThreadPacer(2)
    machine.pass_time(0.1, 2.0)
    pacer.adjust()
    machine.pass_time(60.0, 2.0)
    pacer.adjust()
    assert machine.set_to == [2]
    machine.pass_time(0.3, 1.0)
    pacer.adjust()
    assert machine.set_to == [2, 1]


def test_one_pacer_takes_over_from_another(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = _Machine(monkeypatch, cores=2, threads=2)
    of_loading, of_answers = ThreadPacer(2), ThreadPacer(2)
    machine.pass_time(0.3, 1.0)
    of_loading.adjust()
    assert machine.set_to == [2, 1]
    machine.pass_time(10.0, 0.0)
    of_answers.adjust()
    machine.pass_time(0.3, 0.0)
    of_answers.adjust()
    assert machine.set_to == [2, 1, 2]


def test_the_meter_counts_seconds_of_others() -> None:
    before = pacing._others_seconds()
    assert before > 0
    sum(range(3_000_000))
    assert pacing._others_seconds() - before < 5.0


@pytest.mark.parametrize(("niceness", "others"), [(0, 30.0), (10, 70.0)])
def test_who_yields_to_us_takes_no_core(
    monkeypatch: pytest.MonkeyPatch, niceness: int, others: float
) -> None:
    times = namedtuple("times", "user nice system idle iowait guest guest_nice")
    monkeypatch.setattr(pacing.psutil, "cpu_times", lambda: times(30, 40, 5, 900, 7, 3, 2))
    monkeypatch.setattr(pacing.time, "process_time", lambda: 5.0)
    monkeypatch.setattr(pacing.os, "getpriority", lambda which, who: niceness, raising=False)
    monkeypatch.setattr(pacing.os, "PRIO_PROCESS", 0, raising=False)
    assert pacing._others_seconds() == others


def test_a_system_without_priorities_counts_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    times = namedtuple("times", "user system idle interrupt dpc")
    monkeypatch.setattr(pacing.psutil, "cpu_times", lambda: times(30, 5, 900, 1, 1))
    monkeypatch.setattr(pacing.time, "process_time", lambda: 2.0)
    monkeypatch.delattr(pacing.os, "getpriority", raising=False)
    assert pacing._others_seconds() == 35.0
