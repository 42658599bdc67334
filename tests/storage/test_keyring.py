"""Keyrings that lie, forget, or are none; and a real one where the machine has it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from storage.errors import KeyMissing, KeyringUnavailable, WrongKey
from storage.keyring_slot import SAFE_BACKENDS, SystemKeyring, class_name, keyring_status
from storage.profile import ProfilePaths
from tests.storage.support import ROOT, FakeKeyring, cheap_key_file, safe_keyring, snapshot


class Plaintext(FakeKeyring):
    """Stands for a backend that writes plain text to a file."""


class Forgetful(FakeKeyring):
    """Takes a secret and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Cutting(FakeKeyring):
    """Keeps only half of a secret."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[username] = password[: len(password) // 2]


class Failing(FakeKeyring):
    """Locked: every request fails, naming the secret."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"locked {password}")

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("locked")


@pytest.mark.parametrize("backend", [null.Keyring(), fail.Keyring(), Plaintext()])
def test_backends_that_are_not_on_the_list_are_never_used(
    paths: ProfilePaths, backend: KeyringBackend
) -> None:
    keyring = SystemKeyring(backend)
    assert keyring.status() == (False, class_name(backend))
    with pytest.raises(KeyringUnavailable):
        cheap_key_file(paths, keyring).create(passphrase=None)
    assert not paths.root.exists()
    assert not getattr(backend, "entries", {})


@pytest.mark.parametrize("backend", [Forgetful(), Cutting(), Failing()])
def test_backends_that_do_not_keep_the_key_are_found_out(
    paths: ProfilePaths, backend: KeyringBackend
) -> None:
    with pytest.raises(KeyringUnavailable) as caught:
        cheap_key_file(paths, safe_keyring(backend)).create(passphrase=None)
    assert caught.value.__context__ is None or caught.value.__suppress_context__
    assert not getattr(backend, "entries", {})
    assert not paths.root.exists()
    assert not safe_keyring(backend).probe()


def test_a_subclass_of_a_safe_backend_is_not_safe() -> None:
    class Disguised(FakeKeyring):
        pass

    keyring = SystemKeyring(Disguised(), frozenset({class_name(FakeKeyring())}))
    assert keyring.status()[0] is False


def test_a_chain_is_used_only_through_its_safe_member(
    paths: ProfilePaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, safe = Plaintext(), FakeKeyring()
    chain = chainer.ChainerBackend()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [plain, safe])
    keyring = SystemKeyring(chain, frozenset({class_name(safe)}))
    file = cheap_key_file(paths, keyring)
    key, _ = file.create(passphrase=None)
    assert plain.entries == {}
    assert len(safe.entries) == 1
    assert file.unlock_keyring().secret == key.secret


def test_a_chain_without_a_safe_member_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [Plaintext(), null.Keyring()])
    keyring = SystemKeyring(chainer.ChainerBackend())
    assert keyring.status() == (False, class_name(chainer.ChainerBackend()))


@pytest.mark.parametrize("garbage", ["", "not base64!", "AAAA", "A" * 44, "é"])
def test_a_keyring_that_returns_garbage_is_a_wrong_key(paths: ProfilePaths, garbage: str) -> None:
    backend = FakeKeyring()
    file = cheap_key_file(paths, safe_keyring(backend))
    file.create(passphrase=None)
    backend.entries = dict.fromkeys(backend.entries, garbage)
    before = snapshot(paths.root)
    with pytest.raises(WrongKey):
        file.unlock_keyring()
    assert snapshot(paths.root) == before


def test_a_keyring_that_lost_the_entry_or_went_away(paths: ProfilePaths) -> None:
    backend = FakeKeyring()
    file = cheap_key_file(paths, safe_keyring(backend))
    key, recovery = file.create(passphrase=None)
    before = snapshot(paths.root)
    backend.entries.clear()
    with pytest.raises(KeyMissing):
        file.unlock_keyring()
    with pytest.raises(KeyringUnavailable):
        cheap_key_file(paths, SystemKeyring(null.Keyring())).unlock_keyring()
    with pytest.raises(KeyringUnavailable):
        cheap_key_file(paths, safe_keyring(Failing())).unlock_keyring()
    assert snapshot(paths.root) == before
    assert file.unlock_recovery(recovery).secret == key.secret


def test_switching_to_a_bad_keyring_keeps_the_passphrase(paths: ProfilePaths) -> None:
    key, _ = cheap_key_file(paths).create(passphrase="stay")
    before = snapshot(paths.root)
    with pytest.raises(KeyringUnavailable):
        cheap_key_file(paths, safe_keyring(Forgetful())).use_keyring(key)
    assert snapshot(paths.root) == before


def test_the_list_names_classes_that_exist_in_the_library() -> None:
    for name in SAFE_BACKENDS:
        module, _, kind = name.rpartition(".")
        source = Path(sys.modules["keyring.backends"].__path__[0])
        parts = module.removeprefix("keyring.backends.").split(".")
        file = source.joinpath(*parts)
        text = (file / "__init__.py" if file.is_dir() else file.with_suffix(".py")).read_text()
        assert f"class {kind}(" in text


def test_status_asks_the_system_and_names_what_it_found() -> None:
    available, name = keyring_status()
    assert name.startswith("keyring.")
    assert available in (True, False)


_SCRIPT = """
import subprocess, sys
from pathlib import Path
daemon = subprocess.Popen(
    ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
    stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
daemon.stdin.write(b"login"); daemon.stdin.close()
try:
    import time
    from storage.keyring_slot import SystemKeyring, keyring_status
    from storage.keys import KeyFile
    for _ in range(50):
        if SystemKeyring().probe():
            break
        time.sleep(0.1)
    assert keyring_status() == (True, "keyring.backends.SecretService.Keyring"), keyring_status()
    file = KeyFile(Path(sys.argv[1]))
    key, _ = file.create(passphrase=None)
    assert KeyFile(Path(sys.argv[1])).unlock_keyring().secret == key.secret
    print("opened")
finally:
    daemon.terminate(); daemon.wait()
"""


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="no gnome-keyring-daemon and dbus-run-session on this machine",
)
def test_a_real_keyring_keeps_the_key(tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(runtime),
    }  # fmt: skip
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", _SCRIPT, str(tmp_path / "keys.json")],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "opened", done.stderr
