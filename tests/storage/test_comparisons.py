"""Blind comparisons: tallies without words, gone with the versions they are about."""

import pytest

from storage.errors import NotFound
from storage.store import Store


def keep(store: Store, first: str | None, second: str | None, tally: tuple[int, int, int]) -> None:
    store.comparisons.add(
        first_id=first, second_id=second, first_better=tally[0], second_better=tally[1],
        same=tally[2],
    )  # fmt: skip


def test_newest_first(store: Store) -> None:
    adapter = store.adapters.add(data=b"weights", model_id="m").id
    keep(store, None, adapter, (1, 3, 1))
    keep(store, adapter, None, (0, 0, 5))
    newest, oldest = store.comparisons.list()
    assert (newest.first_id, newest.second_id, newest.same) == (adapter, None, 5)
    assert (oldest.first_better, oldest.second_better, oldest.same) == (1, 3, 1)
    assert newest.id != oldest.id


def test_they_go_with_a_version(store: Store) -> None:
    one, two = (store.adapters.add(data=data, model_id="m").id for data in (b"one", b"two"))
    keep(store, None, one, (1, 0, 0))
    keep(store, one, two, (0, 1, 0))
    keep(store, None, two, (0, 0, 1))
    store.adapters.delete(one)
    assert [(c.first_id, c.second_id) for c in store.comparisons.list()] == [(None, two)]


def test_an_unknown_version_and_a_tally_below_nothing_are_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        keep(store, None, "gone", (1, 0, 0))
    with pytest.raises(ValueError, match="below"):
        keep(store, None, None, (-1, 0, 0))
    assert store.comparisons.list() == ()
