"""The sampler of the GPU against that of the CPU: the same tokens, as often."""

from collections import Counter
from collections.abc import Sequence

import pytest
import torch

from engine.decode.cuda.sampling import DeviceSampler
from engine.decode.sampling import Sampler, Sampling, candidates, shares_of

_CPU = torch.device("cpu")
_HOWS = [
    {},
    {"top_k": 0, "top_p": 1.0, "min_p": 0.0},
    {"temperature": 1.0, "top_k": 12, "top_p": 0.8},
    {"temperature": 2.0, "top_k": 0, "min_p": 0.1, "repetition_penalty": 1.5},
    {"temperature": 0.7, "top_p": 0.5, "repetition_penalty": 0.8},
]


_NO_GPU = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no NVIDIA GPU here")
_DEVICES = ["cpu", pytest.param("cuda", marks=[pytest.mark.gpu, _NO_GPU])]


@pytest.mark.parametrize("device", _DEVICES)
@pytest.mark.parametrize("how", _HOWS)
def test_the_same_tokens_as_often_as_on_the_cpu(how: dict[str, float], device: str) -> None:
    """Chi-square of 4,000 draws against the exact shares; the limit fails one of 100,000."""
    torch.manual_seed(2)
    logits, said = torch.randn(300) * 2, [3, 5, 5, 200]
    sampling = Sampling(**({"temperature": 0.9} | how | {"seed": 11}))  # type: ignore[arg-type]
    punished = logits.clone()
    Sampler(sampling)._penalize(punished, said)
    values, ids = candidates(punished, sampling)
    exact = dict(zip(ids.tolist(), shares_of(values, sampling).double().tolist(), strict=True))
    kept = {token: share / sum(exact.values()) for token, share in exact.items() if share > 0}
    sampler, logits = DeviceSampler(sampling, 300, torch.device(device)), logits.to(device)
    sampler._said[torch.tensor(said, device=device)] = True
    found = Counter(int(sampler._pick(sampler._penalized(logits))) for _ in range(4000))
    assert found.keys() <= kept.keys()
    assert _chi_square(found, kept) < 0


def _chi_square(found: Counter[int], shares: dict[int, float]) -> float:
    """Above 0 when the counts are unlikely (Wilson and Hilferty's normal form, 4.3 deviations)."""
    likely = {token: share for token, share in shares.items() if share * 4000 >= 5}
    rare = 1 - sum(likely.values())
    pairs = [(found[token], 4000 * share) for token, share in likely.items()]
    if rare * 4000 >= 5:
        pairs.append((sum(found.values()) - sum(n for n, _ in pairs), 4000 * rare))
    if len(pairs) < 2:
        return -1.0
    free = len(pairs) - 1
    total = sum((seen - due) ** 2 / due for seen, due in pairs)
    width = 2 / (9 * free)
    return float(((total / free) ** (1 / 3) - (1 - width)) / width**0.5 - 4.3)


def test_a_wrong_distribution_would_be_found() -> None:
    shares = dict.fromkeys(range(10), 0.1)
    assert _chi_square(Counter({token: 300 + 20 * token for token in range(10)}), shares) > 0
    assert _chi_square(Counter({token: 395 + token for token in range(10)}), shares) < 0


@pytest.mark.parametrize("penalty", [1.0, 1.3])
def test_greedy_takes_the_same_tokens(penalty: float) -> None:
    how = Sampling(temperature=0.0, repetition_penalty=penalty)
    theirs, ours, said = Sampler(how), DeviceSampler(how, 50, _CPU), []
    generator = torch.Generator().manual_seed(4)
    for _ in range(30):
        logits = torch.randn(50, generator=generator)
        expected = theirs.choose(logits.clone(), said)
        assert ours.choose(logits) == expected
        said.append(expected)


def test_a_seed_repeats_and_logits_stay_as_they_are() -> None:
    logits = torch.randn(200)
    kept = logits.clone()
    how = Sampling(temperature=1.5, top_k=0, top_p=1.0, min_p=0.0, seed=9)
    runs = []
    for _ in range(2):
        sampler = DeviceSampler(how, 200, _CPU)
        runs.append([sampler.choose(logits) for _ in range(20)])
    assert runs[0] == runs[1]
    assert len(set(runs[0])) > 5
    assert torch.equal(logits, kept)


def test_a_guide_leaves_only_what_it_allows() -> None:
    told: list[list[int]] = []

    def guide(answer: Sequence[int], wanted: int) -> list[int]:
        assert 0 <= wanted < 50
        told.append(list(answer))
        return [7, 3]

    how = Sampling(temperature=1.0, top_k=0, top_p=1.0, min_p=0.0, seed=5, guide=guide)
    sampler = DeviceSampler(how, 50, _CPU)
    said = [sampler.choose(torch.randn(50) * 9) for _ in range(40)]
    assert set(said) == {3, 7}
    assert told == [said[:end] for end in range(40)]
