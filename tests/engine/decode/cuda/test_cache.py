"""Buckets and chunks of the static cache."""

import pytest
import torch

from engine.decode.cuda import cache
from engine.decode.cuda.cache import StaticCache, bucket_for, buckets, capacity

_CPU = torch.device("cpu")


@pytest.mark.parametrize(
    ("context", "places", "sizes"),
    [
        (200, 256, [256]),
        (512, 512, [512]),
        (600, 768, [512, 768]),
        (1024, 1024, [512, 1024]),
        (1025, 2048, [512, 1024, 2048]),
        (6000, 6144, [512, 1024, 2048, 4096, 6144]),
        (8192, 8192, [512, 1024, 2048, 4096, 8192]),
    ],
)
def test_buckets_cover_the_context(context: int, places: int, sizes: list[int]) -> None:
    assert capacity(context) == places
    assert buckets(places) == sizes
    assert bucket_for(1, places) == sizes[0]
    assert bucket_for(places, places) == places
    assert all(bucket_for(size, places) == size for size in sizes)


@pytest.mark.parametrize("needed", [512, 513, 1024, 1025, 3000])
def test_a_bucket_holds_what_is_needed(needed: int) -> None:
    assert bucket_for(needed, 8192) >= needed
    assert bucket_for(needed, 8192) < 2 * max(needed, 512)


def test_what_is_written_is_seen_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "CHUNK", 8)
    monkeypatch.setattr(cache, "_ROUND", 4)
    store = StaticCache(2, 3, 4, 24, _CPU)
    keys, values = torch.randn(2, 20, 3, 4).half()
    for places in (torch.arange(0, 13), torch.arange(13, 20)):
        both = torch.cat((keys[places], values[places]), dim=1)
        store.write(1, store.rows(places), both)
    for end in (3, 8, 13, 20, 24):
        reach = store.reach(end)
        assert end <= reach < end + 8
        found = [one.transpose(0, 1).flatten(1, 2) for one in store.seen(1, reach)]
        shown = min(reach, 20)
        assert torch.equal(found[0][:, :shown], keys[:shown].transpose(0, 1))
        assert torch.equal(found[1][:, :shown], values[:shown].transpose(0, 1))
    assert not store.data[0].any()


def test_the_common_beginning_is_kept() -> None:
    store = StaticCache(1, 1, 2, 64, _CPU)
    store.tokens = [1, 2, 3, 4]
    assert store.reuse([1, 2, 9, 9]) == 2
    assert store.tokens == [1, 2]
    assert store.reuse([1, 2]) == 1
