"""Choosing the next token from logits."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

Guide = Callable[[Sequence[int], int], Sequence[int]]
"""Given the answer so far and the id that would come next without it, the ids that may come next:
at least one, stop ids among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How to choose. Temperature 0 takes the likeliest token; ``seed`` -1 draws a fresh seed.

    ``guide`` leaves only some tokens to choose from, whatever the model thinks of the others.
    """

    temperature: float = 0.3
    top_k: int = 40
    top_p: float = 0.95
    min_p: float = 0.05
    repetition_penalty: float = 1.1
    max_tokens: int = 512
    seed: int = -1
    guide: Guide | None = None


class Sampler:
    """Chooses one token after another for one answer; owns the random state."""

    def __init__(self, sampling: Sampling) -> None:
        self._how = sampling
        self._random = torch.Generator()
        seed = sampling.seed if sampling.seed >= 0 else secrets.randbits(63)
        self._random.manual_seed(seed)

    @torch.inference_mode()
    def choose(self, logits: torch.Tensor, answer: Sequence[int]) -> int:
        """The next token id.

        Args:
            logits: (V,) float32; changed in place.
            answer: Token ids of the answer so far. The repetition penalty looks at these only:
                words of the question and of memories must stay quotable.
        """
        self._penalize(logits, answer)
        if self._how.guide is None:
            return self._pick(logits)
        allowed = torch.tensor(self._how.guide(answer, self._pick(logits)))
        return int(allowed[self._pick(logits[allowed])])

    def _pick(self, logits: torch.Tensor) -> int:
        """The place of the chosen one among `logits`."""
        if self._how.temperature <= 0:
            return int(logits.argmax())
        values, ids = candidates(logits, self._how)
        shares = shares_of(values, self._how)
        picked = torch.multinomial(shares, 1, generator=self._random)
        return int(ids[picked])

    def _penalize(self, logits: torch.Tensor, answer: Sequence[int]) -> None:
        penalty = self._how.repetition_penalty
        if penalty == 1.0 or not answer:
            return
        seen = torch.tensor(sorted(set(answer)))
        values = logits[seen]
        logits[seen] = torch.where(values > 0, values / penalty, values * penalty)


def candidates(logits: torch.Tensor, how: Sampling) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits (C,) and ids of what top-k leaves of (V,) `logits`, likeliest first."""
    count = how.top_k if how.top_k > 0 else logits.numel()
    values, ids = torch.topk(logits, min(count, logits.numel()))
    return values, ids


def shares_of(values: torch.Tensor, how: Sampling) -> torch.Tensor:
    """(C,) likelihoods of candidates, zero for what top-p and min-p leave out.

    Args:
        values: Logits, likeliest first.
        how: With a temperature above 0.
    """
    shares = torch.softmax(values / how.temperature, 0)
    before = shares.cumsum(0) - shares
    keep = (before < how.top_p) & (shares >= shares[0] * how.min_p)
    keep[0] = True
    return shares * keep
