"""Profiles for the end-to-end tests."""

import os

import pytest

from tests.support.terminal import Profile, write_jsonl


@pytest.fixture
def profile(tmp_path):
    """A profile that does not exist yet."""
    return Profile(tmp_path)


@pytest.fixture(scope="session")
def new_profile():
    """``new_profile(folder)`` gives a profile, not yet made, in a folder."""
    return Profile


@pytest.fixture(scope="session", autouse=True)
def _two_threads():
    os.environ.setdefault("OMP_NUM_THREADS", "2")


@pytest.fixture
def jsonl(tmp_path):
    """``jsonl("name", rows)`` writes a file beside the profile."""
    return lambda name, rows: write_jsonl(tmp_path / name, rows)
