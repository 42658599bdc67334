"""One bench for both engines: the scripted one, and the real host over a tiny random model."""

import importlib.util
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from keyring.backends.fail import Keyring as NoKeyring

from engine.contract import (
    Command,
    CreateProfile,
    Done,
    Engine,
    Event,
    Failed,
    FailureKind,
    ImportChats,
    Stopped,
    Unlock,
)
from engine.fake import FakeEngine, FakeScript
from engine.host import EngineHost
from engine.model.describe import describe_gguf
from storage.keys import CHEAP_COST, KeyFile, SystemKeyring
from storage.profile import ProfilePaths
from storage.records import ModelRecord
from storage.store import Store

PASSPHRASE = "correct horse"
ENDS = (Done, Failed, Stopped)
PATIENCE_S = 60.0


class Bench:
    """Drives one engine and keeps every event in the order it came."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.events: list[Event] = []
        self._changed = threading.Condition()
        engine.start(self._take)

    def _take(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def submit(self, command: Command) -> str:
        self.engine.submit(command)
        return command.job

    def of(self, job: str) -> list[Event]:
        with self._changed:
            return [event for event in self.events if event.job == job]

    def ends(self, job: str) -> list[Event]:
        return [event for event in self.of(job) if isinstance(event, ENDS)]

    def until(self, met: Callable[[list[Event]], Any], job: str) -> list[Event]:
        """Waits until `met` holds for the events of `job`; returns them."""
        deadline = time.monotonic() + PATIENCE_S
        with self._changed:
            while not met(found := [event for event in self.events if event.job == job]):
                left = deadline - time.monotonic()
                ended = any(isinstance(event, ENDS) for event in found)
                if ended or left <= 0 or not self._changed.wait(left):
                    pytest.fail(f"waited in vain; so far {[type(e).__name__ for e in found]}")
        return found

    def wait_for(self, kind: type[Any], job: str, count: int = 1) -> Any:
        found = self.until(lambda es: sum(isinstance(e, kind) for e in es) >= count, job)
        return [event for event in found if isinstance(event, kind)][count - 1]

    def end(self, job: str) -> Any:
        """Waits for the terminal event of `job`."""
        return self.wait_for(ENDS, job)  # type: ignore[arg-type]

    def ask(self, command: Command) -> Any:
        return self.end(self.submit(command))


@dataclass(frozen=True)
class Wish:
    """What a test needs of its engine. ``token_s`` paces answers of ``tokens`` tokens."""

    state: str = "open"
    token_s: float = 0.0
    tokens: int = 200
    fail_after: int | None = None
    damaged_adapter: bool = False
    keyring: bool = True


class PacedDecoder:
    """Answers with a fixed text, at a set pace, and runs out of memory where it is told to."""

    def __init__(self, inner: Any, token: int, wish: Wish) -> None:
        self.inner, self.token, self.wish = inner, token, wish

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)

    def stream(
        self, prompt: Sequence[int], sampling: Any, should_stop: Callable[[], bool]
    ) -> Iterator[int]:
        for number in range(min(sampling.max_tokens, self.wish.tokens)):
            if should_stop():
                return
            if number == self.wish.fail_after:
                raise MemoryError
            time.sleep(self.wish.token_s)
            yield self.token


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> ModelRecord:
    """A Llama with random weights and one token a byte: hidden 64, two layers."""
    path = tmp_path_factory.mktemp("model") / "tiny.gguf"
    tiny_model_module().write(path)
    return replace(describe_gguf(path, "a" * 64), name="Tiny")


def tiny_model_module() -> Any:
    """The fixture module `tests/fixtures/tiny_model.py`, loaded by its path."""
    path = Path(__file__).parents[1] / "fixtures" / "tiny_model.py"
    spec = importlib.util.spec_from_file_location("tiny_model", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=["fake", "host"])
def make(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Bench]]:
    """Makes a bench; call it with the fields of `Wish`."""
    benches: list[Bench] = []

    def build(**wishes: Any) -> Bench:
        wish = Wish(**wishes)
        if request.param == "fake":
            bench = _fake(wish)
        else:
            tiny = request.getfixturevalue("tiny_model")
            monkeypatch.setattr("engine.library.models.embedded_model", lambda: tiny)
            bench = _host(wish, tmp_path / "profile", tiny)
        benches.append(bench)
        return bench

    yield build
    for bench in benches:
        assert bench.engine.shutdown(PATIENCE_S)


def _fake(wish: Wish) -> Bench:
    faults = {} if wish.fail_after is None else {"Reply": FailureKind.OUT_OF_MEMORY}
    script = FakeScript(
        passphrase=PASSPHRASE, samples=False, load_s=0.0, first_token_s=wish.token_s,
        token_s=wish.token_s, learn_step_s=0.02, learn_steps=200,
        answer="word " * (wish.tokens - 1),
        faults=faults, fault_after_tokens=wish.fail_after or 0,
        damaged_adapter=wish.damaged_adapter, keyring_available=wish.keyring,
    )  # fmt: skip
    return Bench(FakeEngine(wish.state, script))


def _host(wish: Wish, root: Path, tiny: ModelRecord) -> Bench:
    from engine.model.load import load_model

    paths = ProfilePaths(root)
    keyring = SystemKeyring(NoKeyring())
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST, keyring=keyring)
    if wish.state != "new":
        _make_profile(paths, key_file, wish, tiny)

    def load(record: ModelRecord, options: Any, progress: Callable[[float], None]) -> Any:
        model = load_model(record, options, progress)
        letter = model.tokenizer.encode("w")[0]
        model.decoder = PacedDecoder(model.decoder, letter, wish)  # type: ignore[assignment]
        return model

    bench = Bench(EngineHost(paths, key_file=key_file, load_model=load))
    if wish.state == "open":
        assert isinstance(bench.ask(Unlock(passphrase=PASSPHRASE)), Done)
    return bench


def _make_profile(
    paths: ProfilePaths, key_file: KeyFile, wish: Wish, tiny: ModelRecord
) -> None:
    paths.prepare()
    key, _recovery = key_file.create(passphrase=PASSPHRASE)
    store = Store.create(paths, key)
    if wish.damaged_adapter:
        store.adapters.activate(store.adapters.add(data=b"no adapter", model_id=tiny.id).id)
    store.close()


@pytest.fixture
def tell(make: Callable[..., Bench], tmp_path: Path) -> Callable[[Sequence[str]], Bench]:
    """Makes a bench to which each of some messages was told in a consented chat of its own."""

    def told(messages: Sequence[str]) -> Bench:
        bench = make(tokens=4)
        path = tmp_path / "facts.jsonl"
        line = '{{"messages": [{{"role": "user", "content": "{}"}}]}}\n'
        path.write_text("".join(line.format(said) for said in messages), "utf-8")
        bench.ask(ImportChats(path=str(path), consent=True))
        return bench

    return told


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE


@pytest.fixture
def created(make: Callable[..., Bench]) -> tuple[Bench, Any]:
    """A bench whose profile was just made, and the event that told so."""
    bench = make(state="new")
    return bench, bench.ask(CreateProfile(passphrase=PASSPHRASE))
