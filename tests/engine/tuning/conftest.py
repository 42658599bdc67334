"""A store in memory that may learn, and messages in it."""

from collections.abc import Callable, Iterator

import pytest
import torch

from engine.model.describe import describe_gguf
from engine.model.load import LoadOptions, load_model
from engine.model.loaded import LoadedModel
from storage.records import MessageRecord, Role
from storage.store import Store
from tests.support.tiny_gguf import TinyGguf


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store.temporary()
    made.settings.set("learning_consent", True)
    yield made
    made.close()


@pytest.fixture
def say(store: Store) -> Callable[..., MessageRecord]:
    """Adds a user message to one consented conversation."""
    conversation = store.conversations.create("told", consent=True)
    last: list[str | None] = [None]

    def add(text: str, role: Role = Role.USER) -> MessageRecord:
        made = store.messages.add(conversation.id, parent_id=last[0], role=role, text=text)
        last[0] = made.id
        return made

    return add


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> LoadedModel:
    """A tiny random model on the fast path, loaded from a file."""
    folder = tmp_path_factory.mktemp("tiny")
    record = describe_gguf(TinyGguf(scale=0.05).write(folder / "tiny.gguf"), "a" * 64)
    threads = torch.get_num_threads()
    loaded = load_model(record, LoadOptions(cache_dir=folder), lambda _fraction: None)
    torch.set_num_threads(threads)
    return loaded


@pytest.fixture
def short_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few general questions, so that a run takes a second or two."""
    questions = tuple(f"Why {number}?" for number in range(8))
    monkeypatch.setattr("engine.tuning.lesson.replay_questions", lambda chinese, share: questions)
    monkeypatch.setattr(
        "engine.tuning.lesson.general_questions", lambda chinese: (("Who?", ("me",)),)
    )
    monkeypatch.setattr("engine.tuning.replay.ANSWER_TOKENS", 2)
    monkeypatch.setattr("engine.tuning.exam.ANSWER_TOKENS", 2)
    monkeypatch.setattr("engine.tuning.exam._ABSTAIN", 3)
    monkeypatch.setattr("engine.tuning.exam.read_text", lambda name: "One short line of text.")
