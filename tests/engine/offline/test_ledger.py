"""What was refused is written down and told: by the privacy page's event and by the doctor."""

import json

import pytest

from storage.store import Store


@pytest.fixture
def store():
    made = Store.temporary()
    yield made
    made.close()


def test_the_ledger_starts_at_nothing_and_adds_up(store):
    assert store.ledger.refused == 0
    store.ledger.add_refused(0)
    store.ledger.add_refused(2)
    store.ledger.add_refused(3)
    assert store.ledger.refused == 5


def test_other_counters_stay_their_own(store):
    store.audit.add("unlocked")
    store.ledger.add_refused(7)
    assert store.audit.add("unlocked").position == 2


def test_an_attempt_reaches_the_ledger_and_the_proof_does_not(alone, tmp_path):
    """A process under guard: one attempt of its own, one proof, then the profile's figures."""
    code = f"""
import json, socket
from pathlib import Path
from engine.offline.guard import go_offline
go_offline()
from engine.contract import Diagnose, ReadPrivacy
from engine.library.diagnose import diagnose
from engine.library.privacy import read_privacy
from engine.session import Session
from storage.profile import ProfilePaths
from storage.store import Store
try:
    socket.getaddrinfo("localhost", 80)
except PermissionError:
    pass
store = Store.temporary()
session = Session(ProfilePaths(Path({str(tmp_path)!r})))
found = diagnose(store, session, Diagnose(prove_offline=True))
read = read_privacy(store, session, ReadPrivacy())
print(json.dumps([read.refused_connections, read.network_guard, len(found.attempts),
                  all(one.denied for one in found.attempts), list(found.problems)]))
"""
    done = alone(code)
    assert done.returncode == 0, done.stderr[-2000:]
    refused, kind, tried, all_denied, problems = json.loads(done.stdout)
    assert refused == 1
    assert kind in ("filter", "hook")
    assert tried >= 4
    if kind == "filter":
        assert all_denied
        assert problems == []
