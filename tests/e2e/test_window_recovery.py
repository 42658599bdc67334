"""The keyring is gone or lies, a backup is wanted back: by clicks, on the real engine and store."""

import pytest
from keyring.backends.null import Keyring as NullKeyring

from engine.contract import CreateProfile
from storage.keyring_slot import SystemKeyring
from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.setup import create_profile
from storage.store import Store
from tests.storage.support import FakeKeyring, cheap_key_file, safe_keyring, snapshot
from tests.support.host_driver import HostDriver
from tests.support.window import WindowSession

pytestmark = pytest.mark.e2e


@pytest.fixture
def paths(tmp_path):
    return ProfilePaths(tmp_path / "profile")


@pytest.fixture
def open_window(qapp, paths):
    """``open_window(keyring)`` shows the app on the profile, with that keyring."""
    made = []

    def build(keyring=None):
        made.append(WindowSession(qapp, paths.root, cheap_key_file(paths, keyring)))
        return made[-1]

    yield build
    for session in made:
        session.close()


def lasting(paths):
    """Every file with its bytes and time, but for the lock and what belongs to no user."""
    return {name: held for name, held in snapshot(paths.root).items()
            if name != paths.instance_lock.name and not name.startswith("logs")}  # fmt: skip


SPOILED = {
    "gone": lambda backend: backend.entries.clear(),
    "another key": lambda backend: backend.entries.update(dict.fromkeys(backend.entries, "A" * 44)),
    "garbage": lambda backend: backend.entries.update(dict.fromkeys(backend.entries, "%")),
    "no keyring": None,
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_keyring_that_is_gone_or_lies_leads_to_recovery(open_window, paths, how):
    backend = FakeKeyring()
    with HostDriver(paths, safe_keyring(backend)) as driver:
        recovery = driver.ask(CreateProfile()).recovery_key
    before = lasting(paths)
    keyring = safe_keyring(backend) if SPOILED[how] else SystemKeyring(NullKeyring())
    if SPOILED[how]:
        SPOILED[how](backend)
    session = open_window(keyring)
    session.find("recoveryField")
    shown = session.find("lock.heading").property("text")
    assert shown == "The key to your data is not here"
    assert lasting(paths) == before
    session.type("recoveryField", recovery, enter=True)
    session.find("composer", seconds=60)


def test_a_backup_comes_back_by_clicks(open_window, paths):
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
    store, key, _recovery = create_profile(paths, key_file, passphrase="a")
    store.conversations.create("before the backup")
    store.backup()
    store.conversations.create("after the backup")
    store.close()
    session = open_window()
    session.unlock("a")
    session.click("rail.privacy")
    session.click("restoreBackup.0")
    asked = []
    session.window.lock_asked.connect(lambda: asked.append(True))
    session.click("confirmBackup.yes")
    session.wait(lambda: asked, 60, "the wish to start again")
    session.close()
    store = Store.open(paths, key)
    assert [chat.title for chat in store.conversations.list()] == ["before the backup"]
    assert len(store.backups()) == 2
    assert store.check() == ()
    store.close()


def test_a_damaged_database_offers_the_newest_backup(open_window, paths):
    key_file = KeyFile(paths.key_file, cost=CHEAP_COST)
    store, key, _recovery = create_profile(paths, key_file, passphrase="a")
    store.conversations.create("saved")
    store.backup()
    store.close()
    content = bytearray(paths.database.read_bytes())
    content[100] ^= 1
    paths.database.write_bytes(content)
    session = open_window()
    session.type("passphraseField", "a", enter=True)
    session.click("restoreButton")
    session.click("confirmRestore.yes")
    session.find("composer", seconds=60)
    session.close()
    store = Store.open(paths, key)
    assert [chat.title for chat in store.conversations.list()] == ["saved"]
    store.close()
