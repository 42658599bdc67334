"""A whole window session opens no network connection; the system's own tracer is the witness."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NETWORK = re.compile(r"(?:socket|connect|sendto|bind)\(.*AF_INET6?\b")

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed"),
]


def test_a_tour_of_the_window_asks_for_no_internet_socket(tmp_path):
    """Without our filter: nothing even tries, from the first run over an answer to every page."""
    log = tmp_path / "log"
    command = ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(log), sys.executable, "-m",
               "tests.support.window_tour", str(tmp_path / "profile")]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})  # fmt: skip
    if "ptrace" in done.stderr and done.returncode != 0:
        pytest.skip("this machine forbids tracing")
    assert done.stdout.strip().endswith("toured"), done.stderr[-2000:]
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert [line for line in lines if NETWORK.search(line)] == []
