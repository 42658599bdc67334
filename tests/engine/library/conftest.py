"""A store in memory for the handlers, and one on disk where files matter."""

import pytest

from storage.keys import CHEAP_COST, KeyFile
from storage.profile import ProfilePaths
from storage.store import Store


@pytest.fixture
def store():
    made = Store.temporary()
    yield made
    made.close()


@pytest.fixture
def disk_store(tmp_path):
    paths = ProfilePaths(tmp_path / "profile")
    paths.prepare()
    key, _ = KeyFile(paths.key_file, cost=CHEAP_COST).create(passphrase="x")
    made = Store.create(paths, key)
    yield made
    made.close()
