"""A real Secret Service (gnome-keyring): keeps the key, is made to lie, forget, and go away."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SCRIPT = Path(__file__).with_name("live_with_keyring.py")


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="no gnome-keyring-daemon and dbus-run-session on this machine",
)
def test_a_profile_with_a_real_keyring(tmp_path):
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(runtime),
    }  # fmt: skip
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(SCRIPT), str(tmp_path)],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["backend"] == "keyring.backends.SecretService.Keyring"
    assert set(found["slots"]) == {"keyring", "recovery"}
    assert found["opens"] == ["opened", "open"]
    assert found["lies"] == ["wrong_key", "key_missing"]
    assert found["forgets"] == ["key_missing", "key_missing"]
    assert found["untouched"]
    assert found["again"] == ["opened", "open"]
    assert found["gone"][0] == "keyring_unavailable"
    assert found["still_untouched"]
    assert found["recovered"] == ["opened", "open"]
