"""The bench command: names as in tests/bench, options passed on, one sentence without a source."""

import argparse
import subprocess
import sys

import pytest

from tests.bench import __main__ as benches
from ui.terminal import bench as command
from ui.terminal.options import BENCHES, build_parser
from ui.terminal.session import CommandError


def options(*words: str) -> argparse.Namespace:
    return build_parser().parse_args(["bench", *words])


def test_it_offers_what_there_is() -> None:
    assert tuple(benches.BENCHES) == BENCHES


@pytest.mark.parametrize("words", [[], ["nothing"], ["decode", "--rounds", "0"]])
def test_wrong_usage_is_two(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        options(*words)
    assert ended.value.code == 2


def test_options_reach_the_benchmark(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def run(words: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        seen.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(command.subprocess, "run", run)
    assert command.bench(options("turn2", "--json", "--rounds", "3", "--model", "/m.gguf")) == 0
    assert seen[0][:3] == [sys.executable, "-m", "tests.bench"]
    parsed = benches.parse(seen[0][3:])
    assert (parsed.name, parsed.rounds, parsed.json, str(parsed.model)) == (
        "turn2", 3, True, "/m.gguf")  # fmt: skip


def test_failures_are_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    failed = subprocess.CompletedProcess([], 3)
    monkeypatch.setattr(command.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(CommandError, match="did not finish"):
        command.bench(options("decode"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(CommandError, match="checkout"):
        command.bench(options("decode"))
