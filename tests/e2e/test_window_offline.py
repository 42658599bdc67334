"""A whole window session opens no network connection; the system's own tracer is the witness."""

import os
import sys
from pathlib import Path

import pytest

from tests.support.tracing import needs_strace, traced

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1800), needs_strace]


def test_a_tour_of_the_window_asks_for_no_internet_socket(tmp_path):
    """Without our filter: nothing even tries, from the first run over an answer to every page.

    ``python -m tests.support.window_tour FOLDER --learn`` also learns; it takes minutes.
    """
    command = [sys.executable, "-m", "tests.support.window_tour", str(tmp_path / "profile")]
    said, seen = traced(tmp_path / "log", command, cwd=ROOT,
                        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})  # fmt: skip
    assert said.strip().endswith("toured")
    assert seen == []
