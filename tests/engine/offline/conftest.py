"""Runs code in a process of its own: a filter or hook that is once set up stays."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def alone():
    """``alone(code)`` runs Python code from the project's root; returns the finished process."""

    def run(code, **options):
        options = {"cwd": ROOT, "capture_output": True, "text": True, "timeout": 120, **options}
        return subprocess.run([sys.executable, "-c", code], check=False, **options)

    return run
