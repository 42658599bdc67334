"""From a text's vector to belief in each label: standardised, then linear, then softmax."""

from dataclasses import dataclass, field

import torch
from torch.nn import functional

POOLS = {"last": (0,), "mean": (1,), "both": (0, 1)}
"""Which of an encoder's two vectors a head reads: the last token's, the mean, or both."""

_LEAST_SCALE = 1e-4
_FIT_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Head:
    """Scores of the labels. D features, C labels, all float32.

    Attributes:
        pool: A key of `POOLS`.
        mean: (D,) taken off each feature.
        scale: (D,) what each feature is then divided by.
        weight: (C, D).
        bias: (C,).
    """

    pool: str
    mean: torch.Tensor = field(repr=False)
    scale: torch.Tensor = field(repr=False)
    weight: torch.Tensor = field(repr=False)
    bias: torch.Tensor = field(repr=False)

    def parameters(self) -> list[torch.Tensor]:
        """What training moves; mean and scale stay."""
        return [self.weight, self.bias]

    def scores(self, vectors: torch.Tensor, dropout: float = 0.0) -> torch.Tensor:
        """(B, 2, width) of an encoder to (B, C) logits; `dropout` of features while training."""
        features = (pooled(vectors, self.pool) - self.mean) / self.scale
        if dropout:
            features = functional.dropout(features, dropout)
        return functional.linear(features, self.weight, self.bias)

    def copy(self) -> "Head":
        """The same numbers in new tensors that no training moves."""
        kept = [t.detach().clone() for t in (self.mean, self.scale, self.weight, self.bias)]
        return Head(self.pool, *kept)


def pooled(vectors: torch.Tensor, pool: str) -> torch.Tensor:
    """(B, 2, width) to the (B, D) features that a head of this pool reads."""
    return vectors[:, POOLS[pool]].flatten(1)


def fit_head(
    vectors: torch.Tensor, classes: torch.Tensor, count: int, pool: str, decay: float
) -> Head:
    """Logistic regression on frozen vectors: where training starts from (LP-FT, Kumar 2022).

    Args:
        vectors: (N, 2, width) float32.
        classes: (N,) int64 below `count`.
        count: C.
        pool: A key of `POOLS`.
        decay: Weight of the squared weights beside the mean cross-entropy.
    """
    features = pooled(vectors, pool)
    mean, scale = features.mean(0), features.std(0).clamp_min(_LEAST_SCALE)
    features = (features - mean) / scale
    weight = torch.zeros(count, features.shape[1], requires_grad=True)
    bias = torch.zeros(count, requires_grad=True)
    optimizer = torch.optim.LBFGS(
        [weight, bias], max_iter=_FIT_ROUNDS, line_search_fn="strong_wolfe"
    )

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        scores = functional.linear(features, weight, bias)
        loss = functional.cross_entropy(scores, classes) + decay * weight.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return Head(pool, mean, scale, weight, bias)
