import math
from collections import Counter
from collections.abc import Sequence

import pytest
import torch

from engine.decode.sampling import Sampler, Sampling

_ALL = {"top_k": 0, "top_p": 1.0, "min_p": 0.0, "repetition_penalty": 1.0}


def _draw(
    logits: list[float], count: int = 4000, answer: tuple[int, ...] = (), **how: float
) -> Counter[int]:
    sampler = Sampler(Sampling(**(_ALL | {"temperature": 1.0, "seed": 1} | how)))  # type: ignore[arg-type]
    return Counter(sampler.choose(torch.tensor(logits), answer) for _ in range(count))


def test_temperature_zero_takes_the_likeliest() -> None:
    assert _draw([0.1, 3.0, 2.9], 50, temperature=0.0) == {1: 50}


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_shares_follow_the_softmax(temperature: float) -> None:
    logits = [1.0, 0.0, -1.0, 2.0]
    expected = torch.softmax(torch.tensor(logits) / temperature, 0)
    found = _draw(logits, temperature=temperature)
    for token, share in enumerate(expected.tolist()):
        assert found[token] / 4000 == pytest.approx(share, abs=0.03)


def test_top_k_keeps_so_many() -> None:
    assert set(_draw([1.0, 1.1, 1.2, 1.3], top_k=2)) == {2, 3}


def test_top_p_keeps_the_likeliest_share() -> None:
    logits = torch.tensor([0.5, 0.3, 0.15, 0.05]).log().tolist()
    assert set(_draw(logits, top_p=0.6)) == {0, 1}
    assert set(_draw(logits, top_p=0.01)) == {0}


def test_min_p_drops_what_is_far_below_the_best() -> None:
    logits = torch.tensor([0.5, 0.3, 0.15, 0.05]).log().tolist()
    assert set(_draw(logits, min_p=0.5)) == {0, 1}


def test_repetition_penalty_looks_at_the_answer() -> None:
    how = {"temperature": 0.0, "repetition_penalty": 1.5}
    assert _draw([2.0, 1.9, -1.0], 1, **how) == {0: 1}
    assert _draw([2.0, 1.9, -1.0], 1, answer=(0,), **how) == {1: 1}
    assert _draw([-1.0, -1.1, -9.0], 1, answer=(0, 0), **how) == {1: 1}


def test_fresh_seeds_differ() -> None:
    draws = []
    for _ in range(2):
        sampler = Sampler(Sampling(**(_ALL | {"temperature": 1.0})))  # type: ignore[arg-type]
        draws.append([sampler.choose(torch.zeros(1000), ()) for _ in range(12)])
    assert draws[0] != draws[1]


def test_a_guide_leaves_only_what_it_allows() -> None:
    told: list[tuple[list[int], int]] = []

    def guide(answer: Sequence[int], wanted: int) -> list[int]:
        told.append((list(answer), wanted))
        return [3, 1]

    drawn = Sampler(Sampling(temperature=1.0, top_k=0, top_p=1.0, min_p=0.0, seed=1, guide=guide))
    assert {drawn.choose(torch.tensor([9.0, 1.0, 8.0, 1.2]), [2]) for _ in range(60)} == {1, 3}
    assert [answer for answer, _ in told] == [[2]] * 60
    assert {0, 2} <= {wanted for _, wanted in told}
    likeliest = Sampler(Sampling(temperature=0.0, guide=guide))
    assert likeliest.choose(torch.tensor([9.0, 1.0, 8.0, 1.2]), []) == 3
    assert told[-1] == ([], 0)
    assert likeliest.choose(torch.tensor([9.0, -math.inf, 8.0, -math.inf]), []) in (1, 3)
