"""Finds by trial which layer tells most about framed texts, and how to read it.

A ridge classifier on frozen vectors has its leave-one-out answers in closed form, so that each
layer is judged on every training row without a single row being judged by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from engine.skills.head import pooled

_PENALTIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
_MOST_ROWS = 2000
_DEPTH_SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Where and how to read: texts in ``frame``, after ``depth`` layers, by ``pool``.

    ``accuracy`` is the leave-one-out accuracy of a frozen linear classifier there, 0 to 1.
    """

    frame: str
    depth: int
    pool: str
    accuracy: float


def depths_to_try(layers: int) -> list[int]:
    """Depths from a third of the model up, rising, each once."""
    return sorted({max(1, round(share * layers)) for share in _DEPTH_SHARES})


def best_readings(
    vectors: torch.Tensor, classes: torch.Tensor, count: int, depths: Sequence[int], frame: str
) -> list[Reading]:
    """Every depth and pool, best first.

    Args:
        vectors: (N, depths, 2, width) float32 frozen vectors of training rows.
        classes: (N,) int64.
        count: How many classes there are.
        depths: The depths of `vectors`.
        frame: How the texts were framed.
    """
    rows = slice(0, _MOST_ROWS)
    found = [
        Reading(frame=frame, depth=depth, pool=pool,
                accuracy=_left_out_accuracy(pooled(vectors[rows, place], pool), classes[rows],
                                            count))
        for place, depth in enumerate(depths)
        for pool in ("last", "mean", "both")
    ]  # fmt: skip
    return sorted(found, key=lambda one: -one.accuracy)


def _left_out_accuracy(features: torch.Tensor, classes: torch.Tensor, count: int) -> float:
    """The best leave-one-out accuracy over the penalties (dual form, one eigensystem)."""
    x = (features - features.mean(0)) / features.std(0).clamp_min(1e-4)
    targets = torch.nn.functional.one_hot(classes, count).float() * 2 - 1
    targets = targets - targets.mean(0)
    kernel = x @ x.t() / x.shape[1]
    values, q = torch.linalg.eigh(kernel)
    turned = q.t() @ targets
    best = 0.0
    for penalty in _PENALTIES:
        inverse = 1 / (values.clamp_min(0) + penalty)
        dual = q @ (inverse[:, None] * turned)
        own = (q.square() * inverse).sum(1, keepdim=True)
        guesses = (targets - dual / own).argmax(1)
        best = max(best, float((guesses == classes).float().mean()))
    return best
