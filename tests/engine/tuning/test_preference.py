"""The losses of feedback: values against the papers' formulas, and where their gradients push."""

import math

import pytest
import torch

from engine.tuning.preference import dpo, kto, kto_baseline, sequence_log_probs


def of(*values: float) -> torch.Tensor:
    return torch.tensor(values, requires_grad=True)


def test_sums_are_those_of_the_tokens_of_each_answer() -> None:
    generator = torch.Generator().manual_seed(1)
    odds = torch.randn(5, 7, generator=generator)
    targets, owners = torch.tensor([1, 4, 6, 0, 2]), torch.tensor([0, 2, 0, 2, 2])
    told = sequence_log_probs(odds, targets, owners, 3)
    logs = odds.log_softmax(-1)
    assert told[0] == pytest.approx(float(logs[0, 1] + logs[2, 6]), rel=1e-5)
    assert told[1] == 0
    assert told[2] == pytest.approx(float(logs[1, 4] + logs[3, 0] + logs[4, 2]), rel=1e-5)


def test_dpo_is_the_formula() -> None:
    loss = dpo((of(-3.0), of(-9.0)), (of(-5.0), of(-6.0)), 0.1)
    gain = 0.1 * ((-3 + 5) - (-9 + 6))
    assert loss.item() == pytest.approx(-math.log(1 / (1 + math.exp(-gain))), rel=1e-5)


def test_dpo_before_any_change_is_a_coin() -> None:
    same = torch.tensor([-4.0, -7.0])
    assert dpo((same, same), (same, same), 0.1).tolist() == pytest.approx([math.log(2)] * 2)


def test_dpo_pushes_the_chosen_up_and_the_rejected_down() -> None:
    chosen, rejected = of(-5.0), of(-5.0)
    reference = torch.tensor([-5.0])
    dpo((chosen, rejected), (reference, reference), 0.1).sum().backward()
    assert chosen.grad is not None
    assert rejected.grad is not None
    assert chosen.grad.item() == pytest.approx(-0.05, rel=1e-4)
    assert rejected.grad.item() == pytest.approx(0.05, rel=1e-4)


def test_what_is_won_already_pushes_less() -> None:
    near, far = of(-5.0), of(40.0)
    other = torch.tensor([-5.0])
    for chosen in (near, far):
        dpo((chosen, other), (other, other), 0.1).sum().backward()
    assert near.grad is not None
    assert far.grad is not None
    assert abs(far.grad.item()) < 0.05 * abs(near.grad.item())


@pytest.mark.parametrize(("liked", "sign"), [(True, -1), (False, 1)])
def test_the_thumb_decides_the_sign(liked: bool, sign: int) -> None:
    tuned = of(-6.0)
    loss = kto(tuned, torch.tensor([-6.0]), torch.tensor([liked]), torch.tensor(0.0), 0.1)
    assert loss.item() == pytest.approx(0.5)
    loss.sum().backward()
    assert tuned.grad is not None
    assert tuned.grad.item() == pytest.approx(sign * 0.1 * 0.25, rel=1e-4)


def test_kto_is_the_formula() -> None:
    tuned, untuned = torch.tensor([-3.0, -8.0]), torch.tensor([-5.0, -5.0])
    liked, baseline = torch.tensor([True, False]), torch.tensor(1.5)
    loss = kto(tuned, untuned, liked, baseline, 0.2)
    good = 1 - 1 / (1 + math.exp(-0.2 * (2 - 1.5)))
    bad = 1 - 1 / (1 + math.exp(-0.2 * (1.5 + 3)))
    assert loss.tolist() == pytest.approx([good, bad], rel=1e-5)


def test_the_reference_point_is_never_below_nothing_and_pushes_nothing() -> None:
    tuned = of(-4.0, -2.0)
    up = kto_baseline(tuned, torch.tensor([-5.0, -5.0]))
    assert up.item() == pytest.approx(2.0)
    assert not up.requires_grad
    assert kto_baseline(tuned, torch.tensor([0.0, 0.0])).item() == 0
    assert kto_baseline(torch.empty(0), torch.empty(0)).item() == 0


def test_the_gradients_are_those_of_the_losses() -> None:
    generator = torch.Generator().manual_seed(3)
    made = [torch.randn(4, generator=generator, dtype=torch.float64) for _ in range(4)]
    for one in made[:2]:
        one.requires_grad_()
    liked = torch.tensor([True, False, True, False])
    torch.autograd.gradcheck(lambda a, b: dpo((a, b), (made[2], made[3]), 0.3), made[:2])
    torch.autograd.gradcheck(
        lambda a: kto(a, made[2], liked, torch.tensor(0.1, dtype=torch.float64), 0.3), made[:1]
    )
