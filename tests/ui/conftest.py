"""Fixtures for the window's tests: a scripted engine and a client that is already running."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication

from engine.fake import FakeEngine, FakeScript
from ui.engine_client import EngineClient

FAST = {"load_s": 0.0, "first_token_s": 0.0, "token_s": 0.001, "learn_step_s": 0.001}
StartClient = Callable[..., tuple[EngineClient, FakeEngine]]


@pytest.fixture
def start_client(qapp: QApplication) -> Iterator[StartClient]:
    """Starts a client on a scripted engine: ``start_client(state="open", **script)``."""
    clients: list[EngineClient] = []

    def start(state: str = "open", **script: object) -> tuple[EngineClient, FakeEngine]:
        engine = FakeEngine(state, FakeScript(**{**FAST, **script}))
        client = EngineClient(engine)
        client.start()
        clients.append(client)
        return client, engine

    yield start
    for client in clients:
        assert client.shutdown()
    qapp.processEvents()
