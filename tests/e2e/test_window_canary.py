"""After a window session that was killed, none of its words lies in any file, in any encoding."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage.support import canary_hits
from tests.support.window_tour import PASSPHRASE, WORDS

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


def test_a_killed_window_leaves_no_word_on_the_disk(tmp_path):
    folders = {"HOME": tmp_path / "home", "TMPDIR": tmp_path / "temporary",
               "SQLITE_TMPDIR": tmp_path / "temporary", "XDG_RUNTIME_DIR": tmp_path / "run",
               "XDG_CACHE_HOME": tmp_path / "cache", "XDG_CONFIG_HOME": tmp_path / "config",
               "XDG_DATA_HOME": tmp_path / "data"}  # fmt: skip
    for folder in folders.values():
        folder.mkdir(mode=0o700, exist_ok=True)
    profile = tmp_path / "profile"
    command = [sys.executable, "-m", "tests.support.window_tour", str(profile), "--stay"]
    living = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **{name: str(folder) for name, folder in folders.items()},
             "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert living.stdout is not None
    said = living.stdout.readline().strip()
    living.kill()
    _out, error = living.communicate()
    assert said == "staying", error[-2000:]
    words = [*WORDS, PASSPHRASE]
    assert (profile / "confidant.db").exists()
    assert list(profile.glob("backups/*"))
    assert canary_hits(tmp_path, words) == []
    assert [word for word in words if word in error] == []
