"""A disk that is full: one clear error, reading goes on, nothing acknowledged is lost."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storage.errors import DISK_FULL
from tests.storage.support import ROOT

SCRIPT = Path(__file__).with_name("fill_disk.py")


def _can_mount() -> bool:
    """Whether a small file system can be mounted in a namespace of our own."""
    if shutil.which("unshare") is None:
        return False
    probe = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _can_mount(), reason="this system lets no one mount a small disk")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        ["unshare", "-rm", sys.executable, str(SCRIPT), str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=60,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["message"] == DISK_FULL
    assert found["seal"] == found["backup"] == found["passphrase"] == "full"
    assert found["readable"]
    assert found["searchable"] == 1
    assert found["old_opens"]
    assert found["lost"] == 0
    assert found["problems"] == []
    assert found["told"] > 20
