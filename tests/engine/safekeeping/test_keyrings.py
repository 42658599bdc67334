"""A keyring that is none, lies, forgets or goes away: the host asks for another way in.

A real Secret Service and its end are in `test_real_keyring.py`.
"""

import pytest
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring

from engine.contract import (
    ChangePassphrase,
    CreateProfile,
    Done,
    FailureKind,
    ListConversations,
    ReadStatus,
    Unlock,
)
from storage.keyring_slot import SystemKeyring
from storage.profile import ProfilePaths
from tests.storage.support import FakeKeyring, safe_keyring, snapshot
from tests.support.host_driver import HostDriver


class Plaintext(FakeKeyring):
    """Stands for a backend that keeps plain text in a file; it is on no list."""


class Lying(FakeKeyring):
    """Says that it kept the secret and returns another one."""

    def get_password(self, service, username):
        return "A" * 44 if username in self.entries else None


@pytest.fixture
def paths(tmp_path):
    return ProfilePaths(tmp_path / "profile")


@pytest.fixture
def made(paths):
    """A profile that the keyring opens: its backend and its recovery key."""
    backend = FakeKeyring()
    with HostDriver(paths, safe_keyring(backend)) as driver:
        recovery = driver.ask(CreateProfile()).recovery_key
    return backend, recovery


def files(paths):
    return {name: part for name, part in snapshot(paths.root).items() if "lock" not in name}


@pytest.mark.parametrize("keyring", [
    SystemKeyring(NullKeyring()), SystemKeyring(FailKeyring()), SystemKeyring(Plaintext()),
    safe_keyring(Lying()),
], ids=["null", "none", "plaintext", "lying"])  # fmt: skip
def test_a_keyring_that_cannot_be_trusted_is_refused_at_set_up(paths, keyring):
    with HostDriver(paths, keyring) as driver:
        refused = driver.ask(CreateProfile())
        assert refused.kind is FailureKind.KEYRING_UNAVAILABLE
        assert "passphrase" in refused.detail
        assert driver.ask(ReadStatus()).state == "new"
        assert not paths.key_file.exists()
        assert isinstance(driver.ask(CreateProfile(passphrase="x")), Done)


def test_the_keyring_opens_without_a_question(paths, made):
    with HostDriver(paths, safe_keyring(made[0])) as driver:
        assert isinstance(driver.ask(Unlock()), Done)


@pytest.mark.parametrize(("spoil", "kind"), [
    (lambda entries: entries.clear(), FailureKind.KEY_MISSING),
    (lambda entries: entries.update(dict.fromkeys(entries, "A" * 44)), FailureKind.WRONG_KEY),
    (lambda entries: entries.update(dict.fromkeys(entries, "garbage")), FailureKind.WRONG_KEY),
], ids=["gone", "another key", "garbage"])  # fmt: skip
def test_a_lost_or_changed_key_leads_to_recovery_and_changes_no_file(paths, made, spoil, kind):
    backend, recovery = made
    spoil(backend.entries)
    before = files(paths)
    with HostDriver(paths, safe_keyring(backend)) as driver:
        assert driver.ask(ReadStatus()).state == "locked"
        assert driver.ask(Unlock()).kind is kind
        status = driver.ask(ReadStatus())
        assert status.state == "key_missing"
        assert "recovery" in status.key_slots
        assert driver.ask(ListConversations()).kind is FailureKind.LOCKED
        assert files(paths) == before
        assert isinstance(driver.ask(Unlock(recovery_key=recovery)), Done)
        repaired = ChangePassphrase(recovery_key=recovery, new="from now on")
        assert isinstance(driver.ask(repaired), Done)
    with HostDriver(paths, safe_keyring(backend)) as driver:
        assert isinstance(driver.ask(Unlock(passphrase="from now on")), Done)


@pytest.mark.parametrize("keyring", [
    SystemKeyring(NullKeyring()), SystemKeyring(Plaintext()), SystemKeyring(FailKeyring()),
], ids=["null", "plaintext", "none"])  # fmt: skip
def test_a_keyring_that_went_away_changes_no_file(paths, made, keyring):
    before = files(paths)
    with HostDriver(paths, keyring) as driver:
        assert driver.ask(Unlock()).kind is FailureKind.KEYRING_UNAVAILABLE
        assert files(paths) == before
        assert isinstance(driver.ask(Unlock(recovery_key=made[1])), Done)
