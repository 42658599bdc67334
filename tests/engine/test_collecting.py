"""Looking for garbage waits for imports and loading, and comes back."""

import gc

import pytest

from engine.collecting import collect_later, spare_the_imported


def test_no_garbage_is_looked_for_inside_and_again_behind():
    assert gc.isenabled()
    with collect_later():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_comes_back_after_a_failure():
    with pytest.raises(ValueError, match="told"), collect_later():
        raise ValueError("told")
    assert gc.isenabled()


def test_one_inside_the_other_ends_with_the_outer():
    with collect_later():
        with collect_later():
            pass
        assert not gc.isenabled()


def test_what_is_spared_is_not_looked_through_and_new_garbage_is_still_found():
    class Node:
        pass

    spare_the_imported()
    try:
        assert gc.get_freeze_count() > 1000
        node = Node()
        node.self = node
        del node
        assert gc.collect() >= 1
    finally:
        gc.unfreeze()
