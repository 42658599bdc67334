"""A disk that fills up while the store writes."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from storage.errors import DISK_FULL
from tests.storage.support import ROOT

SCRIPT = Path(__file__).parents[1] / "storage" / "fill_disk.py"


def can_mount() -> bool:
    """Whether a small file system can be mounted in a namespace of our own."""
    if shutil.which("unshare") is None:
        return False
    probe = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def full(folder: Path, times: int) -> dict[str, object]:
    """A disk of four megabytes: one clear error, reading goes on, nothing acknowledged is lost."""
    if not can_mount():
        return {"skipped": "this system lets no one mount a small disk", "good": True}
    told, good = 0, True
    for number in range(times):
        place = folder / str(number)
        place.mkdir()
        done = subprocess.run(
            ["unshare", "-rm", sys.executable, str(SCRIPT), str(place)],
            capture_output=True, text=True, check=True, cwd=ROOT, timeout=120,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        )  # fmt: skip
        found = json.loads(done.stdout)
        told += found["told"]
        good = good and found["message"] == DISK_FULL and found["lost"] == 0
        good = good and found["readable"] and found["old_opens"] and found["problems"] == []
        good = good and {found[k] for k in ("seal", "backup", "passphrase", "keys")} == {"full"}
        good = good and found["same_key"]
    return {"runs": times, "acknowledged": told, "good": good}
