"""What feedback costs: losses over the log-probabilities of whole answers.

Pure functions. Every argument named ``tuned`` or ``untuned`` holds, for each answer, the sum of the
log-probabilities of its tokens in nats, float32, with the adapter and without it. The model with
its adapter off is the reference of all of them, so nothing has to be kept twice in memory.

Sources: DPO, Rafailov et al. 2023 (arXiv 2305.18290), equation 7; KTO, Ethayarajh et al. 2024
(arXiv 2402.01306), equation 8.
"""

import torch
from torch.nn import functional

DESIRABLE, UNDESIRABLE = 1.0, 1.0
"""What a liked and a disliked answer count in `kto`."""


def sequence_log_probs(
    odds: torch.Tensor, targets: torch.Tensor, owners: torch.Tensor, count: int
) -> torch.Tensor:
    """(count,) sums of the log-probabilities of `targets`, an answer each, with gradients.

    Args:
        odds: (R, V) float32 logits.
        targets: (R,) int64 tokens that came.
        owners: (R,) int64, the answer of each row.
        count: How many answers there are; one without rows has the sum 0.
    """
    each = -functional.cross_entropy(odds, targets, reduction="none")
    return torch.zeros(count, device=odds.device).index_add(0, owners, each)


def dpo(
    tuned: tuple[torch.Tensor, torch.Tensor],
    untuned: tuple[torch.Tensor, torch.Tensor],
    beta: float,
) -> torch.Tensor:
    """(N,) losses of pairs (chosen, rejected): the chosen one should gain more than the other.

    0.693 where nothing has changed yet, towards 0 as the chosen answer pulls ahead.

    Args:
        tuned: (N,) of the chosen and (N,) of the rejected answers.
        untuned: The same, without gradients.
        beta: How much a change of the model counts; smaller lets it move further.
    """
    gain = (tuned[0] - untuned[0]) - (tuned[1] - untuned[1])
    return -functional.logsigmoid(beta * gain)


def kto_baseline(tuned: torch.Tensor, untuned: torch.Tensor) -> torch.Tensor:
    """The point that `kto` judges from: the mean gain of answers to other questions, at least 0.

    It stands for KL(tuned || untuned), and has no gradient. 0 without any.

    Args:
        tuned: (N,) of answers that were put to a question that they do not belong to.
        untuned: The same.
    """
    if not len(tuned):
        return torch.zeros((), device=tuned.device)
    return (tuned - untuned).detach().mean().clamp_min(0)


def kto(
    tuned: torch.Tensor,
    untuned: torch.Tensor,
    liked: torch.Tensor,
    baseline: torch.Tensor,
    beta: float,
) -> torch.Tensor:
    """(N,) losses of single answers: a liked one should gain more than `baseline`, others less.

    Half of `DESIRABLE` or `UNDESIRABLE` where the gain is the baseline, towards 0 beyond it.

    Args:
        tuned: (N,), with gradients.
        untuned: (N,).
        liked: (N,) bool.
        baseline: See `kto_baseline`.
        beta: As in `dpo`.
    """
    above = beta * (tuned - untuned - baseline)
    good = DESIRABLE * torch.sigmoid(-above)
    bad = UNDESIRABLE * torch.sigmoid(above)
    return torch.where(liked, good, bad)
