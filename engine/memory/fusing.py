"""Joins what words (BM25) and meaning (cosine) say about how well texts fit a question.

Both are put on one scale by their best score and added: on conversations this found more than
joining by rank (Cormack et al. 2009), because a clear winner of one kind stays ahead. The cosine
is squared first, since most cosines lie close together.
"""

import torch

_MEANING = 1.0
_SPEAKER = 0.4
_NEIGHBOUR = 0.15


def fused(words: torch.Tensor, meaning: torch.Tensor | None) -> torch.Tensor:
    """Scores (N,) of texts from their BM25 (N,), 0 for none, and their cosines (N,)."""
    scores = _on_scale(words)
    if meaning is not None:
        scores = scores + _MEANING * _on_scale(meaning.clamp_min(0) ** 2)
    return scores


def with_speaker(scores: torch.Tensor, asked_for: torch.Tensor | None) -> torch.Tensor:
    """Lifts what was said by whom the question names; `asked_for` (N,) bool, None for nobody."""
    if asked_for is None:
        return scores
    return scores + _SPEAKER * (asked_for & (scores > 0))


def with_neighbours(scores: torch.Tensor, before: torch.Tensor) -> torch.Tensor:
    """Adds to each turn a share of the turns before and after it: an answer needs its question.

    Args:
        scores: (N,) float32.
        before: (N,) int64, the place of the turn that each one follows, or -1.
    """
    has = before >= 0
    shared = torch.zeros_like(scores)
    shared[has] += scores[before[has]]
    shared.index_add_(0, before[has], scores[has])
    return scores + _NEIGHBOUR * shared


def _on_scale(scores: torch.Tensor) -> torch.Tensor:
    best = scores.max() if scores.numel() else torch.tensor(0.0)
    return scores / best if best > 0 else torch.zeros_like(scores)
