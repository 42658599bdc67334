"""A host over a tiny model, driven to the end of one command after another."""

import importlib.util
import queue
from dataclasses import replace
from pathlib import Path

import pytest

from engine.contract import CreateProfile, Done, Failed, Stopped
from engine.host import EngineHost
from engine.model.describe import describe_gguf
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths

PASSPHRASE = "correct horse"


class Driver:
    """One host; `ask` submits and waits for the end."""

    def __init__(self, paths, **options):
        self.paths = paths
        self.key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
        self.host = EngineHost(paths, key_file=self.key_file, **options)
        self.events = []
        self._queue = queue.Queue()
        self.host.start(self._queue.put)

    def ask(self, command):
        self.host.submit(command)
        return self.end(command.job)

    def end(self, job):
        while True:
            event = self._queue.get(timeout=60)
            self.events.append(event)
            if event.job == job and isinstance(event, Done | Failed | Stopped):
                return event

    def of(self, kind):
        return [event for event in self.events if isinstance(event, kind)]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """The record of a tiny random model."""
    path = Path(__file__).parents[2] / "fixtures" / "tiny_model.py"
    spec = importlib.util.spec_from_file_location("tiny_model", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    file = tmp_path_factory.mktemp("model") / "tiny.gguf"
    module.write(file)
    return replace(describe_gguf(file, "a" * 64), name="Tiny")


@pytest.fixture
def drive(tmp_path, tiny, monkeypatch):
    """Makes drivers of one profile folder and shuts them down."""
    monkeypatch.setattr("engine.library.models.embedded_model", lambda: tiny)
    made = []

    def start(name="profile", **options):
        made.append(Driver(ProfilePaths(tmp_path / name), **options))
        return made[-1]

    yield start
    for driver in made:
        assert driver.host.shutdown(30)


@pytest.fixture
def driver(drive):
    """A driver whose profile was just made."""
    driver = drive()
    assert isinstance(driver.ask(CreateProfile(passphrase=PASSPHRASE)), Done)
    return driver
