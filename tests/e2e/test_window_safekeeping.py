"""New keys, a backup, and the end of everything: by clicks, on the real engine."""

import pytest

from engine.contract import ReadStatus
from storage.keys import KeyFile
from storage.profile import ProfilePaths
from tests.storage.support import canary_hits
from tests.support.window import WindowSession

PASSPHRASE = "river lamp stone cloud"

pytestmark = pytest.mark.e2e


@pytest.fixture
def session(qapp, tmp_path):
    made = WindowSession(qapp, tmp_path / "profile")
    yield made
    made.close()


def test_new_keys_backup_and_the_end(session, tmp_path):
    paths = ProfilePaths(tmp_path / "profile")
    recovery = session.first_run(PASSPHRASE).replace("\n", "-")
    session.wait(lambda: session.window.state.loaded, 120, "the model to be loaded")
    session.click("rail.privacy")
    session.type("newKeys.current", PASSPHRASE)
    session.click("newKeysButton")
    shown = session.find("newKeys.recoveryKey", seconds=60)
    fresh = str(shown.property("text")).replace("\n", "-")
    assert fresh != recovery
    key = KeyFile(paths.key_file).unlock_recovery(fresh)
    assert KeyFile(paths.key_file).unlock_passphrase(PASSPHRASE).secret == key.secret
    session.click("newKeys.kept")
    session.click("backupButton")
    session.find("restoreBackup.0", seconds=60)
    asked = []
    session.window.lock_asked.connect(lambda: asked.append(True))
    session.type("eraseWord", "ERASE")
    session.click("eraseAllButton")
    session.wait(lambda: asked, 60, "the wish to start again")
    states = []
    session.client.request(ReadStatus(), lambda status: states.append(status.state))
    session.wait(lambda: states, 60, "the state")
    assert states == ["new"]
    left = {path.name for path in paths.root.iterdir()}
    assert left <= {"instance.lock", "logs"}
    assert canary_hits(paths.root, [PASSPHRASE, fresh]) == []
