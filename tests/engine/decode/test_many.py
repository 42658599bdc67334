import pytest
import torch

from engine.decode.many import _mask


def seen_by(start: int, count: int, window: int) -> torch.Tensor:
    """(count, start + count) bool, from the definition."""
    own = torch.arange(start, start + count)[:, None]
    other = torch.arange(start + count)[None]
    seen = other <= own
    return seen & (own - other < window) if window else seen


@pytest.mark.parametrize("start", [0, 1, 5])
@pytest.mark.parametrize("count", [1, 4, 7])
@pytest.mark.parametrize("window", [0, 1, 3, 100])
def test_a_token_sees_what_its_window_holds(start: int, count: int, window: int) -> None:
    mask, seen = _mask(start, count, window), seen_by(start, count, window)
    if mask is None:
        assert start == 0
        assert torch.equal(seen, seen_by(0, count, 0))
    else:
        assert torch.equal(mask == 0, seen)
        assert torch.equal(mask == -torch.inf, ~seen)
