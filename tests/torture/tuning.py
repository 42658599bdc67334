"""kill -9 while tuning: the next run goes on where a step was kept; what is switched on stays."""

import random
import time
from pathlib import Path

from engine.tuning.collect import collect
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.records import ExampleStatus, Role, Verdict
from storage.setup import create_profile
from storage.store import Store
from tests.storage.support import start
from tests.support.tiny_gguf import TinyGguf

TUNER = Path(__file__).parent / "tune_until_killed.py"
STEPS = 100_000
"""More than any run makes before it is killed; the last run asks for few and ends."""


def killed(folder: Path, times: int, first: int = 0) -> dict[str, object]:
    """Kills `times` runs at random moments, then lets one end; `first` chooses other moments."""
    paths = ProfilePaths(folder / "profile")
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
    store, key, _ = create_profile(paths, key_file, passphrase="a")
    weights = bytes(range(256)) * 100
    before = _prepare(store, weights)
    store.close()
    model = TinyGguf(scale=0.05).write(folder / "tiny.gguf")
    chance, kept = random.Random(first), 0
    broken = changed = restarted = 0
    for _ in range(times):
        first, last = _run(paths, model, chance.uniform(0.0, 1.5))
        restarted += kept > 0 and first == 1
        kept = last
        store = Store.open(paths, key)
        broken += bool(store.check())
        active = store.adapters.active()
        changed += active is None or active.id != before or store.adapters.load(before) != weights
        store.close()
    verdict = _finish(paths, model)
    return {"runs": times, "steps_kept_at_last": kept, "started_anew": restarted, "damaged": broken,
            "active_changed": changed, "verdict_at_last": verdict,
            "good": restarted == broken == changed == 0 and verdict == Verdict.ACTIVATED}


def _prepare(store: Store, weights: bytes) -> str:
    """Two approved facts, and a version that is switched on; returns its id."""
    store.settings.set("learning_consent", True)
    chat = store.conversations.create("told", consent=True)
    store.messages.add(chat.id, parent_id=None, role=Role.USER,
                       text="My dog's name is Biscuit. I live in Ghent.")  # fmt: skip
    collect(store)
    for example in store.examples.list():
        store.examples.update(example.id, status=ExampleStatus.APPROVED)
    made = store.adapters.add(data=weights, model_id="m", seed=1)
    store.adapters.activate(made.id)
    return made.id


def _run(paths: ProfilePaths, model: Path, wait_s: float) -> tuple[int, int]:
    """One run, killed a while after its first step; the numbers of its first and last step."""
    tuner = start(TUNER, paths.root, model, STEPS)
    assert tuner.stdout is not None
    lines = [tuner.stdout.readline()]
    time.sleep(wait_s)
    tuner.kill()
    lines += tuner.stdout.readlines()
    tuner.wait()
    tuner.stdout.close()
    steps = [int(line.split()[1]) for line in lines if line.startswith("step") and line[-1] == "\n"]
    assert steps, "the tuner ended before its first step"
    return steps[0], steps[-1]


def _finish(paths: ProfilePaths, model: Path) -> str:
    tuner = start(TUNER, paths.root, model, 3)
    said = tuner.communicate()[0].splitlines()
    return said[-1].removeprefix("end ") if said else "nothing"
