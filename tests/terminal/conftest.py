"""A terminal that speaks to the scripted engine, in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from engine.contract import Engine
from engine.fake import FakeEngine, FakeScript
from ui.terminal.options import parse
from ui.terminal.run import run_command

QUICK = FakeScript(
    first_token_s=0.0, token_s=0.0, load_s=0.0, learn_step_s=0.0, learn_steps=4
)


@dataclass(frozen=True)
class Outcome:
    """What one command did: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict:
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def sentence(self) -> str:
        """The one sentence of a failure; fails the test unless standard error holds just that."""
        assert self.code == 1, self.err
        lines = self.err.splitlines()
        assert len(lines) == 1, lines
        assert lines[0].endswith(".")
        assert "Traceback" not in self.err
        return lines[0]


Terminal = Callable[..., Outcome]


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    """``terminal("chat", "hello", engine=...)``; without an engine, a fresh open profile."""

    def run(*words: object, engine: Engine | None = None) -> Outcome:
        options = parse([str(word) for word in words])
        code = run_command(options, lambda: engine or FakeEngine("open", QUICK))
        out, err = capsys.readouterr()
        return Outcome(code, out, err)

    return run
