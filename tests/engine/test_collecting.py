"""Looking for garbage waits for imports and loading, and comes back."""

import gc
import weakref

import pytest

from engine.collecting import collect_all, collect_later, spare_what_stays


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

    spare_what_stays()
    try:
        assert gc.get_freeze_count() > 1000
        node = Node()
        node.self = node
        del node
        assert gc.collect() >= 1
    finally:
        gc.unfreeze()


def test_what_was_spared_and_became_garbage_is_found_when_all_is_looked_through():
    class Node:
        pass

    node = Node()
    node.self = node
    gone = weakref.ref(node)
    spare_what_stays()
    try:
        del node
        gc.collect()
        assert gone() is not None, "it was spared"
        collect_all()
        assert gone() is None
        assert gc.get_freeze_count() > 1000, "the rest is spared again"
    finally:
        gc.unfreeze()
