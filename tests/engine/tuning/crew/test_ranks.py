"""Who a process is, from its option and from what its launcher set."""

import os
import sys

import pytest

from engine.contract import EngineError
from engine.tuning.crew import ranks
from engine.tuning.crew.ranks import Ranks, found_ranks

TORCHRUN = {"RANK": "1", "WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2", "MASTER_PORT": "29500"}
ACCELERATE = {"MASTER_PORT": "29500", "ACCELERATE_MIXED_PRECISION": "no"}


def test_alone_without_any_word():
    found = found_ranks(None, {})
    assert (found.rank, found.count, found.launched) == (0, 1, False)


def test_the_option_makes_a_leader():
    assert found_ranks(3, {}) == Ranks(0, 3, os.getpid())


def test_a_launcher_that_numbers_all():
    assert found_ranks(None, TORCHRUN) == Ranks(1, 2, os.getppid(), launched=True)


def test_a_helper_of_ours_knows_the_meeting():
    assert found_ranks(2, TORCHRUN | {"CONFIDANT_LEARN_MEETING": "77"}).meeting == 77


def test_accelerate_on_the_cpu_starts_one_and_is_asked_for_the_number(monkeypatch):
    words = ["python", "accelerate", "launch", "--cpu", "--num_processes", "2", "main.py"]
    monkeypatch.setattr(ranks.psutil.Process, "cmdline", lambda self: words)
    assert found_ranks(None, ACCELERATE) == Ranks(0, 2, os.getpid())
    assert found_ranks(3, ACCELERATE).count == 3
    assert found_ranks(None, {"MASTER_PORT": "1"}).count == 1


@pytest.mark.parametrize(("words", "count"), [
    (["accelerate", "launch", "--num_processes=4", "main.py"], 4),
    (["accelerate", "launch", "--num-processes", "3", "main.py"], 3),
    (["accelerate", "launch", "main.py"], 1),
    (["accelerate", "launch", "--num_processes"], 1),
    (["accelerate", "launch", "--num_processes", "many"], 1),
    (["accelerate", "launch", "--num_processes", "0"], 1),
])  # fmt: skip
def test_the_number_on_the_launchers_command_line(words, count):
    assert ranks._count_in(words) == count


@pytest.mark.parametrize("environment", [
    TORCHRUN | {"LOCAL_WORLD_SIZE": "1"}, {"RANK": "0", "WORLD_SIZE": "2"},
])  # fmt: skip
def test_several_computers_are_refused(environment):
    with pytest.raises(EngineError, match="one computer"):
        found_ranks(None, environment)


def test_too_many_are_refused():
    with pytest.raises(EngineError, match="At most"):
        found_ranks(1000, {})


def test_without_unix_sockets_there_is_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert found_ranks(None, {}).count == 1
    with pytest.raises(EngineError, match="Linux or macOS"):
        found_ranks(2, {})


def test_the_cpu_is_taken_at_its_word(monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0,1")
    ranks.hide_gpus_if_asked({"ACCELERATE_USE_CPU": "False"})
    assert os.environ["CUDA_VISIBLE_DEVICES"] == "0,1"
    ranks.hide_gpus_if_asked({"ACCELERATE_USE_CPU": "True"})
    assert os.environ["CUDA_VISIBLE_DEVICES"] == ""
