import pytest
import torch

from engine.decode import cache
from engine.decode.cache import KeyValueCache


def test_half_precision_unless_values_may_pass_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    assert KeyValueCache(2, 1, 4, 8).dtype == torch.float16
    assert KeyValueCache(2, 1, 4, 8, wide=True).dtype == torch.float32
    monkeypatch.setattr(cache, "_FLOAT32_LIMIT", 100)
    assert KeyValueCache(2, 1, 4, 8, wide=True).dtype == torch.bfloat16


def test_the_block_can_be_written_everywhere() -> None:
    one = KeyValueCache(3, 2, 4, 5)
    assert one.data.shape == (3, 2, 2, 5, 4)
    one.data.fill_(2.5)
    assert float(one.data.float().sum()) == 2.5 * 3 * 2 * 2 * 5 * 4


def test_what_prompts_share_is_kept() -> None:
    one = KeyValueCache(1, 1, 4, 8)
    one.tokens = [1, 2, 3, 4]
    assert one.reuse([1, 2, 9]) == 2
    assert one.tokens == [1, 2]
    assert one.reuse([1, 2]) == 1
    one.clear()
    assert one.tokens == []


def test_too_little_memory_is_a_memory_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(12, "no")

    monkeypatch.setattr(cache.mmap, "mmap", refuse)
    with pytest.raises(MemoryError):
        KeyValueCache(1, 1, 4, 8)
