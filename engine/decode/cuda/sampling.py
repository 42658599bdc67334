"""Choosing the next token on the GPU: the host waits once a token, for the number alone."""

import secrets
from collections.abc import Sequence

import torch

from engine.decode.sampling import Sampling, candidates, shares_of


class DeviceSampler:
    """Chooses as `engine.decode.sampling.Sampler` does, on the device of the logits.

    The draw is a race: each candidate's share is divided by a waiting time of its own, and the
    largest quotient wins with exactly its share. ``torch.multinomial`` would ask the device twice
    whether the shares are sound.

    Args:
        sampling: How to choose; a seed repeats on the same device.
        vocabulary: V.
        device: Where the logits are.
    """

    def __init__(self, sampling: Sampling, vocabulary: int, device: torch.device) -> None:
        self._how = sampling
        self._random = torch.Generator(device)
        seed = sampling.seed if sampling.seed >= 0 else secrets.randbits(63)
        self._random.manual_seed(seed)
        self._said = torch.zeros(vocabulary, dtype=torch.bool, device=device)
        self._answer: list[int] = []

    @torch.inference_mode()
    def choose(self, logits: torch.Tensor) -> int:
        """The next token id after (V,) float32 `logits`; counts as part of the answer from now."""
        logits = self._penalized(logits)
        guide = self._how.guide
        picked = self._pick(logits)
        if guide is not None:
            picked = self._guided(logits, guide(self._answer, int(picked)))
        self._said.index_fill_(0, picked, True)
        token = int(picked)
        self._answer.append(token)
        return token

    def _guided(self, logits: torch.Tensor, ids: Sequence[int]) -> torch.Tensor:
        """(1,) the id of one of `ids`."""
        allowed = torch.tensor(ids, device=logits.device)
        return allowed[self._pick(logits[allowed])]

    def _penalized(self, logits: torch.Tensor) -> torch.Tensor:
        penalty = self._how.repetition_penalty
        if penalty == 1.0:
            return logits
        weaker = torch.where(logits > 0, logits / penalty, logits * penalty)
        return torch.where(self._said, weaker, logits)

    def _pick(self, logits: torch.Tensor) -> torch.Tensor:
        """(1,) the id of the token."""
        if self._how.temperature <= 0:
            return logits.argmax(0, keepdim=True)
        values, ids = candidates(logits, self._how)
        shares = shares_of(values, self._how)
        waits = torch.empty_like(shares).exponential_(generator=self._random)
        return ids.index_select(0, (shares / waits).argmax(0, keepdim=True))
