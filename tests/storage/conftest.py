"""A profile, its key and an open store, each new for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.data_key import DataKey
from storage.profile import ProfilePaths
from storage.store import Store
from tests.storage.support import cheap_key_file


@pytest.fixture
def paths(tmp_path: Path) -> ProfilePaths:
    return ProfilePaths(tmp_path / "profile")


@pytest.fixture
def key(paths: ProfilePaths) -> DataKey:
    return cheap_key_file(paths).create(passphrase="open sesame")[0]


@pytest.fixture
def store(paths: ProfilePaths, key: DataKey) -> Iterator[Store]:
    opened = Store.create(paths, key)
    yield opened
    opened.close()
